"""Characters that can't be seen or only look like others: zero-width marks, and radicals in place of ideographs.

Converters leave them in texts (水 as the radical ⽔); nobody who types a word will find them.
"""

from __future__ import annotations

import re
import unicodedata

INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff"
"""Soft hyphen, zero-width blanks and joiners, marks of direction, byte order mark: a class of a pattern."""
_RADICALS = "\u2e80-\u2fdf"
_ODD = re.compile(f"[{INVISIBLE}{_RADICALS}]")
# Of the radicals' supplement only two have a compatibility form; these are the ideographs in use that look the same.
_ALIKE = dict(
    zip(
        "⺟⺠⺮⺼⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
        "母民竹肉虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
        strict=True,
    )
)


def as_seen(text: str) -> str:
    """Return `text` without what can't be seen, each radical as the ideograph it shows.

    >>> as_seen("1,\u200b120.50"), as_seen("\u2f54务\u2f8f政")
    ('1,120.50', '水务行政')
    """
    return _ODD.sub(_seen, text) if _ODD.search(text) else text


def _seen(match: re.Match[str]) -> str:
    character = match.group()
    if "\u2e80" <= character <= "\u2fdf":
        return _ALIKE.get(character) or unicodedata.normalize("NFKC", character)
    return ""
