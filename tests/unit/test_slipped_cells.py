"""Cells printed out of their place: rows that lost empty cells, words left of their column, broken codes."""

from __future__ import annotations

from kg.audit.printed.slipped_cells import check_cells
from kg.read.plain.reader import read_text
from tests.texts import HEAD, table


def checks(*tables: str) -> list[tuple[str, list[str]]]:
    """Return outcome and printed texts of what is found in tables."""
    document = read_text((HEAD + "".join(tables)).encode("utf-8"), file="sample.txt")
    return [(check.outcome, [place.text for place in check.places]) for check in check_cells(document)]


HEADER = ["序号", "项目名称", "预算数", "调整数", "决算数", "执行率", "得分", "自评等级", "备注"]
FULL = ["1", "档案整理经费", "10", "12", "11", "91.67", "95", "优", "无"]
LOST = ["2", "业务培训经费", "20", "19", "95.00", "92", "优", "无", ""]


def test_a_row_that_ends_like_the_fullest_but_earlier_lost_a_cell() -> None:
    found = checks(table("项目支出绩效自评表", [HEADER, FULL, LOST]))
    assert [(outcome, texts[0], texts[2]) for outcome, texts in found] == [("error", "业务培训经费", "档案整理经费")]


def test_rows_of_one_length_are_left_alone() -> None:
    whole = ["2", "业务培训经费", "20", "20", "19", "95.00", "92", "优", "无"]
    assert checks(table("项目支出绩效自评表", [HEADER, FULL, whole])) == []


def test_a_shorter_row_that_ends_otherwise_is_left_alone() -> None:
    other = ["2", "业务培训经费", "20", "19", "95.00", "92", "优", "见附件说明", ""]
    assert checks(table("项目支出绩效自评表", [HEADER, FULL, other])) == []


INDICATORS = ["一级指标", "二级指标", "三级指标", "指标值"]


def test_a_kind_of_indicator_left_of_its_column_is_found_once_another_stands_right() -> None:
    rows = [
        INDICATORS,
        ["产出指标", "数量指标", "培训次数", "5次"],
        ["质量指标", "培训合格率", "98%", ""],
    ]
    found = checks(table("项目支出绩效目标表", rows))
    assert [(outcome, texts[0]) for outcome, texts in found] == [("error", "质量指标")]


def test_kinds_of_indicators_in_their_columns_are_left_alone() -> None:
    rows = [INDICATORS, ["产出指标", "数量指标", "培训次数", "5次"], ["", "质量指标", "培训合格率", "98%"]]
    assert checks(table("项目支出绩效目标表", rows)) == []


GOODS = ["品目编码", "品目名称", "数量", "金额"]


def test_a_code_broken_by_a_line_wrap_is_a_notice_alone_and_an_error_beside_its_whole() -> None:
    broken, whole = ["A0206180203 01", "空调机", "2", "1.20"], ["A020618020301", "空调机", "1", "0.60"]
    assert checks(table("政府采购预算表", [GOODS, broken])) == [("notice", ["A0206180203 01"])]
    assert checks(table("政府采购预算表", [GOODS, broken, whole])) == [("error", ["A0206180203 01", "A020618020301"])]
