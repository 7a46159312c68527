"""A total of a table against the cells it adds up: the one check that every kind of sum makes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.audit.base.check import HELD, Check, places_of
from kg.audit.base.sheets import Sheet
from kg.audit.base.tolerance import judge_sum
from kg.messages import Argument, say
from kg.records import AmountRecord


def check_sum(
    sheet: Sheet,
    totals: Sequence[AmountRecord],
    parts: Sequence[AmountRecord],
    /,
    *,
    rule: str,
    code: str,
    obeyed: int = 0,
    **arguments: Argument,
) -> Iterator[Check]:
    """Yield the check of one total, printed once or more with the same value, against its parts.

    `code` and `arguments` name the finding's message, which is told the table, the printed total and the sum
    besides. Nothing is checked where no part is printed, or where total and parts are all zero.
    """
    values = [part.value for part in parts]
    printed = totals[0].value
    if not values or not (printed or any(values)):
        return
    outcome, found, tolerance = judge_sum(printed, values, sheet.half)
    if outcome == HELD:
        yield Check(rule=rule, kind="sum", outcome=HELD, table=sheet.caption)
        return
    yield Check(
        rule=rule,
        kind="sum",
        outcome=outcome,
        table=sheet.caption,
        expected=found,
        actual=printed,
        tolerance=tolerance,
        places=places_of([*totals, *parts]),
        totals=tuple(totals),
        parts=tuple(parts),
        obeyed=obeyed,
        message=say(code, table=sheet.caption, printed=printed, found=found, **arguments),
    )
