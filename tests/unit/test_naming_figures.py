"""What a figure in prose is: its stage and base, the part that changed, whose it is, and what tells it from another."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.audit import audit_records
from kg.extract.prose.setting import Setting
from kg.extract.prose.stated import Around
from kg.extract.prose.stating import find_statements
from kg.extract.run import extract_records
from kg.read.plain.reader import read_text
from kg.records import FindingRecord, StatementRecord

BUDGET = Setting(year=2026, names=("某县林业局",))
FINAL = Setting(year=2022, names=("某县林业局",), final=True)


def read(text: str, setting: Setting = BUDGET, **around: str) -> list[tuple[str, str]]:
    found = find_statements(text, setting, around=Around(**around))
    return [(one.metric, str(one.value)) for one in found]


def of_document(*paragraphs: str, title: str = "某市某县林业局2026年部门预算") -> list[StatementRecord]:
    text = "\n\n".join((title, *paragraphs))
    records = extract_records(read_text(text.encode(), file="made.txt")).records
    return [record for record in records if isinstance(record, StatementRecord)]


@pytest.mark.parametrize(
    "text",
    [
        "森林防火支出18万元，比2025年预算增加3万元，增长20%，与上年基本持平。",
        "差旅费4.5万元，较上年减少0.5万元，下降10%，与去年大致持平。",
        "培训费9万元，与上年基本持平，略增0.2万元。",
    ],
)
def test_nearly_level_adds_nothing_to_a_stated_change(text: str) -> None:
    assert all(not one.implied for one in find_statements(text, BUDGET))


def test_level_alone_is_a_change_of_nothing() -> None:
    assert read("会议费3万元，与2025年持平。")[-1] == ("会议费_同比变化额", "0")


@pytest.mark.parametrize(
    ("text", "base", "stage"),
    [
        ("机关运行经费支出50万元，比年初预算数减少4万元。", 2022, "budget"),
        ("会议费支出6万元，决算数较调整预算数增加1万元。", 2022, "adjusted"),
        ("会议费支出6万元，比上年决算数增加1万元。", 2021, "final"),
        ("会议费支出6万元，比2021年增加1万元。", 2021, None),
    ],
)
def test_a_change_in_final_accounts_says_what_it_is_compared_with(text: str, base: int, stage: str | None) -> None:
    change = find_statements(text, FINAL)[-1]
    assert (change.base_year, change.base_stage) == (base, stage)
    assert ("同比" in change.metric) == (base == 2021)


def test_each_amount_of_final_accounts_has_its_stage() -> None:
    text = "林业和草原（款）行政运行（项）年初预算为30万元，支出决算为28万元，完成年初预算的93.3%。"
    assert [(one.metric, one.stage) for one in find_statements(text, FINAL)] == [
        ("行政运行_年初预算", "budget"),
        ("行政运行", "final"),
        ("行政运行_预算完成率", None),
    ]


def test_figures_of_last_year_are_last_years() -> None:
    text = "其他支出7万元，比上年执行数增加7万元（上年执行数为0万元）。"
    assert [(one.metric, one.year, one.stage) for one in find_statements(text, BUDGET)][-1] == (
        "其他支出_执行数",
        2025,
        "executed",
    )
    text = "2026年收入预算80万元，比2025年年初预算数75万元增加5万元。"
    assert [(one.metric, one.year) for one in find_statements(text, BUDGET)] == [
        ("部门预算收入", 2026),
        ("部门预算收入", 2025),
        ("部门预算收入_同比变化额", 2026),
    ]


@pytest.mark.parametrize(
    ("text", "metric", "value"),
    [
        ("支出总计300万元，主要原因：人员经费增加，较上年增加20万元。", "人员支出_同比变化额", "20"),
        ("基本支出50万元，减少的原因是取消防火补助资金（减少8万元）。", "防火补助资金_同比变化额", "-8"),
        ("总支出9万元，主要是公务接待费与上年相比，减少2万元。", "三公_公务接待费_同比变化额", "-2"),
        ("项目支出60万元，主要原因是项目安排减少苗圃租赁费6万元。", "苗圃租赁费_同比变化额", "-6"),
    ],
)
def test_the_change_of_a_part_is_that_parts(text: str, metric: str, value: str) -> None:
    assert read(text)[-1] == (metric, value)


def test_a_rate_belongs_to_the_change_before_it() -> None:
    text = "与上年相比收入总计、支出总计均减少12万元，下降4%，主要是造林补助减少9万元，下降30%。"
    assert [metric for metric, _ in read(text)] == [
        "收支总预算_同比变化额",
        "收支总预算_同比变化率",
        "造林补助_同比变化额",
        "造林补助_同比变化率",
    ]


def test_one_bodys_funds_are_told_apart() -> None:
    text = "一般公共预算财政拨款支出80万元，政府性基金预算财政拨款支出20万元，国有资本经营预算财政拨款支出0万元。"
    assert len({metric for metric, _ in read(text)}) == 3
    assert read("2．其他资金收入预算总计5万元。") == [("收入_其他资金", "5")]
    assert read("“三公”经费财政拨款支出预算为7万元。") == [("“三公”经费预算", "7")]
    assert read("政府性基金拨款支出预算0万元。") == [("政府性基金预算支出", "0")]
    assert read("2026年一般公共预算安排委托业务费6万元。") == [("委托业务费", "6")]


def test_the_side_of_a_fund_is_that_of_its_heading() -> None:
    assert read("本年财政专户管理资金4万元。", side="收入")[0][0] == "收入_财政专户管理资金"
    assert read("本年财政专户管理资金4万元。", side="支出")[0][0] == "支出_财政专户管理资金"


@pytest.mark.parametrize(
    "noun", ["无形资产购置属于政府采购项目", "无障碍改造列入政府性基金项目", "无人机巡护由政府采购项目保障"]
)
def test_a_noun_that_begins_like_a_negation_denies_nothing(noun: str) -> None:
    assert read(f"{noun}。") == []


def test_the_rule_for_those_who_have_none_states_nothing() -> None:
    assert read("没有政府性基金预算支出的，仍保留空表。") == []
    assert read("本局没有政府性基金预算支出。") == [("政府性基金预算支出", "0")]


def test_a_summary_of_a_project_speaks_of_the_project() -> None:
    text = "12.林区3.0T基站（2021年续建）项目绩效自评综述：全年预算数96万元，执行数48万元，完成预算的50%。"
    found = find_statements(text, FINAL)
    assert {one.subject for one in found} == {"林区3.0T基站（2021年续建）项目"}
    assert [(one.metric, one.year) for one in found] == [
        ("项目预算", 2022),
        ("项目预算_执行数", 2022),
        ("项目预算_预算完成率", 2022),
    ]


@pytest.mark.parametrize("text", ["公用经费按人均3万元安排。", "护林员补助标准为每人800元。", "公用经费3万元/人。"])
def test_a_standard_a_head_is_no_total(text: str) -> None:
    ((metric, _),) = read(text)
    assert metric.endswith("_人均标准")


def test_an_account_that_stands_under_two_is_named_with_the_one_above() -> None:
    found = of_document(
        "1.农林水支出（类）林业（款）行政运行（项）10万元，比上年增加1万元。",
        "2.农林水支出（类）水利（款）行政运行（项）20万元，比上年增加2万元。",
        "3.农林水支出（类）水利（款）防汛（项）5万元。",
    )
    assert [(one.metric, one.subject) for one in found] == [
        ("行政运行", "林业"),
        ("行政运行_同比变化额", "林业"),
        ("行政运行", "水利"),
        ("行政运行_同比变化额", "水利"),
        ("防汛", None),
    ]


def test_a_part_of_the_money_is_named_with_its_fund() -> None:
    found = of_document(
        "一、支出预算情况说明",
        "2026年支出预算90万元，其中：农林水支出70万元。",
        "二、一般公共预算支出情况说明",
        "农林水支出65万元，占100%。",
    )
    assert [one.metric for one in found if one.value in (70, 65)] == ["农林水支出", "一般公共预算_农林水支出"]


def test_classes_of_one_thing_are_told_apart_by_their_worth() -> None:
    (text,) = ["截至2025年底，单位价值50万元以上设备8台，单位价值100万元以上设备2台。"]
    assert {one.subject for one in of_document(text)} == {"单位价值50万元以上", "单位价值100万元以上"}


def test_a_printed_contradiction_stays_one() -> None:
    found = of_document("2026年会议费预算5万元。", "2026年会议费预算6万元。")
    assert [(one.metric, one.subject, one.value) for one in found] == [
        ("会议费", None, Decimal(5)),
        ("会议费", None, Decimal(6)),
    ]


@pytest.mark.parametrize("blank", ["XX", "××"])
def test_a_form_nobody_filled_in_states_nothing_and_is_found_once(blank: str) -> None:
    text = "\n\n".join(
        (
            f"某市{blank}局2026年部门预算",
            f"某市{blank}局2026年没有政府性基金预算支出。",
            f"{blank}局收入预算{blank}万元，会议费3万元。",
        )
    )
    records = audit_records(extract_records(read_text(text.encode(), file="blank.txt")))
    assert not [record for record in records if isinstance(record, StatementRecord)]
    assert len([record for record in records if isinstance(record, FindingRecord)]) == 1


@pytest.mark.parametrize(
    ("text", "metric"),
    [
        ("做好12个国有林场的验收。", "国有林场数"),
        ("机构设置包括6个内设机构、2个下属事业单位和1个派出所。", "派出所数"),
        ("县林业局内设9个处。", "内设机构数"),
        ("拟召开护林联席会议，人数约60人。", "会议人数"),
        ("建筑高度为18米。", "建筑高度"),
        ("共计购置公务用车2辆。", "购置车辆数"),
    ],
)
def test_a_count_is_named_by_what_is_counted(text: str, metric: str) -> None:
    assert read(text)[-1][0] == metric


def test_a_number_in_a_quoted_name_counts_nothing() -> None:
    assert [metric for metric, _ in read("“三个不予”工作经费4万元。")] == ["三个不予工作"]


def test_an_account_printed_with_dashes_is_its_last_level() -> None:
    assert read("农林水支出-林业和草原-森林资源培育41元") == [("森林资源培育", "41")]


@pytest.mark.parametrize(
    ("text", "metric"),
    [
        ("造林支出决算数大于年初预算数3万元。", "造林支出_较预算变化额"),
        ("森防支出决算数小于调整预算数3万元。", "森防支出_较预算变化额"),
        ("种苗费支出决算为6万元，与年初预算相比，增加1万元。", "种苗费支出_较预算变化额"),
    ],
)
def test_words_of_more_and_less_compare_with_the_budget(text: str, metric: str) -> None:
    assert read(text, FINAL)[-1][0] == metric


def test_income_and_spending_of_this_year_are_those_of_the_fund_the_sentence_speaks_of() -> None:
    text = "政府性基金预算财政拨款年初结转和结余1万元，本年收入30万元，本年支出31万元。"
    assert read(text, FINAL) == [("年初结转和结余", "1"), ("收入_政府性基金", "30"), ("政府性基金预算支出", "31")]


def test_the_code_of_an_account_is_no_part_of_its_name() -> None:
    assert read("2.森林管护（2130206）支出9万元。") == [("森林管护", "9")]
