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


@pytest.mark.parametrize(
    ("first", "rest"),
    [
        ("（一）贯彻执行国家林业和草原工作的法律法规，拟订全县林业发展规", "划和年度计划。"),
        ("（一）负责全县森林防火和野生动植物保护的监督管理，参与应", "、急救援工作。"),
        ("（一）2130205-森林资源培育方面的", "支出312.40万元，主要用于造林。"),
        ("9、农林水支出（类）林业和草原（款）森林资源", "培育（项）。年初预算为12.5万元。"),
    ],
)
def test_a_numbered_paragraph_whose_first_line_is_full_is_no_heading(first: str, rest: str) -> None:
    found = read(f"一、主要职能\n{first}\n{rest}\n（二）承办其他事项。").paragraphs
    assert [(one.text, one.place.section) for one in found][1:] == [
        (first + rest, "一、主要职能"),
        ("（二）承办其他事项。", "一、主要职能"),
    ]


@pytest.mark.parametrize(
    "heading",
    ["（一）一般公共预算财政拨款支出决算具体情况", "（一）关于2026年部门预算收支增减变化情况的说明", "（一）机构设置"],
)
def test_a_heading_above_a_sentence_stays_one(heading: str) -> None:
    found = read(f"{heading}\n支出总额为312.40万元，比上年增加5万元。").paragraphs
    assert [one.text for one in found] == [heading, "支出总额为312.40万元，比上年增加5万元。"]


def test_a_line_that_ends_early_before_a_number_goes_on() -> None:
    found = read("本年度差旅费预算\n15.30万元，比上年增加2万元。").paragraphs
    assert [one.text for one in found] == ["本年度差旅费预算15.30万元，比上年增加2万元。"]


@pytest.mark.parametrize("title", ["某县林业局2026年部门预算公开目录", "2026年度部门预算公开 目 录"])
def test_a_contents_list_under_its_own_title_sets_no_section(title: str) -> None:
    entries = "第一部分 部门概况\n一、主要职能\n第二部分 预算表\n一、收支总表"
    found = read(f"{title}\n{entries}\n部门概况\n一、主要职能\n负责造林。").paragraphs
    assert found[-1].place.section == "部门概况 / 一、主要职能"
    assert {one.place.section for one in found[:5]} == {"目录"}
