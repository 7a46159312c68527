"""Prose against itself: 其中, changes and percentages, units, shares, comparing words."""

from __future__ import annotations

import pytest

from tests.audited import FINAL, brief, findings

ENUMERATIONS = [
    ("编制22人，其中行政编制12人，事业编制3人，雇员编制6人。", [("sum", "error", "21", "22")]),
    ("编制21人，其中行政编制12人，事业编制3人，雇员编制6人（专业岗5人、管理岗1人）。退休2人。", []),
    (
        "部门预算支出1790万元。包括：基本支出1060万元，其中：工资福利支出896万元、商品和服务支出164万元；项目支出731万元。",
        [("sum", "rounding", "1791", "1790")],
    ),
    ("购置及运行费23.00万元（购置费18.00万元，运行维护费5.00万元），较上年增加1万元。", []),
    ("政府采购100万元，其中：货物30万元，主要用于办公等。", []),
    ("预算310人，其中行政191人、事业119人，实有292人。", []),
]


@pytest.mark.parametrize(("text", "expected"), ENUMERATIONS)
def test_a_total_is_held_against_what_is_named_after_it(text: str, expected: list[tuple[str, ...]]) -> None:
    assert brief(text) == expected


CHANGES = [
    ("教育支出78万元，比2023年减少19万元，下降20%。", []),
    ("卫生支出16万元，比2023年减少3万元，下降15%。", [("percent", "rounding", "15.79", "15")]),
    ("住房支出169万元，比2023年减少5万元，下降7%。", [("percent", "error", "2.87", "7")]),
    ("办公设备16万元，较2023年减少23万元，降幅144%。", [("percent", "error", "58.97", "144")]),
    ("大楼修缮12万元，较2023年增加93万元，增长357%。", [("sum", "error", None, "93")]),
    ("收入500万元。其中：财政拨款500万元，上年结转0万元。比2023年增加100万元，增长25%。", []),
]


@pytest.mark.parametrize(("text", "expected"), CHANGES)
def test_a_change_must_fit_the_two_years(text: str, expected: list[tuple[str, ...]]) -> None:
    assert brief(text) == expected


def test_a_change_in_too_small_a_unit_is_seen_by_its_percentage() -> None:
    assert brief("教育支出8万元，比2023年减少2元，下降20%。") == [("unit", "error", "-20000", "-2")]


def test_a_change_below_the_last_printed_digit_is_a_slip_of_the_unit() -> None:
    assert brief("机关运行经费118万元，比2023年减少4元。") == [("unit", "error", "-40000", "-4")]


def test_a_change_in_yuan_of_an_amount_in_yuan_is_none() -> None:
    assert brief("教育支出80000元，比2023年减少20000元，下降20%。") == []


def test_changes_of_an_enumeration_prove_their_unit_by_the_total() -> None:
    text = (
        "部门预算支出100万元，比2023年下降9万元。具体如下：\n\n（一）教育支出60万元，比2023年减少6元，下降9%。\n\n"
        "（二）卫生支出40万元，比2023年减少3元，下降7%。\n"
    )
    slips = [found for found in findings(text) if found.kind == "unit"]
    assert [place.value for place in slips[0].places] == [6, 60, 9]
    assert len(slips) == 2


def test_shares_are_held_against_part_and_whole_and_a_hundred() -> None:
    text = "支出1790万元，其中：服务1519万元，占85%；教育102万元，占5.7%；住房169万元，占9.6%。"
    assert brief(text) == [("percent", "error", "9.44", "9.6"), ("percent", "rounding", "100", "100.3")]


WORDS = [
    ("年初预算为50万元，支出决算为48万元，完成年初预算的96%。决算数小于预算数的主要原因：节约。", []),
    ("年初预算为50万元，支出决算为48万元。决算数大于预算数的主要原因：节约。", [("text", "error", "50", "48")]),
    ("年初预算为50万元，支出决算为48万元，完成年初预算的69%。", [("percent", "error", "96.00", "69")]),
]


@pytest.mark.parametrize(("text", "expected"), WORDS)
def test_words_must_fit_budget_and_final_account(text: str, expected: list[tuple[str, ...]]) -> None:
    assert brief(text, head=FINAL) == expected


def test_a_name_left_blank_is_found() -> None:
    assert brief("第二部分 某市XX局2024年部门预算表") == [("text", "error", None, None)]
