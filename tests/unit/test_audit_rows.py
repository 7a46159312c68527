"""Totals across a row and down a column: which columns are the parts is learned from the rows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.audit.base.sheets import Sheet, build_sheets
from kg.audit.sums.hierarchy import find_branches
from kg.audit.sums.row_totals import find_parts
from kg.records import AmountRecord
from tests.audited import audit_text, brief
from tests.texts import table


def rows(*figures: tuple[str, ...]) -> list[list[str]]:
    """Return lines of one 款 whose first is the total of the others."""
    names = [("201", "一般公共服务支出"), ("20108", "审计事务"), ("2010801", "行政运行"), ("2010804", "审计业务")]
    return [[*name, *cells] for name, cells in zip(names, figures, strict=True)]


def sums(header: list[str], *figures: tuple[str, ...]) -> list[tuple[str, str | None, str | None]]:
    text = table("部门支出总表（按功能科目）", [["科目编码", "科目名称", *header], *rows(*figures)])
    return [(severity, *found) for kind, severity, *found in brief(text) if kind == "sum"]


ONE_OFF = [("30", "21", "9"), ("30", "21", "9"), ("18", "16", "2"), ("12", "5", "3")]
"""The last line prints 12 beside 5 and 3; the columns are off as far."""


@pytest.mark.parametrize(
    "header",
    [
        ["合计", "一般公共预算", "政府性基金"],
        ["合计", "其中：一般公共预算", "其中：政府性基金"],
    ],
)
def test_the_parts_of_most_rows_are_the_parts_of_all(header: list[str]) -> None:
    assert ("error", "8", "12") in sums(header, *ONE_OFF)


def test_a_total_may_stand_behind_its_parts() -> None:
    figures = [(part, other, total) for total, part, other in ONE_OFF]
    assert ("error", "8", "12") in sums(["一般公共预算", "政府性基金", "合计"], *figures)


def test_where_too_few_rows_obey_nothing_is_said_of_any() -> None:
    figures = [("30", "26", "4"), ("30", "26", "9"), ("18", "16", "7"), ("12", "10", "2")]
    assert ("error", "35", "30") not in sums(["合计", "一般公共预算", "政府性基金"], *figures)


def test_a_column_that_only_spoils_the_sum_is_no_part() -> None:
    header = ["合计", "一般公共预算", "政府性基金", "上年结余"]
    figures = [("30", "26", "4", ""), ("30", "26", "4", ""), ("18", "16", "2", ""), ("12", "10", "2", "")]
    text = table(
        "部门支出总表（按功能科目）",
        [["科目编码", "科目名称", *header], *rows(*figures), ["204", "公共安全支出", "7", "", "", "5"]],
    )
    assert [found for found in brief(text) if found[0] == "sum"] == []


def test_a_total_line_below_its_codes_is_held_against_them() -> None:
    text = table(
        "部门支出总表（按功能科目）",
        [
            ["科目编码", "科目名称", "预算数"],
            ["201", "一般公共服务支出", "30"],
            ["205", "教育支出", "12"],
            ["", "合计", "52"],
        ],
    )
    assert brief(text) == [("sum", "error", "42", "52")]


def sheet_of(text: str, paths: dict[int, tuple[str, ...]], codes: dict[str, str]) -> Sheet:
    """Return the one table of a text with other header paths by column, and other codes by code."""
    records = [record for record in audit_text(text).records if isinstance(record, AmountRecord)]
    (sheet,) = build_sheets(
        replace(
            record,
            header=paths.get(record.source.place.col or 0, record.header),
            code=codes.get(record.code or "", record.code),
        )
        for record in records
    )
    return sheet


FOUR = table(
    "部门支出总表（按功能科目）",
    [
        ["科目编码", "科目名称", "支出", "人员", "公用", "结转"],
        *rows(("30", "21", "9", "0"), ("30", "21", "9", "0"), ("18", "16", "2", "0"), ("12", "5", "7", "0")),
    ],
)


@pytest.mark.parametrize("other", ["上年", "结转"])
def test_a_column_headed_by_a_whole_group_adds_up_that_group_and_no_other(other: str) -> None:
    paths = {3: ("支出",), 4: ("支出", "人员"), 5: ("支出", "公用"), 6: (other, "资金")}
    assert find_parts(sheet_of(FOUR, paths, {}), 3) == (4, 5)


def test_a_code_of_no_level_is_neither_above_nor_below_another() -> None:
    (run,) = find_branches(sheet_of(FOUR, {}, {"2010801": "231001"}))
    (top,) = run
    assert (top.line.code, [child.line.code for child in top.children]) == ("201", ["20108"])
    assert [child.line.code for child in top.children[0].children] == ["2010804"]
