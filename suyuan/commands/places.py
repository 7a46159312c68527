"""Where something is printed, as the commands tell it."""

from __future__ import annotations

from kg.messages import FIRST, open_catalogue
from kg.values.place import NUMBERS, Place


def place_text(file: str, place: Place, language: str = FIRST) -> str:
    """Return a place on one line, in a language of the catalogue: the file, the numbers, the table or the section.

    >>> found = Place(line=496, col=5, table="表十四", section="第二部分")
    >>> place_text("预算.txt", found), place_text("预算.txt", found, "en")
    ('预算.txt 第 496 行 第 5 列 表十四', '预算.txt line 496 column 5 表十四')
    """
    texts = open_catalogue().texts(language)
    numbers = place.words({name: texts[f"place.{name}"] for name in NUMBERS})
    return " ".join(part for part in (file, numbers, place.table or place.section) if part)
