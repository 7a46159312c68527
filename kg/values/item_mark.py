"""The numbering in front of a label: 一、 （一） 1. （1） ①, outermost first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kg.text.folding import compact
from kg.text.patterns import (
    CHINESE_BRACKET,
    CHINESE_MARK,
    CIRCLED_MARK,
    DIGIT_BRACKET,
    DIGIT_MARK,
    ITEM_MARK,
    NUMERALS,
    OF_WHICH,
    OPEN_BRACKET,
)
from kg.values.numeral import read_chinese_numeral

LEVELS = (CHINESE_MARK, CHINESE_BRACKET, DIGIT_MARK, rf"(?:{DIGIT_BRACKET}|{OPEN_BRACKET})", CIRCLED_MARK)
"""The marks from the outermost to the innermost, as budgets number their rows and headings."""

_MARK = re.compile(rf"^\s*[★☆*▲]*\s*{ITEM_MARK}\s*")
_PREFIX = re.compile(rf"^(?:\d?[.、]?{OF_WHICH})")
_PATTERNS = tuple(re.compile(mark) for mark in LEVELS[:-1])
_CIRCLED = re.compile(rf"\s*(?:{OF_WHICH})?\s*({CIRCLED_MARK})")
_NUMBER = re.compile(rf"[{NUMERALS}]+|\d+|{CIRCLED_MARK}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """`level` is 1 for 一、 to 5 for ①, 0 without numbering; `ordinal` the number itself."""

    level: int
    ordinal: int
    rest: str


@lru_cache(maxsize=8192)
def read_mark(label: str) -> Mark:
    """Return the numbering of a label, a 其中 before it left out.

    >>> read_mark("（二）公务用车购置及运行维护费").level, read_mark("其中：（一）因公出国（境）费").ordinal
    (2, 1)
    >>> read_mark("十二、农林水支出").ordinal, read_mark("1. 事业收入").level, read_mark("行政运行").level
    (12, 3, 0)
    """
    circled = _CIRCLED.match(label)  # before it is folded: ⑤ folds to 5
    if circled:
        return Mark(level=len(LEVELS), ordinal=_ordinal(circled[1]), rest=compact(label[circled.end() :]))
    text = _PREFIX.sub("", compact(label))
    for level, pattern in enumerate(_PATTERNS, 1):
        found = pattern.match(text)
        if found:
            return Mark(level=level, ordinal=_ordinal(found.group()), rest=text[found.end() :])
    return Mark(level=0, ordinal=0, rest=text)


def strip_item_mark(text: str) -> str:
    """Return `text` without the item mark it begins with (一、 （二） 3. ①).

    >>> strip_item_mark("（一）因公出国（境）费"), strip_item_mark("2.5升")
    ('因公出国（境）费', '2.5升')
    """
    return _MARK.sub("", text, count=1)


def item_mark(text: str) -> str | None:
    """Return the item mark that `text` begins with, without blanks; None if there is none."""
    match = _MARK.match(text)
    return compact(match.group()) if match else None


def _ordinal(mark: str) -> int:
    found = _NUMBER.search(mark)
    printed = found.group() if found else ""
    if "①" <= printed <= "⑳":
        return ord(printed) - ord("①") + 1
    return int(printed) if printed.isdigit() else read_chinese_numeral(printed) or 0
