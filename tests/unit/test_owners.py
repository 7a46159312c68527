"""A file that binds the budgets of several bodies: each figure is given to the body whose part it stands in."""

from __future__ import annotations

from kg.extract.run import Extraction, extract_records
from kg.read.html.reader import read_html
from kg.read.plain.reader import read_text
from kg.records import AmountRecord, CitationRecord, DocumentRecord, IndicatorRecord, PassageRecord, StatementRecord
from kg.settings import Settings

TABLE = "{owner}单位：万元\n科目编码\t科目名称\t合计\n\t合计\t{total}\n205\t教育支出\t{total}\n\n"


def extracted(text: str) -> Extraction:
    return extract_records(read_text(text.encode(), file="x.txt"))


def units(found: Extraction) -> dict[str, set[str | None]]:
    """Return for each value of the amounts the budget units it was given to."""
    by_value: dict[str, set[str | None]] = {}
    for record in found.records:
        if isinstance(record, AmountRecord):
            by_value.setdefault(str(record.value), set()).add(record.budget_unit)
    return by_value


def test_the_owner_line_of_a_table_says_whose_it_is() -> None:
    text = (
        "芜湖市教育局2024年部门预算\n\n部门支出总表\n部门名称：芜湖市教育局\n"
        + TABLE.format(owner="", total="410.50")
        + "单位支出总表\n部门名称：芜湖市第二中学\n"
        + TABLE.format(owner="", total="36.00")
    )
    found = extracted(text)
    assert units(found) == {"410.50": {None}, "36.00": {"芜湖市第二中学"}}
    assert [issue.text for issue in found.issues if issue.code == "several_owners"] == ["芜湖市第二中学"]


def test_a_heading_says_whose_the_tables_and_sentences_below_it_are() -> None:
    html = (
        "<html><body><h1>铜陵市水利局2023年度部门决算</h1><p>铜陵市水利局2023年度支出总计70.25万元。</p>{table}"
        "<h1>铜陵市水文服务站2023年度单位决算</h1><p>2023年度支出总计9.5万元。</p>{table}"
        "<h1>铜陵市水利局2023年度部门决算情况说明</h1><p>2023年度收入总计70.25万元。</p></body></html>"
    )
    rows = "<table border='1'><tr><td>科目编码</td><td>科目名称</td><td>合计</td></tr><tr><td>213</td><td>农林水支出</td><td>{}</td></tr></table>"
    data = html.replace("{table}", rows.format("70.25"), 1).replace("{table}", rows.format("9.50"), 1)
    found = extract_records(read_html(data.encode(), settings=Settings(), file="x.html"))
    assert units(found) == {"70.25": {None}, "9.50": {"铜陵市水文服务站"}}
    said = {str(record.value): record.subject for record in found.records if isinstance(record, StatementRecord)}
    assert said == {"70.25": None, "9.5": "铜陵市水文服务站"}


def test_the_department_in_short_is_no_other_body() -> None:
    text = (
        "铜陵市发展和改革委员会2023年部门预算\n\n市发改委2023年部门预算情况说明\n\n支出总表\n部门名称：铜陵市发展和改革委员会本级\n"
        + TABLE.format(owner="", total="12.00")
    )
    found = extracted(text)
    assert units(found) == {"12.00": {None}}
    assert not [issue for issue in found.issues if issue.code == "several_owners"]


def test_indicators_of_another_bodys_form_are_its_own() -> None:
    text = (
        "芜湖市教育局2024年部门预算\n\n部门整体支出绩效目标表\n部门名称：芜湖市特殊教育学校\n"
        "一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t在校学生数\t≥120人\n效益指标\t社会效益指标\t巩固率\t≥95%\n"
    )
    found = extracted(text)
    owners = {record.owner for record in found.records if isinstance(record, IndicatorRecord)}
    assert owners == {"芜湖市特殊教育学校"}


def test_tables_of_two_bodies_with_one_title_are_two_tables() -> None:
    part = "{name}2024年部门预算\n\n部门收支总表\n单位：万元\n项目\t预算数\n一般公共预算拨款收入\t{sum}\n收入总计\t{sum}\n\n{name}2024年收入预算{sum}万元。\n\n"
    found = extracted(
        part.format(name="宣城市水利局", sum="310.20") + part.format(name="国家统计局宣城调查队", sum="45.70")
    )
    assert units(found) == {"310.20": {None}, "45.70": {"国家统计局宣城调查队"}}
    said = [(str(record.value), record.subject) for record in found.records if isinstance(record, StatementRecord)]
    assert said == [("310.20", None), ("45.70", "国家统计局宣城调查队")]


def test_a_sentence_between_two_tables_of_one_title_is_read() -> None:
    rows = "收入预算表\n单位：万元\n项目\t预算数\n拨款收入\t{}\n收入总计\t{}\n\n"
    found = extracted(
        "宣城市水利局2024年部门预算\n\n"
        + rows.format("5.10", "5.10")
        + "以上收入5.10万元。\n\n"
        + rows.format("6.20", "6.20")
    )
    assert [str(record.value) for record in found.records if isinstance(record, StatementRecord)] == ["5.10"]


def test_passages_and_citations_of_another_bodys_part_are_its_own_and_the_body_is_known() -> None:
    found = extracted(
        "宣城市水利局2024年部门预算\n\n一、主要职责\n\n宣城市水利局负责全市水利规划的编制工作。\n\n"
        "宣城市水文中心2024年单位预算\n\n一、主要职责\n\n根据《水文条例》（国务院令第496号）承担水文监测和预报工作。\n"
    )
    about = {record.about: record.about_kind for record in found.records if isinstance(record, PassageRecord)}
    assert about == {"宣城市水利局": "department", "宣城市水文中心": "unit"}
    cited = [record.cited_by.department for record in found.records if isinstance(record, CitationRecord)]
    assert cited == ["宣城市水文中心"]
    (head,) = [record for record in found.records if isinstance(record, DocumentRecord)]
    assert head.units == ("宣城市水文中心",)
