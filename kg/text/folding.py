"""Fold width, handle blanks and read numerals, with a map from every folded character to its source.

In: text as printed. Out: text to compare or parse; nothing here decides what a text means.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from kg.lexicon import load_words

_CJK = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f\u2018-\u201d·—…"
_WRAP = re.compile(f"(?<=[{_CJK}])[ \\t\u3000\\xa0\\n\\r]+(?=[{_CJK}])")
_BLANK = re.compile(r"\s+")
_NUMBER = re.compile(
    r"(?P<open>\()?(?P<sign>[-−－﹣+＋△▲])?(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<fraction>\.\d+)?(?(open)\))"
)
_GROUP_SLIP = re.compile(r"(?<=\d)[,，]\s+(?=\d{3}(?:\D|$))|(?<=\d)\s+(?=[,，.]\d)|(?<=\d[,，.])\s+(?=\d)")
_DIGITS = {
    "〇": 0,
    "○": 0,
    "零": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "壹": 1,
    "贰": 2,
    "叁": 3,
    "肆": 4,
    "伍": 5,
    "陆": 6,
    "柒": 7,
    "捌": 8,
    "玖": 9,
}
_STEPS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_SECTIONS = {"万": 10_000, "亿": 100_000_000}
_ITEM_MARK = re.compile(
    r"^\s*[★☆*▲]*\s*(?:[一二三四五六七八九十]{1,3}\s*[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]、?"
    r"|\d{1,2}\s*[、．]|\d{1,2}\.(?!\d)|[①-⑳])\s*"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """Folded text; `offsets[i]` is the offset in the source of the character that `text[i]` came from."""

    text: str
    offsets: tuple[int, ...]
    length: int

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the source that `text[start:end]` was folded from.

        >>> folded = fold_map("预算 １，２３４")
        >>> folded.source_span(folded.text.index("1"), len(folded.text))
        (3, 8)
        """
        if start >= end:
            at = self.offsets[start] if start < len(self.offsets) else self.length
            return at, at
        return self.offsets[start], self.offsets[end - 1] + 1


def fold(text: str) -> str:
    """Return `text` with full-width forms narrowed and compatibility forms resolved (NFKC).

    >>> fold("深财规（２０１３）２０号，“三公”")
    '深财规(2013)20号,“三公”'
    """
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def fold_map(text: str, *, drop_blanks: bool = False) -> Folded:
    """Return `text` folded as by `fold`, with the way back to the source; blanks dropped on demand."""
    folded = fold(text)
    pairs: Iterable[tuple[str, int]]
    if len(folded) == len(text):  # each character became one: the usual case, and much the fastest
        if not drop_blanks:
            return Folded(text=folded, offsets=tuple(range(len(text))), length=len(text))
        pairs = zip(folded, range(len(text)), strict=True)
    else:
        pairs = ((part, offset) for offset, character in enumerate(text) for part in fold(character))
    kept = [(character, offset) for character, offset in pairs if not (drop_blanks and character.isspace())]
    return Folded(
        text="".join(character for character, _ in kept),
        offsets=tuple(offset for _, offset in kept),
        length=len(text),
    )


@lru_cache(maxsize=65536)
def compact(text: str) -> str:
    """Return `text` folded and without any blank: the key two spellings of one cell share.

    >>> compact("收 入")
    '收入'
    """
    return _BLANK.sub("", fold(text))


def join_wrapped(text: str) -> str:
    """Return `text` without the blanks that line wraps left between Chinese characters, trimmed.

    >>> join_wrapped("政府办公厅（室）及 相关机构事务")
    '政府办公厅（室）及相关机构事务'
    """
    return _WRAP.sub("", text).strip() if text else text


def read_number(text: str) -> Decimal | None:
    """Return the number that is the whole of `text`, None if it is anything else.

    Thousands separators, a sign and accounting brackets are understood; a percent sign or a unit
    is not (see `read_measure`). The digits after the point are kept as printed.

    >>> read_number("1,234.00"), read_number("（3.5）"), read_number("－23"), read_number("——")
    (Decimal('1234.00'), Decimal('-3.5'), Decimal('-23'), None)
    """
    measure = read_measure(text)
    return measure[0] if measure is not None and not measure[1] else None


@cache
def _units() -> frozenset[str]:
    return frozenset(fold(unit) for unit in load_words("units")) | {"分", "‰", "㎡"}


@lru_cache(maxsize=65536)
def read_measure(text: str) -> tuple[Decimal, str] | None:
    """Return the number and the unit printed after it if they are the whole of `text`.

    >>> read_measure("98.13%"), read_measure("500 万元"), read_measure("2 篇以上")
    ((Decimal('98.13'), '%'), (Decimal('500'), '万元'), None)
    """
    folded = fold(text).strip()
    if not folded or len(folded) > 40:
        return None
    folded = _GROUP_SLIP.sub(lambda slip: slip.group().strip(), folded)
    match = _NUMBER.match(folded)
    if match is None:
        return None
    rest = folded[match.end() :].strip()
    if rest and (len(rest) > 4 or rest[0] in "年月日号条款" or rest not in _units()):
        return None
    value = Decimal(match["digits"].replace(",", "") + (match["fraction"] or ""))
    negative = match["open"] is not None or (match["sign"] or "+") not in "+＋"
    return (-value if negative else value), rest


def read_chinese_numeral(text: str) -> int | None:
    """Return the whole number that Chinese numerals print, None if `text` is anything else.

    >>> read_chinese_numeral("二十三"), read_chinese_numeral("二〇二〇"), read_chinese_numeral("一万二千")
    (23, 2020, 12000)
    """
    if not text:
        return None
    if all(character in _DIGITS for character in text):
        return int("".join(str(_DIGITS[character]) for character in text))
    total = section = digit = 0
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in _STEPS:
            section += (digit or 1) * _STEPS[character]
            digit = 0
        elif character in _SECTIONS:
            total = (total + section + digit) * _SECTIONS[character]
            section = digit = 0
        else:
            return None
    return total + section + digit


def strip_item_mark(text: str) -> str:
    """Return `text` without the item mark it begins with (一、 （二） 3. ①).

    >>> strip_item_mark("（一）因公出国（境）费"), strip_item_mark("2.5升")
    ('因公出国（境）费', '2.5升')
    """
    return _ITEM_MARK.sub("", text, count=1)


def item_mark(text: str) -> str | None:
    """Return the item mark that `text` begins with, without blanks; None if there is none."""
    match = _ITEM_MARK.match(text)
    return compact(match.group()) if match else None
