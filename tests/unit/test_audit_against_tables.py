"""One figure printed in two tables, or in prose and a table: when both speak of the same money, and what then differs."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.audited import audit_text, brief
from tests.texts import table

CODES = ["科目编码", "科目名称", "合计", "基本支出", "项目支出"]
ROWS = [
    ["", "合计", "104", "64", "40"],
    ["201", "一般公共服务支出", "90", "50", "40"],
    ["20108", "审计事务", "90", "50", "40"],
    ["2010801", "行政运行", "50", "50", "0"],
    ["2010804", "审计业务", "40", "0", "40"],
    ["205", "教育支出", "14", "14", "0"],
    ["20508", "进修及培训", "14", "14", "0"],
    ["2050803", "培训支出", "14", "14", "0"],
]
ALL, GENERAL = "部门支出总表", "一般公共预算支出表"


def sheet(title: str, rows: list[list[str]], *, unit: str = "万元") -> str:
    return table(title, [CODES, *rows], unit=unit)


def changed(*cells: tuple[int, int, str]) -> list[list[str]]:
    rows = [list(row) for row in ROWS]
    for row, column, text in cells:
        rows[row][column] = text
    return rows


def counted(text: str, rule: str) -> Counter[str]:
    """Return how many checks of a rule came out how."""
    return Counter(check.outcome for check in audit_text(text).checks if check.rule == rule)


def differences(text: str) -> list[tuple[str | None, str | None]]:
    return [(expected, actual) for kind, _, expected, actual in brief(text) if kind == "mismatch"]


# Table against table


def test_lines_that_agree_are_counted_as_held() -> None:
    found = counted(sheet(ALL, ROWS) + sheet(GENERAL, ROWS), "cross_table")
    assert set(found) == {"held"}
    assert found["held"] > 12


def test_the_line_that_differs_is_named_with_both_figures_and_places() -> None:
    text = sheet(ALL, ROWS) + sheet(GENERAL, changed((4, 2, "46"), (4, 4, "46")))
    assert ("40", "46") in differences(text)
    finding = next(found for found in audit_text(text).findings if found.expected == 40 and found.actual == 46)
    assert [place.text for place in finding.places] == ["40", "46"]
    assert finding.severity == "error"


def test_a_difference_within_the_printed_digits_is_rounding() -> None:
    text = sheet(ALL, ROWS) + sheet(GENERAL, changed((4, 2, "41"), (4, 4, "41")))
    assert {severity for kind, severity, expected, _ in brief(text) if (kind, expected) == ("mismatch", "40")} == {
        "rounding"
    }


def test_tables_whose_totals_differ_speak_of_different_money() -> None:
    part = [["", "合计", "50", "50", "0"], *[list(row) for row in ROWS[1:4]]]
    part[1][2:], part[2][2:] = ["50", "50", "0"], ["50", "50", "0"]
    assert differences(sheet(ALL, ROWS) + sheet(GENERAL, part)) == []


def test_tables_that_mostly_differ_are_not_compared() -> None:
    other = changed(*((row, 2, str(7 * row + 1)) for row in range(1, 8)))
    text = sheet(ALL, ROWS) + sheet(GENERAL, other[1:])
    assert not [
        pair for pair in differences(text) if pair[0] in {"50", "40", "14"} and pair[1] not in {"50", "40", "14"}
    ]


def test_figures_in_another_unit_are_not_held_against_each_other() -> None:
    in_yuan = [[row[0], row[1], *(str(int(value) * 10_000) for value in row[2:])] for row in ROWS]
    assert differences(sheet(ALL, ROWS) + sheet(GENERAL, in_yuan, unit="元")) == []


def test_equal_totals_with_other_shares_of_basic_and_project_are_found() -> None:
    other = [["", "合计", "104", "60", "44"], ["201", "一般公共服务支出", "104", "60", "44"]]
    assert {("64", "60"), ("40", "44")} <= set(differences(sheet(ALL, ROWS) + sheet(GENERAL, other)))


# Prose against table


@pytest.mark.parametrize(
    ("prose", "expected"),
    [
        ("2024年部门预算支出104万元。", []),
        ("2024年基本支出64万元，项目支出40万元。", []),
        ("2024年项目支出46万元。", [("40", "46")]),
        ("2024年项目支出400000元。", []),
        ("2024年项目支出39.8万元。", [("40", "39.8")]),
    ],
)
def test_a_stated_level_is_held_against_the_total_line(prose: str, expected: list[tuple[str, str]]) -> None:
    assert differences(prose + "\n\n" + sheet(ALL, ROWS)) == expected


def test_a_figure_rounded_in_prose_is_rounding() -> None:
    rows = changed((0, 4, "40.26"), (0, 2, "104.26"))
    assert [
        (severity, actual) for kind, severity, _, actual in brief("2024年项目支出40.3万元。\n\n" + sheet(ALL, rows))
        if kind == "mismatch"
    ] == [("rounding", "40.3")]  # fmt: skip


def test_another_years_figure_is_not_held_against_this_years_cell() -> None:
    assert differences("2023年项目支出46万元。\n\n" + sheet(ALL, ROWS)) == []


def test_a_code_named_in_prose_is_held_against_its_line() -> None:
    assert differences("教育支出（类）2024年预算14万元。\n\n" + sheet(ALL, ROWS)) == []
    assert ("14", "17") in differences("教育支出（类）2024年预算17万元。\n\n" + sheet(ALL, ROWS))


def test_a_name_under_several_codes_is_not_decided() -> None:
    rows = [*[list(row) for row in ROWS], ["2040201", "行政运行", "9", "9", "0"]]
    assert differences("行政运行2024年预算77万元。\n\n" + sheet(ALL, rows)) == []
