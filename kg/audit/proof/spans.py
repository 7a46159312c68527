"""The lines of a table that a total stands over, and whether its parts leave out or count twice any of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from kg.audit.base.check import Check
from kg.audit.base.sheets import Line, Sheet, is_partial
from kg.audit.proof.crossings import gap_of
from kg.records import AmountRecord
from kg.values.code import is_above
from kg.values.item_mark import read_mark

MOST_PAIRS = 60
"""Figures of a column beyond which two of them make nearly any difference."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A sum down a column: its total and part lines, and all lines of that side printed from the first to the last."""

    sheet: Sheet
    column: int
    total: Line
    parts: tuple[Line, ...]
    lines: tuple[Line, ...]

    def values(self, column: int) -> list[Decimal]:
        """Return the parts' figures in a column, nothing for an empty cell."""
        return [line.cells[column].value if column in line.cells else Decimal(0) for line in self.parts]


def find_span(sheet: Sheet, check: Check) -> Span | None:
    """Return the span of a sum down one column, None if its cells stand in one line or in several tables."""
    at = {record.source.place: index for index, line in enumerate(sheet.lines) for record in line.cells.values()}
    cells = [check.totals[-1], *check.parts]
    if any(cell.source.place not in at for cell in cells):
        return None
    places = [at[cell.source.place] for cell in cells]
    total, *parts = [sheet.lines[place] for place in places]
    if any(part is total for part in parts):
        return None
    first, last = min(places), max(places)
    while last + 1 < len(sheet.lines) and _is_below(sheet.lines[last + 1], parts):
        last += 1
    return Span(
        sheet=sheet,
        column=_column(total, check.totals[-1]),
        total=total,
        parts=tuple(parts),
        lines=tuple(line for line in sheet.lines[first : last + 1] if line.side == total.side),
    )


def loose_lines(span: Span) -> Iterator[Line]:
    """Yield the lines with a figure in the column that are neither total nor part, nor below a part."""
    for line in span.lines:
        cell = line.cells.get(span.column)
        if cell is None or not cell.value or line is span.total or any(line is part for part in span.parts):
            continue
        if line.label == span.total.label and cell.value == span.total.cells[span.column].value:
            continue
        if not (is_partial(line.label) or _is_below(line, span.parts)):
            yield line


def is_explained(span: Span, check: Check) -> bool:
    """Whether printed figures make the difference: parts counted twice, or figures outside the span left out."""
    gap = gap_of(check)
    if gap > 0:
        if not check.totals[0].value:
            return False
        values = [abs(value) for value in span.values(span.column) if value]
        return gap in values or gap in _runs(values) or gap in _pairs(values) or _is_multiple(gap, check)
    outside = [line for line in span.sheet.lines if not any(line is one for one in span.lines)]
    values = [abs(cell.value) for cell in span.sheet.column(outside, span.column) if cell.value]
    totals = {
        abs(cell.value)
        for line in outside
        if line.is_total or line.side != span.total.side
        for cell in line.cells.values()
    }
    return -gap in values or -gap in totals or -gap in _runs(values) or -gap in _pairs(values)


def is_doubled(span: Span) -> bool:
    """Whether a part is printed twice, or stands above another one."""
    printed = [(line.label, *(cell.value for cell in line.cells.values())) for line in span.parts if line.label]
    codes = [line.code for line in span.parts if line.code]
    return len(set(printed)) < len(printed) or any(is_above(one, two) for one in codes for two in codes)


def holds_elsewhere(span: Span) -> bool:
    """Whether the same parts make the same total in another column, where at least two of them are something."""
    for column, cell in span.total.cells.items():
        values = span.values(column)
        if column != span.column and sum(map(bool, values)) > 1 and sum(values) == cell.value:
            return True
    return False


def _column(line: Line, record: AmountRecord) -> int:
    return next(column for column, cell in line.cells.items() if cell is record)


def _is_below(line: Line, parts: Sequence[Line]) -> bool:
    """Whether a line stands below one of the parts: by its code, by its numbering, or as a code of a unit."""
    if line.code is not None:
        coded = [part.code for part in parts if part.code is not None]
        return any(is_above(code, line.code) for code in coded) if coded else all(part.unit for part in parts)
    levels = [read_mark(part.name).level for part in parts]
    return all(levels) and read_mark(line.name).level > max(levels)


def _runs(values: Sequence[Decimal]) -> set[Decimal]:
    """Return the sums of two and more figures printed one below the other."""
    if len(values) > MOST_PAIRS:
        return set()
    sums = set()
    for start in range(len(values)):
        found = values[start]
        for value in values[start + 1 :]:
            found += value
            sums.add(found)
    return sums


def _pairs(values: Sequence[Decimal]) -> set[Decimal]:
    if len(values) > MOST_PAIRS // 4:
        return set()
    return {one + two for one, two in combinations(values, 2)}


def _is_multiple(gap: Decimal, check: Check) -> bool:
    """Whether the parts make twice or three times the total, as two levels of one list do."""
    printed = abs(check.totals[0].value)
    return bool(printed) and gap in (printed, printed * 2)
