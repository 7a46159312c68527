"""What a column measures, from the words of its header path: kg/lexicon/measures.tsv."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from kg.lexicon import load_rows
from kg.text.folding import compact
from kg.values.vocabularies import MEASURES, Measure, word_of
from kg.values.year import YEAR

_UNTOLD = frozenset(("other", "total"))
_ONLY_PERIOD = re.compile(
    rf"^(?:{YEAR}年度?)?(?:年初|年中|全年|本年|当年|上年|调整后?|部门)?(?:预算|决算|执行|实际|支出|完成)?(?:安排|执行|批复)?(?:数|金额)?"
    r"(?:[(（][^()（）]*[)）])?$"
)
"""A last level that only tells year or stage (决算数, 2024年预算数, 金额): what is measured stands above it."""


@lru_cache(maxsize=4096)
def measure_of(path: tuple[str, ...]) -> Measure:
    """Return what a column measures (total, basic, project, general_budget …), `other` if unknown.

    >>> measure_of(("本年收入", "财政拨款", "小计")), measure_of(("基本支出",))
    ('fiscal_appropriation', 'basic')
    >>> measure_of(("公务接待费", "决算数")), measure_of(("增减变化情况", "公务接待费"))
    ('reception', 'change')
    """
    keys = tuple(map(compact, path))
    if len(keys) > 1 and only_tells_period(keys[-1]):
        above = measure_of(path[:-1])
        if above not in _UNTOLD:
            return above
    return _measure(keys)


def only_tells_period(key: str) -> bool:
    """Return whether a compact header or label says no more than a year or a stage of the budget.

    >>> only_tells_period("决算数"), only_tells_period("2025年年初预算数"), only_tells_period("支出合计")
    (True, True, False)
    """
    return bool(key) and _ONLY_PERIOD.match(key) is not None


def _measure(keys: tuple[str, ...]) -> Measure:
    leaf, above = (keys[-1], "/".join(keys[:-1])) if keys else ("", "")
    for measure, in_leaf, in_path in _measures():
        if in_leaf.search(leaf) and (in_path is None or in_path.search(above)):
            return measure
    return "other"


@cache
def _measures() -> tuple[tuple[Measure, re.Pattern[str], re.Pattern[str] | None], ...]:
    return tuple(
        (
            word_of(measure, MEASURES, "measures.tsv"),
            re.compile(leaf),
            re.compile(rest[0]) if rest and rest[0] else None,
        )
        for measure, leaf, *rest in load_rows("measures")
    )
