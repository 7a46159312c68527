"""What prose states: metric, value with its sign, unit as printed, year and the year compared with."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.extract.prose.setting import Setting
from kg.extract.prose.stated import Stated
from kg.extract.prose.stating import find_statements

SETTING = Setting(year=2024, names=("某区审计局", "区审计局"), projects=("云平台运维",))


def read(text: str, **kwargs: str) -> list[tuple[str, Decimal, str | None]]:
    return [(s.metric, s.value, s.unit) for s in find_statements(text, SETTING, **kwargs)]


def only(text: str) -> Stated:
    (stated,) = find_statements(text, SETTING)
    return stated


def test_a_sum_its_parts_and_its_change() -> None:
    text = "2024年某区审计局部门预算收入1790万元，比2023年下降79万元，下降4%，其中：财政拨款收入1,790万元。"
    assert read(text) == [
        ("部门预算收入", Decimal(1790), "万元"),
        ("部门预算收入_同比变化额", Decimal(-79), "万元"),
        ("部门预算收入_同比变化率", Decimal(-4), "%"),
        ("财政拨款收入", Decimal(1790), "万元"),
    ]


def test_a_unit_slip_stays_as_printed() -> None:
    text = "（二）教育支出8万元，占0.4%，比2023年减少2元。"
    assert read(text) == [
        ("教育支出", Decimal(8), "万元"),
        ("教育支出_占比", Decimal("0.4"), "%"),
        ("教育支出_同比变化额", Decimal(-2), "元"),
    ]


def test_a_change_after_brackets_is_that_of_the_sum_before_them() -> None:
    text = "公务用车购置及运行费23.00万元（公务用车购置费18.00万元，公务用车运行维护费5.00万元），较上年增加16万元。"
    assert read(text)[-1][0] == "三公_公务用车购置和运行维护费_同比变化额"


def test_a_change_may_print_its_own_noun() -> None:
    assert read("人员经费增加19.22万元")[0][0] == "人员支出_同比变化额"
    assert read("厉行节约，减少公务用车运行维护费1.64万元") == [
        ("三公_公务用车运行维护费_同比变化额", Decimal("-1.64"), "万元")
    ]


def test_the_topic_of_a_paragraph_names_figures_without_a_name() -> None:
    assert read("（二）公务接待费。2024年预算数1万元，与2023年持平。") == [
        ("三公_公务接待费", Decimal(1), "万元"),
        ("三公_公务接待费_同比变化额", Decimal(0), "万元"),
    ]
    assert read("2024年预算数9万元。", topic="机关运行经费") == [("机关运行经费", Decimal(9), "万元")]


def test_years_of_comparison_are_base_years() -> None:
    stated = find_statements("较2023年预算增加5万元", SETTING)[0]
    assert (stated.year, stated.base_year) == (2024, 2023)


def test_figures_of_an_earlier_day_are_of_its_year() -> None:
    text = "截至2023年12月31日，共有车辆2辆。本年度拟购置固定资产22.1万元。"
    stated = find_statements(text, SETTING)
    assert [(s.metric, s.year) for s in stated] == [("车辆数", 2023), ("拟购置固定资产", 2024)]


def test_a_project_and_the_parts_of_its_budget() -> None:
    text = "1、宣传费项目预算6万元，主要包括：媒体报道工作6万元。较2023年预算增加0万元，增长0%。"
    stated = find_statements(text, SETTING)
    assert [(s.metric, s.subject) for s in stated] == [
        ("项目预算", "宣传费"),
        ("项目分项_媒体报道工作", "宣传费"),
        ("项目预算_同比变化额", "宣传费"),
        ("项目预算_同比变化率", "宣传费"),
    ]


def test_a_known_project_named_in_the_sentence_is_the_subject() -> None:
    stated = find_statements("其中云平台运维纳入重点管理项目，预算金额46万元。", SETTING)
    assert [(s.metric, s.subject) for s in stated] == [("项目预算", "云平台运维")]


def test_what_words_state_without_a_number() -> None:
    stated = find_statements("本部门无政府性基金预算支出、国有资本经营预算支出。", SETTING)
    assert [(s.metric, s.value, s.implied) for s in stated] == [
        ("政府性基金预算支出", Decimal(0), True),
        ("国有资本经营预算支出", Decimal(0), True),
    ]


def test_the_name_of_a_city_states_nothing() -> None:
    assert all(not s.implied for s in find_statements("无锡市审计局2024年政府性基金预算支出5万元", SETTING))


@pytest.mark.parametrize("text", ["单价50万元以上通用设备0台（套）", "单位价值50万以上通用设备0台（套）"])
def test_the_bound_of_a_class_is_no_amount(text: str) -> None:
    stated = only(text)
    assert (stated.metric, stated.value, stated.unit) == ("通用设备数", Decimal(0), "台（套）")


def test_staff_counts_know_their_unit_and_kind() -> None:
    text = "1. 某区审计局共设4个科室。行政编制15名，实有在编人数12人；下级单位某区审计中心事业编制数8人，退休0人。"
    stated = find_statements(text, SETTING)
    assert [(s.metric, s.subject, int(s.value)) for s in stated] == [
        ("内设机构数", "某区审计局", 4),
        ("行政编制数", "某区审计局", 15),
        ("行政编制实有人数", "某区审计局", 12),
        ("事业编制数", "某区审计中心", 8),
        ("退休人数", "某区审计中心", 0),
    ]


def test_a_budget_among_final_accounts_is_told_apart() -> None:
    final = Setting(year=2024, final=True)
    text = "卫生健康支出（类）年初预算为10万元，支出决算为9万元，完成年初预算的90%。"
    assert [s.metric for s in find_statements(text, final)] == [
        "卫生健康支出_年初预算",
        "卫生健康支出",
        "卫生健康支出_预算完成率",
    ]


def test_a_statement_spans_its_words_in_the_text() -> None:
    text = "包括: 基本支出 1060 万元, 其中: 工资福利支出 896 万元"
    assert [text[s.start : s.end].strip() for s in find_statements(text, SETTING)] == [
        "基本支出 1060 万元",
        "工资福利支出 896 万元",
    ]


def test_the_account_of_a_bracketed_level_keeps_its_whole_name() -> None:
    text = "3．公诉、审判、侦查等检察监督支出（项）1,895万元。5．检察（款）其他检察支出(项)469.5万元。"
    assert [s.metric for s in find_statements(text, Setting(year=2018))] == [
        "公诉、审判、侦查等检察监督支出",
        "其他检察支出",
    ]


def test_the_clause_before_a_number_names_the_account() -> None:
    text = "减少较为明显的项级支出科目为2014099其他信访事务支出，2026年预算数为3623.98万元。"
    (stated,) = find_statements(text, Setting(year=2026), topic="一般公共预算支出")
    assert stated.metric == "其他信访事务支出"


def test_money_that_something_concerns_is_no_total() -> None:
    text = "对3个项目开展了部门评价，涉及一般公共预算支出1639.34万元。"
    assert find_statements(text, Setting(year=2024))[-1].metric == "涉及资金"


def test_projects_of_one_grade_are_not_all_projects() -> None:
    text = "绩效评级为“良”的项目2个。"
    assert find_statements(text, Setting(year=2024))[0].metric != "纳入绩效管理的项目数"
