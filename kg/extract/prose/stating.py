"""Find what prose states in numbers: which metric of which year is how much, and how it changed.

In: the text of one paragraph, what stands around it (Around) and what the document says of itself (Setting). Out:
Stated values in reading order. A change on an earlier year is a statement of its own, a decrease is negative.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.extract.prose.clauses import in_brackets, label_start, sentence_number, sentence_start, without_bracket
from kg.extract.prose.implied import find_implied
from kg.extract.prose.metrics import (
    Account,
    clean_label,
    find_account,
    find_count_metric,
    find_known_metric,
    find_metric,
    find_noun_metric,
    find_scope,
)
from kg.extract.prose.moving import Moved, find_moved
from kg.extract.prose.periods import find_basis, is_earlier, own_year, stage_of, take_year
from kg.extract.prose.quantities import Quantity, find_quantities
from kg.extract.prose.setting import Setting
from kg.extract.prose.stated import (
    AGAINST,
    AGAINST_RATE,
    CHANGE,
    COMPLETION,
    PART,
    PROJECT,
    RATE,
    SHARE,
    Around,
    Run,
    Stated,
)
from kg.extract.prose.subjects import find_owner, find_project, find_summary, find_unit
from kg.text.patterns import BRACKET_MARK, DIGIT_MARK
from kg.values.money import is_money
from kg.values.placeholder import has_placeholder
from kg.values.vocabularies import Stage

_BOUND = re.compile(
    r"\s*(?:[（(]含[^（）()]{0,4}[)）])?(?:及|或)?以(?:上|下|内)(?:[（(]含[)）])?的?(?=[\u4e00-\u9fff])"
)
_CLASS = re.compile(r"[^，,。；;：:、]{0,8}\d+(?:\.\d+)?\s?万?元?[（(含）)及或]{0,4}以[上下]")
_COMPLETED = re.compile(r"完成(?:了)?(?:年初|全年|当年|调整)?(?:后)?的?预算|预算(?:执行|完成)率|执行率|完成率")
_STAGED = re.compile("决算|预算|执行|本年数|合计|总计")
_TOTAL_ONLY = re.compile(
    r"^(?:\d{4}年度?)?(?:预算|决算)?(?:支出|收入)?(?:预算|决算)?(?:合计|总计|总额|安排)?(?:数|为)?$"
)
_ACCOUNT_NAMED = re.compile(
    r"(?:科目(?:为|是)[“\"]?|(?:为|是)(?=\d{5,7}[\u4e00-\u9fff]))(?:\d{3,7})?(?P<name>[^，,。；;“”\"\d]{2,30})[”\"]?[，,][^，,。；;]*$"
)
_TOPIC = re.compile(rf"^[\s\-]*(?P<topic>(?:{BRACKET_MARK}|{DIGIT_MARK})?[^。，,；;：:\d]{{2,80}})[。：:]")
_HEAD, _HEAD_BEHIND = (
    re.compile(r"人均|每人|户均|生均|每生|每户|单价"),
    re.compile(r"\s*[/／每](?:人|户|生|天|月|次|平方米|亩|套|辆|吨)"),
)
_SHARE_OF = re.compile(r"(?P<part>[^，,。；;：:]{3,40}?)占(?:本年|全年)?[^，,。；;]{2,}$")
_ACTUAL = re.compile("实有[^。；;]*其中")
_PLANNED = re.compile("(?:安排|拟|计划|需)(?:购置|新增|更新)|^新增")
_PARTED = re.compile("(?:基本|项目)支出$")
_KINDS = frozenset(("基本支出", "项目支出", "人员支出", "公用支出"))
_CHART = re.compile(r"(?P<part>[\u4e00-\u9fff（）()]{3,20})[，,：:]?\s*")
_EVENT = re.compile("会议|培训|调研|考察|活动|庆典|论坛|赛事")
_THIS_PROJECT = re.compile("[该本]项目")
_OF_PROJECT = re.compile(r"(?:^|[—–-]+|[：:])(?P<name>[^—–：:-]{2,40}项目)$")
_FUNDS = frozenset(
    ("一般公共预算", "政府性基金", "国有资本经营", "财政专户管理资金", "财政专户", "其他资金", "上年结转", "其他来源")
)


def find_statements(
    text: str,
    setting: Setting,
    *,
    topic: str | None = None,
    quantities: Sequence[Quantity] | None = None,
    around: Around | None = None,
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
    run = _open_run(text, setting, around or Around(topic=topic), topic)
    summary = find_summary(text)
    floor = 0
    if summary is not None:
        run.about, floor = summary
        run.begin = floor
        run.summary, run.subject = True, run.about
    found: list[Stated] = []
    for quantity in printed:
        if quantity.start < floor or quantity.measures == "time" or _BOUND.match(text, quantity.end):
            continue
        if has_placeholder(text[sentence_start(text, quantity.start) : quantity.end]):
            continue  # the sentence of a form that nobody has filled in
        found += find_implied(text, floor, quantity.start, run, setting)
        found.append(_state(text, quantity, floor, run, setting))
        floor = quantity.end
    if not has_placeholder(text[sentence_start(text, len(text.rstrip("。；; \n"))) :]):
        found += find_implied(text, floor, len(text), run, setting)
    return found


def _open_run(text: str, setting: Setting, around: Around, topic: str | None) -> Run:
    account = find_account(text)
    return Run(
        around=around,
        topic=(account.name if account else None) or _topic_of(text, setting) or topic or around.topic,
        year=setting.year,
        within=(account.parent if account else None) or around.within,
    )


def _topic_of(text: str, setting: Setting) -> str | None:
    match = _TOPIC.match(text)
    return find_metric(match["topic"], names=setting.names) if match else None


def _state(text: str, quantity: Quantity, floor: int, run: Run, setting: Setting) -> Stated:
    start = label_start(text, quantity.start, floor)
    label = text[start : quantity.start]
    _enter_sentence(text, quantity.start, run, setting)
    take_year(text[max(run.begin, sentence_start(text, quantity.start)) : quantity.start], run, setting)
    moved = find_moved(text, start, quantity.start, floor) if quantity.measures != "count" else None
    if moved is not None:
        return _state_change(text, quantity, start, moved, run, setting)
    stage: Stage | None = None
    year = own_year(label, run, setting)
    if quantity.measures == "percent" or quantity.unit == "%":
        metric, subject = _share(text, quantity, label, run, setting)
    else:
        metric, subject = _amount(text, quantity, label, run, setting)
        run.words = clean_label(without_bracket(label), names=setting.names) or None
        stage = stage_of(label, year, setting) if is_money(quantity.unit) else None
    return Stated(
        metric=metric,
        subject=subject,
        value=quantity.value,
        unit=quantity.unit,
        year=year,
        base_year=None,
        implied=False,
        start=start,
        end=quantity.end,
        stage=stage,
        within=_class_of(label) or run.within,
        scope=run.scope,
        words=run.words,
    )


def _class_of(label: str) -> str | None:
    """Return the class that a count is of by its worth: 单位价值50万元以上."""
    match = _CLASS.search(label)
    return match[0].strip() if match else None


def _enter_sentence(text: str, at: int, run: Run, setting: Setting) -> None:
    """Forget what holds for one sentence only when the next one begins."""
    sentence = sentence_number(text, at)
    if sentence != run.sentence:
        run.sentence = sentence
        start = sentence_start(text, at)
        unit = find_unit(text, start)
        if unit:
            run.unit = None if unit["whole"] else unit["name"]
        run.count = None
        run.base = None
        run.changed = None
        run.moved.clear()
        run.scope = run.around.scope
        run.owner = None
        if _THIS_PROJECT.search(text, start, at) and (project := _OF_PROJECT.search(run.around.heading or "")):
            run.about = run.subject = project["name"]


def _amount(text: str, quantity: Quantity, label: str, run: Run, setting: Setting) -> tuple[str, str | None]:
    """Name an amount or a count and remember it as the base of the changes that follow."""
    before = text[sentence_start(text, quantity.start) : quantity.start]
    if quantity.measures == "count":
        return _count(text, quantity, label, before, run, setting)
    if _HEAD.search(label) or _HEAD_BEHIND.match(text, quantity.end):
        return _standard(label, run, setting), run.subject
    if run.summary:
        return _of_summary(label, run, setting)
    project = find_project(label, before, setting)
    if project is not None:
        run.subject, run.within = project, None
        return _remember(PROJECT, project, text, quantity, run)
    if run.first and run.first[0] == PROJECT:
        return f"{PART}_{find_metric(without_bracket(label)) or run.subject}", run.first[1]
    metric, subject = _metric_of(label, before, run, setting)
    if is_earlier(label):
        return metric + _stage_mark(label, setting), subject
    return _remember(metric + _stage_mark(label, setting), subject, text, quantity, run)


def _metric_of(label: str, before: str, run: Run, setting: Setting) -> tuple[str, str | None]:
    """Return the metric and owner of an amount: from its own words, else from what they go on with."""
    owner = find_owner(label, setting)
    account = find_account(label)
    bare = without_bracket(label)
    metric = account.name if account else find_metric(bare, names=setting.names)
    _take_account(account, metric, run)
    if owner is not None:
        run.within = run.owner = owner
    run.scope = find_scope(label) or run.scope
    paragraph_account = run.topic if run.within and not account else None
    if account is None and paragraph_account and _TOTAL_ONLY.match("".join(label.split())):
        metric = paragraph_account
    metric = metric or _account_before(before)
    if metric is None and (_STAGED.search(label) or is_earlier(label)):
        metric = _root(run.base) or run.topic or (_root(run.first[0]) if run.first else None)
    metric = metric or ("部门预算支出" if owner else None) or run.topic
    metric = metric or find_known_metric(before, names=setting.names) or "金额"
    if _root(run.base) in ("涉及资金", "预算资金") and (metric in _FUNDS or metric == "财政拨款"):
        return f"{_root(run.base)}_{metric}", run.about
    if "其中" in before and run.base and (part := _PARTED.search(_root(run.base) or "")) and metric not in _KINDS:
        run.scope = part[0]
    return _sided(metric, run, label, before), run.about


def _take_account(account: Account | None, metric: str | None, run: Run) -> None:
    """Remember the account that a level stands under, which tells it from one of its name elsewhere."""
    if account is not None:
        run.within = account.parent or run.owner or run.around.within
    elif metric is not None and metric != run.topic:
        run.within = run.owner or run.around.within


def _root(metric: str | None) -> str | None:
    return re.sub("_(?:年初预算|全年预算|执行数|决算)$", "", metric) if metric else None


def _standard(label: str, run: Run, setting: Setting) -> str:
    """Name a standard a head (人均99元): it is no total of anything."""
    named = find_metric(_HEAD.sub("", without_bracket(label)), names=setting.names)
    named = None if named == "标准" else named or _root(run.base) or run.topic
    return f"{named}_人均标准" if named else "人均标准"


def _of_summary(label: str, run: Run, setting: Setting) -> tuple[str, str | None]:
    """Name a figure of a project's summary: its budget and what was spent of it."""
    metric = find_metric(without_bracket(label), names=setting.names)
    if "执行" in label or ("支出" in label and metric is None):
        metric = f"{PROJECT}_执行数"
    elif metric is None or metric.endswith("预算"):
        metric = PROJECT
    run.base, run.first = metric, run.first or (metric, run.about)
    return metric, run.about


def _account_before(before: str) -> str | None:
    """Return the account that the clause before a number names: 减少较多的科目为其他支出，2026年预算数."""
    named = _ACCOUNT_NAMED.search(before)
    return named["name"] if named else None


def _count(
    text: str, quantity: Quantity, label: str, before: str, run: Run, setting: Setting
) -> tuple[str, str | None]:
    """Name a count; 实有 and 拟购置 hold for the counts that a sentence lists after them."""
    behind = text[quantity.end : quantity.end + 24]
    metric = find_count_metric(without_bracket(label), behind, names=setting.names) or run.topic or "数量"
    if _ACTUAL.search(before) and metric.endswith("编制数"):
        metric = metric.removesuffix("数") + "实有人数"
    elif metric in ("在编人数", "实有人数") and run.count and run.count.endswith(("编制数", "人员数")):
        metric = run.count.removesuffix("数") + "实有人数"
    if metric in ("人", "人数") and (events := _EVENT.findall(before)):
        metric = f"{events[-1]}人数"
    if metric == "预算单位数" and "绩效" in before:
        metric = "纳入绩效管理的单位数"
    if _PLANNED.search(before) and metric.endswith("数"):
        metric = f"拟购置{metric.removeprefix('拟').removeprefix('购置')}"
    if "原因" in before:
        metric = f"原因_{metric}"
    run.count = metric
    return metric, run.subject if run.summary or (run.first and run.first[0] == PROJECT) else run.unit or run.about


def _stage_mark(label: str, setting: Setting) -> str:
    """Return what sets an amount apart from the document's kind of figures: a budget among final accounts."""
    stage = stage_of(label, None, setting)
    if stage == "executed":
        return "_执行数" if "执行" in label else ""
    if setting.final:
        return {"budget": "_年初预算", "adjusted": "_全年预算"}.get(stage, "")
    return "_决算" if stage == "final" else ""


def _remember(metric: str, subject: str | None, text: str, quantity: Quantity, run: Run) -> tuple[str, str | None]:
    run.first = run.first or (metric, subject)
    if not in_brackets(text, quantity.start):
        run.base = metric
        run.subject = subject
        run.changed = None
        run.moved.clear()
    return metric, subject


def _sided(metric: str, run: Run, label: str, before: str) -> str:
    """Say which side a fund stands on where its name alone does not (其他资金 of the income)."""
    if metric not in _FUNDS:
        return metric
    sides = [word for word in ("收入", "支出") if word in label]
    if len(sides) != 1:
        sides = [word for word in ("收入", "支出") if word in (run.first[0] if run.first else before)]
    side = sides[0] if len(sides) == 1 else run.around.side or ("收入" if sides else "支出")
    return f"{side}_{metric}"


def _share(text: str, quantity: Quantity, label: str, run: Run, setting: Setting) -> tuple[str, str | None]:
    base = run.base or (run.first[0] if run.first else run.topic) or "比例"
    of = _SHARE_OF.search(label)
    if of is not None:
        base = find_metric(without_bracket(of["part"]), names=setting.names) or base
    chart = _CHART.fullmatch(text[: quantity.start]) if len(text.strip()) == quantity.end else None
    if chart is not None and (named := find_metric(chart["part"], names=setting.names)):
        return named + SHARE, run.subject  # the label of a pie chart: 项目支出, 40.01%
    if "占" in label:
        return base + SHARE, run.subject
    if _COMPLETED.search(label):
        base = PROJECT if run.summary else _root(base) or base
        return base + COMPLETION, run.subject
    return find_metric(without_bracket(label), names=setting.names) or base + "_比例", run.subject


def _state_change(text: str, quantity: Quantity, start: int, moved: Moved, run: Run, setting: Setting) -> Stated:
    sentence = text[sentence_start(text, quantity.start) : quantity.start]
    basis = find_basis(sentence, run, setting)
    if basis is not None:
        run.base_year = basis.year
        if basis.same_year and not setting.final and setting.year is not None and basis.year == setting.year - 1:
            run.year = setting.year  # compared with last year's budget, whose year the sentence has spoken of
            basis = replace(basis, same_year=False)
    elif run.base_year is None and run.year:
        run.base_year = run.year - 1
    against = basis is not None and basis.same_year
    metric, subject, named = _changed_metric(text, quantity, moved, run, setting)
    if against:
        suffix = AGAINST_RATE if quantity.measures == "percent" else AGAINST
    else:
        suffix = RATE if quantity.measures == "percent" else CHANGE
    run.moved.add(metric + suffix)
    run.changed = (metric, subject)
    value = moved.sign * (quantity.value if moved.signed and quantity.value < 0 else abs(quantity.value))
    return Stated(
        metric=metric + suffix,
        subject=subject,
        value=value,
        unit=quantity.unit,
        year=run.year,
        base_year=run.base_year,
        implied=False,
        start=start,
        end=quantity.end,
        stage=("final" if setting.final else "budget") if is_money(quantity.unit) else None,
        base_stage=basis.stage if basis else None,
        within=None if named else run.within,
        scope=run.scope,
        words=None if named else run.words,
    )


def _changed_metric(
    text: str, quantity: Quantity, moved: Moved, run: Run, setting: Setting
) -> tuple[str, str | None, bool]:
    """Return what a change is of, whose that is, and whether its own words name it."""
    named = find_noun_metric(moved.noun, names=setting.names) if moved.noun else None
    if named is None and moved.behind:
        named = moved.noun  # 减少部门支出: the words say of what, though not of which
    if named is not None:
        before = text[sentence_start(text, quantity.start) : quantity.start]
        return _sided(named, run, moved.noun, before), run.about, True
    if run.changed is not None and quantity.measures == "percent":
        return *run.changed, False
    if run.base is not None:
        return _root(run.base) or run.base, run.subject, False
    if run.first is not None:
        return _root(run.first[0]) or run.first[0], run.first[1], False
    metric = run.topic or find_known_metric(text[: quantity.start], names=setting.names) or "金额"
    return metric, run.subject, False
