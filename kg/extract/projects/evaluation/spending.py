"""Read what a clause says of money given and spent: 预算600万元，实际支出580万元，预算执行率96.67%.

In: text. Out: Spending values in their order, spans into that text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from kg.values.money import amount_pattern, read_money
from kg.values.vocabularies import Stage

_BOUNDARY = re.compile("[，,。；;：:（(]")
_LEFT = re.compile("结余|结转|剩余|节约|未(?:支付|使用|支出)|缺口|收回|人均|每|自筹|减少|增加|奖励标准")
"""Money that is neither the budget nor what was spent of it."""
_SPENT = re.compile(
    "(?:实际|累计|已|共)(?:支出|支付|使用|执行|列支)|(?:支出|支付|使用|执行|列支)(?:了|数|金额|资金|总额|合计|共)*[为计]?$"
)
_GIVEN = re.compile("预算(?!执行|支出数)|安排|批复|核定|计划|总投资|总额|金额|规模|下达|拨付|投入|申请")
_RATE = re.compile(
    r"(?P<name>(?:预算|资金)?(?:执行|支出|使用|支付)率)[^\d。；;]{0,6}(?P<value>\d{1,3}(?:\.\d+)?)\s*[%％]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spending:
    """One figure; `unit` is that of money or %, `meaning` its words, `start` and `end` its span."""

    meaning: str
    stage: Stage
    value: Decimal
    unit: str
    yuan: Decimal | None
    start: int
    end: int


def read_spending(text: str, name: str = "") -> list[Spending]:
    """Return budget, spending and rate of a text, the first of each; money behind `name` alone is its budget.

    >>> [(s.meaning, s.stage, str(s.value)) for s in read_spending("年初预算安排60万元，支出57万元，执行率95%。")]
    [('预算', 'budget', '60'), ('实际支出', 'executed', '57'), ('执行率', 'executed', '95')]
    """
    found: dict[str, Spending] = {}
    end = 0
    for match in _amount().finditer(text):
        lead = _BOUNDARY.split(text[end : match.start()])[-1].strip()
        lead = lead or text[end : match.start()].strip("：: ")  # 资金总额：5万元
        end = match.end()
        stage = "budget" if name and lead.endswith(name) else _stage(lead)
        if stage is None:
            continue
        money = read_money(match["value"], match["unit"])
        meaning = "预算" if stage == "budget" else "实际支出"
        found.setdefault(
            meaning,
            Spending(
                meaning=meaning,
                stage=stage,
                value=money.value,
                unit=money.unit,
                yuan=money.yuan,
                start=match.start(),
                end=match.end(),
            ),
        )
    rate = _RATE.search(text)
    if rate is not None:
        value = Decimal(rate["value"])
        start, end = rate.start("value"), rate.end()
        found["rate"] = Spending(
            meaning=rate["name"], stage="executed", value=value, unit="%", yuan=None, start=start, end=end
        )
    return list(found.values())


def _stage(lead: str) -> Stage | None:
    if _LEFT.search(lead):
        return None
    if _SPENT.search(lead) and not re.search("(?:支出|安排)预算|预算(?:支出)?(?:安排)?$", lead):
        return "executed"
    return "budget" if _GIVEN.search(lead) else None


@cache
def _amount() -> re.Pattern[str]:
    return re.compile(amount_pattern())
