"""Totals of lists: projects, purchases, kinds of expenditure, with subtotals printed among the items.

Which line is a subtotal is not marked. A line that equals, in every column, the run of lines right
below it stands over them; read upwards this rebuilds the tree, and the total must be what is left.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from kg.audit.check import Check
from kg.audit.column_totals import count_errors, judge_lines
from kg.audit.marks import read_mark
from kg.audit.sheets import Line, Sheet, is_partial

Root = tuple[Line, tuple[Decimal, ...]]


def check_items(sheet: Sheet, owners: frozenset[str]) -> Iterator[Check]:
    """Yield the checks of the total line of a list and of the subtotals found under it."""
    lines = [line for line in sheet.lines if any(cell.value for cell in line.cells.values())]
    if len(lines) < 3 or any(read_mark(line.name).level for line in lines):
        return
    if lines[0].is_total and not is_partial(lines[0].label):
        total, rest = lines[0], lines[1:]
    elif lines[-1].is_total:
        total, rest = lines[-1], lines[:-1]
    else:
        return
    items = [line for line in rest if not (line.is_total or line.label in owners or is_partial(line.label))]
    plain = judge_lines(sheet, total, items, "items")
    if not count_errors(plain):
        yield from plain
        return
    for least in (1, 2):
        roots, groups = _fold_groups(sheet, rest, least)
        for reading in _readings(roots):
            checks = judge_lines(sheet, total, reading, "items")
            if checks and not count_errors(checks):
                yield from checks
                for line, parts in groups:
                    yield from judge_lines(sheet, line, parts, "items")
                return
    if not _fold_groups(sheet, items, 2)[1] and len(items) > 1:
        yield from plain


def _readings(roots: Sequence[Line]) -> Iterator[Sequence[Line]]:
    yield roots
    for size in range(len(roots) - 1, 0, -1):
        yield roots[:size]


def _fold_groups(
    sheet: Sheet, lines: Sequence[Line], least: int
) -> tuple[list[Line], list[tuple[Line, list[Line]]]]:
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
