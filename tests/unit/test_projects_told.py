"""Key projects told in one sentence: name, budget and goal, alone or several in a paragraph."""

from __future__ import annotations

import pytest

from kg.records import ProjectRecord
from tests.texts import read_projects


def told(text: str) -> dict[str, ProjectRecord]:
    return {record.name: record for record in read_projects(text)[1].records}


def test_an_item_gives_name_amount_and_the_whole_goal() -> None:
    found = told(
        "八、重点项目预算绩效目标情况\n"
        "（一）社区书屋（二期）运行经费，年初预算1,350,000.00元，绩效目标：全年开放三百天。读者不少于七千人。\n"
        "（二）馆舍维修经费，年初预算280,000.00元，绩效目标：按期完成屋面维修。\n"
    )
    first, second = found.values()
    assert (first.name, first.key_project, second.name) == ("社区书屋（二期）运行经费", True, "馆舍维修经费")
    assert [(str(a.value), a.unit, a.stage, a.year) for a in first.amounts] == [("1350000.00", "元", "budget", 2024)]
    assert [goal.text for goal in first.goals] == ["全年开放三百天。读者不少于七千人。"]


TOLD = [
    (
        "1.“两馆一站”开放补助：2024年预算安排120万元，主要用于场馆开放。年度绩效目标为：全年免费开放。",
        "“两馆一站”开放补助",
        "120",
    ),
    ("2.古树保护项目2024年预算35万元。总体目标：完成30株古树复壮。", "古树保护项目", "35"),
    ("项目名称：河道清淤（三期）；预算金额：86.5万元；绩效目标：清淤12公里。", "河道清淤（三期）", "86.5"),
    ("③应急演练经费，预算资金12万元；绩效目标是组织演练3次。", "应急演练经费", "12"),
]


@pytest.mark.parametrize(("text", "name", "value"), TOLD)
def test_other_wordings_of_budget_and_goal(text: str, name: str, value: str) -> None:
    (found,) = told(f"六、项目支出绩效目标情况\n{text}\n").values()
    assert (found.name, str(found.amounts[0].value), len(found.goals)) == (name, value, 1)


def test_several_projects_of_one_paragraph_are_several() -> None:
    text = "①机房运维项目，预算资金48.6万元；绩效目标是保障系统稳定。②培训经费，预算资金12万元；绩效目标是培训3次。\n"
    assert [(name, r.goals[0].text) for name, r in told("九、重点项目\n" + text).items()] == [
        ("机房运维项目", "保障系统稳定。"),
        ("培训经费", "培训3次。"),
    ]


def test_the_goal_of_the_whole_department_is_of_no_project() -> None:
    assert told("部门整体支出：2024年部门预算安排900万元，绩效目标：完成各项工作。\n") == {}


def test_content_goes_on_over_sentences_and_the_enumerator_is_no_name() -> None:
    (found,) = told(
        "①宣传（含新媒体）项目预算 28 万元，主要包括：媒体报道工作 20万元。公益短片拍摄8万元。"
        "较2023年预算减少2万元，下降7%，主要原因是压减。\n"
    ).values()
    assert (found.name, [item.text for item in found.content]) == ("宣传（含新媒体）", ["媒体报道工作", "公益短片拍摄"])


def test_labelled_lines_below_a_name_describe_it() -> None:
    found = told(
        "八、重点项目绩效目标情况说明\n"
        "（一）智慧停车项目\n项目预算：85万元。\n绩效目标：新增泊位500个。\n"
        "（二）管网改造项目\n年初预算：1,200,000元\n项目内容：更换管网。\n年度目标：改造3.5公里。\n"
    )
    assert {name: (str(r.amounts[0].value), r.goals[0].text) for name, r in found.items()} == {
        "智慧停车项目": ("85", "新增泊位500个。"),
        "管网改造项目": ("1200000", "改造3.5公里。"),
    }
    assert [item.text for item in found["管网改造项目"].content] == ["更换管网。"]


def test_an_amount_right_behind_a_fund_is_its_budget_and_counts_of_projects_are_none() -> None:
    (found,) = told("2．公共图书购置经费32.5万元，绩效目标：购置图书1.2万册。\n").values()
    assert (found.name, found.amounts[0].meaning) == ("公共图书购置经费", "预算")
    assert told("2024年部门预算项目支出共安排3个项目，金额500万元，绩效目标：全部编制了绩效目标。\n") == {}
