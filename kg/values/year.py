"""Years: how budgets print them, which are plausible, ranges and dates.

Every pattern with a year in it is built from these fragments. A year is four digits (2020, 2020年, 2020年度) or
Chinese numerals digit by digit (二〇二〇年, also with ○ or a letter O where a scan read one).
"""

from __future__ import annotations

import re

from kg.values.numeral import read_chinese_numeral

YEAR = r"(?:19|20)\d\d"
"""2020"""
SPLIT_YEAR = r"(?:19|20)\d\s?\d"
"""201 9: a blank of a line wrap in a document number."""
_NOUGHTS = "○◯零oO0ΟО"
"""What is printed for 〇: circles, letters of three alphabets, the digit."""
CHINESE_YEAR = rf"[二一][〇九{_NOUGHTS}][一二三四五六七八九〇{_NOUGHTS}]{{2}}"
"""二〇二〇, 二○二五, 一九九八, 二0二0"""
MONTH_DAY = r"\d{1,2}\s?月(?:\s?\d{1,2}\s?日)?"
"""3月, 12 月 31 日"""
DATE = rf"\d{{4}}\s?年(?:\s?{MONTH_DAY})?"
"""2019年, 2019 年 12 月, 2019年12月31日; any four digits, as 年 stands behind them"""
TO = r"(?:到|至|-|–|—|~|～|to|until)"
"""Between the years of a range."""
YEAR_RANGE = rf"(?P<first>{YEAR})\s?年?度?\s?{TO}\s?(?P<last>{YEAR})(?!\d)\s?(?:年度|年)?"
"""2020-2023, 2020年至2023年度"""

EARLIEST, LATEST = 1990, 2060
"""Budgets are published since the nineties and plan a few decades ahead: other numbers of four digits are none."""
LONGEST_RANGE = 100
"""Years of a range that is meant (2021—2025年); a longer one is a misprint or two other numbers."""

_ALONE = re.compile(rf"(?P<digits>{YEAR})\s?(?:年度?)?|(?P<words>{CHINESE_YEAR})年?度?")
_ZEROS = str.maketrans(_NOUGHTS, "〇" * len(_NOUGHTS))
_IN_TEXT = re.compile(rf"(?<!\d){YEAR}(?!\d\d)")
_ASKED = re.compile(rf"(\d{{4}})(?:\s*{TO}\s*(\d{{4}}))?")
_LEADING = re.compile(r"(\d{4})(?!\d)")
_BRACKETED = re.compile(r"〔(\d{4})〕")
_ISO = re.compile(r"\d{4}(?:-\d{2}){0,2}")
_DATED = re.compile(r"(\d{4})\s?年\s?(\d{1,2})\s?月(?:\s?(\d{1,2})\s?日)?")


def read_year(text: str) -> int | None:
    """Return the year that is the whole of `text`, None for anything else.

    >>> [read_year(text) for text in ("2020", "2020年度", "二〇二〇年", "二O二0年", "20202年度", "2010308")]
    [2020, 2020, 2020, 2020, None, None]
    """
    match = _ALONE.fullmatch(text.strip())
    if match is None:
        return None
    return int(match["digits"]) if match["digits"] else read_chinese_numeral(match["words"].translate(_ZEROS))


def is_plausible(year: int) -> bool:
    """Return whether a number can be the year of a budget."""
    return EARLIEST <= year <= LATEST


def find_years(text: str) -> list[int]:
    """Return the plausible years that a text prints in digits, in order; a digit too many is a misprint.

    >>> find_years("2019年决算数与20202年度预算数"), find_years("1900年"), find_years("科目2010308")
    ([2019, 2020], [], [])
    """
    found = (int(match.group()) for match in _IN_TEXT.finditer(text))
    return [year for year in found if is_plausible(year)]


def read_range(text: str) -> range | None:
    """Return the years that `2020`, `2020年` or `2020-2023` asks for, None for anything else.

    The range is empty where it runs backwards or over more than a hundred years.

    >>> list(read_range("2020至2022年")), list(read_range("2020")), len(read_range("2023-2020")), read_range("去年")
    ([2020, 2021, 2022], [2020], 0, None)
    """
    match = _ASKED.fullmatch(text.replace("年", "").strip())
    if match is None:
        return None
    first, last = int(match[1]), int(match[2] or match[1])
    return range(first, last + 1) if last - first <= LONGEST_RANGE else range(0)


def find_date(text: str) -> re.Match[str] | None:
    """Return the first date with a month: groups are year, month and, where it is printed, day."""
    return _DATED.search(text)


def year_of(date: str) -> int | None:
    """Return the year of a date in ISO 8601 or of a document number, None where neither has one.

    >>> year_of("2019-03"), year_of("财预〔2016〕2号"), year_of("第162号")
    (2019, 2016, None)
    """
    match = _LEADING.match(date) or _BRACKETED.search(date)
    return int(match[1]) if match else None


def is_iso(date: str) -> bool:
    """Return whether a text is a date, a month or a year in ISO 8601.

    >>> is_iso("2019-12-31"), is_iso("2019-12"), is_iso("2019"), is_iso("2019年")
    (True, True, True, False)
    """
    return _ISO.fullmatch(date) is not None


def to_iso(date: re.Match[str]) -> str:
    """Return a date that `find_date` found in ISO 8601, as exact as it is printed.

    >>> to_iso(find_date("2019年3月印发")), to_iso(find_date("2019 年 12 月 31 日"))
    ('2019-03', '2019-12-31')
    """
    year, month, day = date.groups()
    return "-".join(part.zfill(2) for part in (year, month, day) if part)
