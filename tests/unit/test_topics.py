"""One word for what a number measures, whatever the form of the table or the turn of phrase."""

from __future__ import annotations

import pytest

from kg.triples.topics import find_aspect, find_metric_topic, find_table_topic, is_total, plain_row

THREE = "three_public"
CASES = [
    # Years in rows, items in columns (Shenzhen).
    (THREE, "“三公”经费", ("合计",), "three_public_total"),
    (THREE, "2020年", ("合计",), "three_public_total"),
    (THREE, "2020年", ("公务用车购置及运行维护费", "小计"), "three_public_vehicles"),
    (THREE, "2020年", ("公务用车购置及运行维护费", "公务用车购置费"), "three_public_vehicle_purchase"),
    (THREE, "2020年", ("公务用车购置及运行维护费", "公务用车运行维护费"), "three_public_vehicle_running"),
    # Items in rows, funds in columns (Guangzhou): only the whole counts.
    (THREE, "“三公”经费总额", ("合计",), "three_public_total"),
    (THREE, "“三公”经费总额", ("一般公共预算",), None),
    (THREE, "其中：（一）因公出国（境）费", ("合计",), "three_public_abroad"),
    (THREE, "行政经费", ("合计",), "operating_expenses"),
    # Several quantities side by side (Shanghai, Wuxi).
    (THREE, "“三公”经费", ("机关运行经费预算数",), "operating_expenses"),
    (THREE, "“三公”经费", ("会议费",), "meeting_expenses"),
    (THREE, "“三公”经费", ("“三公”经费预算数", "公务用车购置及运行费", "运行费"), "three_public_vehicle_running"),
    # Expenditure: the column decides, whatever the row.
    ("expenditure", "信访事务", ("支出总计",), "total_expenditure"),
    ("expenditure", "合计", ("支出预算", "基本支出"), "basic_expenditure"),
    ("general_function", "合计", ("2026年预算数", "年初预算数", "小计"), "total_expenditure"),
    ("general_function", "合计", ("一般公共预算支出", "项目支出", "小计"), "project_expenditure"),
    ("general_function", "合计", ("一般公共预算支出", "项目支出", "部门项目支出"), None),
    ("general_economic", "差旅费", ("2020年一般公共预算项目支出",), "project_expenditure"),
    ("income_expenditure", "收入总计", ("2020年预算",), "total_income"),
    ("procurement", "合计", ("总计",), "procurement_total"),
    ("procurement", "合计", ("财政拨款", "合计"), None),
    ("procurement", "其中：货物类", ("总计",), "procurement_goods"),
    ("assets", "资产总额", ("价值（金额单位：万元）",), "fixed_assets"),
    ("unknown", "合计", ("总计",), None),
]


@pytest.mark.parametrize(("kind", "row", "header", "topic"), CASES)
def test_a_cell_has_the_topic_of_its_form(kind: str, row: str, header: tuple[str, ...], topic: str | None) -> None:
    assert len(CASES) >= 20
    assert find_table_topic(kind, "", row, header) == topic


def test_a_table_of_basic_expenditure_breaks_that_down() -> None:
    title = "一般公共预算基本支出情况表"
    assert find_table_topic("general_economic", title, "基本工资", ("2020年预算",)) == "basic_expenditure"
    assert find_table_topic("general_economic", "支出表", "基本工资", ("2020年预算",)) == "total_expenditure"


@pytest.mark.parametrize(
    ("row", "header", "aspect"),
    [
        ("2020年", ("合计",), "level"),
        ("增减变化金额", ("合计",), "change"),
        ("信访事务", ("较上年增减", "增减率"), "percent"),
        ("教育支出", ("占比",), "share"),
    ],
)
def test_an_aspect_is_told_from_row_and_header(row: str, header: tuple[str, ...], aspect: str) -> None:
    assert find_aspect(row, header) == aspect


def test_metrics_of_prose_have_the_same_topics() -> None:
    assert find_metric_topic("“三公”经费预算_同比变化额") == "three_public_total"
    assert find_metric_topic("退休人数") == "retired_staff"
    assert find_metric_topic("从未听说的量") is None


def test_rows_lose_their_numbering_only() -> None:
    assert [plain_row(row) for row in ("一、一般公共服务支出", "1.公务用车购置费", "（二）其他", "三公经费")] == [
        "一般公共服务支出",
        "公务用车购置费",
        "其他",
        "三公经费",
    ]
    assert is_total("合 计") and not is_total("合计数说明")
