"""What page breaks do to rows: a total printed again on every page, rows cut through name, code and number."""

from __future__ import annotations

import pytest

from kg.audit.printed.slipped_cells import check_cells
from kg.blocks import Table
from kg.read.assemble.builder import Builder
from kg.read.assemble.captions import Caption
from kg.read.assemble.finished import finish_table
from kg.read.assemble.grid import assemble_blocks
from kg.read.assemble.matrix import RawCell, RawGrid
from kg.read.assemble.parts import Part, read_part
from kg.read.pdf.reader import read_pdf
from kg.settings import Settings
from kg.values.place import Place
from tests.papers import Paper
from tests.unit.test_parts import grid, part, texts

UNITS = "单位|合计|拨款|事业收入"
ROWS = ("某区水厂|300.50|300.50|", "某区闸站|20.25|20.25|", "某区苗圃|7.00|7.00|", "某区渔场|8.10|8.10|")


def joined(head: str, rows: tuple[str, ...], *overleaf: str) -> list[tuple[str, ...]]:
    builder = Builder.begin(part(head, *rows), Caption(title="收入总表"))
    builder.extend(part(*overleaf, page=2))
    return texts(finish_table(builder, None, None))


CUTS = [
    ("某区水文监|9,120.25|112.20|9,008.0", "测中心|||5", ("某区水文监测中心", "9,120.25", "112.20", "9,008.05")),
    ("某区水文监测站|9,120.|112.20|9,00", "|25||8.05", ("某区水文监测站", "9,120.25", "112.20", "9,008.05")),
    ("某区水文监测|1,234,|1,234,|", "站|567.80|567.80|", ("某区水文监测站", "1,234,567.80", "1,234,567.80", "")),
    ("某区水文监|||", "测中心|44.10|44.10|", ("某区水文监测中心", "44.10", "44.10", "")),
    ("某区水文监|44.10|44.10|", "测中心|||", ("某区水文监测中心", "44.10", "44.10", "")),
]


@pytest.mark.parametrize(("last", "first", "row"), CUTS)
def test_a_row_cut_through_its_name_and_numbers_is_one(last: str, first: str, row: tuple[str, ...]) -> None:
    found = joined(UNITS, (*ROWS, last), first, "某区林场|1.00|1.00|")
    assert found[-2:] == [row, ("某区林场", "1.00", "1.00", "")]


ROWS_OF_THEIR_OWN = [
    ("某区林场|6.50|6.50|", "某区果园|4.00|4.00|"),
    ("某区林场|6.50|6.50|", "|4.00|4.00|"),
    ("某区林场|6.50|6.50|", "二、其他单位|||"),
    ("某区林业局|||", "某区果园|4.00|4.00|"),
    ("某区林场|6.50|6.50|", "合计|4.00|4.00|"),
]


@pytest.mark.parametrize(("last", "first"), ROWS_OF_THEIR_OWN)
def test_a_row_after_a_page_break_that_nothing_proves_cut_is_a_row(last: str, first: str) -> None:
    found = joined(UNITS, (*ROWS, last), first, "某区牧场|1.00|1.00|")
    assert [row[0] for row in found[-3:]] == [last.split("|")[0], first.split("|")[0], "某区牧场"]


def test_a_code_cut_by_the_page_is_whole() -> None:
    rows = ("2050201|学前教育|5.00", "2050202|小学教育|6.00", "2050203|初中教育|7.00", "20502|高中教|8.00")
    assert joined("编码|名称|合计", rows, "04|育|")[-1] == ("2050204", "高中教育", "8.00")


def test_words_below_a_table_with_headings_are_a_heading() -> None:
    rows = ("货物类||", "甲|5.00|5.00", "乙|6.00|6.00", "丙|7.00|7.00")
    assert joined("名称|合计|拨款", rows, "服务类||", "丁|1.00|1.00")[-2][0] == "服务类"


TOTAL, UNIT = "|合计|700.00|400.00", "|某区水利局|700.00|400.00"
HEAD = "科目编码|科目名称|合计|基本支出"


def test_a_total_printed_again_on_each_page_is_one_row() -> None:
    builder = Builder.begin(part(HEAD, TOTAL, UNIT, "205|教育|100.00|"), Caption(title="支出表"))
    builder.extend(part(HEAD, TOTAL, UNIT, "213|农林水|500.00|400.00", page=2))
    builder.extend(part(TOTAL, "221|住房|100.00|", page=3))
    table = finish_table(builder, None, None)
    assert [row[1] for row in texts(table)] == ["合计", "某区水利局", "教育", "农林水", "住房"]


def test_a_total_printed_again_behind_the_header_within_a_grid_is_one_row() -> None:
    numbers = "1|2|3|4"
    found = assemble_blocks([grid(HEAD, numbers, TOTAL, "205|教育|9.00|", HEAD, numbers, TOTAL, "213|水|8.00|")])
    (table,) = [block for block in found if isinstance(block, Table)]
    assert [row.text(1) for row in table.rows] == ["合计", "教育", "水"]


def test_a_total_printed_at_the_foot_of_each_page_stands_at_the_end() -> None:
    builder = Builder.begin(part(HEAD, "205|教育|100.00|", TOTAL), Caption(title="支出表"))
    builder.extend(part(HEAD, "213|农林水|600.00|400.00", TOTAL, page=2))
    assert [row[1] for row in texts(finish_table(builder, None, None))] == ["教育", "农林水", "合计"]


def test_another_total_on_the_next_page_is_a_row() -> None:
    builder = Builder.begin(part(HEAD, TOTAL, "205|教育|700.00|400.00"), Caption(title="支出表"))
    builder.extend(part(HEAD, "|合计|80.00|", "213|农林水|80.00|", page=2))
    assert [row[2] for row in texts(finish_table(builder, None, None))] == ["700.00", "700.00", "80.00", "80.00"]


def test_a_pdf_row_cut_with_its_name_is_read_whole_and_not_reported() -> None:
    head = ("单位名称", "总计", "一般公共预算", "事业收入")
    rows = [(f"某市第{number}水文站", "20.50", "20.50", "") for number in "一二三四"]
    paper = Paper().text("某市水文局2025年部门预算", size=16).text("表2 收入预算总表")
    paper.table([head, *rows, ("某市水文仪器", "1,549.64", "", "1,437.3")], (140, 90, 90, 90), open_end=True)
    paper.page().table([("检定所", "", "", "6"), ("某市水文馆", "3.00", "3.00", "")], (140, 90, 90, 90))
    document = read_pdf(paper.bytes(), file="x.pdf", settings=Settings())
    (table,) = document.tables
    assert [cell.text for cell in table.rows[-2].cells] == ["某市水文仪器检定所", "1,549.64", "", "1,437.36"]
    assert [check.message for check in check_cells(document)] == []


def test_an_item_whose_merged_cells_are_printed_again_overleaf_is_one() -> None:
    goal = "全年巡查河道不少于一百次，发现问题及时处理，保证行洪安全。"
    head = "单位编码|项目名称|金额|绩效目标|一级指标|三级指标"
    rows = ("406001|某市某局|21.50|||", f"|河道巡查经费|21.50|{goal}|产出指标|巡查次数")
    again = (f"406001|河道巡查经费|21.50|{goal}|产出指标|处理率", "||||效益指标|满意度")
    builder = Builder.begin(part(head, *rows), Caption(title="项目支出绩效目标表"))
    builder.extend(part(head, *again, page=2))
    assert texts(finish_table(builder, None, None))[2:] == [
        ("", "", "", "", "产出指标", "处理率"),
        ("", "", "", "", "效益指标", "满意度"),
    ]


def test_an_item_that_goes_on_over_a_third_page_is_one() -> None:
    goal = "全年巡查河道不少于一百次，发现问题及时处理，保证行洪安全。"
    head = "项目名称|金额|绩效目标|一级指标|三级指标"

    def page(*rows: tuple[str, int]) -> Part:
        cells = tuple(
            tuple(
                RawCell(text=text, place=Place(page=1), row_span=tall if col < 3 else 1)
                for col, text in enumerate(row.split("|"))
            )
            for row, tall in ((head, 1), *rows)
        )
        return read_part(RawGrid(rows=cells, place=Place(page=1)))

    builder = Builder.begin(page((f"河道巡查|21.50|{goal}|产出指标|次数", 1)), Caption(title="项目支出绩效目标表"))
    builder.extend(page((f"河道巡查|21.50|{goal}|效益指标|处理率", 1)))
    builder.extend(page((f"河道巡查|21.50|{goal[:9]}|满意度指标|满意度", 1)))
    assert [row[:2] for row in texts(finish_table(builder, None, None))] == [("河道巡查", "21.50"), ("", ""), ("", "")]


def test_another_item_of_the_same_name_overleaf_is_an_item() -> None:
    head = "项目名称|金额|备注"
    builder = Builder.begin(part(head, "培训费|5.00|", "会议费|2.00|"), Caption(title="项目表"))
    builder.extend(part(head, "会议费|2.00|", "办公费|1.00|", page=2))
    assert [row[0] for row in texts(finish_table(builder, None, None))] == ["培训费", "会议费", "会议费", "办公费"]


def test_another_item_overleaf_that_shares_figures_and_goal_is_an_item() -> None:
    goal = "培训全区河道巡查员，让每一段河道都有人巡查、有人记录、有人整改。"
    head = "项目名称|总计|拨款|其他资金|绩效目标"
    found = joined(head, (f"巡查培训|5.00|5.00|0.00|{goal}",), f"巡查装备|16.30|16.30|0.00|{goal}", "巡查车辆|2|2||")
    assert found[-2] == ("巡查装备", "16.30", "16.30", "0.00", goal)
