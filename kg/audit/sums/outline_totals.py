"""Totals of tables that print no codes: the numbering of the labels (一、 （一） 1.) says what adds up.

本年收入合计 = Σ of the outermost labels; 收入总计 = 本年收入合计 + what stands between; a label = Σ of the
labels numbered below it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.audit.base.check import Check
from kg.audit.base.sheets import Line, Sheet, is_partial
from kg.audit.sums.column_totals import count_errors, judge_lines
from kg.audit.sums.item_totals import check_list
from kg.values.item_mark import read_mark


def check_outline(sheet: Sheet) -> Iterator[Check]:
    """Yield the checks of a table whose labels are numbered, each side of it by itself."""
    two_sided = len({line.side for line in sheet.lines}) > 1
    for side in dict.fromkeys(line.side for line in sheet.lines):
        lines = [line for line in sheet.lines if line.side == side and not line.code]
        numbered = any(read_mark(line.name).level for line in lines)
        if numbered:
            yield from _check_children(sheet, lines)
            yield from _check_inner_runs(sheet, lines)
        if numbered or two_sided:
            yield from _check_totals(sheet, lines)


def _check_inner_runs(sheet: Sheet, lines: Sequence[Line]) -> Iterator[Check]:
    """Check a label against the run below it that begins anew in the same numbering."""
    tops = _outermost(lines)
    for index, line in enumerate(tops):
        size = _inner_run(sheet, line, tops[index + 1 :])
        if size > 1:
            yield from judge_lines(sheet, line, tops[index + 1 : index + 1 + size], "outline")


def _check_children(sheet: Sheet, lines: Sequence[Line]) -> Iterator[Check]:
    for index, line in enumerate(lines[:-1]):
        children = _children(lines, index)
        if len(children) > 1:
            yield from judge_lines(sheet, line, children, "outline")


def _children(lines: Sequence[Line], index: int) -> list[Line]:
    """Return the labels numbered from one right below a label; none if the numbering has gaps."""
    upper, first = read_mark(lines[index].name), read_mark(lines[index + 1].name)
    if first.level <= upper.level or first.ordinal != 1:
        return []
    children: list[Line] = []
    for line in lines[index + 1 :]:
        mark = read_mark(line.name)
        if (line.is_total and not mark.level) or (mark.level and mark.level <= upper.level):
            break
        if mark.level == first.level:
            if mark.ordinal != len(children) + 1:
                return [] if mark.ordinal != 1 else children
            children.append(line)
        elif not mark.level and not upper.level:
            break
    return children


def _check_totals(sheet: Sheet, lines: Sequence[Line]) -> Iterator[Check]:
    """Check each total against the labels above it; the first of several readings that holds counts.

    Where one subtotal stands above its numbered parts the others do too, and are no sums of what is above.
    """
    before: Line | None = None
    since = 0
    leading = any(_is_subtotal(line) and len(_children(lines, index)) > 1 for index, line in enumerate(lines[:-1]))
    for index, line in enumerate(lines):
        if not line.is_total or read_mark(line.name).level or index == since == 0:
            continue
        if leading and _is_subtotal(line):
            continue
        if before is None and not any(read_mark(item.name).level for item in lines[since:index]):
            yield from check_list(sheet, line, lines[since:index], frozenset())
            before, since = line, index + 1
            continue
        tops = _without_inner_runs(sheet, _outermost(lines[since:index]))
        later = [item for item in lines[since:index] if not is_partial(item.label)]
        all_tops = _without_inner_runs(sheet, _outermost(lines[:since])) + later
        readings = [[before, *tops], [before, *tops[:1]], all_tops] if before is not None else [tops]
        results = [judge_lines(sheet, line, reading, "outline") for reading in readings if reading]
        if results:
            yield from min(results, key=count_errors)
        before, since = line, index + 1


def _without_inner_runs(sheet: Sheet, tops: Sequence[Line]) -> list[Line]:
    """Return labels of one level without the runs that begin anew at 一、 below a label which they make."""
    left: list[Line] = []
    index = 0
    while index < len(tops):
        left.append(tops[index])
        index += 1 + _inner_run(sheet, tops[index], tops[index + 1 :])
    return left


def _inner_run(sheet: Sheet, head: Line, following: Sequence[Line]) -> int:
    """Return how many labels, numbered from one, stand below `head`; 0 if none does.

    They add up to it, or the label behind them goes on with the numbering of `head`.
    """
    run: list[Line] = []
    for line in following:
        if read_mark(line.name).ordinal != len(run) + 1:
            break
        run.append(line)
    for size in range(len(run), 0, -1):
        checks = judge_lines(sheet, head, run[:size], "outline")
        if checks and not count_errors(checks):
            return size
    goes_on = len(run) > 1 and len(run) < len(following)
    return (
        len(run) if goes_on and read_mark(following[len(run)].name).ordinal == read_mark(head.name).ordinal + 1 else 0
    )


def _is_subtotal(line: Line) -> bool:
    return line.label.endswith("小计")


def _outermost(lines: Sequence[Line]) -> list[Line]:
    """Return the labels of the outermost numbering used, all labels where none is numbered."""
    marks = [read_mark(line.name) for line in lines]
    levels = [mark.level for mark in marks if mark.level]
    if not levels:
        return [line for line in lines if not line.is_total and not is_partial(line.label)]
    return [line for mark, line in zip(marks, lines, strict=True) if mark.level == min(levels)]
