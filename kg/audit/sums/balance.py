"""Income against expenditure: 收入总计 = 支出总计 in a table that prints both sides."""

from __future__ import annotations

from collections.abc import Iterator

from kg.audit.base.check import HELD, Check, places_of
from kg.audit.base.sheets import Line, Sheet
from kg.audit.base.tolerance import judge_pair
from kg.messages import say


def check_balance(sheet: Sheet) -> Iterator[Check]:
    """Yield the check of the last totals of both sides of a table; none unless both stand there."""
    income = [line for line in sheet.lines if line.side == "income" and _is_grand(line)]
    spending = [line for line in sheet.lines if line.side == "expenditure" and _is_grand(line)]
    if not income or not spending or income[-1].key != spending[-1].key:
        return
    for one, other in zip(income[-1].cells.values(), spending[-1].cells.values(), strict=False):
        outcome = judge_pair(one.value, other.value, sheet.half * 2)
        if outcome == HELD:
            yield Check(rule="balance", kind="sum", outcome=HELD, table=sheet.caption)
            continue
        yield Check(
            rule="balance",
            kind="sum",
            outcome=outcome,
            table=sheet.caption,
            expected=one.value,
            actual=other.value,
            tolerance=sheet.half * 2,
            places=places_of([one, other]),
            totals=(other,),
            parts=(one,),
            message=say(
                "audit.sum.balance",
                table=sheet.caption,
                income_line=one.name,
                income=one.value,
                spending_line=other.name,
                spending=other.value,
            ),
        )
        return


def _is_grand(line: Line) -> bool:
    return line.label.endswith(("总计", "合计"))
