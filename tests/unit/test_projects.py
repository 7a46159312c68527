"""Projects from tables, forms and prose; several mentions are one project."""

from __future__ import annotations

from decimal import Decimal

from kg.extract.citations.records import extract_citations
from kg.extract.projects.found import find_projects
from kg.extract.projects.groups import project_stem
from kg.records import ProjectRecord
from tests.texts import open_text, read_projects, table

PERFORMANCE = table(
    "部门预算绩效管理项目情况表",
    [
        ["功能分类", "功能分类", "项目名称", "项目金额", "绩效目标", "项目申报依据"],
        ["某市某区审计局", "", "", "54", "", ""],
        [
            "2010804",
            "审计业务",
            "★审计信息化运行费",
            "46",
            "1、完成平台升级。 2、保障平台运行。",
            "关于升级平台的通知(粤审函[2019]78号)",
        ],
        ["2050803", "培训支出", "审计业务培训", "8", "提高业务能力。", ""],
    ],
)


def projects_of(text: str) -> list[ProjectRecord]:
    return list(read_projects(text)[1].records)


def test_a_performance_table_gives_name_code_amount_goals_and_the_star() -> None:
    first, second = projects_of(PERFORMANCE)
    assert (first.name, first.function_code, first.key_project) == ("审计信息化运行费", "2010804", True)
    assert [item.text for item in first.goals] == ["完成平台升级。", "保障平台运行。"]
    assert [(a.value, a.unit, a.value_yuan) for a in first.amounts] == [(Decimal(46), "万元", Decimal(460000))]
    assert (second.name, second.key_project) == ("审计业务培训", False)


def test_a_row_and_its_prose_are_one_project_with_an_alias() -> None:
    prose = (
        "1、宣传费项目预算6万元，主要包括：媒体报道工作6万元。较2023年预算减少2万元，降幅25%，主要原因是压减开支。\n"
    )
    tasks = table(
        "某市某区审计局整体支出绩效目标表",
        [
            ["年度主要任务", "任务名称", "主要内容", "预算金额（万元）", "", ""],
            ["", "", "", "总额", "其中：财政拨款", "其中：其他资金"],
            ["", "基本支出", "人员和公用支出。", "100", "100", "0"],
            ["", "宣传经费", "宣传审计法律法规，提高知晓率。", "6", "6", "0"],
            ["", "办公设备购置", "购置设备一批。", "9", "9", "0"],
            ["", "金额合计", "", "115", "115", "0"],
        ],
    )
    records = {record.name: record for record in projects_of(prose + tasks)}
    assert set(records) == {"宣传经费", "办公设备购置"}
    project = records["宣传经费"]
    assert project.aliases == ("宣传费",)
    assert [item.text for item in project.content] == ["宣传审计法律法规，提高知晓率。", "媒体报道工作"]
    assert project.change is not None
    assert (project.change.base_year, project.change.amount, project.change.percent) == (
        2023,
        Decimal(-2),
        Decimal(-25),
    )
    assert project.change.reason == "压减开支"


def test_totals_units_and_categories_are_no_projects() -> None:
    text = table(
        "部门预算项目支出预算表",
        [
            ["单位编码", "项目名称(项目类别)", "总计", "一般公共预算", "项目内容", "绩效目标"],
            ["", "合 计", "70.00", "70.00", "", ""],
            ["161001", "某市某区审计局", "70.00", "70.00", "", ""],
            ["", "运行保障类", "70.00", "70.00", "", ""],
            ["161001", "运行经费", "50.00", "50.00", "1. 物业管理费。2. 办公费。", "保障运转。"],
            ["161001", "购置经费", "20.00", "20.00", "", ""],
        ],
    )
    records = projects_of(text)
    assert [(r.kind, r.name, r.parent) for r in records] == [
        ("project", "运行经费", "运行保障类"),
        ("project", "购置经费", "运行保障类"),
        ("category", "运行保障类", None),
    ]
    assert [item.text for item in records[0].content] == ["物业管理费。", "办公费。"]


def test_sums_above_their_parts_are_proved_by_arithmetic() -> None:
    text = table(
        "部门项目支出预算表",
        [
            ["项目名称", "项目金额"],
            ["合计", "100"],
            ["通用项目", "70"],
            ["审计检查", "30"],
            ["委托业务", "40"],
            ["专用项目", "30"],
            ["设备购置", "30"],
        ],
    )
    records = projects_of(text)
    assert {(r.name, r.parent) for r in records if r.kind == "project"} == {
        ("审计检查", "通用项目"),
        ("委托业务", "通用项目"),
        ("设备购置", "专用项目"),
    }
    assert {r.name for r in records if r.kind == "category"} == {"通用项目", "专用项目"}


def test_duties_and_activities_make_a_tree() -> None:
    text = table(
        "部门职责-工作活动绩效目标",
        [
            ["职责活动", "年度预算数", "内容描述", "绩效目标", "绩效指标", "优", "良", "中", "差"],
            ["一、审计监督", "", "负责审计监督工作。", "规范财政收支。", "", "", "", "", ""],
            ["1、财政审计", "34100", "审计财政收支。", "提高质量。", "审计完成率", "≥90%", "≥85%", "≥70%", "＜70%"],
        ],
        unit="元",
    )
    duty, activity = projects_of(text)
    assert (duty.kind, duty.name, duty.parent) == ("duty", "审计监督", None)
    assert (activity.kind, activity.name, activity.parent) == ("activity", "财政审计", "审计监督")
    assert activity.amounts[0].value_yuan == Decimal(34100)


def test_a_form_names_its_project_beside_a_label() -> None:
    text = table(
        "项目支出绩效目标表",
        [
            ["项目名称", "公车统管费用", "", ""],
            ["主管部门", "某市某区审计局", "实施单位", "某市某区审计局"],
            ["项目资金（万元）", "年度资金总额：", "30.00", ""],
            ["", "其中：财政拨款", "30.00", ""],
            ["总体目标", "控制车辆使用成本，保障出行。", "", ""],
            ["一级指标", "二级指标", "三级指标", "指标值"],
            ["产出指标", "数量指标", "租赁次数", "≤400次"],
        ],
        unit="万元",
    )
    context = open_text(text)
    (project,) = find_projects(context).records
    assert (project.name, project.budget_unit) == ("公车统管费用", "某市某区审计局")
    assert [(a.meaning, a.value) for a in project.amounts] == [
        ("年度资金总额", Decimal("30.00")),
        ("其中：财政拨款", Decimal("30.00")),
    ]
    assert [item.text for item in project.goals] == ["控制车辆使用成本，保障出行。"]
    assert find_projects(context).of_form(context.tables[0]) == "公车统管费用"


def test_a_key_project_is_named_so_in_prose() -> None:
    text = PERFORMANCE.replace("★", "") + "\n其中审计业务培训纳入重点绩效管理项目，预算金额8万元。\n"
    assert {r.name: r.key_project for r in projects_of(text)} == {"审计信息化运行费": False, "审计业务培训": True}


def test_stems_of_names() -> None:
    assert project_stem("宣传费") == project_stem("宣传经费") == "宣传"
    assert project_stem("2024年设备购置项目") == "设备购置"


SECTIONS = """
三、项目经费情况说明

监督检查专项（政策资金）经费情况说明

一、项目概述
对重点资金的使用开展监督检查。

二、立项依据
《某省审计监督条例》、《关于加强审计监督的意见》（粤审发〔2022〕5号）

三、实施主体
某市某区审计局

四、年度预算安排
本年度预算安排321.5万元。

五、绩效目标
1、检查覆盖面达到全部重点资金。
2、问题整改及时。
"""


def test_sections_of_prose_describe_a_project_with_its_basis() -> None:
    context = open_text(SECTIONS)
    (project,) = find_projects(context).records
    assert project.name == "监督检查专项（政策资金）"
    assert [(a.value, a.unit) for a in project.amounts] == [(Decimal("321.5"), "万元")]
    assert [item.text for item in project.content] == ["对重点资金的使用开展监督检查。"]
    assert [item.text for item in project.goals] == ["检查覆盖面达到全部重点资金。", "问题整改及时。"]
    assert {citation.cited_by.project for citation in extract_citations(context, find_projects(context))} == {
        project.name
    }


def test_a_section_without_a_name_takes_the_work_its_description_opens_with() -> None:
    described = SECTIONS.replace("监督检查专项（政策资金）经费情况说明", "项目经费情况说明").replace(
        "对重点资金的使用开展监督检查。", "由某市某区审计局建设的审计档案馆新建工程，位于某路东侧。"
    )
    assert [project.name for project in projects_of(described)] == ["审计档案馆新建工程"]


LISTED = """
（二）项目支出{total}万元，具体包括：
1.档案整理{first}万元，主要用于历史档案数字化。
2.业务网络维护7万元，主要用于设备检修。
"""


def test_a_list_below_the_sum_of_projects_names_projects_when_the_sum_proves_it() -> None:
    found = projects_of(LISTED.format(total="19.5", first="12.5"))
    assert [(project.name, project.amounts[0].value) for project in found] == [
        ("档案整理", Decimal("12.5")),
        ("业务网络维护", Decimal(7)),
    ]
    assert projects_of(LISTED.format(total="190", first="12.5")) == []
