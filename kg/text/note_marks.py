"""Marks of notes behind printed text: 100.00①, 1,120.50¹, 合计*. They point to a note and are no digits of a number."""

from __future__ import annotations

import re

from kg.text.patterns import CIRCLED_MARK

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_BEHIND_DIGIT = re.compile(
    rf"(?<=[\d%)）])\s?(?:{CIRCLED_MARK}|[⑴-⒇]|[{_RAISED}]|[*＊※†‡]{{1,3}}|[\[［【(（]?注\s?\d{{0,2}}[\]］】)）]?)+$"
)
_MARK = re.compile(rf"(?:{CIRCLED_MARK}|[⑴-⒇]|[\[［【(（]?注?\s?\d{{0,2}}[\]］】)）]?|[*＊※†‡]{{1,3}})")


def strip_note_marks(text: str) -> str:
    """Return a number's text without the marks of notes behind it.

    >>> strip_note_marks("100.00①"), strip_note_marks("820.30¹"), strip_note_marks("98%[注2]"), strip_note_marks("①")
    ('100.00', '820.30', '98%', '①')
    """
    return _BEHIND_DIGIT.sub("", text)


def is_note_mark(before: str, raised: str) -> bool:
    """Return whether raised text behind `before` points to a note; the 2 of m² does not.

    >>> is_note_mark("1,120.50", "1"), is_note_mark("农林水支出", "①"), is_note_mark("面积 m", "2")
    (True, True, False)
    """
    last = before.rstrip()[-1:]
    return bool(raised.strip()) and not (last.isascii() and last.isalpha()) and bool(_MARK.fullmatch(raised.strip()))
