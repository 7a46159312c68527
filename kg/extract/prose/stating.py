"""Find what prose states in numbers: which metric of which year is how much, and how it changed.

In: the text of one paragraph and what the document says of itself (Setting). Out: Stated values in
reading order. A change on an earlier year is a statement of its own, a decrease is negative.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from kg.extract.prose.clauses import (
    change_word,
    in_brackets,
    label_start,
    sentence_number,
    sentence_start,
    without_bracket,
)
from kg.extract.prose.metrics import clean_label, find_count_metric, find_known_metric, find_metric
from kg.extract.prose.quantities import Quantity, find_quantities
from kg.extract.prose.setting import Setting
from kg.lexicon import load_rows
from kg.text.folding import compact
from kg.text.patterns import BRACKET_MARK, DIGIT_MARK, INSTITUTION_END, ORGAN_END
from kg.values.item_mark import strip_item_mark
from kg.values.money import unit_pattern
from kg.values.year import YEAR

CHANGE, RATE, SHARE, COMPLETION = "_同比变化额", "_同比变化率", "_占比", "_预算完成率"
PROJECT, PART = "项目预算", "项目分项"

_YEAR = re.compile(rf"(?P<basis>比|较|与|同)?\s?(?P<year>{YEAR})\s?年|(?P<past>上年末)|(?P<now>本年度?|今年)")
_BASIS = re.compile(rf"(?:比|较|同|与)\s?(?P<year>{YEAR})\s?年|(?P<last>(?:比|较|与|同)(?:上年|去年|上一年|年初)|同比)")
_BOUND = re.compile(
    r"\s*(?:[（(]含[^（）()]{0,4}[)）])?(?:及|或)?以(?:上|下|内)(?:[（(]含[)）])?的?(?=[\u4e00-\u9fff])"
)
_PROJECT = re.compile(
    rf"^(?:{DIGIT_MARK}|{BRACKET_MARK})?\s*(?P<name>.{{2,40}}?)(?:项目)(?:支出)?(?:预算|经费|资金)(?:安排|共)?$"
)
_COMPLETED = re.compile(r"完成(?:了)?(?:年初|全年|当年|调整)?(?:后)?预算|预算(?:执行|完成)率|执行率|完成率")
_LISTED = re.compile("(?:年初)?(?:预算|安排)*(?:数|金额)?$")
_STAGED = re.compile("决算|预算|执行")
_NO_PROJECT = re.compile(
    "其中|合计|总计|包括|(?:部门|单位|本级|采购|支出|收入|拨款|基金|专项|重点|信息化建设|基本建设|各类|所有|全部)$|^(?:财政|一般公共|政府)"
)
_LEVEL = re.compile(
    rf"(?:与|同|较|比)(?:(?P<year>{YEAR})\s?年|上年|去年|上一年)(?:年初)?(?:度)?(?:预算数?|决算数?)?(?:相比)?(?:保持)?(?:基本)?(?:持平|一致|相同|无变化|无增减)"
)
_ACCOUNT_NAMED = re.compile(
    r"(?:科目(?:为|是)[“\"]?|(?:为|是)(?=\d{5,7}[\u4e00-\u9fff]))(?:\d{3,7})?(?P<name>[^，,。；;“”\"\d]{2,30})[”\"]?[，,][^，,。；;]*$"
)
_UNIT = re.compile(
    rf"\s*(?:{DIGIT_MARK}|{BRACKET_MARK})?\s*(?:纳入|下级单位|下属单位|所属单位|其中)*[:：]?"
    rf"(?P<name>[\u4e00-\u9fff]{{2,24}}?(?:{ORGAN_END}|{INSTITUTION_END}))(?P<whole>系统|所属)?"
    r"(?=总编制|共|内设|现有|核定|行政编制|事业编制|编制|实有|在职|在编|人员|设)"
)
_TOPIC = re.compile(rf"^[\s\-]*(?P<topic>(?:{BRACKET_MARK}|{DIGIT_MARK})?[^。，,；;：:\d]{{2,80}})[。：:]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """One number of a paragraph; `start` and `end` span its words, number and unit in the text."""

    metric: str
    subject: str | None
    value: Decimal
    unit: str | None
    year: int | None
    base_year: int | None
    implied: bool
    start: int
    end: int


@dataclass(slots=True)
class _Run:
    """What the numbers read so far in a paragraph leave to the next one."""

    topic: str | None = None
    subject: str | None = None
    base: str | None = None
    first: tuple[str, str | None] | None = None
    base_year: int | None = None
    year: int | None = None
    sentence: int = -1
    unit: str | None = None
    count: str | None = None


def find_statements(
    text: str, setting: Setting, *, topic: str | None = None, quantities: Sequence[Quantity] | None = None
) -> list[Stated]:
    """Return what `text` states; `topic` is the metric its heading names, `quantities` are those of `text`, if known.

    >>> text = "教育支出 8 万元，占 0.4%，比 2019 年减少 2 元，下降 20%。"
    >>> for s in find_statements(text, Setting(year=2020)):
    ...     print(s.metric, s.value, s.unit, s.year, s.base_year)
    教育支出 8 万元 2020 None
    教育支出_占比 0.4 % 2020 None
    教育支出_同比变化额 -2 元 2020 2019
    教育支出_同比变化率 -20 % 2020 2019
    """
    printed = find_quantities(text) if quantities is None else quantities
    run = _Run(topic=_topic_of(text, setting) or topic, year=setting.year)
    found: list[Stated] = []
    floor = 0
    for quantity in printed:
        if quantity.measures == "time" or _BOUND.match(text, quantity.end):
            continue
        found += _implied_between(text, floor, quantity.start, run, setting)
        found.append(_state(text, quantity, floor, run, setting))
        floor = quantity.end
    found += _implied_between(text, floor, len(text), run, setting)
    return found


def _topic_of(text: str, setting: Setting) -> str | None:
    match = _TOPIC.match(text)
    return find_metric(match["topic"], names=setting.names) if match else None


def _state(text: str, quantity: Quantity, floor: int, run: _Run, setting: Setting) -> Stated:
    start = label_start(text, quantity.start, floor)
    label = text[start : quantity.start]
    _enter_sentence(text, quantity.start, run, setting)
    _take_year(text[sentence_start(text, quantity.start) : quantity.start], run, setting)
    change = change_word(label)
    if change is not None and quantity.measures != "count":
        return _state_change(text, quantity, start, change, run, setting)
    if quantity.unit == "%" or quantity.measures == "percent":
        metric, subject = _share(label, run, setting)
    else:
        metric, subject = _amount(text, quantity, label, run, setting)
    return Stated(
        metric=metric,
        subject=subject,
        value=quantity.value,
        unit=quantity.unit,
        year=run.year,
        base_year=None,
        implied=False,
        start=start,
        end=quantity.end,
    )


def _enter_sentence(text: str, at: int, run: _Run, setting: Setting) -> None:
    """Forget what holds for one sentence only when the next one begins."""
    sentence = sentence_number(text, at)
    if sentence != run.sentence:
        run.sentence = sentence
        start = sentence_start(text, at)
        unit = _UNIT.match(text, start)
        if unit:
            run.unit = None if unit["whole"] else unit["name"]
        run.count = None
        run.base = None


def _amount(text: str, quantity: Quantity, label: str, run: _Run, setting: Setting) -> tuple[str, str | None]:
    """Name an amount or a count and remember it as the base of the changes that follow."""
    before = text[sentence_start(text, quantity.start) : quantity.start]
    if quantity.measures == "count":
        return _count(text, quantity, label, before, run, setting)
    project = _project_of(label, before, setting)
    if project is not None:
        run.subject = project
        return _remember(PROJECT, project, text, quantity, run)
    if run.first and run.first[0] == PROJECT:
        return f"{PART}_{find_metric(without_bracket(label)) or run.subject}", run.first[1]
    metric = find_metric(without_bracket(label), names=setting.names)
    if metric is None and run.base is not None and _STAGED.search(label):
        metric = run.base.partition("_年初预算")[0]
    metric = metric or _account_before(before) or run.topic
    metric = metric or find_known_metric(before, names=setting.names) or "金额"
    return _remember(_scoped(metric, run, before) + _stage(label, setting), None, text, quantity, run)


def _account_before(before: str) -> str | None:
    """Return the account that the clause before a number names: 减少较多的科目为其他支出，2026年预算数."""
    named = _ACCOUNT_NAMED.search(before)
    return named["name"] if named else None


def _count(
    text: str, quantity: Quantity, label: str, before: str, run: _Run, setting: Setting
) -> tuple[str, str | None]:
    """Name a count; 实有 and 拟购置 hold for the counts that a sentence lists after them."""
    behind = text[quantity.end : quantity.end + 24]
    metric = find_count_metric(without_bracket(label), behind, names=setting.names) or run.topic or "数量"
    if _ACTUAL.search(before) and metric.endswith("编制数"):
        metric = metric.removesuffix("数") + "实有人数"
    elif metric in ("在编人数", "实有人数") and run.count and run.count.endswith(("编制数", "人员数")):
        metric = run.count.removesuffix("数") + "实有人数"
    if _PLANNED.search(before) and "购置" not in metric and metric.endswith("数"):
        metric = f"拟购置{metric}"
    if "原因" in before:
        metric = f"原因_{metric}"
    run.count = metric
    return metric, run.subject if run.first and run.first[0] == PROJECT else run.unit


def _stage(label: str, setting: Setting) -> str:
    """Return what sets an amount apart from the document's kind of figures: a budget among final accounts."""
    if setting.final:
        return "_年初预算" if re.search("年初预算|预算数|(?<!决算)预算为", label) else ""
    if "执行数" in label:
        return "_执行数"
    return "_决算" if "决算" in label else ""


def _remember(metric: str, subject: str | None, text: str, quantity: Quantity, run: _Run) -> tuple[str, str | None]:
    run.first = run.first or (metric, subject)
    if not in_brackets(text, quantity.start):
        run.base = metric
        run.subject = subject
    return metric, subject


def _scoped(metric: str, run: _Run, before: str) -> str:
    """Say which side a fund stands on where its name alone does not (其他资金 of the income)."""
    if metric not in _FUNDS:
        return metric
    side = run.first[0] if run.first else before
    return f"{'收入' if '收入' in side else '支出'}_{metric}"


_ACTUAL = re.compile("实有[^。；;]*其中")
_PLANNED = re.compile("(?:安排|拟|计划|需)(?:购置|新增)|^新增")
_FUNDS = frozenset(
    ("一般公共预算", "政府性基金", "国有资本经营", "财政专户管理资金", "其他资金", "上年结转", "其他来源")
)


def _share(label: str, run: _Run, setting: Setting) -> tuple[str, str | None]:
    base = run.base or (run.first[0] if run.first else run.topic) or "比例"
    if "占" in label:
        return base + SHARE, run.subject
    if _COMPLETED.search(label):
        return base + COMPLETION, run.subject
    return find_metric(without_bracket(label), names=setting.names) or base + "_比例", run.subject


def _state_change(
    text: str, quantity: Quantity, start: int, change: tuple[str, int, str], run: _Run, setting: Setting
) -> Stated:
    _own, sign, noun = change
    basis = _BASIS.search(text[sentence_start(text, quantity.start) : quantity.start].rpartition("。")[2])
    if basis:
        run.base_year = int(basis["year"]) if basis["year"] else run.year - 1 if run.year else None
    elif run.base_year is None and run.year:
        run.base_year = run.year - 1
    metric = find_metric(noun, names=setting.names) if noun else None
    subject = None if metric else run.subject
    if metric is None and run.base is not None:
        metric = run.base
    elif metric is None and run.first is not None:
        metric, subject = run.first
    metric = metric or run.topic or find_known_metric(text[: quantity.start], names=setting.names) or "金额"
    suffix = RATE if quantity.measures == "percent" else CHANGE
    return Stated(
        metric=metric + suffix,
        subject=subject,
        value=sign * abs(quantity.value),
        unit=quantity.unit,
        year=run.year,
        base_year=run.base_year,
        implied=False,
        start=start,
        end=quantity.end,
    )


def _project_of(label: str, before: str, setting: Setting) -> str | None:
    """Return the project whose budget a label names (甲项目预算), or that its sentence speaks of."""
    bare = re.sub(r"\s", "", label)
    match = _PROJECT.match(bare)
    if match and not _NO_PROJECT.search(clean_label(match["name"], names=setting.names) or "部门"):
        return match["name"]
    listed = _LISTED.sub("", strip_item_mark(bare))
    if listed and listed in (compact(name) for name in setting.projects):
        return next(name for name in setting.projects if compact(name) == listed)
    if find_metric(without_bracket(label), names=setting.names) is None:
        return next((name for name in setting.projects if len(name) > 2 and _speaks_of(before, name)), None)
    return None


def _speaks_of(text: str, name: str) -> bool:
    """Whether a sentence names a project, not an organ whose name begins alike (工程管理中心)."""
    at = text.find(name)
    return (
        at >= 0
        and re.match(r"项目|经费|资金|预算|支出|纳入|列为|[，,：:（(”\"\s]|$", text[at + len(name) :]) is not None
    )


def _take_year(before: str, run: _Run, setting: Setting) -> None:
    """Take the year a sentence speaks of: the fiscal year or one beside it, never one compared with."""
    if setting.year is None:
        return
    for match in _YEAR.finditer(before):
        if match["year"] is None:
            run.year = setting.year - 1 if match["past"] else setting.year
        elif not match["basis"] and abs(int(match["year"]) - setting.year) <= 1:
            run.year = int(match["year"])


def _implied_between(text: str, start: int, end: int, run: _Run, setting: Setting) -> list[Stated]:
    """Find what words state without a number: 与上年持平, 无政府性基金预算支出."""
    part = text[start:end]
    found: list[Stated] = []
    for match in _LEVEL.finditer(part):
        metric = run.base or (run.first[0] if run.first else run.topic)
        if metric and not any(metric + CHANGE == other.metric for other in found):
            base = int(match["year"]) if match["year"] else run.year - 1 if run.year else None
            found.append(
                Stated(
                    metric=metric + CHANGE,
                    subject=run.subject,
                    value=Decimal(0),
                    unit=setting.unit,
                    year=run.year,
                    base_year=base,
                    implied=True,
                    start=start + match.start(),
                    end=start + match.end(),
                )
            )
    for match in _none().finditer(part):
        for pattern, metric in load_rows("zero_items"):
            named = re.search(pattern, match["items"])
            if (
                named
                and (named.start() <= 8 or "、" in match["items"][: named.start()])
                and re.search("支出|收入|预算|资金|安排|经费|项目", match["items"])
            ):
                found.append(
                    Stated(
                        metric=metric,
                        subject=None,
                        value=Decimal(0),
                        unit=setting.unit,
                        year=setting.year,
                        base_year=None,
                        implied=True,
                        start=start + match.start(),
                        end=start + match.end(),
                    )
                )
    return found


@cache
def _none() -> re.Pattern[str]:
    """无…, 没有… and what there is none of, up to a figure of money that says how much there is after all."""
    return re.compile(
        r"(?:没有|未安排|不涉及|未发生|无(?!锡|为|棣|极))(?P<items>[^，,。；;：:\d]{2,80})"
        rf"(?![\d.]+\s?{unit_pattern()})"
    )
