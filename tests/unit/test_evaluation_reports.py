"""Reports that evaluate a fund: the fund, what it is made of, money, goals, bases, result, problems and advice."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.extract.citations.records import extract_citations
from kg.extract.context import Context
from kg.extract.projects.evaluation.fund import find_fund
from kg.extract.projects.evaluation.outline import role_of_heading
from kg.extract.projects.evaluation.spans import part_name
from kg.extract.projects.found import find_projects
from kg.records import ProjectRecord
from tests.texts import open_text, table

CLASSIC = """关于2023年度某市某区文化馆书画保护专项经费绩效评价的报告

为加强资金管理，某市某区文化馆委托第三方机构对2023年度书画保护专项经费开展绩效评价，现将情况报告如下：
一、项目概况
（一）项目背景
根据《某区书画保护实施办法》（某区政发〔2021〕15号），设立书画保护专项经费。
（二）项目资金情况
2023年度书画保护专项经费年初预算安排320万元，实际支出301.6万元，预算执行率94.25%。\
其中：书画修复经费预算200万元，支出188.4万元，执行率94.2%；书画扫描经费预算120万元，支出113.2万元，执行率94.33%。
（三）绩效目标
1.总体目标
抢救濒危书画。
2.年度目标
（1）书画修复经费：修复书画600件。
（2）书画扫描经费：扫描4万页。
二、绩效评价工作开展情况
（一）评价依据
1.《项目支出绩效评价管理办法》（财预〔2020〕10号）；
三、综合评价情况及评价结论
经综合评价，书画保护专项经费综合得分92.5分，评级为“优”。
四、绩效评价指标分析
（一）项目决策情况
该指标分值20分，得分19分，得分率95%。
五、存在的问题
（一）前期论证不充分
部分修复方案未经专家论证。
（二）资金支付进度偏慢。上半年支付率仅为31%。
六、有关建议
（一）加强前期论证。
（二）加快资金支付进度。
"""

LABELLED = """某市水利局
乡镇供水提升资金
2022年度绩效评价报告

一、基本情况
1.项目名称：乡镇供水提升资金
2.项目资金总额：1,480.00万元
3.项目内容
（1）水厂改造工程
根据《某市供水规划》（某政办发〔2021〕22号）实施，改造水厂3座。
（2）管网延伸工程
依据某市水利局《关于下达管网延伸计划的通知》（某水发〔2022〕18号），延伸管网42公里。
二、资金使用情况
1、水厂改造工程：年初预算880万元，实际使用资金865.3万元，执行率98.33%。
2、管网延伸工程：年初预算600万元，实际使用资金571.9万元，执行率95.32%。
三、绩效目标设定情况
总体目标：让更多村民喝上放心水。
年度目标：改造水厂3座，延伸管网42公里。
四、评价结论
项目评价得分为88.60分，绩效等级为良。
五、存在问题及改进建议
（一）存在问题
1.管护资金不足。
（二）改进建议
1.多渠道筹措资金。
"""

IN_PARTS = """某市财政支出项目绩效评价报告
项目名称：某市健身设施更新项目
项目单位：某市体育局
主管部门：某市体育局
评价机构：某会计师事务所
2024年6月

第一部分 项目基本情况
一、立项背景
为落实《某市健身实施计划》（某政发〔2021〕16号）要求，设立本项目。
二、项目实施内容
①社区器材更新：按照《某市体育设施管理办法》（某政办字〔2020〕8号），更新器材1200件；\
②运动场建设：依据《关于建设运动场的意见》（某体发〔2022〕31号），新建运动场15处。
三、项目预算及执行
2023年该项目预算批复资金2,150万元，全年实际支出2,098.7万元，预算执行率为97.61%。
（1）社区器材更新预算950万元，实际支出948.2万元。
（2）运动场建设预算1200万元，实际支出1150.5万元。
四、项目绩效目标
更新器材1200件，新建运动场15处。
第二部分 评价结论
综合评分90.3分，评价等级“优秀”。
第三部分 主要问题
一是选址论证不足；二是维护责任不明确。
第四部分 建议
一是完善选址论证；二是落实维护责任。
"""


def opened(text: str) -> tuple[Context, dict[str, ProjectRecord]]:
    context = open_text(text, head="")
    return context, {record.name: record for record in find_projects(context).records}


def figures(record: ProjectRecord) -> list[tuple[str, str, str | None]]:
    return [(amount.stage, str(amount.value), amount.unit) for amount in record.amounts]


REPORTS = [
    (CLASSIC, "书画保护专项经费", ("320", "301.6"), ("92.5", "优"), {"书画修复经费": "200", "书画扫描经费": "120"}),
    (LABELLED, "乡镇供水提升资金", ("1480.00",), ("88.60", "良"), {"水厂改造工程": "880", "管网延伸工程": "600"}),
    (
        IN_PARTS,
        "某市健身设施更新项目",
        ("2150", "2098.7"),
        ("90.3", "优秀"),
        {"社区器材更新": "950", "运动场建设": "1200"},
    ),
]


@pytest.mark.parametrize(("text", "fund", "money", "result", "parts"), REPORTS)
def test_fund_parts_money_and_result(
    text: str, fund: str, money: tuple[str, ...], result: tuple[str, str], parts: dict[str, str]
) -> None:
    _, found = opened(text)
    whole = found[fund]
    assert tuple(value for _, value, unit in figures(whole) if unit == "万元") == money
    assert whole.evaluation is not None
    assert (whole.evaluation.score, whole.evaluation.grade) == (Decimal(result[0]), result[1])
    assert {name: str(r.amounts[0].value) for name, r in found.items() if r.parent == fund} == parts
    assert set(found) == {fund, *parts}


def test_goals_are_of_the_fund_or_of_the_part_they_name() -> None:
    _, found = opened(CLASSIC)
    assert [goal.text for goal in found["书画保护专项经费"].goals] == ["抢救濒危书画。"]
    assert [goal.text for goal in found["书画扫描经费"].goals] == ["扫描4万页。"]
    assert figures(found["书画扫描经费"]) == [
        ("budget", "120", "万元"),
        ("executed", "113.2", "万元"),
        ("executed", "94.33", "%"),
    ]
    _, labelled = opened(LABELLED)
    assert [g.text for g in labelled["乡镇供水提升资金"].goals] == [
        "让更多村民喝上放心水。",
        "改造水厂3座，延伸管网42公里。",
    ]


def test_problems_and_advice_keep_their_places() -> None:
    _, found = opened(CLASSIC)
    fund = found["书画保护专项经费"]
    assert fund.problems == "前期论证不充分：部分修复方案未经专家论证。\n资金支付进度偏慢。上半年支付率仅为31%。"
    assert fund.rectification == "加强前期论证。\n加快资金支付进度。"
    assert [item.line for item in fund.problem_items] == sorted({item.line for item in fund.problem_items if item.line})


BASES = [
    (CLASSIC, {"某区政发〔2021〕15号": "书画保护专项经费", "财预〔2020〕10号": None}),
    (LABELLED, {"某政办发〔2021〕22号": "水厂改造工程", "某水发〔2022〕18号": "管网延伸工程"}),
    (
        IN_PARTS,
        {
            "某政发〔2021〕16号": "某市健身设施更新项目",
            "某政办字〔2020〕8号": "社区器材更新",
            "某体发〔2022〕31号": "运动场建设",
        },
    ),
]


@pytest.mark.parametrize(("text", "expected"), BASES)
def test_each_basis_is_of_the_project_that_cites_it(text: str, expected: dict[str, str | None]) -> None:
    context = open_text(text, head="")
    cited = list(extract_citations(context, find_projects(context)))
    assert {citation.number: citation.cited_by.project for citation in cited} == expected


def test_a_report_of_a_whole_department_evaluates_no_fund() -> None:
    assert (
        find_fund(open_text("某市审计局2023年度部门整体支出绩效评价报告\n一、部门概况\n负责审计。\n", head="")) is None
    )


def test_a_budget_evaluates_no_fund() -> None:
    assert find_fund(open_text("三、绩效评价情况\n开展绩效评价3项。\n")) is None


TITLES = [
    ("某市文化局2022年度古籍保护项目绩效评价报告", "古籍保护项目"),
    ("某市农业局农业保险保费补贴资金项目支出绩效评价报告", "农业保险保费补贴资金"),
    ("2021-2023年某市城管局路灯改造工程绩效评价报告", "路灯改造工程"),
    ("关于对某市民政局2023年困难群众救助补助资金开展重点绩效评价情况的报告", "困难群众救助补助资金"),
]


@pytest.mark.parametrize(("title", "name"), TITLES)
def test_the_fund_that_a_title_names(title: str, name: str) -> None:
    fund = find_fund(open_text(f"{title}\n\n一、项目概况\n为民服务。\n", head=""))
    assert fund is not None and fund.name == name


def test_what_headings_say() -> None:
    assert role_of_heading("绩效目标完成情况") == "none"
    assert role_of_heading("评价依据") == "none"
    assert role_of_heading("意见建议") == "advice"
    assert part_name("（2）水厂改造项目") == "水厂改造"


RUN_IN = """某市某区教育局
2022年校园安全专项资金绩效自评报告

一、项目概况
（一）资金申报及批复情况。根据《某市校园安全管理办法》（某府发〔2020〕6号），2022年校园安全专项资金预算为528.4万元。
（二）项目绩效目标。配备保安260名。
二、项目实施及管理情况
（一）资金计划、到位及使用情况。
1.资金计划。校园安全专项资金计划528.4万元，其中保安服务费386万元、监控更新费142.4万元。
2.资金使用。截至2022年底，实际支出512.9万元，预算执行率97.07%。
三、评价结论及建议
（一）评价结论。
自评得分96分，评价等级为优秀。
（二）存在的问题。
1.部分监控老化严重。
（三）相关建议。
1.加大投入力度。
"""


def test_headings_run_into_the_text_and_a_list_proved_by_its_sum() -> None:
    _, found = opened(RUN_IN)
    fund = found.pop("校园安全专项资金")
    assert figures(fund) == [("budget", "528.4", "万元"), ("executed", "512.9", "万元"), ("executed", "97.07", "%")]
    assert [goal.text for goal in fund.goals] == ["配备保安260名。"]
    assert (fund.problems, fund.rectification) == ("部分监控老化严重。", "加大投入力度。")
    assert fund.evaluation is not None and (str(fund.evaluation.score), fund.evaluation.grade) == ("96", "优秀")
    assert {name: figures(part) for name, part in found.items()} == {
        "保安服务费": [("budget", "386", "万元")],
        "监控更新费": [("budget", "142.4", "万元")],
    }


def test_sources_of_money_and_lists_that_do_not_add_up_are_no_parts() -> None:
    text = "某市某局2022年甲类补助资金绩效评价报告\n\n一、资金情况\n预算500万元，其中：{}。实际支出480万元。\n"
    for listed in ("中央资金300万元、市级资金200万元", "乙地补助120万元、丙地补助90万元"):
        assert set(opened(text.format(listed))[1]) == {"甲类补助资金"}


def test_projects_of_a_table_are_parts_of_the_fund_and_keep_their_bases() -> None:
    text = (
        "某市某区农业局2023年乡村振兴专项资金绩效评价报告\n\n一、项目内容及资金使用情况\n各项目资金见下表。\n"
        + table(
            "项目资金使用情况表",
            [
                ["序号", "项目名称", "预算金额", "实际支出"],
                ["1", "人居环境整治", "1500", "1432.8"],
                ["2", "农田水利维护", "1200", "1100"],
                ["", "合计", "2700", "2532.8"],
            ],
        )
        + "\n1.人居环境整治：根据《某区整治方案》（崂政办发〔2022〕11号），整治村庄45个。\n"
        "2.农田水利维护：根据《某市水利办法》（崂农发〔2020〕19号），维护塘坝62座。\n"
    )
    context = open_text(text, head="")
    projects = find_projects(context)
    assert {r.name: r.parent for r in projects.records if r.parent} == {
        "人居环境整治": "乡村振兴专项资金",
        "农田水利维护": "乡村振兴专项资金",
    }
    cited = {c.number: c.cited_by.project for c in extract_citations(context, projects)}
    assert cited == {"崂政办发〔2022〕11号": "人居环境整治", "崂农发〔2020〕19号": "农田水利维护"}


def test_what_a_report_says_of_itself_is_of_no_fund_and_nothing_is_no_problem() -> None:
    text = (
        "2024年度某市某区民政局养老服务补贴绩效评价报告\n\n"
        "根据《某市预算绩效管理办法》（某财绩〔2019〕5号），某区财政局组织对养老服务补贴开展绩效评价。\n"
        "一、立项背景\n依据《某市养老办法》（某政发〔2020〕8号）设立。\n"
        "二、存在问题\n1.服务记录不完整；\n三、其他需要说明的问题\n无。\n"
    )
    context = open_text(text, head="")
    projects = find_projects(context)
    (fund,) = projects.records
    assert (fund.name, fund.problems) == ("养老服务补贴", "服务记录不完整；")
    cited = {c.number: c.cited_by.project for c in extract_citations(context, projects)}
    assert cited == {"某财绩〔2019〕5号": None, "某政发〔2020〕8号": "养老服务补贴"}
