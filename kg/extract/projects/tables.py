"""Find projects in tables: performance, expenditure and key-project tables, self-evaluations, main tasks.

In: the Context. Out: Mentions in reading order. Duties and activities are kg.extract.projects.duties.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from kg.blocks import Cell, Row
from kg.extract.context import Band, Context, Recognised
from kg.extract.projects.forms import labelled_value
from kg.extract.projects.mentions import (
    Mention,
    clean_name,
    is_name,
    is_organ,
    is_total,
    mention_of_row,
    with_parent,
)
from kg.extract.projects.tree import find_parents
from kg.extract.tables.row_units import find_row_units
from kg.text.folding import compact
from kg.text.patterns import CHINESE_MARK, NUMERALS
from kg.values.code import split_code
from kg.values.measure import read_measure
from kg.values.vocabularies import ProjectKind

_KEY = re.compile(r"重点(?:绩效)?(?:管理)?(?:项目|支出|政策|领域)")
_CATEGORY = re.compile(rf"类$|类项目$|^(?:通用|专用)项目$|^{CHINESE_MARK}")
_CODES = ("unit_code", "project_code", "code")
_NAMING = re.compile("项目|任务|政策|专项|类别")
_CODE = re.compile("[0-9A-Za-z]")
_ACTIVITY = re.compile("^(?!.*(?:项目|专项|资金)).*(?:活动|任务)")
_LEVEL = re.compile("([一二三四])级(?:支出)?项目")
_PLACEHOLDER = re.compile(
    rf"^(?:重点|主要|工作)*(?:任务|活动|职责|政策|项目)\s?(?:\d{{1,2}}|[{NUMERALS}]{{1,2}})(?:[:：、.．]|$)\s*"
)
_CLAUSE = re.compile("[，。；,;]")


def find_table_mentions(context: Context) -> Iterator[Mention]:
    """Yield the projects that the rows of the document's project tables name, categories among them."""
    for table in context.tables:
        if not table.kind.lists_projects:
            continue
        key = _is_key_table(table)
        for band in table.bands:
            column = _project_column(table, band)
            if column is not None:
                yield from _BandReader(context, table, band, column, key).read()


def _is_key_table(table: Recognised) -> bool:
    section = (table.table.place.section or "").rpartition(" / ")[2]
    return table.kind.key or bool(_KEY.search(compact(table.table.title or section)))


def _project_column(table: Recognised, band: Band) -> int | None:
    """Return the column that names projects: one of that role, or of names where rows can be nothing else."""
    column = band.find("project")
    if column is not None or table.kind.projects != "named" or band.find("amount") is None:
        return column
    return next(
        (
            index
            for index, other in enumerate(band.columns)
            if other.role == "name" and other.path and _NAMING.search(compact(other.path[-1]))
        ),
        None,
    )


def _level_columns(band: Band, column: int) -> tuple[int, ...]:
    """Return the columns of projects from the first level on (一级项目 | 二级项目), else the one column."""
    levels = [
        index
        for index, other in enumerate(band.columns)
        if other.role == "project" and other.path and _LEVEL.match(compact(other.path[-1]))
    ]
    return tuple(levels) if len(levels) > 1 else (column,)


class _BandReader:
    """Reads the rows of one band; keeps the unit and the category that stand over the rows."""

    def __init__(self, context: Context, table: Recognised, band: Band, column: int, key: bool) -> None:
        self.context = context
        self.table = table
        self.band = band
        self.column = column
        self.key = key
        self.units = find_row_units(context, table, band)
        self.unit: str | None = context.owners.of_table(table.number)
        self.category: str | None = None
        self.coded = [index for index, other in enumerate(band.columns) if other.role in _CODES]
        self.covered = frozenset(
            number
            for row in band.rows
            for cell in row.cells
            if cell.column in self.coded and _CODE.search(cell.text)
            for number in range(cell.row, cell.row + cell.row_span)
        )
        self.kind: ProjectKind = (
            "activity" if _ACTIVITY.search(compact("/".join(band.columns[column].path))) else "project"
        )
        self.levels = _level_columns(band, column)
        self.codes_used = any(self._is_coded(row) and not self._names_organ(row) for row in band.rows)
        sums = table.kind.categories and band.find("goal") is None and not self.codes_used and len(self.levels) == 1
        self.parents = self._parents() if sums else {}

    def read(self) -> Iterator[Mention]:
        """Yield the projects and categories of the band, top down."""
        return self._read_levels() if len(self.levels) > 1 else self._read_list()

    def _read_levels(self) -> Iterator[Mention]:
        """Yield what columns of levels name (一级项目 | 二级项目): the deepest level filled in a row is its project.

        A level that is filled alone and has rows of a deeper level below it is a category.
        """
        above: dict[int, str] = {}
        for at, row in enumerate(self.band.rows):
            self._enter_unit(row)
            named = self._named(row)
            if named is None:
                if self._cell(row) is not None:
                    above.clear()  # a total or a unit: what stood over the rows ends
                continue
            cell, name = named
            above = {level: over for level, over in above.items() if level < cell.column}
            above |= {
                level: clean_name(row.text(level)) for level in self.levels if level < cell.column and row.text(level)
            }
            parent = above[max(above)] if above else None
            above[cell.column] = name
            kind: ProjectKind = "category" if self._has_deeper(at, cell.column, name) else self.kind
            mention = mention_of_row(self.context, self.table, self.band, row, cell, name)
            yield with_parent(
                replace(mention, kind=kind, key=mention.key or self.key, rank=1 if self.key else 0), parent, self.unit
            )

    def _has_deeper(self, at: int, level: int, name: str) -> bool:
        """Return whether the next row that names anything goes on below `name`, one level deeper."""
        for row in self.band.rows[at + 1 :]:
            cell = self._cell(row)
            if cell is not None:
                return cell.column > level and clean_name(row.text(level)) in ("", name)
        return False

    def _read_list(self) -> Iterator[Mention]:
        seen_unit = False
        names: dict[int, str] = {}
        for row in self.band.rows:
            seen_unit |= self._enter_unit(row)
            named = self._named(row)
            if named is None:
                continue
            cell, name = named
            names[row.number] = name
            mention = mention_of_row(self.context, self.table, self.band, row, cell, name)
            if self._is_category(row, name):
                if seen_unit or not self.codes_used:
                    self.category = name
                    yield replace(mention, kind="category", budget_unit=self.unit)
                continue
            parent = names.get(self.parents.get(row.number, -1)) if self.parents else self.category
            yield with_parent(
                replace(
                    mention,
                    kind=self.kind,
                    function_code=self._function_code(row),
                    key=mention.key or self.key,
                    rank=1 if self.key else 0,
                ),
                parent,
                self.unit,
            )

    def _named(self, row: Row) -> tuple[Cell, str] | None:
        """Return the cell and the name of the project or category of a row, None where it has none."""
        cell = self._cell(row)
        name = self._own_name(row, clean_name(cell.text)) if cell is not None else ""
        if cell is None or not is_name(name) or is_total(name) or self._is_unit(row, name):
            return None
        return (cell, name) if labelled_value(row) is None else None

    def _own_name(self, row: Row, name: str) -> str:
        """Return a name without a placeholder (任务1); what it holds the place of is its content."""
        bare = _PLACEHOLDER.sub("", name)
        content = self.band.find("content")
        if bare or content is None:
            return bare
        printed = clean_name(re.split("[:：]", row.text(content))[0])
        return printed if is_name(printed) else clean_name(_CLAUSE.split(printed)[0])

    def _cell(self, row: Row) -> Cell | None:
        """Return the cell that names the row, of several levels the deepest that is filled."""
        return next((cell for cell in reversed(row.cells) if cell.column in self.levels and cell.text), None)

    def _is_coded(self, row: Row) -> bool:
        """Whether a code stands in the row, or in a merged cell that reaches down to it."""
        return bool(row.cells) and row.cells[0].row in self.covered

    def _prints_indicator(self, row: Row) -> bool:
        """Whether a row prints a first indicator beside the name, as those of projects do."""
        return any(column.role == "level3" and row.text(index) for index, column in enumerate(self.band.columns))

    def _names_organ(self, row: Row) -> bool:
        cell = self._cell(row)
        name = clean_name(cell.text) if cell is not None else ""
        return not name or self._is_unit(row, name) or is_total(name)

    def _is_unit(self, row: Row, name: str) -> bool:
        return self.units.is_heading(row) or (is_organ(name, self.context) and not self.units.is_item(row))

    def _parents(self) -> dict[int, int]:
        """Return for each row, by its number, the row it is part of, -1 for none; {} if nothing proves it."""
        amount = self.band.find("amount")
        found: dict[int, int] = {}
        if amount is None:
            return found
        total: Decimal | None = None
        rows: list[Row] = []
        for row in [*self.band.rows, None]:
            if row is not None and self._named(row) is not None:
                rows.append(row)
                continue
            values = [_amount(member, amount) for member in rows]
            parents = find_parents(values, total)
            for member, parent in zip(rows, parents or (), strict=False):
                found[member.number] = rows[parent].number if parent is not None else -1
            if rows and parents is None:
                return {}
            rows = []
            total = _amount(row, amount) if row is not None and self._cell(row) is not None else total
        return found

    def _enter_unit(self, row: Row) -> bool:
        """Take the unit of a row, whose categories begin anew; say whether the row names another or heads one."""
        unit = self.units.of(row)
        begins = self.units.is_heading(row) or unit != self.unit
        self.unit = unit
        if begins:
            self.category = None
        return begins

    def _is_category(self, row: Row, name: str) -> bool:
        """Whether a row stands for the rows below it: proved by sums, the only uncoded one, or named so."""
        if self.parents:
            return row.number in self.parents.values()
        if self.codes_used:
            return not self._is_coded(row) and not self._prints_indicator(row)
        return bool(_CATEGORY.search(name)) and self.table.kind.categories

    def _function_code(self, row: Row) -> str | None:
        for index, column in enumerate(self.band.columns):
            if column.role == "code" and row.text(index):
                code, _ = split_code(row.text(index))
                return code if code and len(code) >= 3 else None
        return None


def _amount(row: Row, column: int) -> Decimal:
    measured = read_measure(compact(row.text(column)))
    return measured[0] if measured is not None else Decimal(0)
