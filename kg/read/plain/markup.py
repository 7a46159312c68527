"""Remains of markup in plain text: tags of paragraphs, bookmarks and entities that a conversion left behind."""

from __future__ import annotations

import re

_BOOKMARK = re.compile(r"\[bookmark:[^\]\n]*\]")
_TAG = re.compile(r"(?: *</?(?:p|br|div|span|strong|b)(?: [^<>]{0,200})?/?> *)+", re.IGNORECASE)
_ENTITY = {"&nbsp;": " ", "&lt;": "<", "&gt;": ">", "&amp;": "&", "&ldquo;": "“", "&rdquo;": "”"}
_ENTITIES = re.compile("|".join(_ENTITY))


def strip_markup(line: str) -> str:
    """Return a line of text with a blank for each run of tags, without bookmarks, entities as their characters.

    >>> strip_markup("[bookmark: _Toc1]甲项目&nbsp;<p>1. 保障</p> <p>2. 提高</p>")
    '甲项目  1. 保障 2. 提高 '
    """
    if "[" in line:
        line = _BOOKMARK.sub("", line)
    if "<" in line:
        line = _TAG.sub(" ", line)
    if "&" in line:
        line = _ENTITIES.sub(lambda match: _ENTITY[match.group()], line)
    return line
