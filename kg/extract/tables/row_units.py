"""Whose amounts each row of a table holds: the unit of its column, or of a row above that names one, or of its part.

In: a recognised table and one of its bands. Out: RowUnits. A row that names a unit and no thing beside it heads the
rows below; where the name leaves it open whether it is a unit or an item of one, kg.extract.tables.unit_sums decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from kg.blocks import Row
from kg.extract.context import Band, Column, Context, Recognised
from kg.extract.identity.organs import labelled_organ
from kg.extract.identity.units import clean_unit
from kg.extract.tables.unit_sums import Line, belongs_to_heading, decide_by_sums
from kg.extract.tables.units import is_like_organ, names_unit
from kg.text.folding import compact
from kg.values.code import parent_code, split_code, strip_owner_code
from kg.values.measure import read_measure

_TOTAL = re.compile(r"^(?:合计|总计|共计|总合计|合计数)$")
_WORD = re.compile(r"[\u4e00-\u9fffA-Za-z]")
_THINGS = frozenset(["name", "project", "item", "catalogue"])
_CODES = frozenset(["code", "unit_code", "class_code"])
_NO_WORDS = frozenset(["sequence", "amount", "unit_price", "quantity", "percent", "section_code", "item_code"])
_UNIT_CODE = re.compile(r"^[\[(（]?\d{3,9}[\])）]?$")
_SHORT_CODE = re.compile(r"^\d{2}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class RowUnits:
    """The units of a band's rows, by the number of the row.

    `units` are the names, absent where none is told; `headings` the rows that name a unit and stand for it;
    `items` the rows that are named like a unit and proved to be an item of one.
    """

    units: dict[int, str] = field(default_factory=dict)
    headings: frozenset[int] = frozenset()
    items: frozenset[int] = frozenset()

    def of(self, row: Row) -> str | None:
        """Return the unit whose amounts a row holds, None where nothing tells it."""
        return self.units.get(row.number)

    def is_heading(self, row: Row) -> bool:
        """Return whether a row names a unit and stands for it and the rows below."""
        return row.number in self.headings

    def is_item(self, row: Row) -> bool:
        """Return whether a row is named like a unit and by the sums is an item of another."""
        return row.number in self.items


def find_row_units(context: Context, table: Recognised, band: Band) -> RowUnits:
    """Return the unit of each row of a band; a total over all units has none but that of its part of the file."""
    lines = _Reader(context, band).lines()
    if any(column.path for column in band.columns):
        decide_by_sums(lines)
    else:
        for line in lines:
            line.unit = None
    owner = context.owners.of_table(table.number)
    units: dict[int, str] = {}
    current, heading = owner, None
    for index, line in enumerate(lines):
        if line.unit is not None:
            current, heading = line.unit, index
        elif line.column_unit is not None:
            current, heading = line.column_unit, None
        elif line.apart or (line.total and not belongs_to_heading(lines, heading, index)):
            current, heading = owner, None
        if current is not None:
            units[line.row.number] = current
    return RowUnits(
        units=units,
        headings=frozenset(line.row.number for line in lines if line.unit is not None),
        items=frozenset(line.row.number for line in lines if line.item),
    )


class _Reader:
    """Reads the rows of one band for what they say of units."""

    def __init__(self, context: Context, band: Band) -> None:
        self.context = context
        self.band = band
        self.amounts = [index for index, column in enumerate(band.columns) if column.role == "amount"]
        self.coded_rows = any(self._is_coded_row(row) for row in band.rows)

    def lines(self) -> list[Line]:
        """Return the rows as the search for units sees them."""
        return [self._line(row) for row in self.band.rows]

    def _cells(self, row: Row) -> list[tuple[Column, str]]:
        return [
            (self.band.columns[cell.column], cell.text)
            for cell in row.cells
            if cell.text and cell.column < len(self.band.columns)
        ]

    def _words(self, row: Row) -> list[tuple[Column, str]]:
        """Return the cells that print words, codes and numbers left out."""
        return [
            (column, text)
            for column, text in self._cells(row)
            if column.role not in _NO_WORDS and is_worded(text) and column.group == 0
        ]

    def _codes(self, row: Row) -> list[str]:
        return [compact(text) for column, text in self._cells(row) if column.role in _CODES and not is_worded(text)]

    def _is_coded_row(self, row: Row) -> bool:
        """Whether a row that is no unit bears a unit's code: then the code tells no unit from its items."""
        words = self._words(row)
        foreign = any(_UNIT_CODE.match(code) and split_code(code)[0] is None for code in self._codes(row))
        return foreign and bool(words) and not is_like_organ(words[0][1]) and not is_whole_total(words[0][1])

    def _line(self, row: Row) -> Line:
        words, codes = self._words(row), self._codes(row)
        line = Line(
            row=row,
            label=compact(words[0][1]) if words else "",
            code=next((code for text in (*codes, *(text for _, text in words)) if (code := split_code(text)[0])), None),
            values=tuple(self._value(row, index) for index in self.amounts),
            total=any(is_whole_total(text) for _, text in words),
        )
        for column, text in words:
            if column.role == "budget_unit" and not is_whole_total(text):
                line.column_unit = clean_unit(text)
        if words and not line.total:
            self._name(line, words, codes)
        line.apart = not self.coded_rows and any(
            column.role == "unit_code" and line.unit is None and compact(text).isdigit()
            for column, text in self._cells(row)
        )
        return line

    def _name(self, line: Line, words: list[tuple[Column, str]], codes: list[str]) -> None:
        (_, label), *others = words
        unit, sure = self._unit(label, codes)
        if unit is None:
            return
        if any(column.role in _THINGS for column, _ in others):
            line.column_unit = line.column_unit or unit
        else:
            line.unit, line.sure = unit, sure

    def _unit(self, label: str, codes: list[str]) -> tuple[str | None, bool]:
        """Return the unit that a row is named after and whether its code or its label proves it one."""
        labelled = labelled_organ(label)
        if labelled is not None:
            return labelled, True
        printed = split_code(label)[0]
        classes = [code for text in codes if (code := split_code(text)[0])] + ([printed] if printed else [])
        if any(parent_code(code) for code in classes) or any(_SHORT_CODE.match(code) for code in codes):
            return None, False
        own = names_unit(label, self.context.identity)
        coded = any(_UNIT_CODE.match(code) for code in codes) or strip_owner_code(compact(label)) != compact(label)
        if coded and not classes and is_like_organ(label) and not self.coded_rows:
            return clean_unit(label), True
        return (clean_unit(label), False) if own else (None, False)

    def _value(self, row: Row, index: int) -> Decimal:
        measured = read_measure(compact(row.text(index)))
        return measured[0] if measured is not None else Decimal(0)


def is_whole_total(text: str) -> bool:
    """Return whether a label sums up a whole table or unit, not a part of one.

    >>> is_whole_total("合 计"), is_whole_total("小计"), is_whole_total("货物合计")
    (True, False, False)
    """
    return _TOTAL.match(compact(text)) is not None


def is_worded(text: str) -> bool:
    """Return whether a cell prints words: no number, no code, no dash.

    >>> is_worded("某市信访局"), is_worded("231001"), is_worded("——")
    (True, False, False)
    """
    return _WORD.search(text) is not None and read_measure(compact(text)) is None
