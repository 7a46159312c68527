"""The same text in other bytes: GB18030, a byte order mark, UTF-16, and other line ends."""

from __future__ import annotations

from random import Random

from tests.property.altering import Altered

ENCODINGS = ("gb18030", "utf-8-sig", "utf-16")


def change_encoding(text: str, dice: Random) -> Altered:
    """Encode the text otherwise."""
    return Altered(text=text, encoding=dice.choice(ENCODINGS))


def change_line_ends(text: str, dice: Random) -> Altered:
    """End the lines as Windows does."""
    return Altered(text=text.replace("\n", "\r\n"))
