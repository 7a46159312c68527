"""Which year and stage a figure in prose is of, and which it is compared with.

In: the words before a number. Out: years and stages. 比上年执行数 compares with last year's spending; 较年初预算 in
final accounts with the budget of the same year.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extract.prose.setting import Setting
from kg.extract.prose.stated import Run
from kg.values.vocabularies import Stage
from kg.values.year import YEAR

COMPARING = r"(?:对比|相比|同比|比|较|与|同|和|(?<=[大小高低多少])于|(?<=超)过)"
LAST = r"(?:上一?年度?|去年度?)"
_CARRIED = r"(?!预?结[转余]|[末底])"
_OWNER = r"(?:本部门|本单位|我[局部委办厅院]|部门|单位)?"
_STAGE = (
    r"(?:的)?(?:财政拨款|一般公共预算财政拨款)?(?:收入|支出)?"
    r"(?P<stage>(?:年初|全年|调整后?的?|当年)?(?:安排)?(?:部门)?预算|决算|预?执行|实际支出|年初)"
)
_BASIS = re.compile(
    rf"(?P<how>{COMPARING})\s?{_OWNER}(?:(?P<year>{YEAR})\s?年度?|(?P<last>{LAST}){_CARRIED}|(?P<now>本年度?|当年))?"
    rf"\s?(?:{_STAGE})?"
)
_OWN_YEAR = re.compile(rf"(?P<past>{LAST}){_CARRIED}|(?P<how>{COMPARING})?\s?(?P<year>{YEAR})\s?年")
_SPOKEN = re.compile(
    rf"(?P<basis>对比|同比|相比|比|较|与|同)?\s?(?P<year>{YEAR})\s?年|(?P<past>上年末)|(?P<now>本年度?|今年)"
)
_ADJUSTED, _EXECUTED = (
    re.compile("全年预算|调整后?的?预算|预算调整"),
    re.compile("执行(?:数|金额|为)|累计(?:支出|支付|执行)|实际支出|^执行"),
)
_BUDGETED = re.compile(r"年初预算|(?<!公共)(?<!基金)(?<!经营)(?<!决算)预算(?:数|额|金额|资金|安排|为|是|共|[\s：:])*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What a change is compared with: `same_year` says that it is this year's own budget."""

    year: int | None
    stage: Stage | None
    same_year: bool


def find_basis(before: str, run: Run, setting: Setting) -> Basis | None:
    """Return what the words of a sentence before a change compare it with, the nearest if several.

    >>> from kg.extract.prose.stated import Around, Run
    >>> run = Run(around=Around(), year=2024)
    >>> find_basis("支出97万元，比年初预算数增加", run, Setting(year=2024, final=True))
    Basis(year=2024, stage='budget', same_year=True)
    >>> find_basis("支出97万元，比上年执行数增加", run, Setting(year=2024))
    Basis(year=2023, stage='executed', same_year=False)
    """
    match = next((one for one in reversed(list(_BASIS.finditer(before))) if _says(one)), None)
    if match is None:
        return None
    stage = _stage_named(match["stage"])
    past = run.year - 1 if run.year else None
    if match["year"]:
        year: int | None = int(match["year"])
    elif match["last"] or match["how"] == "同比":
        year = past
    elif match["now"] or (setting.final and stage in ("budget", "adjusted")):
        year = run.year
    else:
        year = past
    return Basis(year=year, stage=stage, same_year=year is not None and year == run.year and stage is not None)


def _says(match: re.Match[str]) -> bool:
    if match["how"] in ("和", "与", "同") and not (match["year"] or match["last"] or match["stage"]):
        return False
    return bool(match["year"] or match["last"] or match["stage"] or match["how"] == "同比")


def _stage_named(word: str | None) -> Stage | None:
    if not word:
        return None
    if "调整" in word or "全年" in word:
        return "adjusted"
    if "执行" in word or "实际" in word:
        return "executed"
    return "final" if "决算" in word else "budget"


def take_year(before: str, run: Run, setting: Setting) -> None:
    """Take the year a sentence speaks of: the fiscal year or one beside it, never one compared with."""
    if setting.year is None:
        return
    for match in _SPOKEN.finditer(before):
        if match["year"] is None:
            run.year = setting.year - 1 if match["past"] else setting.year
        elif not match["basis"] and abs(int(match["year"]) - setting.year) <= 1:
            run.year = int(match["year"])


def own_year(label: str, run: Run, setting: Setting) -> int | None:
    """Return the year of one figure: last year's where its own words say so (上年执行数为), else that of the run.

    >>> from kg.extract.prose.stated import Around
    >>> own_year("去年预算数为", Run(around=Around(), year=2025), Setting(year=2025))
    2024
    """
    match = next(reversed(list(_OWN_YEAR.finditer(label))), None)
    if match is None or run.year is None:
        return run.year
    if match["past"]:
        return run.year - 1
    year = int(match["year"])
    return year if match["how"] and abs(year - run.year) <= 1 else run.year


def is_earlier(label: str) -> bool:
    """Return whether a figure's own words say that it is what another is compared with.

    >>> is_earlier("上年执行数为"), is_earlier("上年结转"), is_earlier("2025年预算")
    (True, False, False)
    """
    return any(match["past"] or match["how"] for match in _OWN_YEAR.finditer(label))


def stage_of(label: str, year: int | None, setting: Setting) -> Stage:
    """Return the stage of an amount of money by its own words, else that of the document's figures.

    >>> stage_of("年初预算为", 2024, Setting(year=2024, final=True)), stage_of("支出决算为", 2024, Setting(year=2024))
    ('budget', 'final')
    """
    stage: Stage = "final" if setting.final else "budget"
    if _ADJUSTED.search(label):
        stage = "adjusted"
    elif _EXECUTED.search(label):
        stage = "executed"
    elif "决算" in label:
        stage = "final"
    elif setting.final and _BUDGETED.search(label):
        stage = "budget"
    if (
        stage == "budget"
        and not setting.final
        and year is not None
        and setting.year is not None
        and year < setting.year
    ):
        return "previous_budget"
    return stage
