"""Items of procurement and purchased services, with code, quantity and what funds them."""

from __future__ import annotations

from decimal import Decimal

from kg.extract.tables.procurement import extract_procurements
from tests.texts import read_projects, table

BOUGHT = table(
    "政府采购预算表",
    [
        [
            "单位编码",
            "单位名称（支出项目名称）",
            "政府采购项目名称",
            "政府采购品目名称",
            "政府采购品目编号",
            "数量",
            "计量单位",
            "总计",
            "一般公共预算",
        ],
        ["", "合 计", "", "", "", "", "", "22.60", "22.60"],
        ["", "其中：货物类", "", "", "", "", "", "22.60", "22.60"],
        ["161001", "某市某区审计局", "", "", "", "", "", "22.60", "22.60"],
        ["", "基本支出", "", "", "", "", "", "1.20", "1.20"],
        ["161001", "公用经费", "空调", "A02061802030 1 普通空调机", "A02061802030 1", "2", "台", "1.20", "1.20"],
        ["", "项目支出", "", "", "", "", "", "21.40", "21.40"],
        ["", "购置经费", "", "", "", "", "", "21.40", "21.40"],
        ["161001", "车辆购置经费", "购置公务用车", "A020305 乘用车（轿车）", "A020305", "1", "辆", "21.40", "21.40"],
    ],
)


def test_items_are_told_from_sums_and_funded_by_the_project_above() -> None:
    air, car = extract_procurements(*read_projects(BOUGHT))
    assert (air.name, air.code, air.catalogue) == ("空调", "A020618020301", "普通空调机")
    assert (air.quantity, air.quantity_unit, air.amount) == (Decimal(2), "台", Decimal("1.20"))
    assert (air.funding_project, air.funding_line) == (None, "公用经费")
    assert (car.funding_project, car.funding_line) == ("购置经费", "车辆购置经费")
    assert car.value_yuan == Decimal(214000)


def test_categories_of_a_plain_catalogue_are_no_items() -> None:
    text = table(
        "政府采购预算表",
        [
            ["品目编码", "品目名称", "金额"],
            ["", "合计", "74.40"],
            ["A", "货物类", "4.40"],
            ["A030105", "空调", "4.40"],
            ["C", "服务类", "70.00"],
            ["C1000", "物业管理", "70.00"],
        ],
    )
    assert [(r.code, r.name) for r in extract_procurements(*read_projects(text))] == [
        ("A030105", "空调"),
        ("C1000", "物业管理"),
    ]


def test_purchased_services_name_the_narrowest_catalogue() -> None:
    text = table(
        "政府购买服务预算表",
        [
            ["单位名称(支出项目名称)", "一级目录", "二级目录", "三级目录", "购买方式", "总计", "一般公共预算"],
            ["合 计", "", "", "", "", "36.00", "36.00"],
            ["项目支出", "", "", "", "", "36.00", "36.00"],
            ["审计外包项目", "", "", "", "", "36.00", "36.00"],
            ["审计辅助服务", "社会事务服务", "社工服务类", "其他社工服务", "服务外包", "36.00", "36.00"],
        ],
    )
    (item,) = extract_procurements(*read_projects(text))
    assert (item.name, item.method, item.funding_project) == ("其他社工服务", "服务外包", "审计外包项目")
    assert item.catalogue == "社会事务服务/社工服务类/其他社工服务"


def test_accounts_that_pay_are_no_items() -> None:
    rows = [["科目编码", "科目名称", "合计"], ["2010801", "行政运行", "12.5"], ["2010804", "审计业务", "30"]]
    assert list(extract_procurements(*read_projects(table("政府采购预算表", rows)))) == []


def test_a_row_without_a_catalogue_entry_is_a_sum_where_the_others_have_one() -> None:
    rows = [
        ["采购项目", "采购目录", "数量", "预算金额"],
        ["合计", "", "3", "60"],
        ["全额", "", "3", "60"],
        ["日常公用经费", "C0808社会与管理咨询服务", "1", "10"],
        ["审计业务", "C0602展览服务", "1", "20"],
        ["审计业务", "C0806广告服务", "1", "30"],
    ]
    records = list(extract_procurements(*read_projects(table("政府采购预算表", rows))))
    assert [(record.code, record.amount) for record in records] == [("C0808", 10), ("C0602", 20), ("C0806", 30)]


def test_purchased_services_are_known_by_their_section_where_the_table_has_no_title() -> None:
    text = "八、政府购买服务预算情况\n\n单位：万元\n\n购买服务项目名称\t数量\t金额\n档案整理服务\t1\t10\n\n"
    context, projects = read_projects(text)
    records = list(extract_procurements(context, projects))
    assert [(record.table_kind, record.name) for record in records] == [("purchased_services", "档案整理服务")]
