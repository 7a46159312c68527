"""Sums of tables: codes, rows, totals, numbered labels, lists; what rounding explains and what it doesn't."""

from __future__ import annotations

import pytest

from tests.audited import audit_text, brief
from tests.texts import table

HEADER = ["科目编码", "科目名称", "合计", "基本支出", "项目支出"]


def spending(*rows: list[str]) -> str:
    return table("部门支出总表（按功能科目）", [HEADER, *rows])


GOOD = [
    ["", "合计", "30", "20", "10"],
    ["201", "一般公共服务支出", "30", "20", "10"],
    ["20108", "审计事务", "30", "20", "10"],
    ["2010801", "行政运行", "20", "20", "0"],
    ["2010804", "审计业务", "10", "0", "10"],
]


def test_a_table_that_adds_up_has_no_finding_and_counts_its_checks() -> None:
    summary = audit_text(spending(*GOOD)).summary
    assert summary.findings == {}
    assert (summary.checked["hierarchy"], summary.checked["row_total"], summary.checked["column_total"]) == (6, 5, 3)
    assert summary.sums == summary.sums_held == 14


def test_a_code_that_is_not_the_sum_of_those_below_is_an_error() -> None:
    rows = [list(row) for row in GOOD]
    rows[3][2:4] = ["25", "25"]
    assert ("sum", "error", "35", "30") in brief(spending(*rows))
    assert ("sum", "error", "25", "20") in brief(spending(*rows))


def test_a_difference_within_the_printed_precision_is_rounding() -> None:
    rows = [list(row) for row in GOOD]
    rows[0][2] = rows[1][2] = rows[2][2] = "31"
    assert set(brief(spending(*rows))) == {("sum", "rounding", "30", "31")}


def test_a_part_printed_as_nothing_adds_no_tolerance() -> None:
    rows = [
        ["", "合计", "1221", "1221", "0"],
        ["301", "工资福利支出", "1105", "1105", "0"],
        ["302", "商品和服务支出", "78", "78", "0"],
        ["303", "对个人和家庭的补助", "40", "40", "0"],
        ["310", "资本性支出", "0", "0", "0"],
    ]
    text = table("一般公共预算支出表（按经济分类科目）", [HEADER, *rows])
    assert ("sum", "error", "1223", "1221") in brief(text)


def test_codes_of_four_levels_hang_on_the_nearest_printed_one() -> None:
    rows = [
        ["", "合计", "60", "60", "0"],
        ["301", "工资福利支出", "50", "50", "0"],
        ["30102", "津贴补贴", "30", "30", "0"],
        ["3010201", "规范性津补贴", "20", "20", "0"],
        ["3010202", "其他津补贴", "10", "10", "0"],
        ["30103", "奖金", "20", "20", "0"],
        ["3021101", "差旅费", "10", "10", "0"],
    ]
    assert brief(table("一般公共预算支出表（按经济分类科目）", [HEADER, *rows])) == []


def test_units_with_codes_of_their_own_are_added_up_apart() -> None:
    header = ["预算单位", *HEADER]
    rows = [
        ["某市某区审计局", "", "", "30", "20", "10"],
        ["某市某区审计局本级", "", "", "18", "10", "8"],
        ["", "201", "一般公共服务支出", "18", "10", "8"],
        ["某市某区审计中心", "", "", "12", "10", "2"],
        ["", "201", "一般公共服务支出", "13", "11", "2"],
    ]
    found = brief(table("支出总表", [header, *rows]))
    assert set(found) == {("sum", "error", "13", "12"), ("sum", "error", "11", "10")}


def test_a_total_is_held_against_its_numbered_labels_only() -> None:
    text = table(
        "财政拨款收支总表",
        [
            ["收入", "", "支出", ""],
            ["项目", "预算数", "项目", "预算数"],
            ["一、一般公共预算拨款", "90", "一、一般公共服务支出", "90"],
            ["（一）经费拨款", "60", "二、教育支出", "0"],
            ["（二）专项资金", "30", "", ""],
            ["二、政府性基金", "0", "", ""],
            ["本年收入合计", "0", "本年支出合计", "90"],
            ["上年结转", "0", "结转下年", "0"],
            ["收入总计", "90", "支出总计", "90"],
        ],
    )
    assert brief(text) == [("sum", "error", "90", "0")]


def test_circled_labels_make_their_subtotal_and_rates_with_a_formula_are_no_sums() -> None:
    text = table(
        "部门整体绩效自评表",
        [
            ["资金", "年度拨付金额④", "支出实现率(%)⑤=④/③"],
            ["财政资金小计", "0.00", "0.00"],
            ["①中央财政资金", "12.00", "80.00"],
            ["②省级财政资金", "30.00", "90.00"],
            ["其他资金小计", "5.00", "50.00"],
        ],
    )
    assert brief(text) == [("sum", "error", "42.00", "0.00")]


def test_income_and_expenditure_must_balance() -> None:
    text = table(
        "收支总表",
        [
            ["收入", "", "支出", ""],
            ["项目", "预算数", "项目", "预算数"],
            ["一、财政拨款", "90", "一、一般公共服务支出", "80"],
            ["收入总计", "90", "支出总计", "80"],
        ],
    )
    assert ("sum", "error", "90", "80") in brief(text)


@pytest.mark.parametrize(("total", "found"), [("100", []), ("107", [("sum", "error", "100", "107")])])
def test_a_plain_list_must_make_its_total(total: str, found: list[tuple[str, ...]]) -> None:
    text = table(
        "项目支出表",
        [
            ["项目名称", "预算金额"],
            ["合计", total],
            ["大楼维修", "30"],
            ["设备更新", "25"],
            ["系统运维", "45"],
        ],
    )
    assert brief(text) == found


def test_subtotals_inside_a_list_are_not_added_twice() -> None:
    text = table(
        "项目支出表",
        [
            ["项目名称", "预算金额"],
            ["合计", "100"],
            ["运行类", "55"],
            ["大楼维修", "30"],
            ["设备更新", "25"],
            ["发展类", "45"],
            ["系统运维", "20"],
            ["人员培训", "25"],
        ],
    )
    assert brief(text) == []


def test_the_parts_of_a_total_are_learned_from_the_rows() -> None:
    header = ["科目编码", "科目名称", "合计", "基本支出", "项目支出", "其中：政府采购"]
    rows = [[*row, "3"] for row in GOOD]
    rows[4][2] = "19"
    found = brief(table("部门支出总表（按功能科目）", [header, *rows]))
    assert ("sum", "error", "10", "19") in found
