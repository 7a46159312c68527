"""Find what words state without a number: 与上年持平, 无政府性基金预算支出.

In: a stretch of text between two numbers and what was read before it. Out: Stated values of zero.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from kg.extract.prose.clauses import label_start
from kg.extract.prose.metrics import find_metric
from kg.extract.prose.periods import LAST
from kg.extract.prose.setting import Setting
from kg.extract.prose.stated import CHANGE, Run, Stated
from kg.lexicon import load_rows, load_words
from kg.text.patterns import any_of
from kg.values.money import unit_pattern
from kg.values.year import YEAR

_LEVEL = re.compile(
    rf"(?:与|同|较|比|和)(?:(?P<year>{YEAR})\s?年度?|{LAST})(?:年初)?(?:预算|决算|执行)?(?:数|安排)?(?:相比)?[，,]?(?:保持)?"
    r"(?P<nearly>基本|大致)?(?:持平|一致|相同|无变化|无增减|没有变化)"
)
_MONEY = re.compile("支出|收入|预算|资金|安排|经费|项目")
_CONDITION = re.compile(r"的\s*[，,]")
"""无…支出的，仍保留该表: a rule of the form for those who have none."""
_NEAR = 8
"""Characters before an item that is said to be none: past that another thing is (无 … 的公务接待费)."""


def find_implied(text: str, start: int, end: int, run: Run, setting: Setting) -> Iterator[Stated]:
    """Yield what `text[start:end]` states without a number."""
    yield from _find_level(text, start, end, run, setting)
    yield from _find_none(text, start, end, setting)


def _find_level(text: str, start: int, end: int, run: Run, setting: Setting) -> Iterator[Stated]:
    for match in _LEVEL.finditer(text, start, end):
        words = text[label_start(text, match.start(), start) : match.start()]
        named = find_metric(words, names=setting.names) if len(words.strip()) > 2 else None
        metric = named or run.base or (run.first[0] if run.first else run.topic)
        if metric is None or metric + CHANGE in run.moved:
            continue
        if match["nearly"] and re.match(r"[，,（(][^。；;]{0,12}(?:增|减|升|降)", text[match.end() :]):
            continue  # the change itself is stated next
        run.moved.add(metric + CHANGE)
        yield Stated(
            metric=metric + CHANGE,
            subject=None if named else run.subject,
            value=Decimal(0),
            unit=setting.unit,
            year=run.year,
            base_year=int(match["year"]) if match["year"] else run.year - 1 if run.year else None,
            implied=True,
            start=match.start(),
            end=match.end(),
            within=None if named else run.within,
            scope=run.scope,
        )


def _find_none(text: str, start: int, end: int, setting: Setting) -> Iterator[Stated]:
    for match in _none().finditer(text, start, end):
        if _CONDITION.match(text, match.end() - 1) or not _MONEY.search(match["items"]):
            continue
        for pattern, metric in load_rows("zero_items"):
            named = re.search(pattern, match["items"])
            if named and (named.start() <= _NEAR or "、" in match["items"][: named.start()]):
                yield Stated(
                    metric=metric,
                    subject=None,
                    value=Decimal(0),
                    unit=setting.unit,
                    year=setting.year,
                    base_year=None,
                    implied=True,
                    start=match.start(),
                    end=match.end(),
                )


@cache
def _none() -> re.Pattern[str]:
    """无…, 没有… and what there is none of, up to a figure of money that says how much there is after all."""
    nouns = any_of(load_words("not_negations"))
    return re.compile(
        rf"(?:没有|未安排|不涉及|未发生|(?!{nouns})(?<![有若])无)(?P<items>[^，,。；;：:\d]{{2,80}})"
        rf"(?![\d.]+\s?{unit_pattern()})"
    )
