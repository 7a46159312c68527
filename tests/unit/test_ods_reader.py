"""OpenDocument spreadsheets: fields as they are shown, merged and repeated fields, hidden sheets."""

from __future__ import annotations

import pytest

from kg.blocks import Document, Table
from kg.errors import LimitExceeded, UnreadableInput
from kg.read.office.ods import read_ods
from kg.settings import Settings
from tests.papers import BODY, HEADER, ods_cell, ods_file, ods_sheet


def read(*sheets: str, **settings: int) -> Document:
    return read_ods(ods_file(*sheets), settings=Settings(**settings), file="预算.ods")  # type: ignore[arg-type]


def fields(*texts: str) -> str:
    return "".join(map(ods_cell, texts))


def texts(table: Table) -> list[tuple[str, ...]]:
    return [tuple(cell.text for cell in row.cells) for row in table.rows]


def test_a_sheet_is_read_with_its_caption_and_merged_cells() -> None:
    document = read(
        ods_sheet(
            [
                ods_cell("支出总表", number_columns_spanned=3)
                + '<table:covered-table-cell table:number-columns-repeated="2"/>',
                fields("单位：万元"),
                ods_cell("科目", number_rows_spanned=2)
                + ods_cell("本年支出", number_columns_spanned=2)
                + "<table:covered-table-cell/>",
                "<table:covered-table-cell><text:p>被盖住</text:p></table:covered-table-cell>"
                + fields("基本支出", "项目支出"),
                fields("2014001", "1,800.00", "98.13%"),
                fields("合计", "800", ""),
            ]
        )
    )
    (table,) = document.tables
    assert (table.title, table.unit) == ("支出总表", "万元")
    assert table.header == (("科目",), ("本年支出", "基本支出"), ("本年支出", "项目支出"))
    assert texts(table) == [("2014001", "1,800.00", "98.13%"), ("合计", "800", "")]


def test_what_a_field_shows_is_read_and_its_value_where_it_shows_nothing() -> None:
    rows = [
        fields("项目名称", "金额", "日期"),
        ods_cell("甲") + ods_cell("1,234.5", value="1234.4999") + ods_cell("2024年3月1日"),
        ods_cell("乙") + ods_cell("###", value="0.30000000000000004") + ods_cell("", value="45"),
        ods_cell("丙") + ods_cell("###", value="many") + ods_cell("#1"),
    ]
    (table,) = read(ods_sheet(rows)).tables
    assert texts(table) == [("甲", "1,234.5", "2024年3月1日"), ("乙", "0.3", "45"), ("丙", "###", "#1")]


def test_lines_blanks_and_notes_of_a_field_are_told_apart() -> None:
    marks = '<text:p>机关<text:s text:c="2"/>运<text:span>行</text:span><text:line-break/>经费</text:p>'
    note = "<office:annotation><text:p>批注</text:p></office:annotation>"
    inner = "<text:p>甲<office:annotation><text:p>批注</text:p></office:annotation>乙<text:tab/>丙</text:p>"
    rows = [
        fields("项目名称", "金额"),
        ods_cell(inside=marks) + ods_cell("12", inside=note),
        ods_cell(inside=inner) + ods_cell("3\n4"),
    ]
    (table,) = read(ods_sheet(rows)).tables
    assert texts(table) == [("机关  运行经费", "12"), ("甲乙 丙", "34")]


def test_repeated_fields_and_rows_are_written_out() -> None:
    rows = [
        fields("项目名称", "金额", "金额"),
        ods_cell("甲") + ods_cell("5", number_columns_repeated=2) + ods_cell(number_columns_repeated=16381),
        f'<table:table-row table:number-rows-repeated="2">{fields("信访", "1", "2")}</table:table-row>',
        f'<table:table-row table:number-rows-repeated="1048570">{ods_cell(number_columns_repeated=16384)}</table:table-row>',
    ]
    (table,) = read(ods_sheet(rows)).tables
    assert texts(table) == [("甲", "5", "5"), ("信访", "1", "2"), ("信访", "1", "2")]


def test_rows_in_groups_and_header_rows_stand_in_order() -> None:
    header = f"<table:table-row>{fields('项目名称', '金额')}</table:table-row>"
    body = "".join(
        f"<table:table-row>{fields(name, amount)}</table:table-row>" for name, amount in (("值班", "1"), ("维修", "2"))
    )
    sheet = (
        f'<table:table table:name="a"><table:table-header-rows>{header}</table:table-header-rows>'
        f"<table:table-row-group><table:table-row-group>{body}</table:table-row-group></table:table-row-group>"
        f"<table:shapes><table:table-row>{fields('图形', '9')}</table:table-row></table:shapes></table:table>"
    )
    (table,) = read(sheet).tables
    assert texts(table) == [("值班", "1"), ("维修", "2")]  # 甲 | 1 would number the columns


def test_each_shown_sheet_is_a_page_and_a_table_of_its_own() -> None:
    tables = [
        ods_sheet([fields(f"表{number} 收支总表"), *(fields(*row) for row in (*HEADER, *BODY))], name=f"表{number}")
        for number in (1, 3)
    ]
    document = read(tables[0], ods_sheet([fields("看不见", "1")], style="hidden"), tables[1])
    assert [(table.number, table.rows[0].place.page) for table in document.tables] == [("表1", 1), ("表3", 3)]
    assert all(texts(table) == list(BODY) for table in document.tables)
    assert document.pages == 3


def test_a_spreadsheet_with_nothing_to_read_is_refused() -> None:
    with pytest.raises(UnreadableInput, match=r"预算\.ods: there is nothing"):
        read(ods_sheet([ods_cell()]))
    with pytest.raises(UnreadableInput, match="encrypted"):
        read_ods(ods_file(manifest="<m:encryption-data/>"), settings=Settings(), file="预算.ods")


def test_more_sheets_than_allowed_are_refused() -> None:
    sheets = [ods_sheet([fields("合计", "1")], name=str(number)) for number in range(4)]
    with pytest.raises(LimitExceeded, match="4 sheets, more than the 3 allowed"):
        read(*sheets, read_max_pages=3)
