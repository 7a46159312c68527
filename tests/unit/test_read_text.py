"""Plain text: encodings, refusals, markup residue and both ways of printing a table."""

from __future__ import annotations

import pytest

from kg.blocks import Document, Table
from kg.errors import InputRefused, UnreadableInput, UnsupportedFormat
from kg.read.plain.reader import read_text

TABLE = "表一\n\n收支总表\n\n部门:某市审计局\n\n单位:万元\n\n科目编码\t科目名称\t合计\n201\t一般公共服务支出\t1,790\n205\t教育支出\t8\n"


def read(text: str, encoding: str = "utf-8") -> Document:
    return read_text(text.encode(encoding), file="某文件.txt")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_encoding_is_found_out(encoding: str) -> None:
    document = read(TABLE, encoding)
    assert document.tables[0].rows[0].text(1) == "一般公共服务支出"
    assert document.encoding == encoding.removesuffix("-sig")


REFUSED = [
    (b"", UnreadableInput, "empty"),
    (b" \n\t ", UnreadableInput, "empty"),
    (b"\x00\x01\x02abc", UnreadableInput, "binary"),
    ("预算".encode()[:-1], UnreadableInput, "truncated"),
    (b"only English prose, no budget at all", UnsupportedFormat, "Chinese"),
    (b"\x81\xff\xff\xff text \xff\xff and more of it", UnreadableInput, "GB18030"),
]


@pytest.mark.parametrize(("data", "error", "reason"), REFUSED)
def test_foreign_input_is_refused_with_file_and_reason(data: bytes, error: type[InputRefused], reason: str) -> None:
    with pytest.raises(error) as caught:
        read_text(data, file="某文件.txt")
    assert caught.value.file == "某文件.txt"
    assert reason in caught.value.reason


def test_a_truncated_character_is_refused_with_its_place() -> None:
    with pytest.raises(UnreadableInput) as caught:
        read_text("部门预算".encode()[:-1], file="x.txt")
    assert caught.value.place == "byte 10"


def test_a_caption_goes_into_its_table() -> None:
    table = read(TABLE).tables[0]
    assert (table.number, table.title, table.unit, table.owner) == ("表一", "收支总表", "万元", "某市审计局")
    assert table.header == (("科目编码",), ("科目名称",), ("合计",))


def test_a_cell_stands_on_its_line_and_field() -> None:
    cell = read(TABLE).tables[0].rows[1].cells[2]
    assert (cell.text, cell.place.line, cell.place.col, cell.place.row) == ("8", 11, 3, 3)
    assert cell.place.table == "表一 收支总表"


def test_markup_residue_is_taken_out() -> None:
    document = read("[bookmark: _Toc1]五、绩效信息\n\n项目\t目标\t金额\n甲项目\t<p>1. 保障</p> <p>2. 提高</p>\t5\n")
    assert document.paragraphs[0].text == "五、绩效信息"
    assert document.tables[0].rows[0].text(1) == "1. 保障 2. 提高"


ONE_CELL_A_LINE = """六、政府采购预算情况
部门政府采购预算
	289某县信访局
	单位：元

	项目来源
	采购物品名称
	金额

	项目名称
	预算资金
	∅
	总计
	拨款

	日常经费
	1500.40
	打印机
	3600.00
	3600.00

	其他经费
	20
	桌椅
	400.00
	400.00



七、其他
""".replace("∅", "")


def test_one_cell_a_line_makes_rows_with_header_paths() -> None:
    table = read(ONE_CELL_A_LINE).tables[0]
    assert (table.title, table.unit, table.owner) == ("部门政府采购预算", "元", "289某县信访局")
    assert table.header == (
        ("项目来源", "项目名称"),
        ("项目来源", "预算资金"),
        ("采购物品名称",),
        ("金额", "总计"),
        ("金额", "拨款"),
    )
    assert [row.text(2) for row in table.rows] == ["打印机", "桌椅"]


def test_in_one_cell_a_line_a_row_has_its_first_line_and_a_cell_its_own() -> None:
    row = read(ONE_CELL_A_LINE).tables[0].rows[0]
    assert row.place.line == 16
    assert (row.cells[3].place.line, row.cells[3].place.col) == (19, 4)


def test_a_paragraph_torn_by_a_page_break_is_whole_and_knows_its_lines() -> None:
    document = read(
        "一、总体情况\n\n2023年某市审计局部门预算收入合计2,494万元，比\n\n2022年增加256万元。\n\n二、其他情况\n"
    )
    prose = document.paragraphs[1]
    assert prose.text == "2023年某市审计局部门预算收入合计2,494万元，比2022年增加256万元。"
    assert prose.line_at(0) == 3
    assert prose.line_at(prose.text.index("2022")) == 5


def test_sections_follow_the_headings_and_a_table_of_contents_is_none() -> None:
    document = read(
        "某市预算\n\n目 录\n\n第一部分 概况\n\n- 一、职责\n\n第一部分 概况\n\n一、职责\n\n负责审计工作。\n\n" + TABLE
    )
    assert [block.level for block in document.paragraphs] == [0, 0, 0, 0, 1, 2, 0]
    assert document.paragraphs[-1].place.section == "第一部分 概况 / 一、职责"
    assert isinstance(document.blocks[-1], Table)
