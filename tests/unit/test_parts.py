"""Parts of tables: what is told apart in one, which part goes on with which, and what is left of the joint."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.blocks import Table
from kg.read.assemble.builder import Builder
from kg.read.assemble.captions import Caption
from kg.read.assemble.finished import finish_table
from kg.read.assemble.matrix import RawCell, RawGrid
from kg.read.assemble.parts import Part, read_part
from kg.values.place import Place

HEAD = "科目编码|科目名称|合计|基本支出"
LONG = "负责全市审计工作，督促被审计单位整改问题并"


def grid(
    *rows: str, page: int = 1, known: bool = False, header: int | None = None, goes_on: bool | None = None
) -> RawGrid:
    cells = tuple(tuple(RawCell(text=text, place=Place(page=page)) for text in row.split("|")) for row in rows)
    return RawGrid(rows=cells, place=Place(page=page), spans_known=known, header_rows=header, continues=goes_on)


def part(*rows: str, page: int = 1, **told: bool | int | None) -> Part:
    return read_part(grid(*rows, page=page, **told))  # type: ignore[arg-type]


def words(found: Part) -> tuple[list[list[str]], list[list[str]]]:
    return [line.words() for line in found.header], [line.words() for line in found.body]


def begun(*rows: str, title: str = "支出总表", number: str | None = None) -> Builder:
    return Builder.begin(part(*rows), Caption(title=title, number=number))


def finished(builder: Builder) -> Table:
    return finish_table(builder, "第二部分", builder.name)


def texts(table: Table) -> list[tuple[str, ...]]:
    return [tuple(cell.text for cell in row.cells) for row in table.rows]


def test_caption_rows_header_and_body_of_a_part_are_told_apart() -> None:
    found = part("表1 支出总表|||", "部门：某市审计局|||单位：万元", HEAD, "201|服务|5|5")
    caption = found.caption
    assert (caption.number, caption.title, caption.owner, caption.unit) == ("表1", "支出总表", "某市审计局", "万元")
    assert words(found) == ([HEAD.split("|")], [["201", "服务", "5", "5"]])
    assert found.width == 4


def test_a_title_beside_other_cells_is_no_caption_row() -> None:
    found = part("支出总表|收入总表", HEAD, "201|服务|5|5")
    assert found.caption.title == ""
    assert words(found)[0][0][:2] == ["支出总表", "收入总表"]


def test_the_last_line_of_a_part_is_never_its_caption() -> None:
    found = part("单位：万元")
    assert (found.caption.unit, [line.words() for line in found.body + found.header]) == (None, [["单位:万元"]])


def test_a_second_title_ends_the_caption() -> None:
    found = part("支出总表", "收入总表", HEAD, "201|服务|5|5")
    assert found.caption.title == "支出总表"
    assert next(line.words()[0] for line in found.header + found.body) == "收入总表"


def test_rulers_of_dashes_are_no_rows_but_dashes_for_nothing_are() -> None:
    found = part(HEAD, "----|----|----|----", "——|——|——|——", "==||==|", "201|服务|5|5")
    assert [line.words()[0] for line in found.body] == ["——", "201"]


def test_a_format_that_says_how_many_header_rows_is_believed() -> None:
    found = part("支出总表", "甲|乙", "丙|丁", "1|2", header=3)
    assert words(found) == ([["甲", "乙"], ["丙", "丁"]], [["1", "2"]])
    assert len(part("甲|乙", header=9).header) == 1
    assert words(part("支出总表", HEAD, "201|服务|5|5", header=0))[0] == []


def test_a_form_has_no_header_and_rows_above_a_header_are_body() -> None:
    form = part("项目名称|某专项|||", "主管部门|某局||实施单位|某处")
    assert (form.header, len(form.body)) == ([], 2)
    informed = part("主管部门|某市财政局||", "项目名称|金额|备注|单位", "甲|5||")
    assert words(informed)[0] == [["项目名称", "金额", "备注", "单位"]]
    assert ([line.words()[0] for line in informed.body], informed.info) == (["主管部门", "甲"], 1)


def test_what_the_reader_knows_of_the_page_before_decides_where_no_text_stands_between() -> None:
    builder = begun(HEAD, "201|服务|5|5")
    other = ("项目名称|年度|单位", "甲|1|2")
    assert builder.takes(part(*other, goes_on=True), Caption(), apart=False)
    assert not builder.takes(part(*other, goes_on=True), Caption(), apart=True)
    assert not builder.takes(part(HEAD, "202|外交|1|1", goes_on=False), Caption(), apart=False)


TAKEN = [
    ((HEAD, "202|外交|1|1"), Caption(), False, True),
    ((HEAD, "202|外交|1|1"), Caption(), True, False),
    ((HEAD, "202|外交|1|1"), Caption(title="支出 总表"), True, True),
    ((HEAD, "202|外交|1|1"), Caption(title="收入总表"), False, False),
    ((HEAD, "202|外交|1|1"), Caption(number="表1"), False, True),
    ((HEAD, "202|外交|1|1"), Caption(number="表2"), False, False),
    (("202|外交|1|1",), Caption(), False, True),
    (("202|外交|1|1|9",), Caption(), False, True),
    (("202|外交|1|1|9|9",), Caption(), False, False),
    (("202|外交|1",), Caption(), False, True),
    (("项目名称|预算数|决算数|金额", "甲|1|2|3"), Caption(), False, False),
    (("1|2|3|4", HEAD, "202|外交|1|1"), Caption(), False, True),
    (("项目名称|某专项||", "主管部门|某局|实施单位|某处"), Caption(), False, False),
]


@pytest.mark.parametrize(("rows", "caption", "apart", "taken"), TAKEN)
def test_a_part_is_taken_as_the_rest_by_title_number_header_and_width(
    rows: tuple[str, ...], caption: Caption, apart: bool, taken: bool
) -> None:
    builder = begun(HEAD, "201|服务|5|5", number="表1")
    assert builder.takes(part(*rows), caption, apart=apart) is taken


def test_a_form_printed_again_goes_on_with_itself_only() -> None:
    form = ("项目名称|某专项|||", "主管部门|某局||实施单位|某处")
    builder = begun(*form)
    assert builder.takes(part(*form), Caption(), apart=False)
    assert not builder.takes(part("项目名称|另一专项|||", form[1]), Caption(), apart=False)


def test_a_header_that_repeats_a_band_further_down_is_of_the_form() -> None:
    band = "一级指标|二级指标|三级指标|指标值"
    builder = begun("项目名称|某工程甲||", band, "产出指标|数量指标|次数|5")
    assert builder.takes(part(band, "效益指标|社会效益|率|6"), Caption(), apart=False)
    builder.extend(part(band, "效益指标|社会效益|率|6", page=2))
    assert [row[0] for row in texts(finished(builder))].count("一级指标") == 1


def test_repeated_headers_captions_and_column_numbers_are_dropped_within() -> None:
    builder = begun(HEAD, "1|2|3|4", "201|服务|5|5")
    builder.caption.unit = "万元"
    builder.extend(part("支出总表|||", "单位：万元|||", HEAD, "1|2|3|4", "202|外交|1|1", page=2, header=0))
    assert texts(finished(builder)) == [("201", "服务", "5", "5"), ("202", "外交", "1", "1")]


def test_a_row_of_few_small_numbers_is_no_numbering_of_columns() -> None:
    assert [row[:2] for row in texts(finished(begun(HEAD, "201|服务|5|5", "|1|2|")))] == [("201", "服务"), ("", "1")]


def test_rows_keep_the_number_they_are_printed_with() -> None:
    builder = begun(HEAD, "201|服务|5|5")
    builder.extend(part(HEAD, "202|外交|1|1", page=2))
    table = finished(builder)
    assert [row.place.row for row in table.rows] == [2, 4]
    assert [(row.place.page, row.cells[0].row) for row in table.rows] == [(1, 1), (2, 3)]


def test_another_header_of_the_same_table_becomes_rows() -> None:
    builder = begun(HEAD, "201|服务|5|5")
    builder.extend(part("科目编码|科目名称|预算数|决算数", "202|外交|1|1", page=2))
    assert [row[0] for row in texts(finished(builder))] == ["201", "科目编码", "202"]


def test_a_page_break_between_two_header_rows_leaves_one_header() -> None:
    builder = begun("科目|本年支出|", title="")
    assert builder.body == []
    builder.extend(part("编码|基本支出|项目支出", "201|5|6", page=2))
    assert finished(builder).header == (("科目", "编码"), ("本年支出", "基本支出"), ("本年支出", "项目支出"))


def test_information_rows_printed_again_are_dropped() -> None:
    rows = ("主管部门|某市财政局||", "项目名称|金额|备注|单位", "甲|5||")
    builder = begun(*rows)
    builder.extend(part(*rows[:2], "乙|6||", page=2))
    assert [row[0] for row in texts(finished(builder))] == ["主管部门", "甲", "乙"]


def test_a_narrower_part_finds_its_columns_under_the_last_band_of_as_many_cells() -> None:
    builder = begun("项目名称||金额||单位", "甲||5||元")
    builder.extend(part("乙|6|元", page=2))
    assert texts(finished(builder)) == [("甲", "", "5", "", "元"), ("乙", "", "6", "", "元")]


def test_a_cell_cut_by_a_page_break_is_joined_and_knows_where_it_goes_on() -> None:
    builder = begun("部门名称|主要职责|备注", f"某局|{LONG}|无")
    builder.extend(part("|及时上报。|", page=2))
    (row,) = finished(builder).rows
    assert row.cells[1].text == LONG + "及时上报。"
    ((offset, place),) = row.cells[1].continued
    assert (offset, place.page, place.table, place.section) == (len(LONG), 2, "支出总表", "第二部分")
    assert row.cells[0].continued == ()


def test_a_table_is_named_by_number_and_title() -> None:
    assert begun(HEAD, number="表1").name == "表1 支出总表"
    assert begun(HEAD).name == "支出总表"
    assert begun(HEAD, title="").name is None


def test_a_finished_table_is_as_wide_as_anything_stands_in_it() -> None:
    table = finished(begun(f"{HEAD}||", "201|服务|5|5||"))
    assert len(table.header) == 4
    wide = finished(begun(f"{HEAD}||", "201|服务|5|5|6|"))
    assert [len(row.cells) for row in wide.rows] == [5]


def test_places_name_the_table_the_section_and_the_cells_own_column() -> None:
    raw = grid(HEAD, "201|服务|5|5")
    boxed = replace(raw.rows[1][1], place=Place(page=1, box=(1.0, 2.0, 3.0, 4.0)))
    raw = replace(raw, rows=(raw.rows[0], (raw.rows[1][0], boxed, *raw.rows[1][2:])))
    table = finished(Builder.begin(read_part(raw), Caption(title="支出总表")))
    assert table.place == Place(page=1, table="支出总表", row=1, section="第二部分")
    wanted = Place(page=1, table="支出总表", row=2, col=2, section="第二部分", box=(1.0, 2.0, 3.0, 4.0))
    assert table.rows[0].cells[1].place == wanted
    assert [cell.place.col for cell in table.rows[0].cells] == [1, 2, 3, 4]


def test_a_cell_that_is_only_reached_into_has_no_text_box_or_span_of_its_own() -> None:
    rows = (
        (RawCell(text="项目名称", place=Place(page=1)), RawCell(text="金额", place=Place(page=1), col_span=2)),
        (
            RawCell(text="合计", place=Place(page=1, box=(0, 0, 9, 9)), col_span=2),
            RawCell(text="5", place=Place(page=1)),
        ),
    )
    table = finished(Builder.begin(read_part(RawGrid(rows=rows, place=Place(page=1))), Caption()))
    first, covered, last = table.rows[0].cells
    assert (first.text, first.col_span, first.place.box) == ("合计", 2, (0, 0, 9, 9))
    assert (covered.text, covered.col_span, covered.place.box, covered.place.col) == ("", 1, None, 2)
    assert last.text == "5"


def test_a_slipped_header_is_put_back_only_where_the_format_knows_no_spans() -> None:
    rows = (
        "编码|名称|总计|本年收入||||||||结转|",
        "|||合计|财政拨款||||||事业收入||其他收入",
        "||||小计|公共预算||基金|||||",
        "|||||小计|经费|小计||项目|||",
        "201|服务|9|8|7|6|5|4|3|2|1|0|",
    )
    inferred, known = (finished(Builder.begin(part(*rows, known=spans), Caption())) for spans in (False, True))
    assert inferred.header[8:10] == (("本年收入", "财政拨款", "基金", "项目"), ("本年收入", "事业收入"))
    assert known.header[9][-1] == "项目"
