"""Departments renamed: place and bureau everywhere, in full names and in every short form alike."""

from __future__ import annotations

import re
from functools import cache
from random import Random

from kg.lexicon import load_rows
from tests.property.altering import Altered, Change

BUREAUS = (
    "档案局",
    "司法局",
    "体育局",
    "统计局",
    "气象局",
    "民政局",
    "市场监督管理局",
    "发展和改革局",
    "应急管理局",
    "卫生健康委员会",
    "政务服务办公室",
)
_SHORTEST = 2
"""城区 and 郊区 are words of their own: longer names only."""
_FIRST_ZONE = 70
"""From here on the last two digits of a code count development zones, which are named without their city."""
CITY = re.compile(r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff]{2}市)(?=[\u4e00-\u9fff]{2,4}[区局])")
DISTRICT = re.compile(r"(?:市|[^\u4e00-\u9fff]|^)((?!年度)[\u4e00-\u9fff]{2}区)(?=[\u4e00-\u9fff]{2,4}局)")
BUREAU = re.compile(r"[市区]([\u4e00-\u9fff]{2}局)")


@cache
def pairs() -> tuple[tuple[str, str], ...]:
    """Return the districts of the whole table of divisions, each with its city: forms call them 区 alone, not 县."""
    rows = {code: (name, rest[0] if rest else "") for code, name, *rest in load_rows("divisions")}
    return tuple(
        (rows[parent][0], name)
        for code, (name, parent) in rows.items()
        if name.endswith("区")
        and len(name) > _SHORTEST
        and int(code[4:]) < _FIRST_ZONE
        and parent in rows
        and rows[parent][0].endswith("市")
    )


@cache
def cities() -> tuple[tuple[str, str], ...]:
    """Return the cities of the whole table, those without districts too, each with no district."""
    return tuple((name, "") for code, name, *_ in load_rows("divisions") if code.endswith("00") and name[-1] == "市")


def rename_department(text: str, dice: Random) -> Altered:
    """Give the department another name and place; 局 and place change in each of their forms."""
    city, district = dice.choice(pairs() if _most_frequent(DISTRICT, text) else cities())
    bureau = dice.choice([name for name in BUREAUS if name not in text])
    words: list[tuple[str, str]] = []
    for pattern, new in ((DISTRICT, district), (CITY, city)):
        old = _most_frequent(pattern, text)
        if old and new:
            words += [(old, new), (old[:-1], new[:-1])]
    old = _most_frequent(BUREAU, text)
    if old:
        words.append((old, bureau))
    change = Change(words=tuple(words))
    return Altered(text=change.text(text), change=change)


def _most_frequent(pattern: re.Pattern[str], text: str) -> str | None:
    found = pattern.findall(text)
    return max(sorted(set(found)), key=found.count) if found else None
