"""Width, blanks and numerals: what is folded, what is a number, and the way back to the source."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.text.folding import compact, fold_map, join_wrapped
from kg.values.item_mark import item_mark, strip_item_mark
from kg.values.measure import read_measure, read_number
from kg.values.numeral import read_chinese_numeral

NUMBERS = [
    ("1,790", "1790"),
    ("0.00", "0.00"),
    ("１，７９０．５０", "1790.50"),
    ("(3.5)", "-3.5"),
    ("－23", "-23"),
    ("12, 345.6", "12345.6"),
    ("75.984000", "75.984000"),
]
NO_NUMBERS = ["", "——", "-", "2020年", "3号", "A01", "≥90", "1、2", "50寸电视机", "2 篇以上", "1.2.3"]


@pytest.mark.parametrize(("text", "value"), NUMBERS)
def test_a_printed_number_keeps_its_digits(text: str, value: str) -> None:
    assert str(read_number(text)) == value


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_only_begins_like_a_number_is_none(text: str) -> None:
    assert read_measure(text) is None


def test_a_number_with_its_unit_is_a_measure_and_no_bare_number() -> None:
    assert read_measure("98.13%") == (Decimal("98.13"), "%")
    assert read_measure("500 万元") == (Decimal("500"), "万元")
    assert read_number("500 万元") is None


@pytest.mark.parametrize("text", ["（２０１３）２０号", "收 入", "① 办公费…５万元", "plain"])
@pytest.mark.parametrize("drop", [False, True])
def test_every_folded_character_leads_back_to_its_source(text: str, drop: bool) -> None:
    folded = fold_map(text, drop_blanks=drop)
    assert len(folded.offsets) == len(folded.text)
    assert folded.source_span(0, len(folded.text)) == (0, len(text.rstrip()))
    for index, character in enumerate(folded.text):
        start, end = folded.source_span(index, index + 1)
        assert character in compact(text[start:end]) or character == text[start]


def test_only_the_blanks_of_line_wraps_are_taken_out() -> None:
    assert join_wrapped("政府办公厅（室）及 相关机构事务") == "政府办公厅（室）及相关机构事务"
    assert join_wrapped("手机 APP 与 2019 年") == "手机 APP 与 2019 年"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("二十三", 23),
        ("十", 10),
        ("一百零五", 105),
        ("二〇二〇", 2020),
        ("三千五百万", 35_000_000),
        ("两亿", 200_000_000),
        ("项目", None),
        ("", None),
    ],
)
def test_chinese_numerals(text: str, value: int | None) -> None:
    assert read_chinese_numeral(text) == value


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("一、一般公共服务支出", "一般公共服务支出"),
        ("（二）教育", "教育"),
        ("1. 公务用车购置费", "公务用车购置费"),
        ("★重点", "★重点"),
        ("2.5升汽油", "2.5升汽油"),
        ("十三五规划", "十三五规划"),
    ],
)
def test_item_marks_come_off_and_numbers_stay(text: str, bare: str) -> None:
    assert strip_item_mark(text) == bare
    assert (item_mark(text) is None) == (text == bare)
