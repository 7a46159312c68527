"""Execution rates: 预算执行率 = 实际支出 / 预算, from the printed figures of the same row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.audit.base.check import ERROR, HELD, NOTICE, ROUNDING, Check, places_of
from kg.audit.base.tolerance import judge_ratio
from kg.messages import say
from kg.records import AmountRecord
from kg.text.folding import compact
from kg.values.precision import half_unit

_RATE = re.compile(r"执行率|支出进度|完成率")
_ACTUAL = re.compile(r"实际|执行数|决算|支出数|支付")
_SHARE = re.compile(r"其中|财政拨款|一般公共预算|政府性基金|其他资金|非财政")
_BUDGET = re.compile(r"预算")


def check_rates(amounts: Sequence[AmountRecord]) -> Iterator[Check]:
    """Yield one check for each printed rate whose row prints budget and actual amount."""
    rows: dict[tuple[object, ...], list[AmountRecord]] = {}
    for record in amounts:
        place = record.source.place
        rows.setdefault((place.table, place.page, place.line, place.row), []).append(record)
    for records in rows.values():
        for rate in records:
            if rate.unit == "%" and any(_RATE.search(compact(head)) for head in rate.header):
                yield from _check(rate, [record for record in records if record is not rate])


def _check(rate: AmountRecord, others: Sequence[AmountRecord]) -> Iterator[Check]:
    money = [record for record in others if record.unit != "%"]
    actual = [record for record in money if _ACTUAL.search(compact("".join(record.header)))]
    budget = [record for record in money if record not in actual and _BUDGET.search(compact("".join(record.header)))]
    budget = [record for record in budget if not _SHARE.search(compact("".join(record.header)))] or budget
    best: tuple[int, Check] | None = None
    for whole, part in ((whole, part) for whole in budget[:3] for part in actual[:1]):
        judged = judge_ratio((part.value, half_unit(part.value)), (whole.value, half_unit(whole.value)), rate.value)
        if judged is None:
            continue
        outcome, exact = judged
        if not rate.value and outcome == ERROR:
            outcome = NOTICE  # forms fill the rate with 0 where they don't ask for it
        rank = (HELD, ROUNDING, NOTICE, ERROR).index(outcome)
        exact = exact.quantize(rate.value if rate.value.as_tuple().exponent else half_unit(rate.value))
        check = Check(
            rule="rate",
            kind="percent",
            outcome=outcome,
            table=rate.source.place.table,
            expected=exact,
            actual=rate.value,
            places=places_of([rate, part, whole]),
            message=say(
                "audit.rate.execution",
                line=rate.name,
                printed=rate.value,
                actual=part.value,
                budget=whole.value,
                exact=exact,
            ),
        )
        if best is None or rank < best[0]:
            best = (rank, check)
    if best is not None:
        yield best[1]
