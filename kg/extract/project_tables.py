"""Find projects in tables: performance, expenditure and key-project tables, self-evaluations, main tasks.

In: the Context. Out: Mentions in reading order. Duties and activities are kg.extract.duty_tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.blocks import Cell, Row
from kg.extract.context import Band, Context, Recognised
from kg.extract.codes import split_code
from kg.extract.project_mentions import Mention, clean_name, is_name, is_organ, is_total, mention_of_row, with_parent
from kg.normalize import compact

ROLES = ("project_performance", "key_projects", "project_expenditure", "self_evaluation", "overall_goal",
         "transfer", "capital_construction")
_KEY = re.compile(r"重点(?:绩效)?(?:管理)?(?:项目|支出|政策|领域)")
_CATEGORY = re.compile(r"类$|类项目$|^[一二三四五六七八九十]、")
_CODES = ("unit_code", "project_code", "code")


def find_table_mentions(context: Context) -> Iterator[Mention]:
    """Yield the projects that the rows of the document's project tables name, categories among them."""
    for table in context.tables:
        if table.role not in ROLES:
            continue
        key = _is_key_table(table)
        for band in table.bands:
            column = band.find("project")
            if column is not None and not _lists_indicators(band):
                yield from _BandReader(context, table, band, column, key).read()


def _is_key_table(table: Recognised) -> bool:
    section = (table.table.place.section or "").rpartition(" / ")[2]
    return table.role == "key_projects" or bool(_KEY.search(compact(table.table.title or section)))


def _lists_indicators(band: Band) -> bool:
    """Whether a band of a form tells indicators, whose rows name no project."""
    roles = [column.role for column in band.columns]
    return "level1" in roles and "level2" in roles


class _BandReader:
    """Reads the rows of one band; keeps the unit and the category that stand over the rows."""

    def __init__(self, context: Context, table: Recognised, band: Band, column: int, key: bool) -> None:
        self.context = context
        self.table = table
        self.band = band
        self.column = column
        self.key = key
        self.unit: str | None = None
        self.category: str | None = None
        self.coded = [index for index, other in enumerate(band.columns) if other.role in _CODES]
        self.codes_used = any(row.text(index) for row in band.rows for index in self.coded)

    def read(self) -> Iterator[Mention]:
        seen_unit = False
        for row in self.band.rows:
            seen_unit |= self._enter_unit(row)
            cell = self._cell(row)
            name = clean_name(cell.text) if cell is not None else ""
            if cell is None or not is_name(name) or is_total(name) or is_organ(name, self.context):
                continue
            mention = mention_of_row(self.context, self.table, self.band, row, cell, name)
            if self._is_category(row, name):
                if seen_unit or not self.codes_used:
                    self.category = name
                    yield replace(mention, kind="category", budget_unit=self.unit)
                continue
            code = self._function_code(row)
            yield with_parent(replace(mention, function_code=code, key=mention.key or self.key, rank=self._rank()),
                              self.category, self.unit)

    def _cell(self, row: Row) -> Cell | None:
        cells = [cell for cell in row.cells if cell.column == self.column and cell.text]
        return cells[0] if cells else None

    def _rank(self) -> int:
        return 1 if self.key else 0

    def _enter_unit(self, row: Row) -> bool:
        """Take the unit a row names, in its unit column or in the place of a project; say whether it did."""
        for cell in row.cells:
            role = self.band.columns[cell.column].role if cell.column < len(self.band.columns) else "text"
            if cell.text and role in ("budget_unit", "project", "code", "name") and is_organ(cell.text, self.context):
                if role != "project" or compact(cell.text) != compact(self.unit or ""):
                    self.category = None if role == "project" else self.category
                self.unit = re.sub(r"^[\[（(]?\d{3,12}[\]）)]?[-—]*", "", compact(cell.text))
                return True
        return False

    def _is_category(self, row: Row, name: str) -> bool:
        """Whether a row stands for the rows below it: the only uncoded one, or named 一、… or …类."""
        if self.codes_used and not any(row.text(index) for index in self.coded):
            return True
        return bool(_CATEGORY.search(name)) and not self.codes_used and self.table.role == "project_expenditure"

    def _function_code(self, row: Row) -> str | None:
        for index, column in enumerate(self.band.columns):
            if column.role == "code" and row.text(index):
                code, _ = split_code(row.text(index))
                return code if code and len(code) >= 3 else None
        return None
