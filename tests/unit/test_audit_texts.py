"""Words in the wrong place: copied goals and items, another bureau's name, slipped cells, broken codes."""

from __future__ import annotations

from tests.audited import audit_text, brief, findings
from tests.texts import table

GOAL = "做好特殊时期全区财政投资审计工作，确保重点工程投资审计全覆盖，及时发现并督促整改违规问题，切实提高财政资金使用效益，推动审计整改落地见效。"


def projects(*rows: tuple[str, str, str]) -> str:
    return table("项目支出绩效目标表", [["项目名称", "项目金额", "绩效目标"], *[list(row) for row in rows]])


def test_a_goal_under_a_project_it_does_not_speak_of_was_copied() -> None:
    text = projects(("投资审计", "6", GOAL), ("打印机更新", "3", GOAL))
    assert brief(text) == [("duplicate", "error", None, None)]


def test_a_goal_that_fits_both_projects_is_only_a_notice() -> None:
    text = projects(("投资审计一期", "6", GOAL), ("投资审计二期", "3", GOAL))
    assert brief(text) == []
    assert [found.severity for found in audit_text(text).findings] == ["notice"]


def test_an_item_that_repeats_its_neighbours_change_and_reason_was_copied() -> None:
    reason = "较2023年预算增加93万元，增长357%，主要原因是今年新增购买审计指挥系统。"
    text = (
        f"1、系统运维项目预算119万元，主要包括：系统运维等工作。{reason}\n\n"
        f"2、大楼修缮项目预算12万元，主要包括：系统运维等工作。{reason}\n"
    )
    copied = [found for found in findings(text) if found.kind == "duplicate"]
    assert [place.value for place in copied[0].places[:2]] == [12, 119]


def test_one_change_said_of_income_and_of_expenditure_is_no_copy() -> None:
    reason = "较上年增加160万元，增长4.67%，主要原因是政策性因素以及增人因素调整预算。"
    text = f"2024年收入预算3586万元，{reason}\n\n2024年支出预算3586万元，{reason}\n"
    assert [found for found in findings(text) if found.kind == "duplicate"] == []


def test_figures_said_of_another_bureau_are_found() -> None:
    text = (
        "区审计局2024年“三公”经费预算数为10万元。\n\n"
        "公务用车经费由区财政统一预留，因此区财政局2024年公务用车购置经费预算数为零。\n"
    )
    assert [found.places[0].text for found in findings(text) if found.kind == "text"] == ["区财政局"]


def test_a_row_that_lost_cells_is_told_by_its_end() -> None:
    header = ["序号", "项目名称", "预算", "支出", "指标一", "值", "指标二", "值", "指标三", "值", "问题"]
    rows = [
        ["1", "投资审计", "6", "6", "数量", "20项", "质量", "100%", "满意度", "95%", "无"],
        ["2", "系统运维", "3", "3", "数量", "不适用", "满意度", "98%", "无", "", ""],
        ["3", "人员培训", "2", "2", "数量", "3期", "质量", "100%", "满意度", "97%", "无"],
    ]
    found = [f for f in findings(table("项目绩效自评表", [header, *rows])) if f.kind == "shift"]
    assert len(found) == 1
    assert "系统运维" in str(found[0].message)


def test_a_level_two_word_left_of_its_column_is_found() -> None:
    rows = [
        ["产出指标", "数量指标", "审计项目数", "20项"],
        ["时效指标", "完成时间", "12月底前", ""],
    ]
    text = table("整体支出绩效目标表", [["一级指标", "二级指标", "三级指标", "目标值"], *rows])
    assert [found.places[0].text for found in findings(text) if found.kind == "shift"] == ["时效指标"]


def test_a_code_broken_by_a_line_wrap_is_proved_by_its_whole_twin() -> None:
    header = ["品目编码", "品目名称", "数量", "金额"]
    rows = [["", "合计", "", "3"], ["A02061802030 1", "空调", "2", "2"], ["A020618020301", "空调", "1", "1"]]
    found = [f for f in findings(table("政府采购预算表", [header, *rows])) if f.kind == "text"]
    assert len(found) == 1
    assert [place.text for place in found[0].places] == ["A02061802030 1", "A020618020301"]
