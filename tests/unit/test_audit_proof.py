"""The gate: an error is proved, or a notice that says what could not be decided."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.audit.proof.slips import is_slip
from tests.audited import audit_text, brief
from tests.texts import table

HEADER = ["科目编码", "科目名称", "合计", "基本支出", "项目支出"]
ROWS = [
    ["", "合计", "963.40", "521.30", "442.10"],
    ["205", "教育支出", "963.40", "521.30", "442.10"],
    ["20502", "普通教育", "963.40", "521.30", "442.10"],
    ["2050201", "学前教育", "611.20", "331.10", "280.10"],
    ["2050203", "初中教育", "352.20", "190.20", "162.00"],
]


def spending(*rows: list[str], header: list[str] = HEADER) -> str:
    return table("部门支出总表（按功能科目）", [header, *rows])


def changed(row: int, column: int, text: str) -> list[list[str]]:
    rows = [list(one) for one in ROWS]
    rows[row][column] = text
    return rows


def told(text: str) -> list[tuple[str, str]]:
    """Return (severity, code of the doubt or of the finding) of every finding."""
    found = []
    for finding in audit_text(text).findings:
        doubt = finding.message.arguments.get("doubt")
        found.append((finding.severity, getattr(doubt, "code", finding.message.code)))
    return found


def test_a_cell_that_its_row_and_its_column_refute_is_told_once() -> None:
    found = told(spending(*changed(4, 3, "196.20")))
    assert ("error", "audit.sum.row") in found
    assert [code for severity, code in found if severity == "error"] == ["audit.sum.row"]
    assert ("notice", "audit.doubt.consequence") in found


def test_lines_withheld_by_a_note_are_no_error() -> None:
    rows = [row for row in ROWS if row[0] != "2050203"]
    note = "\n注：按规定，部分敏感项目内容不予公开。\n"
    assert {severity for severity, _ in told(spending(*rows) + note)} == {"notice"}
    assert ("notice", "audit.doubt.withheld") in told(spending(*rows) + note)


def test_a_total_printed_again_accuses_nobody() -> None:
    assert brief(spending(*ROWS[:3], ROWS[0], *ROWS[3:])) == []


def test_a_line_that_belongs_nowhere_leaves_a_sum_undecided() -> None:
    rows = [*ROWS[:4], ["", "另列一项", "352.20", "190.20", "162.00"]]
    assert [severity for severity, _ in told(spending(*rows)) if severity == "error"] == []


def test_a_share_of_a_column_is_no_sum_of_it() -> None:
    header = ["科目编码", "科目名称", "项目支出", ""]
    rows = [["科目编码", "科目名称", "项目支出总数", "不含基建的项目支出"]]
    rows += [["205", "教育支出", "442.10", "142.10"], ["2050201", "学前教育", "280.10", "80.10"]]
    rows += [["2050203", "初中教育", "162.00", "62.00"]]
    assert brief(table("一般公共预算支出表", [header, *rows])) == []


def test_a_number_that_lost_its_last_digit_to_the_next_page_is_no_misprint() -> None:
    ends = {"190.20": "190.27", "352.20": "352.27", "521.30": "521.37", "963.40": "963.47"}
    rows = [[ends.get(cell, cell) for cell in row] for row in ROWS]
    assert brief(spending(*rows)) == []
    rows[4][3] = "190.2"
    assert brief(spending(*rows)) == []


def test_units_named_by_the_prose_are_parts_of_the_total_over_units() -> None:
    prose = "本部门预算包括：某市某区审计局本级、某市某区审计中心。\n"
    rows = [
        ["单位名称", "合计", "公务接待费", "公务用车运行费"],
        ["合计", "94.00", "31.00", "63.00"],
        ["某市某区审计局本级", "41.00", "15.00", "26.00"],
        ["某市某区审计中心", "27.00", "9.00", "18.00"],
        ["某市某区审计学会（某市某区审计研究所）", "16.00", "7.00", "9.00"],
    ]
    found = brief(prose + table("一般公共预算“三公”经费预算表", rows))
    assert sorted(found) == [("sum", "error", "53.00", "63.00"), ("sum", "error", "84.00", "94.00")]


def test_a_subtotal_is_no_part_beside_its_own_parts() -> None:
    rows = [
        ["项目", "预算数"],
        ["一、本年支出", "415.00"],
        ["一、教育支出", "300.00"],
        ["二、卫生健康支出", "115.00"],
        ["二、结转下年", "0.00"],
        ["支出总计", "415.00"],
    ]
    assert told(table("财政拨款支出表", rows)) == []


def test_carried_over_money_is_not_what_prose_says_of_this_year() -> None:
    header = ["科目编码", "科目名称", "合计", "基本支出", "项目支出", "上年结转结余"]
    rows = [[*row, "0.00"] for row in ROWS]
    assert brief("2024年基本支出521.30万元。\n" + spending(*rows, header=header)) == []


@pytest.mark.parametrize(
    ("prose", "severity"),
    [
        ("2024年基本支出521.30万元。", []),
        ("2024年基本支出512.30万元。", ["error"]),  # two digits turned
        ("2024年基本支出52.13万元。", ["error"]),  # the point moved
        ("2024年基本支出748.95万元。", ["notice"]),  # perhaps of another scope
    ],
)
def test_prose_is_accused_of_what_looks_like_a_misprint(prose: str, severity: list[str]) -> None:
    assert [one for one, _ in told(prose + "\n" + spending(*ROWS))] == severity


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("支出90万元，其中：会议费30万元，差旅费20万元，印刷费10万元。", ["notice"]),  # some of the parts
        ("支出90万元，主要是：会议费30万元，差旅费20万元，印刷费10万元。", ["notice"]),
        ("支出90万元，包括：会议费30万元，差旅费20万元，印刷费10万元。", ["error"]),
        ("编制90人，其中：行政编制30人，事业编制20人，工勤人员10人。", ["error"]),  # there are no further kinds
        ("培训90万元，其中：甲班30万元，按人均99元的标准。", []),
    ],
)
def test_a_list_is_complete_only_where_its_words_say_so(text: str, severity: list[str]) -> None:
    assert [one for one, _ in told(text)] == severity


@pytest.mark.parametrize(
    "text",
    [
        "收入812万元，由于政策调整，部分项目取消，比上年减少93万元，下降4%。",  # of what was cancelled
        "收入812万元，同口径比上年增加93万元，增长4%。",
        "总收入900万元，其中税收812万元，比上年增加45万元，增长5.0%。",  # five percent of the total
    ],
)
def test_a_percentage_of_another_base_accuses_nobody(text: str) -> None:
    assert [found for found in brief(text) if found[0] == "percent"] == []


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        ("8103", "8013", True),
        ("2106.66", "2160.66", True),
        ("71", "17", True),
        ("4", "9", False),
        ("372", "1105", False),
    ],
)
def test_figures_are_alike_by_their_digits(one: str, other: str, slip: bool) -> None:
    assert is_slip(Decimal(one), Decimal(other)) is slip


def test_tables_that_could_not_be_checked_are_told() -> None:
    rows = [["名目", "数额"], *[[f"事项{letter}", f"{at}.5"] for at, letter in enumerate("甲乙丙丁戊", 3)]]
    assert ("notice", "audit.few_checks") in told(table("基本情况表", rows))
    assert told(spending(*ROWS)) == []
