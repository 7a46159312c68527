"""人员＋公用＋对个人和家庭, named in prose beside 项目支出, against the basic expenditure of the tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kg.audit.base.check import ERROR, HELD, Check, place_of
from kg.audit.base.figures import Figure
from kg.audit.base.lists import FigureList
from kg.audit.base.sheets import Sheet
from kg.audit.compared.prose_tables import find_cells, targets
from kg.messages import say
from kg.records import AmountRecord
from kg.values.money import to_money

BASIC = re.compile(r"人员|公用|工资福利|商品和服务|个人和家庭")


def check_basic_parts(lists: Sequence[FigureList], sheets: Sequence[Sheet]) -> Iterator[Check]:
    """Yield the check of the parts of basic expenditure; those of several units are added up first."""
    cells = [
        cell.record for target in targets() if target.metric.search("基本支出") for cell in find_cells(sheets, target)
    ]
    groups = [parts for parts in map(_basic_parts, lists) if parts]
    if not cells or not groups:
        return
    whole = [part for parts in groups for part in parts]
    if any(_agrees(parts, cell) for parts in (*groups, whole) for cell in cells):
        yield Check(rule="prose_table", kind="mismatch", outcome=HELD)
    elif len(groups) == 1:
        yield _finding(whole, cells)


def _basic_parts(figures: FigureList) -> list[Figure]:
    """Return the parts that aren't 项目支出, none unless most of them are basic expenditure."""
    parts = [part for part in figures.parts if "项目" not in part.label]
    named = sum(BASIC.search(part.label) is not None for part in parts)
    return parts if named > 1 and len(parts) < len(figures.parts) and figures.total.is_money else []


def _agrees(parts: Sequence[Figure], cell: AmountRecord) -> bool:
    printed = to_money(cell.value, cell.unit)
    found = sum((part.yuan for part in parts), Decimal(0))
    halves = sum((part.half for part in parts), Decimal(0))
    return printed is not None and abs(printed.yuan - found) <= halves + printed.half


def _finding(parts: Sequence[Figure], cells: Sequence[AmountRecord]) -> Check:
    found = sum((part.value for part in parts), Decimal(0))
    return Check(
        rule="prose_table",
        kind="mismatch",
        outcome=ERROR,
        expected=cells[0].value,
        actual=found,
        table=cells[0].source.place.table,
        places=(*(part.place for part in parts), *(place_of(cell) for cell in cells)),
        message=say(
            "audit.prose.basic",
            parts=tuple(part.label[-8:] for part in parts),
            found=found,
            unit=parts[0].unit,
            table=cells[0].source.place.table,
            printed=cells[0].value,
        ),
    )
