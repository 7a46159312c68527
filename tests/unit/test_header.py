"""Header rows, forms and information rows told from the body; header paths with spans known and inferred."""

from __future__ import annotations

import pytest

from kg.read.assemble.forms import is_form
from kg.read.assemble.header import (
    continues_body,
    count_header_rows,
    count_info_rows,
    header_paths,
    header_share,
    is_column_numbers,
    is_header_word,
    is_label,
    is_total_word,
)
from kg.read.assemble.matrix import Line, RawCell, RawGrid, lay_out
from kg.read.assemble.owners import infer_owners
from kg.values.place import Place


def lines(*rows: str, spans: dict[tuple[int, int], tuple[int, int]] | None = None) -> list[Line]:
    """Return rows written with | between cells laid out; `spans` by (row, cell) as (down, across)."""
    cells = []
    for row, text in enumerate(rows):
        made = []
        for number, part in enumerate(text.split("|")):
            down, across = (spans or {}).get((row, number), (1, 1))
            made.append(RawCell(text=part, place=Place(line=row + 1), row_span=down, col_span=across))
        cells.append(tuple(made))
    return lay_out(RawGrid(rows=tuple(cells), place=Place()))


def line(text: str) -> Line:
    return lines(text)[0]


HEADERS = [
    (("科目编码|科目名称|合计|基本支出", "201|一般公共服务|5|5"), 1),
    (("201|一般公共服务|5|5", "202|外交|1|1"), 0),
    (("科目编码|科目名称|本年支出|", "||基本支出|项目支出", "201|服务|5|5"), 2),
    (("科目编码|科目名称|合计|基本支出", "1|2|3|4", "201|服务|5|5"), 2),
    (("科目编码|科目名称|合计|基本支出", "栏次||1|2", "201|服务|5|5"), 2),
    (("项目名称|2023年|2024年", "办公费|5|5"), 1),
    (("项目名称|2023|2024", "办公费|5|5"), 1),
    (("项目名称|2023|5", "办公费|5|5"), 0),
    (("指标名称|≥98|单位", "办公费|5|5"), 0),
    (("指标名称|12.5%|单位", "办公费|5|5"), 0),
    (("项目名称|用于完成各项工作。保障运转|单位", "办公费|5|5"), 0),
    (("项目名称|" + "长" * 45 + "|单位", "办公费|5|5"), 0),
    (("项目名称|" + "长" * 44 + "|单位", "办公费|5|5"), 1),
    (("科目名称|金额|备注", "办公费|无|无", "印刷费|1|2"), 1),
    (("科目名称|金额|", "|预算数|", "办公费|1|2"), 2),
]


@pytest.mark.parametrize(("rows", "depth"), HEADERS)
def test_header_rows_hold_words_and_hang_together(rows: tuple[str, ...], depth: int) -> None:
    assert count_header_rows(lines(*rows), spans_known=False) == depth


def test_there_is_no_header_where_there_are_no_lines() -> None:
    assert count_header_rows([], spans_known=True) == 0


def test_a_row_reached_by_a_merged_cell_belongs_to_the_header() -> None:
    merged = lines(
        "科目|本年支出|结转", "小计|其中", "办公|无|无|无", spans={(0, 0): (2, 1), (0, 1): (1, 2), (0, 2): (2, 1)}
    )
    assert count_header_rows(merged, spans_known=True) == 2


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1|2|3|4", True),
        ("栏次|1|2", True),
        ("A|B|1|2=3+4", True),
        ("甲|乙|1|2", True),
        ("(1)|(2)|(3)", True),
        ("栏次|1", True),
        ("项目|1", False),
        ("1|3|5|7", False),
        ("1|2|4|5", True),
        ("4|5|6", False),
        ("3|4|5", True),
        ("2|1", False),
        ("1|1|2", False),
        ("1", False),
        ("1|2|办公费", False),
        ("201|202", False),
    ],
)
def test_a_line_that_only_numbers_columns_is_known(text: str, numbers: bool) -> None:
    assert is_column_numbers(line(text)) is numbers


@pytest.mark.parametrize(
    ("rows", "form"),
    [
        (("项目名称|某专项|||", "主管部门|某局||实施单位|某处"), True),
        (("项目名称|某专项", "主管部门|某局"), True),
        (("项目名称|某专项", "某处|某局"), False),
        (("项目名称|绩效目标", "年度目标|按期完成"), False),
        (("项目名称|某专项|主管部门|某局", "实施单位|某站|年度目标|按期完成"), True),
        (("项目名称|合计|||", "办公费|5|||"), False),
        (("科目编码|某专项|||", "201|5|||"), False),
        (("项目名称||||", "主管部门|某局|||"), False),
        (("项目名称|预算数额明细||", "年度|金额|单位|备注"), False),
        (("项目单位|主管部门||", "某局|某委||"), True),
    ],
)
def test_a_form_begins_with_a_label_and_its_value(rows: tuple[str, ...], form: bool) -> None:
    assert is_form(lines(*rows)) is form


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        (("主管部门|某市财政局||", "项目名称|金额|备注|单位", "甲|5||"), 1),
        (("主管部门|某市财政局||", "实施单位|某市审计局||", "项目名称|金额|备注|单位", "甲|5||"), 2),
        (("项目名称|金额|备注|单位", "甲|5||"), 0),
        (("主管部门|某市财政局|5|", "项目名称|金额|备注|单位"), 0),
        (("主管部门|某市财政局||", "办公费|无|无|"), 0),
        (("主管部门|某市财政局||",), 0),
    ],
)
def test_rows_that_name_who_fills_a_form_in_stand_above_its_header(rows: tuple[str, ...], count: int) -> None:
    assert count_info_rows(lines(*rows)) == count


@pytest.mark.parametrize(
    ("text", "goes_on"),
    [
        ("一、工资福利支出|二、项目支出|合计", True),
        ("产出指标|数量指标|完成率", True),
        ("指标名称|产出指标|单位", False),
        ("工资福利", True),
        ("科目编码|科目名称|金额", False),
        ("甲某|乙某|丙某", True),
    ],
)
def test_a_line_without_numbers_may_be_of_the_body(text: str, goes_on: bool) -> None:
    assert continues_body(line(text)) is goes_on


def test_words_of_headers_are_told_from_others() -> None:
    assert is_total_word("合计")
    assert is_total_word("预算数")
    assert not is_total_word("某专项")
    assert is_label("项目名称")
    assert is_label("序号")
    assert not is_label("某专项资金")
    assert is_header_word("预算金额")
    assert not is_header_word("")
    assert not is_header_word("预算金额；")
    assert not is_header_word("预算" * 23)
    assert header_share(line("预算金额|甲某|科目编码|乙某")) == 0.5
    assert header_share(line("|")) == 0.0


def test_paths_run_from_the_outermost_cell_and_leave_column_numbers_out() -> None:
    rows = lines("科目|本年支出|", "|基本 支出|项目支出", "1|2|3")
    assert header_paths(rows, 4) == (("科目",), ("本年支出", "基本支出"), ("本年支出", "项目支出"), ())


def test_a_blank_belongs_to_its_left_under_the_same_parent_else_to_the_cell_above() -> None:
    rows = lines("科目|本年支出|||结转", "编码|基本支出||项目支出|")
    assert infer_owners(rows) == [
        [(0, 0), (0, 1), (0, 1), (0, 1), (0, 4)],
        [(1, 0), (1, 1), (1, 1), (1, 3), (0, 4)],
    ]


def test_a_column_before_the_first_header_cell_has_no_owner() -> None:
    assert infer_owners(lines("|科目|合计")) == [[None, (0, 1), (0, 2)]]


def test_a_merged_cell_heads_all_it_covers() -> None:
    rows = lines("科目|本年支出", "基本支出|项目支出", spans={(0, 0): (2, 1), (0, 1): (1, 2)})
    assert infer_owners(rows) == [[(0, 0), (0, 1), (0, 1)], [(0, 0), (1, 1), (1, 2)]]
