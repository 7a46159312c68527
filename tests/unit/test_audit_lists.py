"""Enumerations in prose: which figure is the total, which are its parts, and whether they are all."""

from __future__ import annotations

import pytest

from kg.audit.base.figures import find_prose
from kg.audit.base.lists import find_lists
from kg.extract.prose.quantified import quantify
from kg.read.plain.reader import read_text

Found = list[tuple[str, list[str], bool]]


def lists(text: str) -> Found:
    """Return total, parts and whether they are whole of each list, as printed numbers."""
    document = read_text(text.encode("utf-8"), file="sample.txt")
    return [
        (f"{found.total.value:f}", [f"{part.value:f}" for part in found.parts], found.whole)
        for found in find_lists(find_prose(quantify(document.paragraphs)))
    ]


LISTS: list[tuple[str, Found]] = [
    ("支出9万元，其中：基本支出5万元，项目支出4万元。", [("9", ["5", "4"], True)]),
    ("支出9万元（基本支出5万元，项目支出4万元），下一步再议。", [("9", ["5", "4"], True)]),
    # What stands behind the closing bracket, or in the next sentence, is no part.
    ("支出9万元（基本支出5万元，项目支出4万元），结转3万元。", [("9", ["5", "4"], True)]),
    ("支出9万元，其中：基本支出5万元，项目支出4万元。结转3万元。", [("9", ["5", "4"], True)]),
    ("（支出9万元，其中：基本支出5万元，项目支出4万元），结转3万元。", [("9", ["5", "4"], True)]),
    # A full stop inside a bracket ends nothing.
    ("支出9万元，其中：基本支出5万元（见表。），项目支出4万元。", [("9", ["5", "4"], True)]),
    # A part's own parts are its own; at the semicolon the outer list goes on.
    (
        "支出9万元，其中：基本支出5万元，其中人员3万元、公用2万元；项目支出4万元。",
        [("9", ["5", "4"], True), ("5", ["3", "2"], True)],
    ),
    (
        "支出9万元，其中：基本支出5万元（人员3万元、公用2万元），项目支出4万元。",
        [("5", ["3", "2"], True), ("9", ["5", "4"], True)],
    ),
    # Words that leave room for more.
    ("支出9万元，其中：培训3万元、会议2万元等。", [("9", ["3", "2"], False)]),
    ("支出9万元；其中：培训3万元、会议2万元。", [("9", ["3", "2"], False)]),
    ("支出9万元。今年其中：培训3万元、会议2万元。", [("9", ["3", "2"], False)]),
    # One part is no list; nor are parts in another measure.
    ("支出9万元，其中：培训3万元。", []),
    ("支出9万元，其中：培训3人、会议2人。", []),
    ("编制9人，其中：行政5人、事业4人。", [("9", ["5", "4"], True)]),
    # Units of money are one measure.
    ("支出9万元，其中：培训50000元、会议4万元。", [("9", ["50000", "4"], True)]),
    # A change is the total only of what is said to make it up, over its sentences.
    ("比上年增加9万元，主要是：培训增加5万元。会议增加4万元。", [("9", ["5", "4"], False)]),
    # A figure that is neither level nor change is no total.
    ("占比9%，其中：培训3万元、会议2万元。", []),
    ("完成率9%（培训5%、会议4%）。", []),
    # A percentage between a total and its marker separates nothing; a level in brackets may be what is meant.
    ("支出9万元，完成率20%，其中：基本支出5万元，项目支出4万元。", [("9", ["5", "4"], True)]),
    ("支出9万元（含结转7万元），其中：基本支出5万元，项目支出4万元。", []),
]


@pytest.mark.parametrize(("text", "found"), LISTS, ids=[text for text, _ in LISTS])
def test_a_list_has_its_total_and_its_own_parts(text: str, found: Found) -> None:
    assert lists(text) == found


def test_a_total_too_far_before_the_marker_is_none_of_its_own() -> None:
    near, far = "按要求" * 38, "按要求" * 45
    text = "支出9万元，比上年增加1万元，{}其中：培训5万元、会议4万元。"
    assert [total for total, *_ in lists(text.format(near))] == ["9"]
    assert lists(text.format(far)) == []


PARAGRAPHS = "支出9万元，具体包括：\n\n{}\n\n{}\n\n{}\n"


def test_numbered_paragraphs_below_a_total_are_its_parts() -> None:
    text = PARAGRAPHS.format("（一）基本支出5万元，占比一半。", "（二）项目支出4万元，结转2万元。", "二、收入3万元。")
    assert lists(text) == [("9", ["5", "4"], False)]


def test_a_numbering_that_begins_anew_is_another_list() -> None:
    text = PARAGRAPHS.format("（一）基本支出5万元。", "（二）项目支出4万元。", "（一）收入3万元。")
    assert lists(text) == [("9", ["5", "4"], False)]


def test_deeper_numbers_belong_to_the_parts() -> None:
    text = PARAGRAPHS.format("（一）基本支出5万元。", "1.人员支出3万元。", "（二）项目支出4万元。")
    assert lists(text) == [("9", ["5", "4"], False)]


def test_of_several_levels_the_one_the_parts_make_is_the_total() -> None:
    text = "收入20万元，支出9万元，具体包括：\n\n（一）基本支出5万元。\n\n（二）项目支出4万元。\n"
    assert lists(text) == [("9", ["5", "4"], False)]


FIGURES = [
    ("支出1,234.50万元。", [("level", "1234.50", 0)]),
    ("比2023年增加3万元，增长20%。", [("change", "3", 0), ("percent", "20", 0)]),
    ("比2023年减少3万元，下降20%。", [("change", "-3", 0), ("percent", "-20", 0)]),
    ("占总支出的20%。", [("share", "20", 0)]),
    ("完成率20%。", [("other", "20", 0)]),
    ("支出5万元，上年预算4万元（含结转1万元）。", [("level", "5", 0), ("level", "4", 0), ("level", "1", 1)]),
    ("较上年4万元有所下降。", [("other", "4", 0)]),
    ("培训5天，支出3万元。", [("level", "3", 0)]),  # how long is no quantity of what is spent
    ("培训不少于5次，支出3万元。", [("level", "3", 0)]),  # a bound says how much is wanted, not how much is
]


@pytest.mark.parametrize(("text", "found"), FIGURES, ids=[text for text, _ in FIGURES])
def test_a_figure_is_a_level_a_change_or_a_share(text: str, found: list[tuple[str, str, int]]) -> None:
    (prose,) = find_prose(quantify(read_text(text.encode("utf-8"), file="sample.txt").paragraphs))
    assert [(figure.role, f"{figure.value:f}", figure.depth) for figure in prose.figures] == found


@pytest.mark.parametrize(
    ("text", "yuan", "half"),
    [
        ("支出5元。", "5", "0.5"),
        ("支出5千元。", "5000", "500"),
        ("支出5.0万元。", "50000", "500"),
        ("支出5百万元。", "5000000", "500000"),
        ("支出5.00亿元。", "500000000", "500000"),
        ("编制5人。", "5", "0.5"),
    ],
)
def test_a_figure_in_yuan_with_half_its_last_digit(text: str, yuan: str, half: str) -> None:
    (prose,) = find_prose(quantify(read_text(text.encode("utf-8"), file="sample.txt").paragraphs))
    (figure,) = prose.figures
    assert (f"{figure.yuan:.0f}", f"{figure.half:.1f}".removesuffix(".0")) == (yuan, half)
