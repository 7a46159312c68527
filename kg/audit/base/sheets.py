"""The amounts of a document put back into their tables: lines of cells, by column.

A line is what one label says: where a table prints income and expenditure side by side, a printed row
gives two lines. Columns keep their header path.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from kg.audit.base.tolerance import finest_half_unit
from kg.extract.tables.kinds import TableKind, kind_named
from kg.records import AmountRecord
from kg.text.folding import compact
from kg.text.patterns import CIRCLED_MARK

Key = tuple[int | None, int | None, int | None]
Columns = dict[int, tuple[str, ...]]

_COUNTED = re.compile(
    rf"数量|单价|比例|比率|[率%％][)）]?(?:(?:\d+|{CIRCLED_MARK})(?:[=＝].+)?)?$|占比|增长|增减%|序号|行次|栏次|排名|得分|分值|权重|面积|人数|[(（](?:个|辆|人|台|套|批|次|平方米)"
)
_CODE_LABEL = re.compile(r"(?:编码|代码|编号)$")  # a form's number that names, not a sum
_TOTAL = re.compile(r"(?:合计|总计|小计|总额|总金额|总数)$|^计$")
_PART = re.compile(r"^其?中?[:：]?面向|^其中|^[（(]?(?:扣除|剔除|不含|不包括|减除)|(?:扣除|剔除|不含)[^/]{0,12}[后外]?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One label with its amounts by column."""

    key: Key
    name: str
    code: str | None
    unit: str | None
    side: str | None
    cells: dict[int, AmountRecord]

    @property
    def label(self) -> str:
        """The name without blanks."""
        return compact(self.name)

    @property
    def is_total(self) -> bool:
        """Whether the label says that this line adds up others."""
        return is_total(self.label)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One table: its lines in printed order and its columns of money."""

    caption: str
    kind: TableKind
    scheme: str | None
    lines: tuple[Line, ...]
    columns: Columns
    half: Decimal

    def heads_unit(self, line: Line) -> bool:
        """Return whether a line bears the name of a unit and sums up the lines of that unit."""
        return line.label == compact(line.unit or "") and any(
            other.unit == line.unit and other.name != line.name for other in self.lines
        )

    def column(self, lines: Iterable[Line], column: int) -> list[AmountRecord]:
        """Return the amounts of `lines` in `column`, empty cells left out."""
        return [line.cells[column] for line in lines if column in line.cells]


@lru_cache(maxsize=4096)
def is_total(text: str) -> bool:
    """Return whether a label or the last part of a header path names a total.

    >>> is_total("本年支出合计"), is_total("支出总计"), is_total("项目支出")
    (True, True, False)
    """
    return _TOTAL.search(compact(text)) is not None


@lru_cache(maxsize=4096)
def is_partial(text: str) -> bool:
    """Return whether a label names a share of what stands before it (其中：…, 扣除…后), not one more part.

    >>> is_partial("其中：财政拨款"), is_partial("扣除基本建设后预算数"), is_partial("财政拨款")
    (True, True, False)
    """
    return _PART.match(compact(text)) is not None


@lru_cache(maxsize=4096)
def counts_things(header: tuple[str, ...]) -> bool:
    """Return whether a column counts or weighs something that doesn't add up as money does."""
    return any(_COUNTED.search(compact(head)) is not None for head in header)


def is_money(record: AmountRecord) -> bool:
    """Return whether an amount can be a part of a sum."""
    if (
        record.unit == "%"
        or record.measure == "rate"
        or record.reading == "printed_wrong"
        or _CODE_LABEL.search(record.name)
    ):
        return False
    return not counts_things(record.header)


def build_sheets(records: Iterable[AmountRecord]) -> tuple[Sheet, ...]:
    """Return the tables that amounts come from, in reading order."""
    groups: list[list[AmountRecord]] = []
    last: tuple[str | None, str] | None = None
    for record in records:
        if not is_money(record):
            continue
        table = (record.source.place.table, record.table_kind)
        if table != last:
            groups.append([])
            last = table
        groups[-1].append(record)
    return tuple(_sheet(group) for group in groups)


def _sheet(records: list[AmountRecord]) -> Sheet:
    lines: list[Line] = []
    columns: Columns = {}
    for record in records:
        place = record.source.place
        key = (place.page, place.line, place.row)
        column = place.col or 0
        columns.setdefault(column, record.header)
        last = next((line for line in reversed(lines[-2:]) if _continues(line, key, record, column)), None)
        if last is None:
            last = Line(
                key=key, name=record.name, code=record.code, unit=record.budget_unit, side=record.side, cells={}
            )
            lines.append(last)
        last.cells[column] = record
    first = records[0]
    return Sheet(
        caption=first.source.place.table or "",
        kind=kind_named(first.table_kind),
        lines=tuple(lines),
        scheme=next((record.scheme for record in records if record.scheme), None),
        columns=dict(sorted(columns.items())),
        half=finest_half_unit(record.value for record in records),
    )


def _continues(line: Line, key: Key, record: AmountRecord, column: int) -> bool:
    return (
        line.key == key
        and line.name == record.name
        and line.code == record.code
        and line.side == record.side
        and column not in line.cells
    )
