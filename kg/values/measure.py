"""Measures: a number with the unit behind it as cells print them, and what each unit measures."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, lru_cache

from kg.lexicon import load_mapping
from kg.text.folding import fold
from kg.text.note_marks import strip_note_marks
from kg.values.money import PRINTED_FORMS, spellings

_NUMBER = re.compile(
    r"(?P<open>\()?(?P<sign>[-−－﹣+＋△▲])?(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<fraction>\.\d+)?(?(open)\))"
)
_BRACKETED = re.compile(r"\((?P<inner>[\d,]+(?:\.\d+)?\s?%)\)")
"""A percentage in accounting brackets; an amount in them is matched as a number."""
_CURRENCY = ("¥", "￥")
_GROUP_SLIP = re.compile(r"(?<=\d)[,，]\s+(?=\d{3}(?:\D|$))|(?<=\d)\s+(?=[,，.]\d)|(?<=\d[,，.])\s+(?=\d)")
_LONGEST, _LONGEST_UNIT = 40, 4
"""Characters of a printed measure, and of its unit (人次, 平方公里); longer text is no measure."""


@cache
def load_measures() -> dict[str, str]:
    """Return every printed unit with what it measures: `money`, `percent`, `time` or `count`.

    >>> [load_measures().get(unit) for unit in ("万元", "个百分点", "人次", "分", "万")]
    ['money', 'percent', 'count', 'time', None]
    """
    return dict.fromkeys(spellings(*PRINTED_FORMS), "money") | load_mapping("units")


def read_number(text: str) -> Decimal | None:
    """Return the number that is the whole of `text`, None if it is anything else.

    Thousands separators, a sign and accounting brackets are understood; a percent sign or a unit
    is not (see `read_measure`). The digits after the point are kept as printed.

    >>> read_number("1,234.00"), read_number("（3.5）"), read_number("－23"), read_number("——")
    (Decimal('1234.00'), Decimal('-3.5'), Decimal('-23'), None)
    """
    measure = read_measure(text)
    return measure[0] if measure is not None and not measure[1] else None


@lru_cache(maxsize=65536)
def read_measure(text: str) -> tuple[Decimal, str] | None:
    """Return the number and the unit printed after it if they are the whole of `text`.

    A currency sign before it and marks of notes behind it say nothing of its value; the unit is the table's.

    >>> read_measure("98.13%"), read_measure("500 万元"), read_measure("2 篇以上"), read_measure("￥1,120.50①")
    ((Decimal('98.13'), '%'), (Decimal('500'), '万元'), None, (Decimal('1120.50'), ''))
    >>> read_measure("（4.20%）")
    (Decimal('-4.20'), '%')
    """
    folded = fold(strip_note_marks(text.strip())).strip()
    folded = folded[1:].lstrip() if folded[:1] in _CURRENCY else folded
    if not folded or len(folded) > _LONGEST:
        return None
    folded = _GROUP_SLIP.sub(lambda slip: slip.group().strip(), folded)
    if bracketed := _BRACKETED.fullmatch(folded):
        folded = f"-{bracketed['inner']}"
    match = _NUMBER.match(folded)
    if match is None:
        return None
    rest = folded[match.end() :].strip()
    if rest and (len(rest) > _LONGEST_UNIT or rest[0] in "年月日号条款" or rest not in _folded_units()):
        return None
    value = Decimal(match["digits"].replace(",", "") + (match["fraction"] or ""))
    negative = match["open"] is not None or (match["sign"] or "+") not in "+＋"
    return (-value if negative else value), rest


@cache
def _folded_units() -> frozenset[str]:
    return frozenset(map(fold, load_measures()))
