"""Years as budgets print them: what is one, what only looks like one, ranges and dates."""

from __future__ import annotations

import re

import pytest

from kg.values.year import CHINESE_YEAR, DATE, YEAR_RANGE, find_date, find_years, read_range, read_year, to_iso

WHOLE = [
    ("2020", 2020),
    ("2020年", 2020),
    ("2020 年度", 2020),
    ("1998年", 1998),
    ("二〇二〇年", 2020),
    ("二○二五", 2025),  # a circle sign instead of the numeral
    ("二O一九年", 2019),  # a letter, as scans read it
    ("一九九八年", 1998),
    ("20202年度", None),
    ("3020", None),
    ("2010308", None),
    ("二十年", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "year"), WHOLE)
def test_a_year_is_read_in_digits_and_in_numerals(text: str, year: int | None) -> None:
    assert read_year(text) == year


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2024年决算数/2025年预算数", [2024, 2025]),
        ("20202年度", [2020]),  # one digit too many is a misprint
        ("2010308行政运行", []),
        ("1949年以来", []),
        ("电话12020", []),
    ],
)
def test_years_are_found_within_bounds_and_not_in_codes(text: str, years: list[int]) -> None:
    assert find_years(text) == years


@pytest.mark.parametrize(
    ("text", "years"),
    [("2020", [2020]), ("2020-2022", [2020, 2021, 2022]), ("2020年至2021年", [2020, 2021]), ("2022-2020", [])],
)
def test_a_range_asks_for_each_of_its_years(text: str, years: list[int]) -> None:
    asked = read_range(text)
    assert asked is not None and list(asked) == years


@pytest.mark.parametrize("text", ["去年", "20", "2020-", "1000-2999x"])
def test_what_is_no_range_is_refused(text: str) -> None:
    assert read_range(text) is None


def test_a_range_over_a_century_is_empty() -> None:
    asked = read_range("1000-2999")
    assert asked is not None and not asked


def test_fragments_match_what_their_comments_show() -> None:
    assert re.fullmatch(CHINESE_YEAR, "二〇二〇")
    assert all(re.fullmatch(DATE, text) for text in ("2019年", "2019 年 12 月", "2019年12月31日"))
    assert all(re.fullmatch(YEAR_RANGE, text) for text in ("2020-2023", "2020年至2023年度"))


def test_a_date_keeps_the_exactness_of_its_print() -> None:
    found = [find_date(text) for text in ("2019年3月", "于 2019 年 12 月 31 日印发", "2019年")]
    assert [to_iso(date) for date in found if date] == ["2019-03", "2019-12-31"] and found[2] is None
