"""The numbering in front of a label: 一、 （一） 1. （1） ①, outermost first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kg.text.folding import compact

_PREFIX = re.compile(r"^(?:\d?[.、]?其中[:：]?|其中)")
_PATTERNS = (
    re.compile(r"^([一二三四五六七八九十]+)[、.．]"),
    re.compile(r"^[(（]([一二三四五六七八九十]+)[)）]"),
    re.compile(r"^(\d{1,2})(?:[、．]|\.(?!\d))"),
    re.compile(r"^[(（]?(\d{1,2})[)）]"),
    re.compile(r"^([①-⑳])"),
)
_DIGITS = {digit: number for number, digit in enumerate("一二三四五六七八九", 1)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """`level` is 1 for 一、 to 5 for ①, 0 without numbering; `ordinal` the number itself."""

    level: int
    ordinal: int
    rest: str


@lru_cache(maxsize=8192)
def read_mark(label: str) -> Mark:
    """Return the numbering of a label.

    >>> read_mark("（二）公务用车购置及运行维护费").level, read_mark("其中：（一）因公出国（境）费").ordinal
    (2, 1)
    >>> read_mark("十二、农林水支出").ordinal, read_mark("1. 事业收入").level, read_mark("行政运行").level
    (12, 3, 0)
    """
    text = _PREFIX.sub("", compact(label))
    for level, pattern in enumerate(_PATTERNS, 1):
        found = pattern.match(text)
        if found:
            return Mark(level=level, ordinal=_ordinal(found[1]), rest=text[found.end() :])
    return Mark(level=0, ordinal=0, rest=text)


def _ordinal(printed: str) -> int:
    if printed.isdigit() and printed.isascii():
        return int(printed)
    if "①" <= printed <= "⑳":
        return ord(printed) - ord("①") + 1
    tens, ten, ones = printed.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)
