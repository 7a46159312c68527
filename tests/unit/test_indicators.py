"""Indicators of forms, self-evaluations and graded activities, with their levels, owners and targets."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.extract.indicators.packed import read_packed
from kg.extract.indicators.records import extract_indicators
from kg.records import IndicatorRecord
from tests.texts import read_projects, table

GOALS = [
    ["年度主要任务", "任务名称", "主要内容", "预算金额（万元）", "", ""],
    ["", "", "", "总额", "其中：财政拨款", "其中：其他资金"],
    ["", "审计工作", "开展审计监督。", "587", "587", "0"],
    ["", "金额合计", "", "587", "587", "0"],
    ["年度绩效指标", "一级指标", "二级指标", "三级指标", "", "目标值"],
    ["", "产出指标", "数量指标", "培训业务人员", "", ">100人"],
    ["", "", "", "刊登篇数", ">2 篇"],
    ["", "", "质量指标", "结案率", "100%"],
]


def indicators_of(text: str) -> list[IndicatorRecord]:
    return list(extract_indicators(*read_projects(text)))


def levels(records: list[IndicatorRecord]) -> list[tuple[str | None, str | None, str]]:
    return [(r.level1, r.level2, r.level3) for r in records]


def test_levels_are_inherited_from_above() -> None:
    records = indicators_of(table("某市某区审计局整体支出绩效目标表", GOALS))
    assert levels(records) == [
        ("产出指标", "数量指标", "培训业务人员"),
        ("产出指标", "数量指标", "刊登篇数"),
        ("产出指标", "质量指标", "结案率"),
    ]
    assert {r.owner for r in records} == {"某市某区审计局"}
    assert [(r.target and r.target.comparator, r.target and r.target.unit) for r in records] == [
        (">", "人"),
        (">", "篇"),
        ("=", "%"),
    ]


def test_a_row_slipped_to_the_left_is_read_as_it_is_meant() -> None:
    rows = [*GOALS, ["", "时效指标", "支付到位时间", "<15 天", ""], ["", "", "维护时效", "<7 天", ""]]
    records = indicators_of(table("某市某区审计局整体支出绩效目标表", rows))
    assert levels(records)[-2:] == [
        ("产出指标", "时效指标", "支付到位时间"),
        ("产出指标", "时效指标", "维护时效"),
    ]
    assert [r.target and str(r.target.number) for r in records[-2:]] == ["15", "7"]


def test_an_indicator_that_does_not_apply_is_marked() -> None:
    rows = [*GOALS, ["", "效益指标", "生态效益指标", "不适用", "", ""]]
    assert indicators_of(table("某市某区审计局整体支出绩效目标表", rows))[-1].not_applicable


SELF = [
    [
        "序号",
        "项目名称",
        "项目年度预算金额",
        "年初绩效目标",
        "产出目标",
        "",
        "",
        "",
        "",
        "",
        "效益目标",
        "",
        "",
        "",
        "满意度指标",
        "",
        "项目执行中存在的问题",
        "整改情况",
    ],
    [
        "",
        "",
        "",
        "",
        "数量指标",
        "",
        "质量指标",
        "",
        "时效指标",
        "",
        "社会效益指标",
        "",
        "生态效益指标",
        "",
        "服务对象满意度指标",
        "",
        "",
        "",
    ],
]


def test_a_self_evaluation_is_read_by_what_its_cells_hold() -> None:
    rows = [
        *SELF,
        [
            "1",
            "设备购置",
            "91.66",
            "保障办公。",
            "购置设备数量",
            "20件",
            "采购成功率",
            "100%",
            "配置时限",
            "从申请到完成15个工作日内",
            "提升工作效率",
            "100%",
            "不适用",
            "不适用",
            "使用人员满意度",
            "98%",
            "无",
            "",
        ],
        [
            "2",
            "业务培训",
            "6.76",
            "提高能力。",
            "培训约100人。",
            "100%",
            "能够熟练操作系统",
            "100%",
            "第三季度前完成培训。",
            "100%",
            "服务好群众。",
            "100%",
            "不适用",
            "培训人员满意度",
            "98%",
            "无",
            "",
            "",
        ],
    ]
    records = indicators_of(table("2024年度项目绩效自评表", rows))
    first = [(r.level1, r.level2, r.level3, r.actual and r.actual.printed) for r in records if r.owner == "设备购置"]
    assert first == [
        ("产出目标", "数量指标", "购置设备数量", "20件"),
        ("产出目标", "质量指标", "采购成功率", "100%"),
        ("产出目标", "时效指标", "配置时限", "从申请到完成15个工作日内"),
        ("效益目标", "社会效益指标", "提升工作效率", "100%"),
        ("效益目标", "生态效益指标", "不适用", None),
        ("满意度指标", "服务对象满意度指标", "使用人员满意度", "98%"),
    ]
    slipped = {r.level2: (r.level3, r.target) for r in records if r.owner == "业务培训"}
    assert slipped["服务对象满意度指标"][0] == "培训人员满意度"
    target = slipped["数量指标"][1]
    assert target is not None
    assert (target.comparator, target.number) == ("≈", Decimal(100))


def test_grades_of_an_activity_and_its_second_row_without_a_name() -> None:
    text = table(
        "部门职责-工作活动绩效目标",
        [
            ["职责活动", "年度预算数", "内容描述", "绩效目标", "绩效指标", "优", "良", "中", "差"],
            ["一、审计监督", "", "负责审计监督工作。", "规范财政收支。", "", "", "", "", ""],
            ["1、财政审计", "", "审计财政收支。", "提高质量。", "及时完成率", "≥90%", "≥85%", "≥70%", "＜70%"],
            ["", "", "", "", "督办件数", "≥8", "7", "6", "＜6"],
        ],
        unit="元",
    )
    first, second = indicators_of(text)
    assert (second.owner, second.level1, second.level2) == ("财政审计", "审计监督", "财政审计")
    assert (second.grades["良"].printed, second.grades["良"].comparator) == ("7", None)
    assert first.target is not None
    assert first.target.printed == "≥90%"


def test_tasks_below_a_header_own_their_indicators() -> None:
    text = "二、部门整体及主要工作任务绩效目标\n" + table(
        "",
        [
            ["", "部门整体支出绩效目标", "关键指标", "预期实现值"],
            ["年度绩效目标", "坚持依法审计，推动高质量发展。", "推进制度变革", "创新工作机制"],
            ["", "", "其中：整体预算完成率：100%", ""],
            ["年度主要支出计划", "任务的绩效目标", "任务关键指标", "预期实现值"],
            ["加强队伍建设", "提高业务能力", "组织培训", "分批组织培训"],
        ],
    ).replace("单位：万元", "")
    records = indicators_of(text)
    assert [(r.owner_kind, r.owner, r.level1, r.level2, r.level3) for r in records] == [
        ("department", "某市某区审计局", "年度绩效目标", "部门整体支出绩效目标", "推进制度变革"),
        ("department", "某市某区审计局", "年度绩效目标", "部门整体支出绩效目标", "整体预算完成率"),
        ("activity", "加强队伍建设", "年度主要支出计划", "提高业务能力", "组织培训"),
    ]
    assert records[1].target is not None
    assert records[1].target.unit == "%"


def test_a_target_printed_over_sign_number_and_unit() -> None:
    text = table(
        "项目支出绩效目标表",
        [
            [
                "项目名称",
                "项目总额",
                "绩效目标",
                "一级指标",
                "二级指标",
                "三级指标",
                "绩效指标性质",
                "本年绩效指标值",
                "绩效度量单位",
            ],
            ["系统运维", "689.15", "保障系统运行。", "产出指标", "数量指标", "维护数量", "≥", "2", "个"],
            ["", "", "", "产出指标", "时效指标", "支出进度", "定性", "优", ""],
            ["设备购置", "29.35", "购置设备。", "产出指标", "质量指标", "验收合格率（%）", "＝", "100", ""],
        ],
    )
    records = indicators_of(text)
    assert [(r.owner, r.target and r.target.comparator, r.target and r.target.unit) for r in records] == [
        ("系统运维", ">=", "个"),
        ("系统运维", None, None),
        ("设备购置", "=", "%"),
    ]


def test_indicators_packed_into_one_cell() -> None:
    packed = (
        "1、1-产出指标；12-质量指标；回访率；实施周期指标值:90%；年度指标值:≥95%。"
        "2、2-效益指标；22-社会效益；接通率；实施周期指标值:≥93%；年度指标值:≥93%。"
    )
    text = table(
        "项目支出绩效目标表",
        [
            ["项目名称", "总计", "绩效目标", "绩效指标"],
            ["热线运营项目", "120", "保障热线运营。", packed],
            ["系统运维项目", "80", "保障系统运行。", packed],
        ],
    )
    records = indicators_of(text)
    assert len(records) == 4
    assert levels(records)[:2] == [("产出指标", "质量指标", "回访率"), ("效益指标", "社会效益", "接通率")]
    assert [r.owner for r in records] == ["热线运营项目"] * 2 + ["系统运维项目"] * 2
    assert records[0].target is not None
    assert records[0].target.printed == "≥95%"


@pytest.mark.parametrize("outer", ["；", ";", "，", ",", "|", "｜", "\n"])
@pytest.mark.parametrize("inner", ["－", "-", "—", "；", "，", "：", "|"])
@pytest.mark.parametrize("value", ["；年度指标值：", "，全年目标值:", "：", "－", "|"])
def test_packed_indicators_are_read_whatever_separates_them(outer: str, inner: str, value: str) -> None:
    tree = [("产出指标", "数量指标", "维修路灯", "≥120盏"), ("效益指标", "社会效益指标", "亮灯率", "≥98%")]
    cell = outer.join(f"{one}{inner}{two}{inner}{name}{value}{target}" for one, two, name, target in tree)
    found = read_packed(cell)
    assert [(item.level1, item.level2, item.level3, item.target) for item in found] == tree


@pytest.mark.parametrize(
    ("first", "second"), [("1、1-", "2、2-"), ("1.1－", "2.2－"), ("（1）", "（2）"), ("一、", "二、"), ("", "")]
)
def test_packed_indicators_are_read_whatever_numbers_them(first: str, second: str) -> None:
    found = read_packed(
        f"{first}产出指标；12－时效指标；报修处理；年度指标值：24小时内。{second}满意度指标；服务对象满意度；居民满意度；年度指标值：≥92%。"
    )
    assert [(item.level1, item.level2, item.level3, item.target) for item in found] == [
        ("产出指标", "时效指标", "报修处理", "24小时内"),
        ("满意度指标", "服务对象满意度", "居民满意度", "≥92%"),
    ]


def test_packed_indicators_of_one_level_share_it() -> None:
    found = read_packed("产出指标：数量指标：更换灯具≥300套；架设线路≥2公里；质量指标：验收合格率100%")
    assert [(item.level2, item.target) for item in found] == [
        ("数量指标", "≥300套"),
        ("数量指标", "≥2公里"),
        ("质量指标", "100%"),
    ]


@pytest.mark.parametrize(
    "prose", ["绩效目标：提升满意度，完成更换灯具300套。", "产出指标，数量指标", "年度指标值：≥98%"]
)
def test_prose_packs_no_indicators(prose: str) -> None:
    assert read_packed(prose) == []


@pytest.mark.parametrize("cell", ["满意度指标；服务对象满意度；年度指标值：≥96%", "满意度指标：服务对象满意度：≥96%"])
def test_a_level_right_before_a_value_names_the_packed_indicator(cell: str) -> None:
    assert [(item.level1, item.level3, item.target) for item in read_packed(cell)] == [
        ("满意度指标", "服务对象满意度", "≥96%")
    ]


def test_a_packed_value_of_several_parts_is_one() -> None:
    value = "一类故障≤2小时；二类故障≤6小时"
    found = read_packed(f"1-产出指标；13-时效指标；修复时间；实施周期指标值:{value}；年度指标值:{value}。")
    assert [(item.level3, item.target) for item in found] == [("修复时间", value)]
