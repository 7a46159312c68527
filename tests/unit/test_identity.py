"""Whose document it is: department in full, year, kind, region, units, unit of its money."""

from __future__ import annotations

import pytest

from kg.extract.context import Identity
from kg.extract.identity.document import find_identity
from kg.extract.identity.regions import leading_divisions, to_region
from kg.read.plain.reader import read_text


def identity(text: str) -> Identity:
    return find_identity(read_text(text.encode(), file="x.txt"))


TITLES = [
    ("深圳市罗湖区档案局 2020 年部门预算", "深圳市罗湖区档案局", 2020, "部门预算"),
    ("2020 年\n广州市审计局部门预算", "广州市审计局", 2020, "部门预算"),
    ("上海市静安区财政局\n2024年度部门决算", "上海市静安区财政局", 2024, "部门决算"),
    ("2026年深圳市民政局（本级）部门预算", "深圳市民政局", 2026, "部门预算"),
    ("昆明市审计局（汇总）2026年预算公开", "昆明市审计局", 2026, "部门预算"),
    ("上海市2026年市级单位预算\n预算单位：上海市审计局", "上海市审计局", 2026, "单位预算"),
    ("国家某某局\n2026年度部门预算\n二〇二六年三月", "国家某某局", 2026, "部门预算"),
    ("江苏省人民检察院2017年部门预算", "江苏省人民检察院", 2017, "部门预算"),
    ("二〇二五年度无锡市审计局部门预算公开", "无锡市审计局", 2025, "部门预算"),
    ("重庆市商务委员会2026年部门预算情况说明", "重庆市商务委员会", 2026, "部门预算"),
]


@pytest.mark.parametrize(("title", "department", "year", "kind"), TITLES)
def test_the_title_says_whose_document_it_is(title: str, department: str, year: int, kind: str) -> None:
    found = identity(title + "\n\n目 录\n\n一、概况\n\n一、概况\n\n负责有关工作。\n")
    assert (found.department, found.fiscal_year, found.kind) == (department, year, kind)


def test_a_district_whose_name_is_unique_is_completed_with_its_city() -> None:
    found = identity("罗湖区档案局2020年部门预算\n")
    assert found.department == "深圳市罗湖区档案局"
    assert found.region.city == "深圳市"
    assert found.region.code == "440303"


def test_a_district_name_that_two_cities_share_is_completed_only_with_evidence() -> None:
    assert identity("普陀区档案局2020年部门预算\n").department == "普陀区档案局"
    assert identity("普陀区档案局2020年部门预算\n\n根据上海市有关规定执行。\n").department == "上海市普陀区档案局"


def test_a_bare_name_is_completed_from_the_owner_line() -> None:
    text = "2021年度区档案局预算项目绩效自评表\n\n单位: 万元\n\n部门名称(盖章): 罗湖区档案局\t\t\n序号\t项目名称\t金额\n1\t甲\t5\n"
    found = identity(text)
    assert (found.department, found.kind, found.fiscal_year) == ("深圳市罗湖区档案局", "绩效自评", 2021)
    assert set(found.aliases) == {"罗湖区档案局", "区档案局"}


def test_budget_units_are_those_the_prose_lists() -> None:
    found = identity(
        "深圳市罗湖区档案局2020年部门预算\n\n一、概况\n\n纳入编制范围的二级预算单位包括区档案局本级、区档案服务中心共2个基层单位。\n"
    )
    assert found.units == ("区档案局本级", "区档案服务中心")


def test_the_unit_of_most_figures_is_the_documents() -> None:
    text = (
        "某市审计局2020年部门预算\n\n收入5万元，支出5万元，项目1万元。\n\n支出表\n\n单位：元\n\n项目\t金额\n甲\t50000\n"
    )
    assert identity(text).amount_unit == "万元"


def test_a_notice_is_no_budget() -> None:
    found = identity(
        "四川省人民政府办公厅\n关于印发《某管理\n实施办法》的通知\n川办规〔2025〕11号\n\n第一条 为加强管理，制定本办法。\n"
    )
    assert found.kind == "其他"
    assert found.title == "四川省人民政府办公厅关于印发《某管理实施办法》的通知"
    assert (found.department, found.fiscal_year) == ("四川省人民政府办公厅", 2025)


def test_a_municipality_is_its_own_city() -> None:
    region = to_region(leading_divisions("上海市普陀区财政局")[-1])
    assert (region.province, region.city, region.district, region.code) == ("上海市", "上海市", "普陀区", "310107")


@pytest.mark.parametrize(
    "title",
    [
        "某省人民政府关于进一步深化预算管理制度改革的意见",
        "某市2025年预算执行情况和2026年预算草案的报告",
        "关于印发《某市市级部门项目支出绩效管理办法》的通知",
        "关于某市2024年度本级预算执行和其他财政收支的审计工作报告",
    ],
)
def test_a_document_about_budgets_is_no_budget(title: str) -> None:
    assert identity(title + "\n\n现将有关事项通知如下，请认真贯彻执行。\n").kind == "其他"
