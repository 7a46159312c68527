"""财政拨款 in the table of all income against the total of the table of appropriations alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.audit.base.check import ERROR, HELD, Check, places_of
from kg.audit.base.sheets import Sheet
from kg.audit.base.tolerance import judge_pair
from kg.audit.compared.cross_tables import find_measure
from kg.messages import say
from kg.records import AmountRecord
from kg.text.folding import compact
from kg.values.item_mark import read_mark

_ALONE = re.compile(r"拨款")  # in the caption: a table of appropriations alone
_FISCAL = re.compile(r"^财政拨款(?:收入|资金)?$")


def check_fund_totals(sheets: Sequence[Sheet]) -> Iterator[Check]:
    """Yield one check of the appropriations that both tables print for one year and stage.

    The table of appropriations may or may not count what was carried over: one of its totals must agree.
    """
    both = [sheet for sheet in sheets if sheet.kind.is_two_sided]
    alone = [sheet for sheet in both if _ALONE.search(compact(sheet.caption))]
    others = [sheet for sheet in both if not _ALONE.search(compact(sheet.caption))]
    wholes = [cell for sheet in others for cell in _fiscal_cells(sheet, totals=False)]
    for sheet in alone:
        cells = list(_fiscal_cells(sheet, totals=True))
        for whole in wholes:
            alike = [
                cell for cell in cells if (cell.year, cell.stage, cell.unit) == (whole.year, whole.stage, whole.unit)
            ]
            if alike:
                yield _check(sheet, whole, alike)


def _fiscal_cells(sheet: Sheet, *, totals: bool) -> Iterator[AmountRecord]:
    for line in sheet.lines:
        if line.side == "income" and ((totals and line.is_total) or _FISCAL.match(read_mark(line.name).rest)):
            yield from (cell for cell in line.cells.values() if find_measure(cell) == "total")


def _check(sheet: Sheet, whole: AmountRecord, cells: Sequence[AmountRecord]) -> Check:
    outcomes = [judge_pair(whole.value, cell.value, sheet.half * 2) for cell in cells]
    if any(outcome != ERROR for outcome in outcomes):
        return Check(rule="fund_total", kind="mismatch", outcome=HELD, table=sheet.caption)
    return Check(
        rule="fund_total",
        kind="mismatch",
        outcome=ERROR,
        table=sheet.caption,
        expected=whole.value,
        actual=cells[0].value,
        tolerance=sheet.half * 2,
        places=places_of([whole, cells[0]]),
        totals=(cells[0],),
        parts=(whole,),
        message=say(
            "audit.tables.cell",
            line=whole.name,
            table=whole.source.place.table,
            printed=whole.value,
            other_table=cells[0].source.place.table,
            other=cells[0].value,
        ),
    )
