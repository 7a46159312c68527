"""Fragments of patterns that several readers share, each named once with what it matches.

They are text to build patterns from; years stand in kg.values.year and money in kg.values.money. A reader that
needs less or more than a fragment says why beside its own pattern.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

NUMERALS = "一二三四五六七八九十"
"""The numerals of numbering, for a character class: 一, 十二."""

CHINESE_MARK = rf"[{NUMERALS}]{{1,3}}\s*[、.．]"
"""一、 十二． 二."""

CHINESE_BRACKET = rf"[(（]\s*[{NUMERALS}]{{1,3}}\s*[)）]"
"""（一） (十二)"""

DIGIT_STOP = r"\s*(?:[、．]|\.(?!\d))"
"""What makes a number before it an item mark: 1、 2． 3. but not the point of 2.5."""

DIGIT_MARK = rf"\d{{1,2}}{DIGIT_STOP}"
"""1. 12、 3．"""

DIGIT_BRACKET = r"[(（]\s*\d{1,2}\s*[)）]"
"""（1） (12)"""

OPEN_BRACKET = r"\d{1,2}\s*[)）]"
"""1） 12): closed only, too like a formula to count as a mark everywhere."""

BRACKET_MARK = rf"[(（]\s*[{NUMERALS}\d]{{1,3}}\s*[)）]"
"""（一） （1） (12)"""

CIRCLED_MARK = "[①-⑳]"
"""① ⑳"""

ORDINAL_WORD = rf"(?:[{NUMERALS}]|其[{NUMERALS}])是"
"""一是 其二是"""

ITEM_MARK = rf"(?:{CHINESE_MARK}|{BRACKET_MARK}、?|{DIGIT_MARK}|{CIRCLED_MARK})"
"""一、 （二） 3. （4）、 ⑤"""

PART = rf"第[{NUMERALS}\d]{{1,3}}\s*(?:部分|章|篇|编)"
"""第一部分 第2章"""

ORGAN_END = "委员会|办公室|局|委|办|厅|院|部|署|中心|本级|机关"
"""How the name of an organ ends that has a budget: 审计局 发改委 法院 局本级. Alternatives, for a group."""

INSTITUTION_END = "所|站|队|校|馆|园|处"
"""How units below an organ end: 研究所 监测站 支队 学校 图书馆 公园 管理处."""

LOOSE_END = "室|会|社|台|团|司"
"""How some units end that projects and matters end with as well: 档案室 残联理事会 电视台."""

OF_WHICH = "其中[:：]?"
"""其中： 其中"""

NUMBER_OPEN, NUMBER_CLOSE = "〔\\[（(【﹝［「『{", "〕\\]）)】﹞］」』}"
"""For character classes: the brackets around the year of a document number, 〔2016〕 (GB/T 9704) and its misprints."""


def any_of(words: Iterable[str]) -> str:
    """Return a pattern for any of `words`, the longest first.

    >>> any_of(["万元", "百万元", "%"])
    '百万元|万元|%'
    """
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
