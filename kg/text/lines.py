"""Wrapped lines put together again, with the blanks that are printed and no others."""

from __future__ import annotations

import re
from collections.abc import Sequence

_LATIN_END = re.compile(r"[A-Za-z][A-Za-z,;:]*$")
_LATIN_START = re.compile(r"[A-Za-z]")


def join_texts(texts: Sequence[str]) -> str:
    """Return wrapped lines as one text, with a blank only between two Latin words.

    >>> join_texts(["A02061802030", "1"]), join_texts(["职业年金缴", "费支出"]), join_texts(["Open", "AI"])
    ('A020618020301', '职业年金缴费支出', 'Open AI')
    """
    joined = texts[0] if texts else ""
    for text in texts[1:]:
        letters = _LATIN_END.search(joined) and _LATIN_START.match(text)
        joined += (" " if letters else "") + text
    return joined
