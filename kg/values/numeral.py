"""Chinese numerals: 二十三, 二〇二〇, 一万二千, 壹拾."""

from __future__ import annotations

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
NUMERALS = "".join((*_DIGITS, *_STEPS, "万亿"))
"""Every character of a number in Chinese numerals."""
_WAN, _YI = 10_000, 100_000_000  # 万, 亿


def read_chinese_numeral(text: str) -> int | None:
    """Return the whole number that Chinese numerals print, None if `text` is anything else.

    >>> read_chinese_numeral("二十三"), read_chinese_numeral("二〇二〇"), read_chinese_numeral("一亿二千万")
    (23, 2020, 120000000)
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
        elif character == "万":
            total += (section + digit) * _WAN
            section = digit = 0
        elif character == "亿":
            total = (total + section + digit) * _YI
            section = digit = 0
        else:
            return None
    return total + section + digit
