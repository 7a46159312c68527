"""Departments renamed: place and bureau everywhere, in full names and in every short form alike."""

from __future__ import annotations

import re
from random import Random

from tests.property.altering import Altered, Change

PLACES = (
    ("成都市", "武侯区"),
    ("杭州市", "西湖区"),
    ("南京市", "鼓楼区"),
    ("青岛市", "崂山区"),
    ("昆明市", "五华区"),
)
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
CITY = re.compile(r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff]{2}市)(?=[\u4e00-\u9fff]{2,4}[区局])")
DISTRICT = re.compile(r"(?:市|[^\u4e00-\u9fff]|^)((?!年度)[\u4e00-\u9fff]{2}区)(?=[\u4e00-\u9fff]{2,4}局)")
BUREAU = re.compile(r"[市区]([\u4e00-\u9fff]{2}局)")


def rename_department(text: str, dice: Random) -> Altered:
    """Give the department another name and place; 局 and place change in each of their forms."""
    city, district = dice.choice(PLACES)
    bureau = dice.choice([name for name in BUREAUS if name not in text])
    words: list[tuple[str, str]] = []
    for pattern, new in ((DISTRICT, district), (CITY, city)):
        old = _most_frequent(pattern, text)
        if old:
            words += [(old, new), (old[:-1], new[:-1])]
    old = _most_frequent(BUREAU, text)
    if old:
        words.append((old, bureau))
    change = Change(words=tuple(words))
    return Altered(text=change.text(text), change=change)


def _most_frequent(pattern: re.Pattern[str], text: str) -> str | None:
    found = pattern.findall(text)
    return max(sorted(set(found)), key=found.count) if found else None
