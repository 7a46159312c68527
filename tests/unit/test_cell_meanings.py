"""What each cell of a table means, over the layouts that finance offices print: one small table a layout."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from kg.extract.run import extract_records
from kg.read.html.reader import read_html
from kg.records import AmountRecord, DocumentRecord, ProcurementRecord, Record
from kg.settings import Settings

BUDGET, ACCOUNT = "襄阳市园林局2025年部门预算", "襄阳市园林局2024年度部门决算"
_SPAN = re.compile(r"@(?:r(?P<rows>\d))?(?:c(?P<columns>\d))?$")


def records(title: str, caption: str, rows: list[str]) -> tuple[Record, ...]:
    """Return the records of a page with one table; cells stand between bars, `@r2c3` says rows and columns spanned."""
    html = "".join(f"<tr>{''.join(map(_cell, row.split('|')))}</tr>" for row in rows)
    page = f"<h1>{title}</h1><p>{caption}</p><p>单位：万元</p><table border=1>{html}</table>"
    data = f'<html><head><meta charset="utf-8"></head><body>{page}</body></html>'.encode()
    return tuple(extract_records(read_html(data, settings=Settings(), file="x.html")).records)


def _cell(cell: str) -> str:
    span = _SPAN.search(cell)
    if span is None:
        return f"<td>{cell.strip()}</td>"
    return f"<td rowspan={span['rows'] or 1} colspan={span['columns'] or 1}>{cell[: span.start()].strip()}</td>"


def amounts(title: str, caption: str, rows: list[str]) -> list[AmountRecord]:
    return [record for record in records(title, caption, rows) if isinstance(record, AmountRecord)]


def meanings(title: str, caption: str, rows: list[str], *fields: str) -> list[tuple[object, ...]]:
    """Return value and the named fields of each amount, in the order of the table."""
    return [
        (str(amount.value), *(getattr(amount, field) for field in fields)) for amount in amounts(title, caption, rows)
    ]


@pytest.mark.parametrize("title", [BUDGET, ACCOUNT, "襄阳市园林局2025年单位预算公开"])
def test_the_title_of_the_document_is_no_tables_title(title: str) -> None:
    rows = ["收入|@c1|支出|@c1", "项目|预算数|项目|预算数", "财政拨款|5.00|城乡社区支出|5.00"]
    html = "".join(f"<tr>{''.join(map(_cell, row.split('|')))}</tr>" for row in rows)
    data = f'<html><meta charset="utf-8"><p>{title}</p><p>单位：万元</p><table border=1>{html}</table></html>'.encode()
    found = extract_records(read_html(data, settings=Settings(), file="x.html")).records
    named = [(item.source.place.table, item.unit) for item in found if isinstance(item, AmountRecord)]
    assert named == [("第1张表", "万元")] * 2
    assert next(item.title for item in found if isinstance(item, DocumentRecord)) == title


def test_change_in_a_level_above_is_a_change_in_every_column_below() -> None:
    rows = [
        "单位名称@r2|2024年预算@c2|2025年预算@c2|比上年增减情况@c2",
        "合计|会议费|合计|会议费|合计|会议费",
        "襄阳市园林局|7.00|3.00|9.00|4.00|2.00|1.00",
    ]
    assert meanings(BUDGET, "会议费对比表", rows, "measure", "year", "stage")[2:] == [
        ("9.00", "total", 2025, "budget"),
        ("4.00", "meeting", 2025, "budget"),
        ("2.00", "change", None, "budget"),
        ("1.00", "change", None, "budget"),
    ]


def test_years_above_stages_and_changes() -> None:
    rows = [
        "项目@r2|2024年@c2|2025年@c3",
        "预算数|执行数|预算数|增减额|增减率（%）",
        "公务接待费|6.00|5.50|4.50|-1.50|-25.00",
    ]
    assert meanings(BUDGET, "一般公共预算“三公”经费预算表", rows, "stage", "year", "unit", "measure")[:3] == [
        ("6.00", "previous_budget", 2024, "万元", "total"),
        ("5.50", "executed", 2024, "万元", "total"),
        ("4.50", "budget", 2025, "万元", "total"),
    ]
    changed = meanings(BUDGET, "一般公共预算“三公”经费预算表", rows, "year", "unit", "measure")[3:]
    assert changed == [("-1.50", None, "万元", "change"), ("-25.00", None, "%", "change")]


@pytest.mark.parametrize("label", ["项目", "单位名称", "部门（单位）名称", "项目名称"])
def test_a_header_that_spans_columns_is_no_form_whatever_it_begins_with(label: str) -> None:
    first = "襄阳市园林局" if "单位" in label else "合计"
    rows = [f"{label}@r2|2023年@c2|2024年@c2", "培训费|会议费|培训费|会议费", f"{first}|1.10|2.20|3.30|4.40"]
    assert meanings(ACCOUNT, "会议费、培训费对比表", rows, "header", "measure", "year") == [
        ("1.10", ("2023年", "培训费"), "training", 2023),
        ("2.20", ("2023年", "会议费"), "meeting", 2023),
        ("3.30", ("2024年", "培训费"), "training", 2024),
        ("4.40", ("2024年", "会议费"), "meeting", 2024),
    ]


def test_rows_of_stages_name_what_the_table_is_of() -> None:
    rows = [
        "项目@r2|“三公”经费@c3|培训费@r2",
        "小计|公务接待费|公务用车运行维护费",
        "年初预算数|8.00|3.00|5.00|2.00",
        "决算数|6.50|2.50|4.00|1.50",
    ]
    found = meanings(ACCOUNT, "“三公”经费及培训费决算表", rows, "name", "stage", "measure", "year")
    assert found[0] == ("8.00", "“三公”经费", "budget", "total", 2024)
    assert found[4:] == [
        ("6.50", "“三公”经费", "final", "total", 2024),
        ("2.50", "“三公”经费", "final", "reception", 2024),
        ("4.00", "“三公”经费", "final", "vehicle_running", 2024),
        ("1.50", "“三公”经费", "final", "training", 2024),
    ]


def test_rows_of_years_and_changes_are_of_their_year() -> None:
    rows = [
        "项目|合计|公务接待费",
        "2024年预算数|10.00|4.00",
        "2025年预算数|8.00|3.00",
        "增减额|-2.00|-1.00",
        "增减率|-20.00%|-25.00%",
    ]
    assert meanings(BUDGET, "“三公”经费预算情况表", rows, "stage", "year", "unit", "measure")[1::2] == [
        ("4.00", "previous_budget", 2024, "万元", "reception"),
        ("3.00", "budget", 2025, "万元", "reception"),
        ("-1.00", "budget", None, "万元", "change"),
        ("-25.00", "budget", None, "%", "change"),
    ]


def test_a_last_level_of_years_or_stages_leaves_the_measure_above() -> None:
    rows = [
        "单位名称@r2|基本支出@c2|项目支出@c2|合计@c2",
        "2023年决算数|2024年决算数|2023年决算数|2024年决算数|2023年决算数|2024年决算数",
        "襄阳市园林局|5.00|6.00|1.00|2.00|6.00|8.00",
    ]
    assert meanings(ACCOUNT, "支出决算对比表", rows, "measure", "year", "stage") == [
        ("5.00", "basic", 2023, "final"),
        ("6.00", "basic", 2024, "final"),
        ("1.00", "project", 2023, "final"),
        ("2.00", "project", 2024, "final"),
        ("6.00", "total", 2023, "final"),
        ("8.00", "total", 2024, "final"),
    ]


@pytest.mark.parametrize("source", ["上年实户资金余额", "上年度存量资金", "上年结转"])
def test_money_left_from_last_year_is_a_source_of_this_years_budget(source: str) -> None:
    rows = [f"科目编码|科目名称|合计|财政拨款|{source}", "2120501|城乡社区环境卫生|12.00|9.00|3.00"]
    assert meanings(BUDGET, "部门支出总表", rows, "stage", "year")[2] == ("3.00", "budget", 2025)


def test_last_years_budget_stays_last_years() -> None:
    rows = ["项目|上年预算数|本年预算数|比上年增减", "公务接待费|4.00|3.00|-1.00"]
    assert meanings(BUDGET, "“三公”经费预算表", rows, "stage", "year", "measure") == [
        ("4.00", "previous_budget", 2024, "total"),
        ("3.00", "budget", 2025, "total"),
        ("-1.00", "budget", None, "change"),
    ]


def test_a_blank_header_cell_takes_nothing_from_a_neighbour_without_parts() -> None:
    rows = ["科目@r2||本年安排@c2", "总额|基本支出|项目支出", "2120501城乡社区环境卫生|9.00|5.00|4.00"]
    assert meanings(BUDGET, "部门支出总表", rows, "header") == [
        ("9.00", ("总额",)),
        ("5.00", ("本年安排", "基本支出")),
        ("4.00", ("本年安排", "项目支出")),
    ]


@pytest.mark.parametrize("mark", ["**", "栏目", "栏次", "甲"])
def test_one_column_number_is_no_amount(mark: str) -> None:
    assert amounts(BUDGET, "政府性基金预算支出表", ["功能科目|本年支出", f"{mark}|1", "合计|"]) == []


def test_a_share_is_not_the_total_of_its_row() -> None:
    rows = [
        "科目编码@r2|科目名称@r2|合计@r2|项目支出@c2",
        "小计|剔除基本建设后预算数",
        "2120501|城乡社区环境卫生|9.00|4.00|1.00",
    ]
    assert [measure for _, measure in meanings(BUDGET, "部门支出总表", rows, "measure")] == [
        "total",
        "project",
        "other",
    ]


def test_carried_over_money_is_told_from_this_years_under_equal_names() -> None:
    rows = [
        "科目编码@r2|科目名称@r2|当年预算@c2|上年结转结余@c2",
        "基本支出|项目支出|基本支出|小计",
        "2120501|城乡社区环境卫生|5.00|4.00|1.00|1.00",
    ]
    assert [measure for _, measure in meanings(BUDGET, "部门支出总表", rows, "measure")] == [
        "basic",
        "project",
        "carryover",
        "carryover",
    ]


CLASSIFIED = [
    (["功能分类科目|政府预算经济科目|部门预算经济科目|合计", "2120101-行政运行|50201-办公经费|30201-办公费|7.00"]),
    (
        [
            "功能科目编码|功能科目名称|部门经济科目编码|部门经济科目名称|政府经济科目编码|政府经济科目名称|金额",
            "2120101|行政运行|30201|办公费|50201|办公经费|7.00",
        ]
    ),
]


@pytest.mark.parametrize("rows", CLASSIFIED)
def test_codes_of_three_classifications_in_a_row_are_kept(rows: list[str]) -> None:
    assert meanings(BUDGET, "支出明细表", rows, "code", "scheme", "government_code", "economic_code", "name") == [
        ("7.00", "2120101", "function", "50201", "30201", "行政运行")
    ]


def test_codes_left_of_a_name_are_of_the_names_classification() -> None:
    rows = [
        "科目编码@c2|部门预算支出经济分类科目名称@r2|科目编码@c2|政府预算支出经济分类科目名称@r2|金额@r2",
        "类|款|类|款",
        "302|01|办公费|502|01|办公经费|7.00",
    ]
    found = meanings(BUDGET, "一般公共预算基本支出表", rows, "code", "government_code", "economic_code", "name")
    assert found == [("7.00", "30201", "50201", None, "办公费")]


def test_a_purchase_is_named_by_its_deepest_level() -> None:
    rows = [
        "购买服务目录@c3|预算金额@r2",
        "一级|二级|三级",
        "01公共服务|0105生态保护服务|园林绿化管护服务|30.00",
        "02辅助性服务|0202会计服务||5.00",
    ]
    read = records(BUDGET, "政府购买服务预算表", rows)
    bought = [(item.name, str(item.amount)) for item in read if isinstance(item, ProcurementRecord)]
    assert bought == [("园林绿化管护服务", "30.00"), ("0202会计服务", "5.00")]
    named = [item.name for item in read if isinstance(item, AmountRecord)]
    assert named == ["园林绿化管护服务", "0202会计服务"]


def test_percentages_in_accounting_brackets_are_negative() -> None:
    rows = ["项目|2025年|2024年|增减（%）", "公务接待费|4.00|5.00|(20.00%)", "培训费|1.00|2.00|（50.00）%"]
    assert [amount.value for amount in amounts(BUDGET, "“三公”经费预算表", rows) if amount.unit == "%"] == [
        Decimal("-20.00"),
        Decimal("-50.00"),
    ]


@pytest.mark.parametrize("mark", ["—", "/", "－－", "-"])
def test_a_mark_in_place_of_a_number_is_a_zero_that_is_told(mark: str) -> None:
    rows = ["项目|2025年预算数|2024年预算数", f"因公出国（境）费|{mark}|2.00", f"公务接待费|4.00|{mark}"]
    found = meanings(BUDGET, "“三公”经费预算表", rows, "name", "implied", "year")
    assert found == [
        ("0", "因公出国（境）费", True, 2025),
        ("2.00", "因公出国（境）费", False, 2024),
        ("4.00", "公务接待费", False, 2025),
        ("0", "公务接待费", True, 2024),
    ]
    head = next(item for item in records(BUDGET, "“三公”经费预算表", rows) if isinstance(item, DocumentRecord))
    assert (head.coverage.numbers, head.coverage.accounted) == (4, 4)


def test_a_column_of_marks_alone_is_still_one_of_amounts() -> None:
    rows = ["科目编码|科目名称|合计|政府性基金", "2120501|城乡社区环境卫生|9.00|—", "2120101|行政运行|7.00|—"]
    assert [item.implied for item in amounts(BUDGET, "部门支出总表", rows)] == [False, True, False, True]


def test_a_label_that_ends_like_a_change_is_a_name() -> None:
    rows = ["项目名称|金额", "差额单位补助|5.00", "差额|3.00"]
    assert {year for _, year in meanings(BUDGET, "项目支出表", rows, "year")} == {2025}


def test_lists_side_by_side_are_each_of_their_own_classification() -> None:
    rows = [
        "支出功能分类科目|预算数|部门预算支出经济分类科目|预算数",
        "一、城乡社区支出|9.00|一、人员经费支出|6.00",
        "二、农林水支出|1.00|二、公用经费支出|4.00",
    ]
    assert [scheme for _, scheme in meanings(BUDGET, "部门支出总表", rows, "scheme")] == ["function", "economic"] * 2


def test_budget_adjusted_during_the_year_paid_and_left() -> None:
    rows = [
        "资金来源@r2|预算安排@c3|拨付情况@c2",
        "年初预算金额①|年中调整金额②|小计③=①+②|年度拨付金额④|资金拨付率（%）⑤=④/③",
        "财政资金|8.00|1.00|9.00|6.00|66.67",
    ]
    found = meanings("襄阳市园林局2024年度部门整体绩效自评报告", "部门整体支出绩效自评表", rows, "stage", "unit")
    assert [stage for _, stage, _ in found] == ["budget", "adjusted", "adjusted", "executed", "executed"]
    assert found[-1][2] == "%"


def test_the_fund_in_the_heading_of_three_public_expenses_is_not_what_the_total_measures() -> None:
    rows = [
        "项目@r2|2025年“三公”经费预算数（财政拨款）@c2",
        "小计|公务接待费",
        "襄阳市园林局|5.00|2.00",
    ]
    assert [measure for _, measure in meanings(BUDGET, "“三公”经费支出情况表", rows, "measure")] == [
        "total",
        "reception",
    ]


def test_the_code_of_a_project_library_is_no_part_of_a_name() -> None:
    rows = ["项目名称|金额", "42060025T000000123456-古树名木保护经费|5.00"]
    assert meanings(BUDGET, "项目支出表", rows, "name", "project") == [("5.00", "古树名木保护经费", "古树名木保护经费")]
