"""Where something is printed, as the commands tell it."""

from __future__ import annotations

from kg.values.place import Place

WORDS = {"page": "第{n}页 p.", "line": "第{n}行 line", "row": "第{n}行 row", "col": "第{n}列 col"}


def place_text(file: str, place: Place) -> str:
    """Return a place on one line: the file, the numbers, the table or else the section.

    >>> place_text("预算.txt", Place(line=496, col=5, table="表十四", section="第二部分"))
    '预算.txt 第496行 line 第5列 col 表十四'
    """
    return " ".join(part for part in (file, place.words(WORDS), place.table or place.section) if part)
