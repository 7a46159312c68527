"""Every number of a table as an amount record: row name, codes, header path, year, stage, unit, 元."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from kg.blocks import Cell, Row
from kg.extract.context import Band, Column, Context, Recognised
from kg.extract.tables.classifications import named_scheme
from kg.extract.tables.measures import measure_of
from kg.extract.tables.periods import Period, column_periods, table_year
from kg.extract.tables.row_codes import find_row_codes
from kg.extract.tables.row_names import row_name
from kg.extract.tables.row_periods import RowPeriod, read_row_period
from kg.extract.tables.row_units import find_row_units, is_worded
from kg.read.assemble.column_roles import column_role
from kg.records import AmountRecord, Source
from kg.text.folding import compact, join_wrapped
from kg.values.code import CodeColumns, scheme_of, split_code, strip_project_code
from kg.values.measure import read_measure
from kg.values.money import WAN, find_unit, to_yuan, unit_pattern
from kg.values.no_value import is_no_value
from kg.values.vocabularies import Scheme, Stage
from kg.values.year import find_years

_MONEY_ROLES = frozenset(("amount", "unit_price"))
_NUMBER_ROLES = _MONEY_ROLES | {"quantity", "percent"}
_NO_AMOUNTS = frozenset(["level1", "level2", "level3", "target", "actual"])
_NAMING = ("government_name", "project", "item")
_NAMING_ALL = frozenset(("name", "catalogue", *_NAMING))
_SCORES = frozenset(("weight", "got", "text", "actual", "target", "amount"))
_SCORE_TOTAL = re.compile(r"^(?:合计|总计|总分)|得分合计|评价总分")
_SUM = re.compile(r"(?:合计|总计|小计)$")


def extract_amounts(context: Context) -> Iterator[AmountRecord]:
    """Yield one record for each number in a table's body, row by row, zeros too.

    Numbers of indicators (targets, weights, scores) are left to kg.extract.indicators.owners. A document that
    is no budget has no amounts.
    """
    if context.identity.kind == "其他":
        return
    for table in context.tables:
        notes = "\n".join(note.text for note in table.table.notes)
        base = table_year(table.table.title, notes, context.identity.fiscal_year)
        for band in table.bands:
            yield from _BandReader(context, table, band, base).read()


def read_remarked(text: str) -> tuple[Decimal, str] | None:
    """Return the number of a cell that prints a remark in brackets behind it, None for anything else.

    >>> read_remarked("12.50（含上年结转 2 万元）"), read_remarked("50（一）号")
    ((Decimal('12.50'), ''), None)
    """
    match = _remarked().match(text.strip())
    return read_measure(match["number"]) if match is not None else None


def is_sum(text: str) -> bool:
    """Return whether a label sums rows up: 合计, 支出总计, 人员经费小计."""
    return _SUM.search(compact(text)) is not None


def _nothing(cell: Cell, column: Column) -> tuple[Decimal, str] | None:
    """Return a zero for a mark under an amount's header: there is no such money, which is told, not left open."""
    return (Decimal(0), "") if column.role == "amount" and column.path and is_no_value(compact(cell.text)) else None


@cache
def _labelled_unit() -> re.Pattern[str]:
    return re.compile(rf"[(（](?:单位[:：]?)?\s*{unit_pattern()}\s*[)）]")


@cache
def _remarked() -> re.Pattern[str]:
    return re.compile(rf"^(?P<number>-?[\d,]+(?:\.\d+)?{unit_pattern()}?)\s*[(（][^()（）]+[)）]$")


@dataclass(frozen=True, slots=True)
class _RowFacts:
    """What a row says of all its numbers."""

    name: str
    code: str | None
    government_code: str | None
    economic_code: str | None
    project: str | None
    period: RowPeriod | None
    has_year: bool


class _BandReader:
    """Reads the rows of one band."""

    def __init__(self, context: Context, table: Recognised, band: Band, base: int | None) -> None:
        self.identity = context.identity
        self.mixed_units = (
            len({other.table.unit for other in context.tables if other.table.unit}) > 1
            or context.identity.amount_unit != WAN
        )
        self.table = table
        self.band = band
        self.periods = column_periods(band.columns, base, context.identity)
        self.units = find_row_units(context, table, band)
        self.codes = find_row_codes(band, self.units)
        self.label_unit: str | None = None
        self.second_codes: dict[tuple[str, int], CodeColumns] = {}
        self.groups = {
            group: [index for index, column in enumerate(band.columns) if column.group == group]
            for group in {column.group for column in band.columns}
        }
        self.schemes = {
            group: (self._named_scheme(group) if len(self.groups) > 1 else None) or table.scheme
            for group in self.groups
        }
        self.indicators = sum(column.role in _NO_AMOUNTS for column in band.columns) >= 2
        self.form = table.kind.form
        self.number_roles = _NUMBER_ROLES if self.indicators else _NUMBER_ROLES | {"text", "weight", "got"}
        self.names_used = any(self._cell_texts("name", group) for group in self.groups)

    def _named_scheme(self, group: int) -> Scheme | None:
        """Return the classification that the header over one of several lists side by side names."""
        columns = [self.band.columns[index] for index in self.groups[group]]
        return named_scheme(*("/".join(column.path) for column in columns if column.role not in _NUMBER_ROLES))

    def _cell_texts(self, role: str, group: int) -> bool:
        columns = [index for index in self.groups[group] if self.band.columns[index].role == role]
        return any(row.text(index) for row in self.band.rows for index in columns)

    def read(self) -> Iterator[AmountRecord]:
        """Yield the amounts of the band, row by row, left to right."""
        for row in self.band.rows:
            self._enter_label(row)
            scored = self.indicators and _SCORE_TOTAL.match(next((compact(c.text) for c in row.cells if c.text), ""))
            facts: dict[int, _RowFacts] = {}
            for cell in row.cells:
                if not cell.text or cell.column >= len(self.band.columns):
                    continue
                column = self.band.columns[cell.column]
                if column.role not in (_SCORES if scored else self.number_roles):
                    continue
                measured = read_measure(compact(cell.text)) or read_remarked(cell.text) or _nothing(cell, column)
                if measured is None:
                    continue
                if column.group not in facts:
                    facts[column.group] = self._facts(row, column.group)
                yield self._record(row, cell, column, measured, self._labelled(row, cell, facts[column.group]))

    def _enter_label(self, row: Row) -> None:
        """In a form a label such as 项目资金（万元） says the unit of the numbers beside and below it."""
        if not self.form:
            return
        for cell in row.cells:
            if cell.text and _labelled_unit().search(cell.text):
                self.label_unit = find_unit(cell.text)

    def _text(self, row: Row, role: str, group: int) -> str:
        columns = [index for index in self.groups.get(group, ()) if self.band.columns[index].role == role]
        if role == "project":  # of 一级项目 and 二级项目 the deepest that is filled is the project
            columns.reverse()
        return next((row.text(index) for index in columns if row.text(index)), "")

    def _facts(self, row: Row, group: int) -> _RowFacts:
        name_text = self._text(row, "name", group)
        embedded, _ = split_code(name_text)
        project = strip_project_code(
            join_wrapped(self._text(row, "project", group) or self._text(row, "project", 0)).lstrip("★☆*")
        )
        if is_sum(project):
            project = ""
        label = self._text(row, "year", 0)
        name = self._name(row, group, name_text)
        period = read_row_period(label or name)
        if period is not None and not label and self.table.kind.subject:
            name = self.table.kind.subject + (name if period.is_change else "")
        return _RowFacts(
            name=name,
            code=self.codes.get((row.number, group)) or (None if self.units.is_heading(row) else embedded),
            government_code=self._second_code(row, group, "government"),
            economic_code=self._second_code(row, group, "economic"),
            project=project or None,
            period=period,
            has_year=bool(label),
        )

    def _second_code(self, row: Row, group: int, kind: str) -> str | None:
        """Return the code of a classification beside the row's own, from its columns or from before its name."""
        parts = [row.text(index) for index in self.groups[group] if self.band.columns[index].role == f"{kind}_code"]
        if len(parts) > 1:
            codes = self.second_codes.setdefault((kind, group), CodeColumns())
            code = codes.read(parts[0], parts[1], "".join(parts[2:3]))
        else:
            code = split_code(parts[0])[0] if parts else None
        return code or split_code(self._text(row, f"{kind}_name", group))[0]

    def _name(self, row: Row, group: int, printed: str) -> str:
        bought = self._text(row, "item", group) if self.table.kind.purchases else ""
        for text in (bought, printed, *(self._text(row, role, group) for role in _NAMING), self._deepest(row, group)):
            if text:
                return row_name(strip_project_code(text))
        if group and not any(self.band.columns[index].role in _NAMING_ALL for index in self.groups[group]):
            return self._name(row, 0, self._text(row, "name", 0))
        label = self._text(row, "year", 0)
        if label:
            subject = self.table.kind.subject
            return subject if find_years(compact(label)) else subject + join_wrapped(label)
        if len(self.groups) > 1:
            return self._label_before(row, group)
        unit = self.units.of(row)
        if unit is not None and self._text(row, "budget_unit", group):
            return "" if self.names_used and not self.units.is_heading(row) else unit
        return self._fallback_name(row)

    def _deepest(self, row: Row, group: int) -> str:
        """Return the narrowest entry of the catalogue: the levels left of it only say under which it stands."""
        entries = [row.text(index) for index in self.groups[group] if self.band.columns[index].role == "catalogue"]
        return next((entry for entry in reversed(entries) if entry), "")

    def _label_before(self, row: Row, group: int) -> str:
        """Return the label of a row in a list beside others: merged over its codes, or reaching in from its left."""
        first = next((index for index in self.groups[group] if self.band.columns[index].role == "amount"), 0)
        before = next((cell for cell in reversed(row.cells[:first]) if cell.text), None)
        if before is None or not is_worded(before.text):
            return ""
        inside = self.band.columns[before.column].group == group
        return row_name(before.text) if inside or is_sum(before.text) else ""

    def _labelled(self, row: Row, cell: Cell, facts: _RowFacts) -> _RowFacts:
        """In a form a number is named by the label at its left, if no column names the row."""
        named = facts.code or facts.project or len(self.groups) > 1 or (self.names_used and facts.name)
        if not self.form or (named and any(column.path for column in self.band.columns)):
            return facts
        for before in reversed(row.cells[: cell.column]):
            if before.text and read_measure(compact(before.text)) is None:
                return replace(facts, name=row_name(before.text).rstrip("：:"))
        return facts

    def _fallback_name(self, row: Row) -> str:
        for cell in row.cells:
            if not cell.text or is_no_value(compact(cell.text)):
                continue
            if self.band.columns[cell.column].role == "sequence" and not is_worded(cell.text):
                continue
            if read_measure(compact(cell.text)) is not None:
                break
            return row_name(cell.text)
        if self.table.kind.subject:
            return self.table.kind.subject
        path = self.band.columns[0].path if self.band.columns else ()
        return join_wrapped(path[-1]) if path and column_role(compact(path[-1]), "") is None else ""

    def _record(
        self, row: Row, cell: Cell, column: Column, measured: tuple[Decimal, str], facts: _RowFacts
    ) -> AmountRecord:
        value, suffix = measured
        unit = suffix or ("%" if facts.period is not None and facts.period.is_rate else self._unit(column, row))
        period = self.periods[cell.column]
        place = cell.place if cell.place.line == row.place.line else replace(cell.place, line=row.place.line)
        return AmountRecord(
            source=Source(place=place, text=cell.text),
            table_kind=self.table.kind.name,
            scheme=scheme_of(facts.code) if facts.code else self.schemes[column.group],
            code=facts.code,
            government_code=facts.government_code,
            economic_code=facts.economic_code,
            name=facts.name,
            side=column.side or self.table.kind.side,
            budget_unit=self.units.of(row),
            header=tuple(join_wrapped(part) for part in column.path),
            measure="change" if facts.period is not None and facts.period.is_change else measure_of(column.path),
            stage=self._stage(period, facts),
            year=self._year(period, facts),
            value=value,
            unit=unit,
            value_yuan=to_yuan(value, unit),
            project=facts.project,
            implied=is_no_value(compact(cell.text)),
        )

    def _stage(self, period: Period, facts: _RowFacts) -> Stage:
        of_row = facts.period or RowPeriod()
        stage, year = of_row.stage or period.stage, of_row.year
        if year is not None and self.identity.fiscal_year is not None and year < self.identity.fiscal_year:
            return "previous_budget" if stage == "budget" else stage
        return stage

    def _year(self, period: Period, facts: _RowFacts) -> int | None:
        if facts.period is not None and (facts.period.is_change or facts.period.year is not None):
            return facts.period.year
        return None if facts.has_year else period.year

    def _unit(self, column: Column, row: Row) -> str | None:
        if column.role == "percent":
            return "%"
        if column.role in ("weight", "got"):
            return "分"
        if column.role == "quantity":
            return join_wrapped(self._text(row, "quantity_unit", column.group)) or None
        stated = column.unit or self.label_unit or self.table.table.unit
        return stated or (None if self.form and self.mixed_units else self.identity.amount_unit)
