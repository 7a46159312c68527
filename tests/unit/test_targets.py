"""Targets, actual values and grades as cells print them."""

from __future__ import annotations

import pytest

from kg.extract.indicators.targets import (
    is_empty,
    is_not_applicable,
    parse_actual,
    parse_grade,
    parse_target,
    target_within,
)
from kg.extract.prose.quantities import find_quantities

TARGETS = [
    ("≥9000宗", ">=", "9000", "宗"),
    ("不低于 90%", ">=", "90", "%"),
    (">2 篇", ">", "2", "篇"),
    ("<15 天", "<", "15", "天"),
    ("＜15 天", "<", "15", "天"),
    ("约100人", "≈", "100", "人"),
    ("100%", "=", "100", "%"),
    ("90％以上", ">=", "90", "%"),
    ("至少2篇", ">=", "2", "篇"),
    ("不超过3次", "<=", "3", "次"),
    ("3次/年", "=", "3", "次/年"),
    ("1,000平方米", "=", "1000", "平方米"),
    ("≥8", ">=", "8", None),
    ("从提出申请到完成配置15个工作日内", "<=", "15", "个工作日"),
    ("在项目完成后一个月内支付完毕", "<=", "1", "个月"),
    ("确定的案件完成度100%", "=", "100", "%"),
    ("10-15%", ">=", "10", "%"),
    ("8至12期", ">=", "8", "期"),
    ("≥3场且≤6场", ">=", "3", "场"),
    ("15-20天内", "<=", "20", "天"),
    ("30余户", ">", "30", "户"),
    ("200多人次", ">", "200", "人次"),
    ("约20余件", "≈", "20", "件"),
]


@pytest.mark.parametrize(("text", "comparator", "number", "unit"), TARGETS)
def test_a_target_with_a_number(text: str, comparator: str, number: str, unit: str | None) -> None:
    target = parse_target(text)
    assert (target.comparator, str(target.number), target.unit) == (comparator, number, unit)
    assert target.printed == text


@pytest.mark.parametrize(
    "text", ["及时", "不超部门预算", "规范、高效", "12月底前", "1-12月", "2024-2026年", "3-1", "甲400个；乙300个"]
)
def test_a_target_without_one_number_is_qualitative(text: str) -> None:
    target = parse_target(text)
    assert (target.number, target.qualitative) == (None, text)


def test_a_grade_keeps_a_missing_comparator() -> None:
    assert parse_grade("7").comparator is None
    assert parse_grade("＜70%").comparator == "<"


def test_the_wording_of_an_indicator_may_state_its_target() -> None:
    within = target_within("培训业务办理人员约100人。")
    assert within is not None
    assert (within.printed, within.comparator) == ("约100人", "≈")
    assert target_within("1、完成合同服务时长2、合同期内完成建设") is None
    assert target_within("按时发放补贴") is None


def test_actual_values_may_be_words() -> None:
    assert parse_actual("已按期完成").number is None
    assert (str(parse_actual("20件").number), parse_actual("20件").unit) == ("20", "件")


@pytest.mark.parametrize("text", ["不适用", "不适用。", "不涉及", "N/A"])
def test_cells_that_say_nothing_applies(text: str) -> None:
    assert is_not_applicable(text)
    assert is_empty(text)


def test_years_dates_and_numbers_of_documents_are_no_quantities() -> None:
    assert find_quantities("2023年8月底前，根据深财〔2013〕20号文，第3条") == []
