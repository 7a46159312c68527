"""The budget units of a department: as the prose lists them and as the tables' unit columns print them."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.blocks import Document, Paragraph, Table
from kg.extract.identity.organs import clean_name
from kg.text.folding import compact
from kg.text.patterns import BRACKET_MARK, CIRCLED_MARK, INSTITUTION_END, LOOSE_END, ORGAN_END
from kg.values.code import strip_owner_code

_LIST = re.compile(
    r"(?:预算单位|基层单位|二级(?:预算)?单位|下属单位|所属单位|系统|部门(?:汇总)?[预决]算|编制范围的单位)"
    r"[^。；:：]{0,16}?(?:包括|包含|为|有|分别(?:是|为)|组成(?=[:：]))[:：]?(?P<list>[^。；]{4,300}?)"
    r"(?:共\d+|等\d+|[。；]|$)"
)
_CIRCLED = re.compile(CIRCLED_MARK)
_SPEAKS_OF_UNITS = re.compile("单位|系统|部门(?:汇总)?[预决]算")
_BETWEEN = re.compile(
    rf"[、，,]|(?<=[局级心办处馆院站所校会社关算])(?:和|及|以及)|{BRACKET_MARK}|(?<!第)\d{{1,2}}[.．、]"
)
"""What stands between the names of a list, the marks of its items among them."""
_BUDGET = re.compile("(?:单位)?[预决]算$")
"""某中心预算 in a list of budgets is the unit 某中心."""
_END = rf"(?:{ORGAN_END}|{INSTITUTION_END}|{LOOSE_END})"
_UNIT = re.compile(rf"^[\u4e00-\u9fff（）()]{{3,40}}{_END}(?:[(（][\u4e00-\u9fff]{{3,20}}{_END}[)）])?$")
"""A unit, with its second name in brackets where it has one: 某市执法支队（某市渔政支队）."""
_PREFIX = re.compile(r"^(?:仅|包括|纳入|为|有|即|分别(?:是|为)|以及|及)+")
_COUNTED = re.compile(r"(?:共)?\d+(?:家|个)(?:基层|下属|预算|二级)?单位.*$")
_UNIT_HEADER = re.compile(r"^(?:预算|基层)?单位(?:名称)?$|^预算单位")
_NO_UNIT = re.compile(
    r"编制|人数|预算|[的了等其]|^[我本该各]|内设|下设|上传|推进|开展|加强|落实|负责|推动|组织|实施|平台$|系统$|科室$"
)
_SECOND_NAME = re.compile(r"[(（][^()（）]*[)）]$")
_SHORTEST_SPELLING = 5
"""Characters of a name that says which unit is meant without its city: 图书馆 is any city's."""
_SUM = re.compile(r"[(（]?(?:小计|合计)[)）]?$")
_OFFICE = re.compile(r"^[^市区县省州镇]{2,14}(?:处|科|室)$")  # a department's own offices are no units
_MOST = 200
"""Units kept of one document: the largest departments have some hundred; more are names of something else."""


def find_units(document: Document, department: str | None) -> tuple[str, ...]:
    """Return the names of the budget units as printed, in order of their first mention."""
    names: dict[str, str] = {}
    for block in document.blocks:
        found = _in_table(block) if isinstance(block, Table) else _in_prose(block)
        for name in found:
            names.setdefault(compact(name), name)
    own = compact(department or "")
    return _one_spelling([name for key, name in names.items() if key != own][:_MOST])


def _one_spelling(names: list[str]) -> tuple[str, ...]:
    """Return the names without those that spell one of them shorter."""
    return tuple(
        name
        for index, name in enumerate(names)
        if not any(
            is_same_unit(name, other) and (len(other), -place) > (len(name), -index)
            for place, other in enumerate(names)
            if place != index
        )
    )


def _in_prose(paragraph: Paragraph) -> list[str]:
    text = compact(_CIRCLED.sub("、", paragraph.text))  # folded, ① is a 1 before the name
    if not _SPEAKS_OF_UNITS.search(text):
        return []
    found = []
    for match in _LIST.finditer(text):
        for part in _BETWEEN.split(match["list"]):
            name = _BUDGET.sub("", _COUNTED.sub("", _PREFIX.sub("", part)).strip("：:。"))
            if _UNIT.match(name) and not _NO_UNIT.search(name) and not _OFFICE.match(_SECOND_NAME.sub("", name)):
                found.append(name)
    return found


def _in_table(table: Table) -> list[str]:
    columns = [index for index, path in enumerate(table.header) if path and _UNIT_HEADER.match(compact(path[-1]))]
    found = []
    for row in table.rows:
        for column in columns:
            name = clean_unit(row.text(column))
            if _UNIT.match(name):
                found.append(name)
    return found


def is_same_unit(one: str, other: str) -> bool:
    """Return whether two spellings name one unit: without its city, with brackets, with a second name behind it.

    >>> is_same_unit("深圳市某署(本级)", "市某署本级"), is_same_unit("某市渔政支队（某市执法队）", "某市渔政支队")
    (True, True)
    >>> is_same_unit("某市第一水厂", "某市第二水厂")
    False
    """
    short, long = sorted((_unit_key(one), _unit_key(other)), key=len)
    return short == long or (len(short) >= _SHORTEST_SPELLING and long.endswith(short))


@lru_cache(maxsize=8192)
def _unit_key(name: str) -> str:
    own = re.sub(r"[(（](本级|机关|本部)[)）]", r"\1", compact(name))
    return _SECOND_NAME.sub("", own) or own


def clean_unit(printed: str) -> str:
    """Return a unit's name without its code and 小计 behind it; 本级 is kept, it tells the unit from the department."""
    name = _SUM.sub("", compact(printed))
    return name if clean_name(name) == name else strip_owner_code(name)
