"""Amounts: row name, code, header path, year, stage, unit and 元 of each printed number."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.extract.run import extract_records, open_context
from kg.extract.tables.amounts import extract_amounts
from kg.read.plain.reader import read_text
from kg.records import AmountRecord

HEAD = "2020年某市审计局部门预算\n\n某市审计局2020年部门预算收入8万元。\n\n"


def amounts(text: str, head: str = HEAD) -> list[AmountRecord]:
    return list(extract_amounts(open_context(read_text((head + text).encode(), file="x.txt"))))


def test_a_number_becomes_a_record_with_all_that_is_said_of_it() -> None:
    first = amounts("支出总表\n\n单位：万元\n\n科目编码\t科目名称\t合计\t基本支出\n2010801\t行政运行\t1,790.50\t8\n")[0]
    assert (first.table_kind, first.scheme, first.code, first.name) == (
        "expenditure",
        "function",
        "2010801",
        "行政运行",
    )
    assert (first.header, first.measure, first.stage, first.year) == (("合计",), "total", "budget", 2020)
    assert (str(first.value), first.unit, first.value_yuan) == ("1790.50", "万元", Decimal(17905000))
    assert (first.source.text, first.source.place.line, first.source.place.col) == ("1,790.50", 10, 3)


CODES = [
    ("[2014004]信访业务", "2014004", "信访业务"),
    ("2150701-行政运行", "2150701", "行政运行"),
    ("20103 08信访事务", "2010308", "信访事务"),
    ("〔501〕机关工资", "501", "机关工资"),
    ("3021101-差旅费", "3021101", "差旅费"),
    ("合 计", None, "合计"),
]


@pytest.mark.parametrize(("cell", "code", "name"), CODES)
def test_codes_are_read_in_every_printed_style(cell: str, code: str | None, name: str) -> None:
    record = amounts(f"支出表\n\n单位：元\n\n科目\t合计\n{cell}\t5\n")[0]
    assert (record.code, record.name) == (code, name)


def test_codes_over_three_columns_take_their_class_from_above() -> None:
    text = "支出表\n\n单位：元\n\n科目编码\t\t\t科目名称\t合计\n类\t款\t项\t\t\n205\t\t\t教育支出\t3\n\t08\t\t进修\t3\n\t\t03\t培训\t3\n"
    assert [record.code for record in amounts(text)] == ["205", "20508", "2050803"]


def test_both_economic_classifications_stand_on_one_amount() -> None:
    record = amounts(
        "基本支出表\n\n单位：元\n\n政府预算经济分类\t部门预算经济分类\t预算\n[50101]工资\t[30101]基本工资\t5\n"
    )[0]
    assert (record.code, record.government_code, record.name, record.scheme) == (
        "30101",
        "50101",
        "基本工资",
        "economic",
    )


def test_the_unit_is_the_headers_the_tables_or_the_documents() -> None:
    one, two = amounts("支出表\n\n单位：元\n\n项目\t合计\t其中（万元）\n甲\t5\t6\n")
    assert (one.unit, two.unit) == ("元", "万元")
    assert amounts("支出表\n\n项目\t合计\n甲\t5\n")[0].unit == "万元"


def test_counts_and_percents_are_no_money() -> None:
    count, rate = amounts("采购表\n\n单位：元\n\n采购项目\t数量\t计量单位\t执行率\n空调\t5\t台\t98.5%\n")
    assert (count.unit, count.value_yuan) == ("台", None)
    assert (rate.unit, rate.value, rate.value_yuan) == ("%", Decimal("98.5"), None)


def test_years_and_stages_come_from_header_words() -> None:
    records = amounts(
        "预算表\n\n单位：元\n\n项目\t2019年预算数\t2020年预算数\t上年决算数\t调整预算数\t增减额\n甲\t11\t12\t13\t14\t15\n"
    )
    assert [(record.year, record.stage) for record in records] == [
        (2019, "previous_budget"),
        (2020, "budget"),
        (2019, "final"),
        (2020, "adjusted"),
        (None, "budget"),
    ]


def test_a_header_year_carried_over_from_last_years_form_is_this_year() -> None:
    record = amounts("支出预算表\n\n单位：元\n\n科目编码\t2019年支出数\t\n\t合计\t基本支出\n201\t5\t5\n")[0]
    assert record.year == 2020
    assert record.header == ("2019年支出数", "合计")


def test_a_final_account_is_of_the_stage_final() -> None:
    text = "收支决算总表\n\n单位：万元\n\n项目\t金额\n拨款\t5\n"
    assert amounts(text, head="2024年度某市审计局部门决算\n\n")[0].stage == "final"


def test_years_down_the_rows_are_the_years_of_their_numbers() -> None:
    records = amounts("“三公”经费支出表\n\n单位：元\n\n年度\t合计\n2019年\t11\n2020年\t10\n增减变化金额\t-1\n")
    assert [(record.year, record.name) for record in records] == [
        (2019, "“三公”经费"),
        (2020, "“三公”经费"),
        (None, "“三公”经费增减变化金额"),
    ]


def test_the_rows_below_a_budget_unit_are_its_rows() -> None:
    text = "支出表\n\n单位：元\n\n预算单位\t科目编码\t科目名称\t合计\n某局本级\t\t\t8\n\t201\t服务\t5\n某中心\t\t\t3\n\t201\t服务\t3\n"
    assert [record.budget_unit for record in amounts(text)] == ["某局本级", "某局本级", "某中心", "某中心"]


def test_lists_side_by_side_name_their_own_numbers() -> None:
    text = "基本支出表\n\n单位：元\n\n科目编码\t科目名称\t金额\t科目编码\t科目名称\t金额\n301\t工资\t5\t302\t商品\t6\n"
    assert [(record.code, record.name) for record in amounts(text)] == [("301", "工资"), ("302", "商品")]


def test_in_a_form_a_number_is_named_by_the_label_at_its_left() -> None:
    text = (
        "项目绩效目标表\n\n项目名称\t甲项目\t\t\n资金（元）\t年度总额\t其中：拨款\t其他\n"
        "一级指标\t二级指标\t三级指标\t指标值\n产出\t数量\t份数\t5\n"
    )
    assert amounts(text) == []
    text = text.replace("年度总额\t其中：拨款", "年度总额：\t500")
    record = amounts(text)[0]
    assert (record.name, record.unit) == ("年度总额", "元")


def test_a_document_that_is_no_budget_has_no_amounts() -> None:
    text = "某省人民政府办公厅关于印发某办法的通知\n\n某办规〔2025〕11号\n\n级别\t人数\n一级\t5\n二级\t7\n"
    document = read_text(text.encode(), file="x.txt")
    records = extract_records(document).records
    assert not [record for record in records if isinstance(record, AmountRecord)]
    assert records[0].kind == "其他"  # type: ignore[union-attr]


def test_a_table_of_no_known_kind_gives_its_amounts_and_an_issue() -> None:
    document = read_text((HEAD + "某某\n\n单位：元\n\n甲\t乙丙\n春季\t5\n秋季\t6\n").encode(), file="x.txt")
    extraction = extract_records(document)
    assert [issue.code for issue in extraction.issues] == ["unknown_table"]
    assert [record.value for record in extraction.records if isinstance(record, AmountRecord)] == [5, 6]


def test_a_remark_behind_a_number_is_no_reason_to_lose_it() -> None:
    record = amounts("支出表\n\n单位：万元\n\n项目\t合计\n甲项目\t12.50（含上年结转2万元）\n乙项目\t3\n")[0]
    assert (record.name, record.value) == ("甲项目", Decimal("12.50"))


def test_a_number_that_cannot_be_read_is_an_issue_with_its_place() -> None:
    text = HEAD + "支出表\n\n单位：万元\n\n项目\t合计\n甲项目\t12.5013.60\n乙项目\t3\n丙项目\t4\n"
    issues = extract_records(read_text(text.encode(), file="x.txt")).issues
    assert [(issue.code, issue.text, issue.place.line) for issue in issues] == [("unread_number", "12.5013.60", 10)]
