"""Whether the cells of a sum were surely read: no number cut by a page, no doubt of the reader beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from kg.audit.base.check import Check
from kg.audit.base.sheets import Sheet
from kg.audit.proof.crossings import gap_of
from kg.blocks import Document
from kg.records import AmountRecord, FindingPlace
from kg.text.folding import compact
from kg.values.place import Place

_UNREAD = re.compile(r"^=[A-Z$(]|^#+(?:[A-Z/!?0]+)?$")  # a formula without its value, a number wider than its column

Column = tuple[str, int]
Row = tuple[int | None, int | None, int | None, str | None]


def doubtful_rows(document: Document, cells: Iterable[Check]) -> frozenset[Row]:
    """Return the rows of which the reader, or a check of the cells as printed, says that something is out of place."""
    places: list[Place] = [issue.place for issue in document.issues]
    places += [place.place for check in cells for place in check.places if isinstance(place, FindingPlace)]
    return frozenset(_row(place) for place in places if place.row is not None or place.line is not None)


def is_doubtful(check: Check, rows: frozenset[Row]) -> bool:
    """Whether a cell of the check stands in a doubtful row."""
    return any(_row(cell.source.place) in rows for cell in (*check.totals, *check.parts))


def unread_columns(document: Document) -> frozenset[Column]:
    """Return the columns of tables (caption, number from 1) with a cell of which the figure isn't known."""
    return frozenset(
        (table.caption, cell.column + 1)
        for table in document.tables
        for row in table.rows
        for cell in row.cells
        if _UNREAD.match(compact(cell.text))
    )


def is_unread(check: Check, columns: frozenset[Column]) -> bool:
    """Whether a cell of the check stands in a column of which something could not be read."""
    places = [cell.source.place for cell in (*check.totals, *check.parts)]
    return any((place.table or "", place.col or 0) in columns for place in places)


def is_cut(check: Check, sheets: Sequence[Sheet]) -> bool:
    """Whether a number of the sum may have lost its last digits: they stand in a row without name, or nowhere.

    12,437.3 and, on the next page, 6: the difference is less than the last digit printed, among figures that
    have more of them; or a row that has no name follows.
    """
    gap = abs(gap_of(check))
    cells = (*check.totals, *check.parts)
    most = max(map(_decimals, cells))
    if any(0 < _decimals(cell) < most and gap < Decimal(1).scaleb(-_decimals(cell)) for cell in cells):
        return True
    places = {cell.source.place for cell in cells}
    for sheet in sheets:
        for line, after in zip(sheet.lines, sheet.lines[1:], strict=False):
            nameless = not after.label and not after.code and len(after.cells) < len(line.cells)
            if nameless and any(cell.source.place in places for cell in line.cells.values()):
                return True
    return False


def _decimals(cell: AmountRecord) -> int:
    exponent = cell.value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def _row(place: Place) -> Row:
    return place.page, place.line, place.row, place.table
