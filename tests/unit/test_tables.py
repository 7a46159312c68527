"""What tables and columns mean, from titles and header words of many cities."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.extract.context import Recognised
from kg.extract.run import open_context
from kg.extract.tables.kinds import find_kind
from kg.read.assemble.column_roles import column_role
from kg.read.plain.reader import read_text
from tests.graphs import DOCUMENTS

TITLES = [
    ("部门收支总表", "income_expenditure"),
    ("收入支出决算总表", "income_expenditure"),
    ("2026年部门收支总体情况表", "income_expenditure"),
    ("部门收入总表", "income"),
    ("收入决算表", "income"),
    ("支出总表", "expenditure"),
    ("部门支出总体情况表", "expenditure"),
    ("财政拨款收支总表", "fiscal_income_expenditure"),
    ("政府预算拨款收支总表", "fiscal_income_expenditure"),
    ("财政拨款收入支出决算总表", "fiscal_income_expenditure"),
    ("一般公共预算支出表（按功能分类）", "general_function"),
    ("财政拨款支出预算表（功能科目）", "general_function"),
    ("一般公共预算支出表（按经济科目）", "general_economic"),
    ("一般公共预算基本支出情况表（按支出经济分类科目）", "general_economic"),
    ("政府性基金预算支出表", "government_fund"),
    ("国有资本经营预算财政拨款支出决算表", "state_capital"),
    ("一般公共预算“三公”经费支出表", "three_public"),
    ("财政拨款“三公”经费、会议费、培训费支出表", "three_public"),
    ("一般公共预算机关运行经费支出预算表", "operating"),
    ("政府采购预算表", "procurement"),
    ("财政拨款政府购买服务明细表", "purchased_services"),
    ("部门预算基本支出预算表", "basic_expenditure"),
    ("部门预算项目支出预算表", "project_expenditure"),
    ("上级专项转移支付支出预算表", "transfer"),
    ("基本建设项目资金预算表", "capital_construction"),
    ("非税收入预算表", "non_tax"),
    ("部门整体支出绩效目标表", "overall_goal"),
    ("项目支出绩效目标表（含转移支付项目）", "project_performance"),
    ("部门预算绩效管理项目情况表", "project_performance"),
    ("2021年度预算项目绩效自评表", "self_evaluation"),
    ("部门职责-工作活动绩效目标", "duty_activity"),
    ("固定资产占用情况表", "assets"),
    ("重点项目预算绩效目标情况", "key_projects"),
    ("部门机构设置情况", "organization"),
    ("通讯录", "unknown"),
]


@pytest.mark.parametrize(("title", "role"), TITLES)
def test_a_table_is_known_by_its_title(title: str, role: str) -> None:
    assert find_kind(title, "").name == role


COLUMNS = [
    ("科目编码", "", "code"),
    ("功能分类科目编码", "", "code"),
    ("科目名称", "", "name"),
    ("项目", "", "name"),
    ("项目名称", "", "project"),
    ("政府预算支出经济分类科目", "", "government_name"),
    ("政府经济科目编码", "", "government_code"),
    ("科目编码", "政府预算支出经济分类", "government_code"),
    ("类", "科目编码", "class_code"),
    ("单位编码", "", "unit_code"),
    ("预算单位", "", "budget_unit"),
    ("年度", "", "year"),
    ("行次", "", "sequence"),
    ("绩效目标", "", "goal"),
    ("项目申报依据", "", "basis"),
    ("项目内容", "", "content"),
    ("一级指标", "", "level1"),
    ("三级指标", "", "level3"),
    ("年度指标值", "", "target"),
    ("实际完成值", "", "actual"),
    ("指标性质", "", "nature"),
    ("度量单位", "", "quantity_unit"),
    ("分值", "", "weight"),
    ("自评得分", "", "got"),
    ("优", "评价标准", "grade_excellent"),
    ("数量", "", "quantity"),
    ("单价", "", "unit_price"),
    ("政府采购品目编号", "", "catalogue_code"),
    ("政府采购项目名称", "", "item"),
    ("购买方式", "", "method"),
    ("预算支出执行率", "", "percent"),
    ("整改情况", "", "rectification"),
    ("基本支出", "", None),
    ("合计", "", None),
]


@pytest.mark.parametrize(("leaf", "above", "role"), COLUMNS)
def test_a_column_is_known_by_its_header(leaf: str, above: str, role: str | None) -> None:
    assert column_role(leaf, above) == role


def recognised(text: str) -> Recognised:
    return open_context(read_text(text.encode(), file="x.txt")).tables[0]


def test_a_table_without_a_title_is_known_by_its_section() -> None:
    text = (
        "九、重点项目预算绩效目标情况\n\n2020年情况如下：\n\n项目名称\t预算（万元）\t绩效目标\n甲项目\t5\t提高能力。\n"
    )
    table = recognised(text)
    assert table.kind.name == "key_projects"
    assert [column.role for column in table.columns] == ["project", "amount", "goal"]
    assert table.columns[1].unit == "万元"


def test_income_and_expenditure_side_by_side_are_told_apart() -> None:
    table = recognised("收支总表\n\n收 入\t\t支 出\t\n项目\t预算数\t项目\t预算数\n一、拨款\t8\t一、教育支出\t8\n")
    assert [column.side for column in table.columns] == ["income", "income", "expenditure", "expenditure"]
    assert [column.group for column in table.columns] == [0, 0, 1, 1]
    assert table.columns[1].path == ("预算数",)


def test_of_two_columns_with_one_header_the_one_with_codes_is_the_code() -> None:
    table = recognised(
        "项目情况表\n\n功能分类\t功能分类\t项目名称\t金额\n2010308\t信访事务\t甲\t4\n2050803\t培训支出\t乙\t8\n"
    )
    assert [column.role for column in table.columns] == ["code", "name", "project", "amount"]
    assert table.scheme == "function"


def test_class_section_and_item_columns_under_one_header_are_told_by_their_order() -> None:
    table = recognised("支出决算表\n\n科目编码\t\t\t科目名称\t合计\n类\t款\t项\t合计\t9\n201\t06\t01\t行政运行\t9\n")
    assert [column.role for column in table.columns[:3]] == ["class_code", "section_code", "item_code"]


FORM = (
    "某市审计局整体支出绩效目标表\n\n单位：万元\n\n某市审计局\t\t某市审计局本级\t主管部门\t某市财政局\t\n"
    "年度主要任务\t任务名称\t主要内容\t预算金额（万元）\t\t\n\t\t\t总额\t其中：财政拨款\t其中：其他资金\n"
    "\t基本支出\t保障运转。\t12\t12\t0\n年度总体目标\t完成审计。\t\t\t\t\n"
    "年度绩效指标\t一级指标\t二级指标\t三级指标\t\t目标值\n\t产出指标\t数量指标\t审计项目数\t\t>10个\n"
)


def test_a_form_has_a_band_for_each_of_its_headers() -> None:
    table = recognised(FORM)
    assert table.kind.name == "overall_goal"
    assert len(table.bands) == 2
    first, second = table.bands
    assert [column.path[-1] for column in first.columns[3:]] == ["总额", "其中：财政拨款", "其中：其他资金"]
    assert (second.find("level1"), second.find("level3"), second.find("target")) == (1, 3, 5)
    assert second.label == "年度绩效指标"
    assert second.rows[0].text(3) == "审计项目数"


@pytest.mark.parametrize("path", sorted(DOCUMENTS.glob("*.txt")), ids=lambda path: path.name[:3])
def test_every_row_of_a_document_has_a_key_of_its_own(path: Path) -> None:
    context = open_context(read_text(path.read_bytes(), file=path.name))
    rows = [(table, row) for table in context.tables for row in (*table.table.header_rows, *table.table.rows)]
    assert len(rows) > 4
    assert len({table.key(row) for table, row in rows}) == len(rows)
    banded = [table.key(row) for table in context.tables for band in table.bands for row in band.rows]
    assert len(set(banded)) == len(banded)
