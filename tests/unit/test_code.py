"""Classification codes: how they are printed, which are none, and what stands above and below them."""

from __future__ import annotations

import pytest

from kg.values.code import (
    CodeColumns,
    is_above,
    is_lowest,
    level_of,
    parent_code,
    scheme_of,
    split_code,
    strip_owner_code,
    with_parents,
)

PRINTED = [
    ("2010308", "2010308", ""),
    ("［2014004］信访业务", "2014004", "信访业务"),  # full width
    ("2150701-行政运行", "2150701", "行政运行"),
    ("20103 08", "2010308", ""),  # a line wrap within the code
    ("301工资福利支出", "301", "工资福利支出"),
    ("50502：商品和服务支出", "50502", "商品和服务支出"),
]
NO_CODES = ["50万元以上设备", "201个单位", "2020年度", "20.5", "4010301", "A0201", "20103081", "行政运行"]


@pytest.mark.parametrize(("text", "code", "name"), PRINTED)
def test_a_code_is_read_with_the_name_behind_it(text: str, code: str, name: str) -> None:
    assert split_code(text) == (code, name)


@pytest.mark.parametrize("text", NO_CODES)
def test_what_only_looks_like_a_code_is_a_name(text: str) -> None:
    assert split_code(text)[0] is None


def test_levels_and_schemes_are_told_by_the_digits() -> None:
    assert [level_of(code) for code in ("201", "20103", "2010308", "2010", "A02")] == ["类", "款", "项", None, None]
    assert [scheme_of(code) for code in ("201", "302", "505", "9")] == [
        "function",
        "economic",
        "government_economic",
        None,
    ]
    assert is_lowest("2010308") and not is_lowest("20103") and not is_lowest("A020308")


def test_a_code_knows_those_above_it() -> None:
    assert with_parents("2010308") == ("201", "20103", "2010308") and with_parents("201") == ("201",)
    assert parent_code("2010308") == "20103" and parent_code("201") is None and parent_code("2010") is None
    assert is_above("20103", "2010308") and not is_above("2010308", "20103") and not is_above("201", "20203")


def test_columns_of_parts_inherit_what_stands_above() -> None:
    codes = CodeColumns()
    read = [codes.read(*row) for row in (("201", "", ""), ("", "3", ""), ("", "", "8"), ("", "20199", "2019999"))]
    assert read == ["201", "20103", "2010308", "2019999"]


@pytest.mark.parametrize(
    "name", ["[161001]某市信访局", "161001-某市信访局", "161001_ 某市信访局", "（161001）某市信访局"]
)
def test_a_unit_loses_its_code(name: str) -> None:
    assert strip_owner_code(name) == "某市信访局"
