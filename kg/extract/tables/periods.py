"""Which year and which stage of the budget a column's numbers are of, from header words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from kg.extract.context import Column, Identity
from kg.lexicon import load_rows
from kg.text.folding import compact
from kg.values.vocabularies import FINAL_ACCOUNTS, STAGES, Stage, word_of
from kg.values.year import YEAR, find_years

_LAST_YEAR = re.compile(r"上年|上一年|去年|上年度")
_DATE = re.compile(rf"(?:截[止至]|基准日|时点)[^\d]{{0,6}}({YEAR})年")
_OF_LAST_YEAR = re.compile(r"上年末|(?:上年度?|上一年度?)[^/]{0,8}(?:结[转余]|余额|存量)")
"""Money left from last year, or its state at the end of it: a source of this year's budget, not last year's figures."""
_CHANGE = re.compile(r"增减|增长|变化|变动|比较|同比|(?:比|较)(?:上年|上一年|预算数?|年初)|(?<!收支)差额$")


_SUM, _FIRST = re.compile(r"^(?:小计|合计|总额)"), re.compile(r"年初|批复")
_ADJUSTS = re.compile(r"调整(?!后)|追加|调[增减]").search
"""Of a budget in parts: its sum, what was planned first, what was changed during the year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The stage of the budget and the year, None where there is none."""

    stage: Stage
    year: int | None


@cache
def _stages() -> tuple[tuple[Stage, re.Pattern[str]], ...]:
    return tuple((word_of(stage, STAGES, "stages.tsv"), re.compile(pattern)) for stage, pattern in load_rows("stages"))


def table_year(title: str, notes: str, fiscal_year: int | None) -> int | None:
    """Return the year a table speaks of: of its date line, its title, else of the document.

    >>> table_year("固定资产占用情况表", "截止时间：2019年12月31日", 2020), table_year("收支总表", "", 2020)
    (2019, 2020)
    """
    date = _DATE.search(compact(notes))
    if date is not None:
        return int(date[1])
    return next(iter(find_years(compact(title))), fiscal_year)


def column_periods(columns: tuple[Column, ...], base: int | None, identity: Identity) -> tuple[Period, ...]:
    """Return the period of each column's numbers.

    A header year stands, unless it is the only one in the table, is that of the year before and the
    table has no column for the year itself: then the header was carried over from last year's form.
    """
    texts = [compact("/".join(column.path)) for column in columns]
    default: Stage = "final" if identity.kind in FINAL_ACCOUNTS else "budget"
    printed = [find_years(text) for text in texts]
    seen = {year for found in printed for year in found}
    carried_over = base is not None and default == "budget" and seen == {base - 1} and not any(map(named_stage, texts))
    periods = []
    for text, found in zip(texts, printed, strict=True):
        periods.append(_period(text, found, base, default, carried_over=carried_over))
    adjusted = _adjusted_sums(texts)
    return tuple(
        replace(period, stage="adjusted") if index in adjusted else period for index, period in enumerate(periods)
    )


def _adjusted_sums(texts: list[str]) -> frozenset[int]:
    """Return the columns that sum up the first budget and its change: 小计③=①+② beside 年初预算① and 年中调整②."""
    found = set()
    for index, text in enumerate(texts):
        above, _, leaf = text.rpartition("/")
        beside = [other.rpartition("/")[2] for other in texts[:index] if other.rpartition("/")[0] == above]
        if above and _SUM.match(leaf) and any(_FIRST.search(one) for one in beside) and any(map(_ADJUSTS, beside)):
            found.add(index)
    return frozenset(found)


def _period(text: str, found: list[int], base: int | None, default: Stage, *, carried_over: bool) -> Period:
    if tells_change(text):
        return Period(stage=default, year=None)
    year = base
    if found and not carried_over:
        year = found[-1]
    elif base is not None and _LAST_YEAR.search(_OF_LAST_YEAR.sub("", text)):
        year = base - 1
    named = named_stage(text)
    if named in (None, "budget") and year is not None and base is not None and year < base:
        return Period(stage="previous_budget", year=year)
    return Period(stage=named or default, year=year)


def tells_change(text: str) -> bool:
    """Return whether a compact header or row label is of a change, which is no figure of a year.

    >>> tells_change("增减额"), tells_change("比上年增长%"), tells_change("收支差额")
    (True, True, False)
    """
    return _CHANGE.search(text) is not None


def stage(text: str, default: Stage) -> Stage:
    """Return the stage that a header text names, `default` where it names none.

    >>> stage("调整预算数", "budget"), stage("2024年决算数", "budget"), stage("基本支出", "budget")
    ('adjusted', 'final', 'budget')
    """
    return named_stage(text) or default


def named_stage(text: str) -> Stage | None:
    """Return the stage that a header text names, None where it names none."""
    return next((name for name, pattern in _stages() if pattern.search(text)), None)
