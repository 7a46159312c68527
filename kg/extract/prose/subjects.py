"""Whose number it is: a project, a budget unit, or the department of which nothing more is said.

In: the words around a number and the names the document knows. Out: the name as printed, None for the department.
"""

from __future__ import annotations

import re

from kg.extract.prose.clauses import without_bracket
from kg.extract.prose.metrics import clean_label, find_metric
from kg.extract.prose.setting import Setting
from kg.text.folding import compact
from kg.text.patterns import BRACKET_MARK, CHINESE_MARK, DIGIT_MARK, INSTITUTION_END, ORGAN_END
from kg.values.item_mark import strip_item_mark

_SUMMARY = re.compile(
    rf"^\s*(?:{DIGIT_MARK}|{BRACKET_MARK}|{CHINESE_MARK})?\s*[“\"《]?(?P<name>[^。；;：:]{{3,80}}?)[”\"》]?"
    r"(?:支出)?(?:绩效)?(?:自评|自评价|评价)?(?:综述|结果|情况)[：:]"
)
_SUMMARISED = re.compile("绩效|自评|项目.{0,4}综述")
_PROJECT = re.compile(
    rf"^(?:{DIGIT_MARK}|{BRACKET_MARK})?\s*(?P<name>.{{2,40}}?)(?:项目)(?:支出)?(?:预算|经费|资金)(?:安排|共)?$"
)
_LISTED = re.compile("(?:年初)?(?:预算|安排)*(?:数|金额)?$")
_NO_PROJECT = re.compile(
    "其中|合计|总计|包括|(?:部门|单位|本级|采购|支出|收入|拨款|基金|专项|重点|信息化建设|基本建设|各类|所有|全部)$|^(?:财政|一般公共|政府)"
)
_NOT_ONE = re.compile(r"^(?:部门|单位|本|全部|所有|各|整体|重点|我|以下|主要|存在)")
_UNIT = re.compile(
    rf"\s*(?:{DIGIT_MARK}|{BRACKET_MARK})?\s*(?:纳入|下级单位|下属单位|所属单位|其中)*[:：]?"
    rf"(?P<name>[\u4e00-\u9fff]{{2,24}}?(?:{ORGAN_END}|{INSTITUTION_END}))(?P<whole>系统|所属)?"
    r"(?=总编制|共|内设|现有|核定|行政编制|事业编制|编制|实有|在职|在编|人员|设)"
)
_SHORTEST_UNIT = 6
"""Characters of the end of a name that is still the unit's own; 服务中心 is that of many."""


def find_summary(text: str) -> tuple[str, int] | None:
    """Return the project that a paragraph sums up, and where what is said of it begins.

    >>> find_summary("53.水质仪器项目绩效自评综述：全年预算数1896万元")
    ('水质仪器项目', 16)
    """
    match = _SUMMARY.match(text)
    if match is None or not _SUMMARISED.search(match[0]) or _NOT_ONE.match(match["name"]):
        return None
    name = match["name"].rstrip("”》")
    return f"“{name}" if "”" in name and "“" not in name else name, match.end()


def find_unit(text: str, at: int) -> re.Match[str] | None:
    """Return the match of a unit whose staff a sentence beginning at `at` counts; group whole says that it is all."""
    return _UNIT.match(text, at)


def find_owner(text: str, setting: Setting) -> str | None:
    """Return the budget unit that a heading or a figure's words begin with, None for the department itself.

    >>> find_owner("二、某中心", Setting(year=2026, units=("某中心",)))
    '某中心'
    >>> find_owner("三、市水务署排水中心", Setting(year=2026, units=("临江市水务署排水中心",)))
    '临江市水务署排水中心'
    """
    bare = compact(strip_item_mark(text))
    return next((name for name in setting.units if bare.startswith(compact(name)) or _is_end_of(bare, name)), None)


def _is_end_of(bare: str, name: str) -> bool:
    """Return whether a heading names a unit without the place before it (市某署某中心 for 某某市某署某中心)."""
    return len(bare) >= _SHORTEST_UNIT and compact(name).endswith(bare)


def find_project(label: str, before: str, setting: Setting) -> str | None:
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
