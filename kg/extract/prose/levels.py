"""Name an amount of money in prose: from its own words, else from what it goes on with.

In: an amount and the words before it. Out: its metric and whose it is, None for the department; what the figures
after it go on with is left in the Run.
"""

from __future__ import annotations

import re

from kg.extract.prose.clauses import in_brackets, sentence_start, without_bracket
from kg.extract.prose.metrics import Account, find_account, find_known_metric, find_metric, find_scope
from kg.extract.prose.periods import is_earlier, stage_of
from kg.extract.prose.quantities import Quantity
from kg.extract.prose.setting import Setting
from kg.extract.prose.stated import PART, PROJECT, Run
from kg.extract.prose.subjects import find_owner, find_project

_STAGED = re.compile("决算|预算|执行|本年数|合计|总计")
_TOTAL_ONLY = re.compile(
    r"^(?:\d{4}年度?)?(?:预算|决算)?(?:支出|收入)?(?:预算|决算)?(?:合计|总计|总额|安排)?(?:数|为)?$"
)
_ACCOUNT_NAMED = re.compile(
    r"(?:科目(?:为|是)[“\"]?|(?:为|是)(?=\d{5,7}[\u4e00-\u9fff]))(?:\d{3,7})?(?P<name>[^，,。；;“”\"\d]{2,30})[”\"]?[，,][^，,。；;]*$"
)
_HEAD, _HEAD_BEHIND = (
    re.compile(r"人均|每人|户均|生均|每生|每户|单价"),
    re.compile(r"\s*[/／每](?:人|户|生|天|月|次|平方米|亩|套|辆|吨)"),
)
_PARTED = re.compile("(?:基本|项目)支出$")
_KINDS = frozenset(("基本支出", "项目支出", "人员支出", "公用支出"))
_FUNDS = frozenset(
    ("一般公共预算", "政府性基金", "国有资本经营", "财政专户管理资金", "财政专户", "其他资金", "上年结转", "其他来源")
)


def name_amount(text: str, quantity: Quantity, label: str, run: Run, setting: Setting) -> tuple[str, str | None]:
    """Name an amount and remember it as the base of the changes that follow."""
    before = text[sentence_start(text, quantity.start) : quantity.start]
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
    metric = _of_fund(label, run) or metric
    paragraph_account = run.topic if run.within and not account else None
    if account is None and paragraph_account and _TOTAL_ONLY.match("".join(label.split())):
        metric = paragraph_account
    metric = metric or _account_before(before)
    if metric is None and (_STAGED.search(label) or is_earlier(label)):
        metric = root_of(run.base) or run.topic or (root_of(run.first[0]) if run.first else None)
    if metric is None and "采购" in label:
        metric = find_known_metric(before, names=setting.names)
    metric = metric or ("部门预算支出" if owner else None) or run.topic
    metric = metric or find_known_metric(before, names=setting.names) or "金额"
    if root_of(run.base) in ("涉及资金", "预算资金") and (metric in _FUNDS or metric == "财政拨款"):
        return f"{root_of(run.base)}_{metric}", run.about
    if "其中" in before and run.base and (part := _PARTED.search(root_of(run.base) or "")) and metric not in _KINDS:
        run.scope = part[0]
    return sided(metric, run, label, before), run.about


_OF_FUND = {
    ("政府性基金", "收入"): "收入_政府性基金",
    ("政府性基金", "支出"): "政府性基金预算支出",
    ("国有资本经营", "收入"): "收入_国有资本经营",
    ("国有资本经营", "支出"): "国有资本经营预算支出",
}
"""本年收入 and 本年支出 in a sentence on one fund are that fund's."""


def _of_fund(label: str, run: Run) -> str | None:
    side = "收入" if "本年收入" in label else "支出" if "本年支出" in label else ""
    return _OF_FUND.get((run.scope or "", side))


def _take_account(account: Account | None, metric: str | None, run: Run) -> None:
    """Remember the account that a level stands under, which tells it from one of its name elsewhere."""
    if account is not None:
        run.within = account.parent or run.owner or run.around.within
    elif metric is not None and metric != run.topic:
        run.within = run.owner or run.around.within


def root_of(metric: str | None) -> str | None:
    """Return a metric without the mark of its stage, None for None."""
    return re.sub("_(?:年初预算|全年预算|执行数|决算)$", "", metric) if metric else None


def _standard(label: str, run: Run, setting: Setting) -> str:
    """Name a standard a head (人均99元): it is no total of anything."""
    named = find_metric(_HEAD.sub("", without_bracket(label)), names=setting.names)
    named = None if named == "标准" else named or root_of(run.base) or run.topic
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


def sided(metric: str, run: Run, label: str, before: str) -> str:
    """Say which side a fund stands on where its name alone does not (其他资金 of the income)."""
    if metric not in _FUNDS:
        return metric
    sides = [word for word in ("收入", "支出") if word in label]
    if len(sides) != 1:
        sides = [word for word in ("收入", "支出") if word in (run.first[0] if run.first else before)]
    side = sides[0] if len(sides) == 1 else run.around.side or ("收入" if sides else "支出")
    return f"{side}_{metric}"
