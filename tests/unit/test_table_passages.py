"""Tables cut into passages: goals by item, rows as printed, each about its project, nothing twice."""

from __future__ import annotations

from kg.extract.passages.records import extract_passages
from kg.records import PassageRecord
from tests.texts import read_projects, table


def passages(text: str) -> list[PassageRecord]:
    """Return the passages of tables, the document's title left out."""
    return [each for each in extract_passages(*read_projects(text)) if each.source.place.table]


def brief(text: str) -> list[tuple[str, str, str | None]]:
    return [(each.kind, each.text, each.about) for each in passages(text)]


GOAL = "全年完成审计项目二十项，出具审计报告二十份，督促整改问题。"
OTHER = "对领导干部开展经济责任审计，揭示问题并提出建议，促进履职。"


def test_a_goal_is_a_passage_about_the_project_of_its_row() -> None:
    found = brief(
        table(
            "项目支出绩效目标表",
            [["项目名称", "项目金额", "绩效目标"], ["投资审计", "6", GOAL], ["责任审计", "3", OTHER]],
        )
    )
    assert ("goal", GOAL, "投资审计") in found
    assert ("goal", OTHER, "责任审计") in found


def test_the_items_of_a_long_goal_are_passages_of_their_own() -> None:
    long = "1、" + GOAL * 2 + "2、" + OTHER * 2
    found = brief(table("项目支出绩效目标表", [["项目名称", "项目金额", "绩效目标"], ["投资审计", "6", long]]))
    goals = [text for kind, text, _ in found if kind == "goal"]
    assert len(goals) == 2
    assert any(goal.startswith("1、") for goal in goals)
    assert any(goal.startswith("2、") for goal in goals)


def test_a_row_of_procurement_is_a_passage_as_printed_up_to_its_amount() -> None:
    rows = [["采购项目", "品目名称", "数量", "金额", "备注"], ["办公设备购置", "A020101 计算机", "5", "3.50", "按需"]]
    assert brief(table("政府采购预算表", rows))[0] == (
        "procurement",
        "办公设备购置\tA020101 计算机\t5\t3.50",
        "某市某区审计局",
    )


def test_a_total_row_is_no_passage() -> None:
    rows = [
        ["采购项目", "品目名称", "数量", "金额"],
        ["合计", "", "5", "3.50"],
        ["办公设备购置", "计算机", "5", "3.50"],
    ]
    assert [text.split("\t")[0] for _, text, _ in brief(table("政府采购预算表", rows))] == ["办公设备购置"]


def test_numbers_and_short_words_make_no_passage() -> None:
    rows = [["科目编码", "科目名称", "合计"], ["201", "一般公共服务支出", "30"], ["20108", "审计事务", "30"]]
    assert brief(table("部门支出总表", rows)) == []


def test_an_indicator_is_a_passage_with_its_target_and_second_level() -> None:
    rows = [
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", "审计项目数量", "≥20个"],
        ["效益指标", "社会效益指标", "整改问题比例", "≥95%"],
    ]
    found = passages(table("部门整体支出绩效目标表", rows))
    assert [(each.kind, each.text.split("\t")[-2:]) for each in found] == [
        ("indicator", ["审计项目数量", "≥20个"]),
        ("indicator", ["整改问题比例", "≥95%"]),
    ]
    assert "数量指标" in found[0].context


def test_a_text_that_stands_whole_in_another_of_its_row_is_left_out() -> None:
    rows = [["项目名称", "绩效目标", "主要内容"], ["投资审计", GOAL + OTHER, GOAL]]
    texts = [text for _, text, _ in brief(table("项目支出绩效目标表", rows))]
    assert sum(GOAL in text for text in texts) == 1


def test_a_legal_basis_is_cut_at_its_numbers_only() -> None:
    basis = "1.《某市审计办法》第三条，审计机关应当对预算执行情况进行审计。2.《某区审计规定》（某府〔2019〕3号）。"
    found = brief(table("项目支出绩效目标表", [["项目名称", "申报依据", "绩效目标"], ["投资审计", basis, GOAL]]))
    assert [text for kind, text, _ in found if kind == "legal_basis"] == [
        "1.《某市审计办法》第三条，审计机关应当对预算执行情况进行审计。",
        "2.《某区审计规定》（某府〔2019〕3号）。",
    ]
