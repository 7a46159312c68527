"""Name what prose counts: people, vehicles, units, events.

In: a count and the words around it. Out: its metric and whose it is.
"""

from __future__ import annotations

import re

from kg.extract.prose.clauses import sentence_start, without_bracket
from kg.extract.prose.metrics import find_count_metric
from kg.extract.prose.quantities import Quantity
from kg.extract.prose.setting import Setting
from kg.extract.prose.stated import PROJECT, Run

_ACTUAL = re.compile("实有[^。；;]*其中")
_PLANNED = re.compile("(?:安排|拟|计划|需)(?:购置|新增|更新)|^新增")
_EVENT = re.compile("会议|培训|调研|考察|活动|庆典|论坛|赛事")


def name_count(text: str, quantity: Quantity, label: str, run: Run, setting: Setting) -> tuple[str, str | None]:
    """Name a count; 实有 and 拟购置 hold for the counts that a sentence lists after them."""
    before = text[sentence_start(text, quantity.start) : quantity.start]
    behind = text[quantity.end : quantity.end + 24]
    metric = find_count_metric(without_bracket(label), behind, names=setting.names) or run.count or run.topic or "数量"
    if _ACTUAL.search(before) and metric.endswith("编制数"):
        metric = metric.removesuffix("数") + "实有人数"
    elif metric in ("在编人数", "实有人数") and run.count and run.count.endswith(("编制数", "人员数")):
        metric = run.count.removesuffix("数") + "实有人数"
    if metric in ("行政", "事业", "工勤") and run.count and "实有" in run.count:
        metric += "编制实有人数"
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
