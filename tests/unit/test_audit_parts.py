"""Parts known by their names, shares of a whole, and the numbering of labels as sums."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.audited import audit_text, brief
from tests.texts import table

CODES = ["科目编码", "科目名称", "合计", "基本支出", "项目支出"]
SPENDING = table(
    "部门支出总表",
    [
        CODES,
        ["", "合计", "104", "64", "40"],
        ["201", "一般公共服务支出", "104", "64", "40"],
        ["20108", "审计事务", "104", "64", "40"],
        ["2010801", "行政运行", "64", "64", "0"],
        ["2010804", "审计业务", "40", "0", "40"],
    ],
)


def outcomes(text: str, rule: str) -> Counter[str]:
    return Counter(check.outcome for check in audit_text(text).checks if check.rule == rule)


def mismatches(text: str) -> list[tuple[str, str | None, str | None]]:
    return [(severity, *figures) for kind, severity, *figures in brief(text) if kind == "mismatch"]


# Basic expenditure named by its parts

PARTS = "预算支出104万元，包括：人员支出{}万元、公用支出{}万元、对个人和家庭补助支出{}万元、项目支出40万元。\n\n"


def test_parts_of_basic_expenditure_that_make_the_tables_figure_hold() -> None:
    assert mismatches(PARTS.format(40, 20, 4) + SPENDING) == []


@pytest.mark.parametrize("basic", [(41, 20, 4), (42, 20, 4)])
def test_as_far_as_their_digits_allow(basic: tuple[int, int, int]) -> None:
    assert ("error", "64", str(sum(basic))) not in mismatches(PARTS.format(*basic) + SPENDING)


def test_parts_of_basic_expenditure_that_miss_it_are_found_with_what_they_make() -> None:
    assert ("error", "64", "73") in mismatches(PARTS.format(49, 20, 4) + SPENDING)


def test_the_parts_of_two_units_are_added_up_before_they_are_judged() -> None:
    unit = "{}支出{}万元，包括：人员支出{}万元、公用支出{}万元、项目支出{}万元。\n\n"
    two = unit.format("局机关", 54, 30, 4, 20) + unit.format("审计中心", 50, 20, 10, 20)
    assert not [found for found in mismatches(two + SPENDING) if found[1] == "64"]


def test_without_project_expenditure_beside_them_the_parts_may_be_of_anything() -> None:
    text = "预算支出73万元，包括：人员支出49万元、公用支出20万元、对个人和家庭补助支出4万元。\n\n"
    assert ("error", "64", "73") not in mismatches(text + SPENDING)


# Three public expenses

THREE = "2024年“三公”经费预算{}万元。其中：因公出国（境）费用{}万元；公务接待费{}万元；公务用车购置和运行维护费{}万元。"


@pytest.mark.parametrize(
    ("figures", "found"),
    [
        ((10, 2, 3, 5), []),
        ((11, 2, 3, 5), ["rounding"]),
        ((14, 2, 3, 5), ["error"]),
    ],
)
def test_the_three_kinds_make_the_three_public_expenses(figures: tuple[int, ...], found: list[str]) -> None:
    sums = {severity for kind, severity, *_ in brief(THREE.format(*figures)) if kind == "sum"}
    assert sorted(sums) == found


# Shares

SHARES = "支出200万元，其中：基本支出{}万元，占{}%；项目支出{}万元，占{}%。"


@pytest.mark.parametrize(
    ("figures", "found"),
    [
        ((50, 25, 150, 75), []),
        ((50, 25, 150, 74), [("rounding", "100", "99"), ("error", "75.00", "74")]),
        ((50, 35, 150, 75), [("error", "25.00", "35"), ("error", "100", "110")]),
        ((67, 33, 133, 66), [("rounding", "100", "99")]),
    ],
)
def test_shares_fit_part_and_whole_and_make_a_hundred(
    figures: tuple[int, ...], found: list[tuple[str, str, str]]
) -> None:
    text = SHARES.format(*figures)
    assert {tuple(rest) for kind, *rest in brief(text) if kind == "percent"} == set(found)


def test_shares_of_parts_that_are_not_all_need_make_no_hundred() -> None:
    text = "支出200万元，其中：培训50万元，占25%；会议20万元，占10%等。"
    assert [rest for kind, *rest in brief(text) if kind == "percent"] == []
    assert outcomes(text, "share") == {"held": 2}


def test_shares_of_parts_that_make_the_whole_but_for_rounding_make_a_hundred() -> None:
    text = "支出202万元，其中：培训50万元，占25%；会议50万元，占25%；差旅100万元，占50%。"
    assert outcomes(text, "share") == {"held": 4}
    assert outcomes(text.replace("202", "204"), "share").total() == 3


def test_a_share_that_was_cut_and_not_rounded_is_rounding() -> None:
    text = "支出1000万元，其中：培训677万元，占67%；会议300万元，占30%等。"
    assert [rest for kind, *rest in brief(text) if kind == "percent"] == [["rounding", "67.70", "67"]]


def test_a_share_far_behind_its_figure_is_not_its_own() -> None:
    far = "，按照有关规定和要求以及年度工作安排统筹用于全部各项业务开支合理，占90%"
    text = f"支出200万元，其中：基本支出50万元{far}；项目支出150万元。"
    assert outcomes(text, "share") == {}


# Labels numbered without codes


def outline(*rows: tuple[str, str]) -> str:
    return table("部门收入总表", [["项目", "预算数"], *map(list, rows)])


def sums(text: str) -> list[tuple[str, str | None, str | None]]:
    return [(severity, *figures) for kind, severity, *figures in brief(text) if kind == "sum"]


BASE = [("一、财政拨款", "9"), ("（一）一般公共预算", "5"), ("（二）政府性基金", "4"), ("二、事业收入", "3")]


def test_an_outline_that_adds_up_is_held() -> None:
    text = outline(*BASE, ("本年收入合计", "12"), ("上年结转", "2"), ("收入总计", "14"))
    assert sums(text) == []
    assert outcomes(text, "outline") == {"held": 3}


def test_a_label_that_its_numbers_do_not_make_is_found() -> None:
    rows = [("一、财政拨款", "15"), *BASE[1:]]
    assert sums(outline(*rows, ("本年收入合计", "18"))) == [("error", "9", "15")]


def test_a_later_label_is_held_against_its_own_numbers() -> None:
    rows = [*BASE[:3], ("二、事业收入", "3"), ("（一）培训收入", "1"), ("（二）租金收入", "4")]
    assert sums(outline(*rows, ("本年收入合计", "12"))) == [("error", "5", "3")]


def test_labels_without_numbers_make_the_first_total_and_what_follows_makes_the_second() -> None:
    text = table(
        "收支总表",
        [
            ["收入", "", "支出", ""],
            ["项目", "预算数", "项目", "预算数"],
            ["财政拨款", "7", "一、一般公共服务支出", "12"],
            ["事业收入", "4", "二、教育支出", "0"],
            ["其他收入", "1", "三、农林水支出", "0"],
            ["本年收入合计", "12", "本年支出合计", "12"],
            ["上年结转", "2", "结转下年", "12"],
            ["收入总计", "24", "支出总计", "24"],
        ],
    )
    assert sums(text) == [("error", "14", "24")]


def test_a_total_that_the_outermost_labels_do_not_make_is_found() -> None:
    assert sums(outline(*BASE, ("本年收入合计", "22"))) == [("error", "12", "22")]


def test_a_second_total_adds_what_stands_between() -> None:
    assert sums(outline(*BASE, ("本年收入合计", "12"), ("上年结转", "2"), ("收入总计", "24"))) == [
        ("error", "14", "24")
    ]


def test_a_numbering_with_a_gap_says_nothing_of_its_label() -> None:
    rows = [("一、财政拨款", "15"), ("（一）一般公共预算", "5"), ("（三）国有资本经营预算", "4"), ("二、事业收入", "3")]
    assert sums(outline(*rows, ("本年收入合计", "18"))) == []
