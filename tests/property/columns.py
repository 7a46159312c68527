"""Columns added to tables: remarks, marks, zero amounts at the right; serial numbers at the left."""

from __future__ import annotations

from random import Random

from tests.property.altering import Altered, Change
from tests.property.sheets import Part, Sheet, find_sheets, is_column_numbers, is_number

RIGHT = (("备注", ("", "")), ("是否涉密", ("否", "否")), ("其中：债务资金", ("0", "0.00")))
INSERTED = "备注"
DEEPEST = 2  # in deeper headers a converter may already have slipped the lower cells
SERIAL = "序号"


def add_columns(text: str, dice: Random) -> Altered:
    """Add one column at the right of some tables."""
    lines = text.split("\n")
    added: set[str] = set()
    for sheet in find_sheets(lines):
        if _is_regular(lines, sheet) and dice.random() < 0.5:
            name, values = dice.choice(RIGHT)
            cells = [cell for row in sheet.body() for cell in lines[row].split("\t") if is_number(cell)]
            _append(lines, sheet, name, values[any("." in cell for cell in cells)])
            added.add(name)
    return Altered(text="\n".join(lines), change=Change(added=frozenset(added)))


def insert_columns(text: str, dice: Random) -> Altered:
    """Add one empty column between two columns of some tables, where a new group of columns begins."""
    lines = text.split("\n")
    for sheet in find_sheets(lines):
        if _is_regular(lines, sheet) and dice.random() < 0.5:
            first = _first_header_row(lines, sheet.parts[0])
            heads = lines[first].split("\t") if first is not None else []
            places = [column for column, head in enumerate(heads) if head.strip() and column > 1]
            if places and len(heads) > 3 and sheet.parts[0].body - sheet.parts[0].header <= DEEPEST:
                _insert(lines, sheet, dice.choice(places))
    return Altered(text="\n".join(lines), change=Change(added=frozenset({INSERTED})))


def add_serial_numbers(text: str, dice: Random) -> Altered:
    """Number the rows of some tables in a new first column."""
    lines = text.split("\n")
    for sheet in find_sheets(lines):
        if _is_regular(lines, sheet) and not _has_serial(lines, sheet) and dice.random() < 0.5:
            _prepend(lines, sheet)
    return Altered(text="\n".join(lines), change=Change(added=frozenset({SERIAL})))


def _is_regular(lines: list[str], sheet: Sheet) -> bool:
    """Whether all rows have the same number of cells and some hold numbers."""
    widths = {lines[row].count("\t") for row in sheet.lines()}
    numbers = sum(any(is_number(cell) for cell in lines[row].split("\t")[2:]) for row in sheet.body())
    return len(widths) == 1 and widths.pop() >= 2 and numbers >= 2


def _has_serial(lines: list[str], sheet: Sheet) -> bool:
    return any(lines[row].startswith(SERIAL) for row in sheet.lines())


def _first_header_row(lines: list[str], part: Part) -> int | None:
    """Return the first row that names columns; a single cell above it (部门名称: …) names none."""
    return next(
        (
            row
            for row in range(part.header, part.body)
            if sum(cell.strip() != "" for cell in lines[row].split("\t")) > 1
        ),
        None,
    )


def _append(lines: list[str], sheet: Sheet, name: str, value: str) -> None:
    for part in sheet.parts:
        words = _first_header_row(lines, part)
        for row in range(part.header, part.end):
            cells = lines[row].split("\t")
            own = row >= part.body and _has_own_name(cells)
            cell = name if row == words else (value if own else "")
            if is_column_numbers(cells):
                cell = str(len(cells) + 1)
            lines[row] = "\t".join([*cells, cell])


def _insert(lines: list[str], sheet: Sheet, column: int) -> None:
    for part in sheet.parts:
        words = _first_header_row(lines, part)
        for row in range(part.header, part.end):
            cells = lines[row].split("\t")
            if is_column_numbers(cells):
                lines[row] = "\t".join([*cells, str(len(cells) + 1)])
            else:
                cells.insert(column, INSERTED if row == words else "")
                lines[row] = "\t".join(cells)


def _has_own_name(cells: list[str]) -> bool:
    """Whether a row is one of its own, not the rest of the row above a page break."""
    return any(is_number(cell) for cell in cells) or any(cell.strip() for cell in cells[:2])


def _prepend(lines: list[str], sheet: Sheet) -> None:
    serial = 0
    for part in sheet.parts:
        words = _first_header_row(lines, part)
        for row in range(part.header, part.end):
            cells = lines[row].split("\t")
            if is_column_numbers(cells):
                lines[row] = "\t".join([*cells, str(len(cells) + 1)])
                continue
            if row >= part.body and cells[0].strip() + cells[1].strip():
                serial += 1
                cell = str(serial)
            else:
                cell = SERIAL if row == words else ""
            lines[row] = "\t".join([cell, *cells])
