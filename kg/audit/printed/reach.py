"""How far the audit reached: tables of which hardly any figure could be checked are told, not passed over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.audit.base.check import NOTICE, Check, place_of
from kg.audit.base.sheets import Sheet
from kg.messages import say

LEAST_LINES = 4
"""Lines with figures from which a table should have a sum to check."""
LEAST_TABLES = 2
"""Such tables a document must have before it is told that few of them could be checked."""
REACHED = 0.5
"""The share of such tables of which something must have been checked."""
RULES = frozenset(
    ("hierarchy", "row_total", "column_total", "outline", "items", "balance", "cross_table", "fund_total")
)


def check_reach(checks: Sequence[Check], sheets: Sequence[Sheet]) -> Iterator[Check]:
    """Yield a notice if no sum could be checked, or none in most of the tables that hold several lines of figures."""
    full = [sheet for sheet in sheets if sum(_has_figure(sheet, at) for at in range(len(sheet.lines))) >= LEAST_LINES]
    reached = {check.table for check in checks if check.rule in RULES}
    silent = [sheet for sheet in full if sheet.caption not in reached]
    made = sum(check.rule in RULES for check in checks)
    if not silent or (made and (len(full) < LEAST_TABLES or len(full) - len(silent) >= REACHED * len(full))):
        return
    first = next(iter(silent[0].lines[0].cells.values()))
    yield Check(
        rule="reach",
        kind="sum",
        outcome=NOTICE,
        table=silent[0].caption,
        places=(place_of(first),),
        message=say("audit.few_checks", tables=len(full), silent=len(silent), made=made),
    )


def _has_figure(sheet: Sheet, at: int) -> bool:
    return any(cell.value for cell in sheet.lines[at].cells.values())
