"""Totals of lists: projects, purchases, kinds of expenditure, with subtotals printed among the items.

Which line is a subtotal is not marked. A line that equals, in every column, the run of lines right
below it stands over them; read upwards this rebuilds the tree, and the total must be what is left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kg.audit.base.check import Check
from kg.audit.base.sheets import Line, Sheet, is_partial
from kg.audit.sums.column_totals import count_errors, judge_lines
from kg.text.folding import compact
from kg.values.item_mark import read_mark

_FORM_LABEL = re.compile(r"资金总额")  # a form's own label for what it asks, not the total of a list

Root = tuple[Line, tuple[Decimal, ...]]


def check_items(sheet: Sheet, owners: frozenset[str]) -> Iterator[Check]:
    """Yield the checks of the total line of a list and of the subtotals found under it."""
    lines = [line for line in sheet.lines if any(cell.value for cell in line.cells.values())]
    if len(lines) < 3 or len({line.side for line in lines}) > 1:
        return
    if any(read_mark(line.name).level or _FORM_LABEL.search(line.label) for line in lines):
        return
    if lines[0].is_total and not is_partial(lines[0].label):
        total, rest = lines[0], lines[1:]
    elif lines[-1].is_total:
        total, rest = lines[-1], lines[:-1]
    else:
        return
    yield from check_list(sheet, total, rest, owners)


def check_list(sheet: Sheet, total: Line, rest: Sequence[Line], owners: frozenset[str]) -> Iterator[Check]:
    """Yield the checks of a total against the lines of its list, whichever way it is grouped.

    A list without any group that doesn't make its total is a finding, and so is one whose lines all stand in groups;
    of one with groups that don't fit nothing else is said.
    """
    named = [line for line in rest if not (line.is_total or is_partial(line.label))]
    items = [line for line in named if line.label not in owners]
    if any(line.unit is not None and compact(line.unit) == line.label for line in items) or len(items) < 2:
        items = named  # a list of units: those that the prose names are no heads of the others
    plain = judge_lines(sheet, total, items, "items")
    if not count_errors(plain):
        yield from plain
        return
    for least in (1, 2):
        roots, groups = _fold_groups(sheet, rest, least)
        runs = _split(sheet, total, roots)
        if runs:
            for run in runs:
                yield from judge_lines(sheet, total, run, "items")
            for line, parts in groups:
                yield from judge_lines(sheet, line, parts, "items")
            return
    parted = _by_subtotals(sheet, total, rest)
    if parted:
        yield from parted
        return
    if len(items) > 1 and not _repeats(items) and not _fold_groups(sheet, items, 2)[1]:
        yield from plain
        return
    roots, groups = _fold_groups(sheet, [line for line in rest if not is_partial(line.label)], 1)
    if groups and len(roots) > 1 and all(any(line is root for line, _ in groups) for root in roots):
        yield from judge_lines(sheet, total, roots, "items")


def _by_subtotals(sheet: Sheet, total: Line, rest: Sequence[Line]) -> list[Check]:
    """Return the checks of a total against its subtotals and of these against their lines; none if most of them fail.

    All subtotals stand above their lines, or all below.
    """
    heads = [index for index, line in enumerate(rest) if line.is_total]
    if len(heads) < 2 or (heads[0] == 0) == (heads[-1] == len(rest) - 1):
        return []
    ends = [*heads[1:], len(rest)] if heads[0] == 0 else heads
    starts = [head + 1 for head in heads] if heads[0] == 0 else [0, *(head + 1 for head in heads[:-1])]
    checks = judge_lines(sheet, total, [rest[head] for head in heads], "items")
    for head, start, end in zip(heads, starts, ends, strict=True):
        checks += judge_lines(sheet, rest[head], rest[start:end], "items")
    return checks if count_errors(checks) * 2 < len(checks) else []


def _repeats(items: Sequence[Line]) -> bool:
    """Whether a line stands there twice, as in a form that repeats its head on every page."""
    lines = [(line.label, *(cell.value for cell in line.cells.values())) for line in items]
    return len(set(lines)) < len(lines)


def _split(sheet: Sheet, total: Line, roots: Sequence[Line]) -> list[list[Line]]:
    """Return the lines in runs that each make the total (by kind, then by unit …), none if some are left."""
    runs: list[list[Line]] = []
    run: list[Line] = []
    for line in roots:
        run.append(line)
        if not count_errors(judge_lines(sheet, total, run, "items")):
            runs.append(run)
            run = []
    return [] if run else runs


def _fold_groups(sheet: Sheet, lines: Sequence[Line], least: int) -> tuple[list[Line], list[tuple[Line, list[Line]]]]:
    """Return the outermost lines and, for every subtotal, the lines right below it that it adds up."""
    roots: list[Root] = []
    groups: list[tuple[Line, list[Line]]] = []
    for line in reversed(lines):
        values = tuple(line.cells[c].value if c in line.cells else Decimal(0) for c in sheet.columns)
        size = _run_length(values, roots, least)
        if size:
            groups.append((line, [root[0] for root in roots[:size]]))
            del roots[:size]
        roots.insert(0, (line, values))
    return [root[0] for root in roots], groups


def _run_length(values: tuple[Decimal, ...], roots: Sequence[Root], least: int) -> int:
    """Return how many of the first roots add up to `values` in every column, 0 if no number does."""
    sums = [Decimal(0)] * len(values)
    for size, (_, parts) in enumerate(roots, 1):
        sums = [one + other for one, other in zip(sums, parts, strict=True)]
        if any(found > wanted for found, wanted in zip(sums, values, strict=True) if wanted >= 0):
            return 0
        if size >= least and tuple(sums) == values and any(values):
            return size
    return 0
