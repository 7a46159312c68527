"""Which of a project's amounts is the whole of a stage, and which are its parts or its sources.

In: the amounts that a form or a row prints of a project. Out: the one that counts as its budget or its spending.
The form's own arithmetic decides first (年度资金总额 118.01 ＝ 财政拨款 28.01 ＋ 上年结转 90.00), its labels after it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from kg.records import ProjectAmount
from kg.text.folding import compact
from kg.text.patterns import OF_WHICH
from kg.values.item_mark import strip_item_mark
from kg.values.money import to_yuan
from kg.values.vocabularies import Stage

BUDGET: frozenset[Stage] = frozenset(("budget",))
EXECUTED: frozenset[Stage] = frozenset(("executed", "final"))

_TOTAL = re.compile(r"(?:总额|合计|总计|小计|总量|总数|总预算)(?:[(（].*[)）])?$")
_PART = re.compile(
    rf"^{OF_WHICH}|拨款|一般公共预算|政府性基金|国有资本|专户|资金|收入|本级|转移支付|结转|结余|自筹|自有|补助|债券|其他|支出$"
)
_OTHER_SPAN = re.compile(r"中期|实施期|实施周期|总投资|累计|项目期|全周期|以前年度|三年|五年")
"""What a label says of money that is not that of the year: a project's of several years, or what was spent before."""
_MOST = 16
"""Amounts among which parts are looked for; forms have some ten, and every one more doubles the work."""
_ROUNDED = Decimal("0.005")
"""In units of the print: what rounding may take from each part of a sum printed with two decimals."""


def find_whole(amounts: Sequence[ProjectAmount], stages: frozenset[Stage], year: int | None) -> Decimal | None:
    """Return in 元 the amount of a stage that the others are parts of, None if none is printed.

    Amounts said to be of another year, or of several, count only where nothing else is printed.
    """
    money = [entry for entry in amounts if entry.stage in stages and to_yuan(entry.value, entry.unit) is not None]
    of_year = [entry for entry in money if entry.year in (year, None)] or money
    candidates = [entry for entry in of_year if not _OTHER_SPAN.search(entry.meaning)] or of_year
    if not candidates:
        return None
    chosen = _summed_up(candidates) or _named_whole(candidates)
    return to_yuan(chosen.value, chosen.unit)


def _summed_up(candidates: Sequence[ProjectAmount]) -> ProjectAmount | None:
    """Return the largest amount if two or more of the others make it up; of equal ones the one named a whole."""
    top = max(_yuan(entry) for entry in candidates)
    wholes = [entry for entry in candidates if _yuan(entry) == top]
    others = [entry for entry in candidates if _yuan(entry) not in (top, Decimal(0))]
    if top > 0 and len(others) < 2 and len(wholes) > 1:
        return _named_whole(wholes)  # one source pays all: 总额 50，财政拨款 50，其他资金 0
    if top <= 0 or not 2 <= len(others) <= _MOST or not _makes_up(others, top):
        return None
    return _named_whole(wholes)


def _makes_up(parts: Sequence[ProjectAmount], whole: Decimal) -> bool:
    """Return whether some of the parts add up to the whole, within what rounding may take."""
    sums: dict[Decimal, Decimal] = {Decimal(0): Decimal(0)}  # a sum, and what may be lacking or too much in it
    for part in parts:
        slack = to_yuan(_ROUNDED, part.unit) or _ROUNDED
        sums |= {known + _yuan(part): lack + slack for known, lack in sums.items()}
    return any(abs(found - whole) <= lack for found, lack in sums.items() if lack)


def _named_whole(candidates: Sequence[ProjectAmount]) -> ProjectAmount:
    """Return the amount whose label is that of a whole, else the first that isn't called a part."""
    totals = [entry for entry in candidates if _TOTAL.search(_leaf(entry)) and not _PART.match(_leaf(entry))]
    totals = totals or [entry for entry in candidates if _TOTAL.search(_leaf(entry))]
    others = [entry for entry in candidates if not _PART.search(_leaf(entry))]
    return next(iter([*totals, *others, *candidates]))


def _leaf(entry: ProjectAmount) -> str:
    return strip_item_mark(compact(entry.meaning).rpartition("/")[2])


def _yuan(entry: ProjectAmount) -> Decimal:
    found = to_yuan(entry.value, entry.unit)
    assert found is not None  # candidates are money
    return found
