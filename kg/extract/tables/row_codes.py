"""The classification code of each row, whole: printed in one cell, over columns 类 款 项, or in short below a 类.

In: a band and the rows of it that name units. Out: the code by row and by list of the band. Two digits below a 类 are
its 款 (05 below 208), or a 项 of the 款 above them where the sums say so; where nothing says it there is no code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from kg.blocks import Row
from kg.extract.context import Band
from kg.extract.tables.row_units import RowUnits
from kg.text.folding import compact
from kg.values.code import FUNCTION, CodeColumns, level_of, parent_code, scheme_of, split_code
from kg.values.measure import read_measure

_PARTS = ("class_code", "section_code", "item_code")
_SHORT = re.compile(r"^\d{2}$")
_MOST_CHOICES = 1000
"""Beginnings of a list that are followed at once: rows of noughts fit everywhere, and a list may be long."""

Key = tuple[int, int]
"""The number of a row and of the list of the band (Column.group) that the code stands in."""


@dataclass(slots=True)
class _Coded:
    """A row with its code, or with the two digits that it prints of one."""

    number: int
    code: str | None
    digits: str
    values: tuple[Decimal, ...]


def find_row_codes(band: Band, units: RowUnits) -> dict[Key, str]:
    """Return the codes that a band prints in columns of codes; that of a row that names a unit may be the unit's."""
    found: dict[Key, str] = {}
    for group in {column.group for column in band.columns}:
        for coded in _with_short(list(_coded_rows(band, units, group))):
            if coded.code is not None:
                found[coded.number, group] = coded.code
    return found


def _coded_rows(band: Band, units: RowUnits, group: int) -> Iterator[_Coded]:
    columns = {role: _columns(band, role, group) for role in (*_PARTS, "code")}
    amounts = _columns(band, "amount", group)
    over_columns = CodeColumns()
    for row in band.rows:
        parts = [_text(row, columns[role]) for role in _PARTS]
        text = _text(row, columns["code"])
        if units.is_heading(row):
            over_columns = CodeColumns()
        code = over_columns.read(*parts) if any(parts) else split_code(text)[0]
        if units.is_heading(row):
            yield _Coded(row.number, code if code and parent_code(code) else None, "", ())
            continue
        digits = compact(text) if _SHORT.match(compact(text)) else ""
        yield _Coded(row.number, code, digits, tuple(_value(row, column) for column in amounts))


def _columns(band: Band, role: str, group: int) -> list[int]:
    return [index for index, column in enumerate(band.columns) if column.role == role and column.group == group]


def _text(row: Row, columns: list[int]) -> str:
    return next((row.text(index) for index in columns if row.text(index)), "")


def _value(row: Row, column: int) -> Decimal:
    measured = read_measure(compact(row.text(column)))
    return measured[0] if measured is not None else Decimal(0)


def _with_short(rows: list[_Coded]) -> list[_Coded]:
    """Give the rows that print two digits their codes, 类 by 类."""
    top: _Coded | None = None
    block: list[_Coded] = []
    for row in [*rows, _Coded(-1, None, "", ())]:
        ends = not row.digits and (row.code is None or parent_code(row.code) is None)
        if ends and top is not None:
            _complete(top, block)
        if ends:
            top, block = (row if row.code is not None and level_of(row.code) else None), []
        else:
            block.append(row)
    return rows


def _complete(top: _Coded, block: list[_Coded]) -> None:
    short = [row for row in block if row.digits]
    whole = [row.code for row in block if row.code]
    if not short or top.code is None:
        return
    if any(level_of(code) == "款" for code in whole):
        _below_sections(block)
    elif whole or scheme_of(top.code) != FUNCTION:
        for row in short:
            row.code = top.code + row.digits
    else:
        _by_sums(top, short)


def _below_sections(block: list[_Coded]) -> None:
    """Where a 款 is printed whole, two digits are the 项 below it."""
    section: str | None = None
    for row in block:
        if row.digits:
            row.code = section + row.digits if section else None
        elif row.code and level_of(row.code) == "款":
            section = row.code


def _by_sums(top: _Coded, short: list[_Coded]) -> None:
    """Tell 款 from 项 by what adds up to what; where that fits in two ways, or in none, no row has a code."""
    found = _groupings(top, short)
    if len(found) != 1:
        return
    section = ""
    for index, row in enumerate(short):
        section = (top.code or "") + row.digits if index in found[0] else section
        row.code = section if index in found[0] else section + row.digits


def _groupings(top: _Coded, short: list[_Coded]) -> list[tuple[int, ...]]:
    """Return every choice of 款, by index, that adds up to the 类 and whose 项 add up to them, all digits ascending."""
    flat = _ascend(short) and _sum(short) == top.values
    found: list[tuple[int, ...]] = [tuple(range(len(short)))] if flat else []
    begun: list[tuple[tuple[int, ...], int]] = [((), 0)]
    while begun and len(begun) < _MOST_CHOICES:
        heads, start = begun.pop()
        if heads and short[heads[-1]].digits >= short[start].digits:
            continue
        chosen = (*heads, start)
        for end in range(start + 2, len(short) + 1):
            if not _is_section(short[start:end]):
                continue
            if end < len(short):
                begun.append((chosen, end))
            elif _sum([short[index] for index in chosen]) == top.values:
                found.append(chosen)
    return found if not begun else []


def _is_section(rows: list[_Coded]) -> bool:
    """Return whether the first row is the sum of the others in every column."""
    return _ascend(rows[1:]) and _sum(rows[1:]) == rows[0].values


def _ascend(rows: list[_Coded]) -> bool:
    return all(one.digits < other.digits for one, other in pairwise(rows))


def _sum(rows: list[_Coded]) -> tuple[Decimal, ...]:
    return tuple(sum(column, Decimal(0)) for column in zip(*(row.values for row in rows), strict=True))
