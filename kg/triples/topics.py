"""What a number measures, the same word for every form of table and every turn of phrase."""

from __future__ import annotations

import re
from functools import cache

from kg.extract.tables.kinds import kind_named
from kg.ids import fold_name
from kg.lexicon import load_mapping, load_rows
from kg.text.patterns import OF_WHICH
from kg.values.item_mark import strip_item_mark

SUFFIXES = {
    "_同比变化额": "change",
    "_同比变化率": "percent",
    "_较预算变化额": "budget_change",
    "_较预算变化率": "budget_percent",
    "_占比": "share",
}
_OF_WHICH = re.compile(f"^{OF_WHICH}")
_TOTAL = re.compile(r"^(?:合计|总计|小计|支出总计|收入总计|本年(?:收入|支出)合计|总额)$")
_CHANGE = re.compile(r"增减|变化|变动|较上年|比上年|同比")
_PERCENT = re.compile(r"率$|[%％]$|幅度|百分比")
_SHARE = re.compile(r"占比|比重|占.{0,6}%")


@cache
def _table_topics() -> tuple[tuple[str, str, re.Pattern[str], re.Pattern[str]], ...]:
    rows = ((*row, "", "")[:4] for row in load_rows("topics"))
    return tuple((topic, group, re.compile(row), re.compile(path)) for topic, group, row, path in rows)


def find_table_topic(table_kind: str, title: str, row: str, header: tuple[str, ...]) -> str | None:
    """Return the topic of a table cell, None where the form gives it none.

    >>> find_table_topic("three_public", "", "2020年", ("公务用车购置及运行维护费", "小计"))
    'three_public_vehicles'
    >>> find_table_topic("three_public", "", "“三公”经费总额", ("合计",))
    'three_public_total'
    >>> find_table_topic("general_function", "", "信访事务", ("2020年一般公共预算支出数", "项目支出"))
    'project_expenditure'
    """
    name, path = plain_row(row), "/".join(fold_name(part) for part in header)
    groups = kind_named(table_kind).topics
    for topic, group, row_pattern, path_pattern in _table_topics():
        if group in groups and row_pattern.search(name) and path_pattern.search(path):
            # A table of basic expenditure alone breaks that down, not the whole.
            alone = "基本支出" in title and "项目支出" not in title
            return "basic_expenditure" if alone and topic == "total_expenditure" else topic
    return None


def plain_row(name: str) -> str:
    """Return a row's name without its numbering and the 其中 before it.

    >>> plain_row("其中：（一）因公出国（境）费"), plain_row("一、一般公共服务支出")
    ('因公出国(境)费', '一般公共服务支出')
    """
    return strip_item_mark(_OF_WHICH.sub("", fold_name(name)))


def is_total(name: str) -> bool:
    """Return whether a row is the total of its table by its name.

    >>> is_total("合 计"), is_total("一般公共服务支出")
    (True, False)
    """
    return bool(_TOTAL.match(plain_row(name)))


def find_aspect(row: str, header: tuple[str, ...]) -> str:
    """Return level, change, percent or share: what of its topic a cell gives.

    >>> find_aspect("增减变化金额", ("总计",)), find_aspect("2022年", ("总计",))
    ('change', 'level')
    >>> find_aspect("", ("较上年", "增减率"))
    'percent'
    """
    leaf = header[-1] if header else ""
    words = f"{row}/{'/'.join(header)}"
    if _CHANGE.search(words):
        return "percent" if _PERCENT.search(leaf) or _PERCENT.search(row) else "change"
    return "share" if _SHARE.search(leaf) else "level"


def split_metric(metric: str) -> tuple[str, str]:
    """Return the base of a metric and its aspect; a change on this year's own budget is no change on last year.

    >>> split_metric("机关运行经费_同比变化额"), split_metric("退休人数")
    (('机关运行经费', 'change'), ('退休人数', 'level'))
    """
    for suffix, aspect in SUFFIXES.items():
        if metric.endswith(suffix):
            return metric.removesuffix(suffix), aspect
    return metric, "level"


def find_metric_topic(metric: str) -> str | None:
    """Return the topic of a stated number by the base of its metric, None for one of no topic."""
    return load_mapping("metric_topics").get(split_metric(metric)[0])
