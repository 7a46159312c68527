"""Brackets restyled: 〔〕 [] （） 【】 and their half and full widths, each pair alike in the whole text."""

from __future__ import annotations

import re
from random import Random

from tests.property.altering import Altered

YEARS = ("〔{}〕", "[{}]", "（{}）", "({})", "【{}】", "［{}］")
CODES = ("[{}]", "［{}］", "【{}】", "〔{}〕")
YEAR = re.compile(r"(?<=[\u4e00-\u9fff])[〔\[（(【［](\d{4})[〕\]）)】］](?=\d+\s*号)")
CODE = re.compile(r"(?<=\t)\[(\d{3,5})\]|^\[(\d{3,5})\]", re.MULTILINE)
MARK = re.compile(r"(\[bookmark: \w+\])")
HALF = str.maketrans("（）：；", "():;")
FULL = str.maketrans("():;", "（）：；")


def restyle_brackets(text: str, dice: Random) -> Altered:
    """Print the years of document numbers and the codes of cells in other brackets."""
    year, code = dice.choice(YEARS), dice.choice(CODES)
    text = YEAR.sub(lambda found: year.format(found[1]), text)
    return Altered(text=CODE.sub(lambda found: code.format(found[1] or found[2]), text))


def change_width(text: str, dice: Random) -> Altered:
    """Print round brackets, colons and semicolons at full or at half width throughout.

    The marks a converter left ([bookmark: …]) are no print and stay.
    """
    width = dice.choice((HALF, FULL))
    pieces = (piece if MARK.fullmatch(piece) else piece.translate(width) for piece in MARK.split(text))
    return Altered(text="".join(pieces))
