"""Figures printed in two places: table against table, prose against table, years, counts, contents."""

from __future__ import annotations

from tests.audited import FINAL, audit_text, brief, findings
from tests.texts import table

CODES = ["科目编码", "科目名称", "支出总计", "基本支出", "项目支出"]
ROWS = [
    ["", "合计", "34", "24", "10"],
    ["201", "一般公共服务支出", "30", "20", "10"],
    ["20108", "审计事务", "30", "20", "10"],
    ["2010801", "行政运行", "20", "20", "0"],
    ["2010804", "审计业务", "10", "0", "10"],
    ["205", "教育支出", "4", "4", "0"],
    ["20508", "进修及培训", "4", "4", "0"],
    ["2050803", "培训支出", "4", "4", "0"],
]


def both(rows: list[list[str]], other: list[list[str]]) -> str:
    return table("部门支出总表（按功能科目）", [CODES, *rows]) + table(
        "一般公共预算支出表（按功能科目）", [CODES, *other]
    )


def test_two_tables_of_one_budget_must_say_the_same_of_a_code() -> None:
    other = [list(row) for row in ROWS]
    other[3][2:4], other[4][2:] = ["21", "21"], ["9", "-1", "10"]
    kinds = {(found.kind, found.expected, found.actual) for found in findings(both(ROWS, other))}
    assert ("mismatch", 20, 21) in kinds


def test_a_table_of_a_part_of_the_budget_may_say_less() -> None:
    part = [["", "合计", "30", "20", "10"], *ROWS[1:5]]
    assert brief(both(ROWS, part)) == []


def test_projects_must_make_the_project_expenditure_of_their_code() -> None:
    text = both(ROWS, ROWS) + table(
        "项目支出绩效目标表",
        [
            ["功能分类", "功能分类", "项目名称", "项目金额", "绩效目标"],
            ["2010804", "审计业务", "投资审计", "6", "完成投资审计二十项。"],
            ["2010804", "审计业务", "经济责任审计", "3", "完成经济责任审计五项。"],
        ],
    )
    assert ("mismatch", "rounding", "10", "9") in brief(text)


def test_prose_must_say_what_the_tables_say() -> None:
    text = "2024年部门预算支出34万元，教育支出5万元。基本支出24万元。\n" + both(ROWS, ROWS)
    assert brief(text) == [("mismatch", "rounding", "4", "5")]
    assert brief(text.replace("教育支出5", "教育支出9")) == []  # perhaps of another scope
    assert brief(text.replace("教育支出5", "教育支出40")) == [("mismatch", "error", "4", "40")]


def test_a_figure_given_for_each_unit_is_no_contradiction() -> None:
    text = "甲中心项目支出7万元。\n\n乙中心项目支出3万元。\n" + both(ROWS, ROWS)
    assert brief(text) == []


def test_a_year_in_a_header_is_wrong_where_this_years_figures_stand_below() -> None:
    headed = [["科目编码", "科目名称", "2023年支出数", "", ""], ["", "", "合计", "基本支出", "项目支出"], *ROWS]
    text = table("部门支出总表（按功能科目）", [CODES, *ROWS]) + table("一般公共预算支出表", headed)
    assert ("year", "error", "2024", "2023") in brief(text)


def test_a_column_of_the_year_before_is_no_error() -> None:
    headed = [["科目编码", "科目名称", "2023年执行数", "2024年预算数"], ["201", "一般公共服务支出", "20", "30"]]
    assert brief(table("一般公共预算支出表", headed)) == []


def test_final_accounts_close_with_their_own_year() -> None:
    text = "截至2023年12月31日，共有车辆2辆。"
    assert brief(text, head=FINAL) == [("year", "error", "2024", "2023")]
    assert brief(text) == []


def test_a_stated_number_of_projects_is_held_against_the_table_it_cites() -> None:
    text = "2024年共3个项目纳入部门预算绩效管理（详见表四）。\n" + table(
        "表四 部门预算绩效管理项目情况表",
        [
            ["项目名称", "项目金额", "绩效目标"],
            ["投资审计", "6", "完成投资审计二十项。"],
            ["经济责任审计", "3", "完成经济责任审计五项。"],
        ],
    )
    assert brief(text) == [("mismatch", "error", "2", "3")]
    assert brief(text.replace("共3个", "共2个")) == []


PUBLIC = (
    "“三公”经费预算{}万元。其中：\n\n（一）因公出国（境）费用。预算数0万元。\n\n（二）公务接待费。预算数1万元。\n\n"
    "（三）公务用车购置和运行维护费。预算数9万元，其中：公务用车购置费0万元，公务用车运行维护费9万元。\n"
)


def test_the_kinds_of_a_known_metric_make_it() -> None:
    assert brief(PUBLIC.format(10)) == []
    assert ("sum", "error", "10", "17") in brief(PUBLIC.format(17))


def test_a_projects_budget_is_the_same_in_prose_and_table() -> None:
    text = (
        "1、投资审计项目预算6万元，主要包括：投资审计等工作。\n\n2、系统运维项目预算{}万元，主要包括：运维。\n"
        + table(
            "项目支出绩效目标表",
            [
                ["项目名称", "预算金额", "绩效目标"],
                ["投资审计", "6", "完成审计二十项。"],
                ["系统运维", "3", "系统稳定。"],
            ],
        )
    )
    assert brief(text.format(3)) == []
    assert brief(text.format(8)) == []  # perhaps of several years
    assert brief(text.format(30)) == [("mismatch", "error", "3", "30")]


def test_names_beside_a_count_are_counted() -> None:
    held = audit_text("共设3个科室，分别为办公室、审计一科、审计二科。").summary
    off = audit_text("共设4个科室，分别为办公室、审计一科、审计二科。").findings
    assert held.held["count"] == 1
    assert [(found.severity, found.expected, found.actual) for found in off] == [("notice", 3, 4)]


CONTENTS = "\n".join(
    ["目录", "", "(一) 收支总表", "(二) 收入总表", "(三) 支出总表", "(四) 项目支出总表", "(五) 政府采购预算表", ""]
)


def printed(*titles: str) -> str:
    return "".join(table(title, [["项目名称", "金额"], ["合计", "5"], ["维修", "5"]]) for title in titles)


def test_a_table_of_the_contents_that_is_not_printed_is_missing() -> None:
    text = CONTENTS + printed("收支总表", "支出总表", "项目支出总表", "政府采购预算表")
    missing = [found for found in findings(text) if found.kind == "missing"]
    assert [place.text for found in missing for place in found.places] == ["(二) 收入总表"]


def test_contents_that_hold_have_no_finding() -> None:
    text = CONTENTS + printed("收支总表", "收入总表", "支出总表", "项目支出总表", "政府采购预算表")
    assert [found for found in findings(text) if found.kind == "missing"] == []


def test_an_income_table_without_its_other_lines_is_found() -> None:
    text = table(
        "收支总表",
        [
            ["收入", "", "支出", ""],
            ["项目", "预算数", "项目", "预算数"],
            ["一、财政拨款", "34", "一、一般公共服务支出", "34"],
            ["收入总计", "34", "支出总计", "34"],
        ],
    ) + table("收入总表", [["科目编码", "科目名称", "收入总计"], ["2050803", "培训支出", "4"]])
    assert ("missing", "error", "34", "4") in brief(text)


def test_checks_that_hold_are_counted_and_have_no_finding() -> None:
    result = audit_text("2024年部门预算支出34万元。\n" + both(ROWS, ROWS))
    assert result.findings == ()
    assert result.summary.checked == result.summary.held
    assert result.summary.checked["cross_table"] > 10
