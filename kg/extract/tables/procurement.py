"""Extract the items of government procurement and of purchased services.

In: the Context. Out: ProcurementRecords in reading order. Sums, units and categories (货物类) are no items;
the project named by a sum above an item funds it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from kg.blocks import Cell, Row
from kg.extract.context import Band, Context, Recognised
from kg.extract.places import source_of_row
from kg.extract.projects.found import Projects
from kg.extract.projects.mentions import is_organ, is_total
from kg.extract.tables.periods import table_year
from kg.extract.tables.row_units import find_row_units
from kg.records import ProcurementRecord
from kg.text.folding import compact, join_wrapped
from kg.values.item_mark import strip_item_mark
from kg.values.measure import read_measure
from kg.values.money import to_yuan

_CODE_AND_NAME = re.compile(r"^(?P<code>[A-Z](?:\d\s?){2,14})[\s\-—_、.]*(?P<name>.*)$")
_GROUP_CODE = re.compile(r"^[A-Z]\d{0,1}$")
_GROUP = re.compile(r"^(?:其中[:：])?(?:货物|工程|服务)(?:类|类采购|采购)?(?:小计|合计)?$")
_CLASS = re.compile(r"^(?:其中[:：])?(?P<kind>基本|项目)支出$")
_AMOUNT = re.compile(r"总计|合计|总额|采购(?:预算)?金额|^金额|^预算(?:金额|数|资金)|^小计")
_SUBJECT = re.compile("科目|功能分类")
_BUDGET_OF_SOURCE = re.compile(r"来源|预算资金$")
_NAMING = ("item", "catalogue", "catalogue_code")


def extract_procurements(context: Context, projects: Projects) -> Iterator[ProcurementRecord]:
    """Yield one record for each item of the procurement and purchased-service tables."""
    for table in context.tables:
        for band in table.bands if table.kind.purchases else ():
            yield from _BandReader(context, projects, table, band).read()


class _BandReader:
    """Reads the rows of one band; keeps the class and the project of the sums above the items."""

    def __init__(self, context: Context, projects: Projects, table: Recognised, band: Band) -> None:
        self.context = context
        self.projects = projects
        self.table = table
        self.band = band
        self.units = find_row_units(context, table, band)
        self.amount = self._amount_column()
        self.project: str | None = None
        self.in_basic = False
        notes = "\n".join(note.text for note in table.table.notes)
        self.year = table_year(table.table.title, notes, context.identity.fiscal_year)
        self.named = [column.role for column in band.columns if column.role in _NAMING]
        self.by_subject = self._is_by_subject()
        self.is_catalogued = self._is_catalogued()

    def read(self) -> Iterator[ProcurementRecord]:
        if self.amount is None or self.by_subject:
            return
        for row in self.band.rows:
            value = read_measure(compact(row.text(self.amount)))
            if value is None:
                continue
            if self._is_item(row):
                yield self._record(row, *value)
            else:
                self._enter_sum(row)

    def _is_by_subject(self) -> bool:
        """Whether the rows are the accounts that pay (科目编码, 科目名称): what is bought isn't told."""
        if self.named or any(column.role in ("project", "quantity") for column in self.band.columns):
            return False
        names = [column for column in self.band.columns if column.role == "name"]
        return bool(names) and all(_SUBJECT.search("/".join(column.path)) for column in names)

    def _is_catalogued(self) -> bool:
        """Whether most rows that name an item have a catalogue entry beside it: one without is a sum."""
        things = [row for row in self.band.rows if self._text(row, "item")]
        entries = [row for row in things if self._text(row, "catalogue", "catalogue_code")]
        return 2 * len(entries) > len(things)

    def _amount_column(self) -> int | None:
        """Return the column of an item's whole amount: the first total, not the budget it is taken from."""
        columns = [
            (index, compact("/".join(column.path)))
            for index, column in enumerate(self.band.columns)
            if column.role == "amount"
        ]
        for index, path in columns:
            leaf = path.rpartition("/")[2]
            if _AMOUNT.search(leaf) and not _BUDGET_OF_SOURCE.search(path):
                return index
        plain = [index for index, path in columns if not _BUDGET_OF_SOURCE.search(path)]
        return plain[0] if plain else None

    def _text(self, row: Row, *roles: str) -> str:
        return next(
            (
                row.text(index)
                for index, column in enumerate(self.band.columns)
                if column.role in roles and row.text(index)
            ),
            "",
        )

    def _is_item(self, row: Row) -> bool:
        """Whether a row names what is bought: a catalogue entry, an item, or anything that is no sum."""
        if self.units.is_heading(row):
            return False
        code = compact(self._text(row, "catalogue_code"))
        thing = self._text(row, "item") or self._text(row, "catalogue") or self._text(row, "name")
        entry = code or compact(self._text(row, "catalogue"))
        if self.is_catalogued and self._text(row, "item"):
            return bool(entry) and not _GROUP_CODE.match(entry) and not _GROUP.match(entry)
        if _GROUP_CODE.match(code) or _GROUP.match(compact(thing)) or is_total(strip_item_mark(thing)):
            return False
        if is_organ(thing, self.context) and not self.units.is_item(row):
            return False
        return bool(code or self._text(row, "item", "catalogue")) if self.named else bool(thing)

    def _enter_sum(self, row: Row) -> None:
        if self.units.is_heading(row):
            self.project, self.in_basic = None, False
            return
        name = join_wrapped(self._text(row, "project") or self._text(row, "name"))
        kind = _CLASS.match(compact(name))
        if kind:
            self.in_basic = kind["kind"] == "基本"
            self.project = None
        elif name and not is_total(name) and not is_organ(name, self.context) and not _GROUP.match(compact(name)):
            self.project = None if self.in_basic else strip_item_mark(name)

    def _record(self, row: Row, value: Decimal, suffix: str) -> ProcurementRecord:
        cell = row.cells[self.amount or 0]
        code, catalogue = self._catalogue(row)
        line = join_wrapped(self._text(row, "project")) or None
        unit = suffix or self.band.columns[cell.column].unit or self.table.table.unit
        unit = unit or self.context.identity.amount_unit
        return ProcurementRecord(
            table_kind=self.table.kind.name,
            source=source_of_row(row, self._named_cell(row)),
            name=self._name(row, catalogue),
            code=code,
            catalogue=catalogue,
            quantity=self._number(row, "quantity"),
            quantity_unit=join_wrapped(self._text(row, "quantity_unit")) or None,
            unit_price=self._number(row, "unit_price"),
            amount=value,
            unit=unit,
            funding_project=self.project or (None if self.in_basic else line or self._project_of(row)),
            funding_line=line,
            method=join_wrapped(self._text(row, "method")) or None,
            value_yuan=to_yuan(value, unit),
            year=self.year,
            budget_unit=self.units.of(row),
        )

    def _project_of(self, row: Row) -> str | None:
        """Return the project that the item's own cell names, when the catalogue entry tells what is bought."""
        name = join_wrapped(self._text(row, "item"))
        return name if self.is_catalogued and self.projects.kind_of(name) == "project" else None

    def _catalogue(self, row: Row) -> tuple[str | None, str | None]:
        """Return the catalogue code without blanks of a line wrap, and the names from wide to narrow."""
        code = compact(self._text(row, "catalogue_code"))
        names = []
        for index, column in enumerate(self.band.columns):
            if column.role != "catalogue" or not row.text(index):
                continue
            both = _CODE_AND_NAME.match(join_wrapped(row.text(index)))
            code = code or compact(both["code"]) if both else code
            names.append(both["name"] if both and both["name"] else join_wrapped(row.text(index)))
        return code or None, "/".join(names) or None

    def _name(self, row: Row, catalogue: str | None) -> str:
        item = self._text(row, "item")
        if item:
            return join_wrapped(item)
        return (catalogue or join_wrapped(self._text(row, "name", "project"))).rpartition("/")[2]

    def _named_cell(self, row: Row) -> Cell:
        """Return the cell that names the item: what the record's text and column are taken from."""
        for role in ("item", "catalogue", "name", "project"):
            for cell in row.cells:
                if cell.column < len(self.band.columns) and self.band.columns[cell.column].role == role and cell.text:
                    return cell
        return row.cells[0]

    def _number(self, row: Row, role: str) -> Decimal | None:
        measured = read_measure(compact(self._text(row, role)))
        return measured[0] if measured else None
