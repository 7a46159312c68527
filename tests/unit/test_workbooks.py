"""Workbooks as their readers see them: formats, hidden parts, formulas, stray cells, several tables in a sheet."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from kg.blocks import Document
from kg.errors import LimitExceeded
from kg.read.office.xlsx import read_xlsx
from kg.settings import Settings

HEAD = ["科目编码", "科目名称", "合计", "基本支出"]
ROWS = [["205", "教育支出", 640.5, 512.25], ["20502", "普通教育", 640.5, 512.25], ["", "合计", 640.5, 512.25]]


def written(fill: Callable[[Any, Any], None]) -> Document:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    for row in (["一般公共预算支出表"], ["单位：万元"], HEAD, *ROWS):
        sheet.append(row)
    fill(workbook, sheet)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return read_xlsx(buffer.getvalue(), settings=Settings(), file="表.xlsx")


def texts(document: Document, number: int = 0) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in document.tables[number].rows]


def codes(document: Document) -> list[str]:
    return [issue.code for issue in document.issues]


@pytest.mark.parametrize(
    ("stored", "code", "shown"),
    [
        (0.97493670886, "0.00%", "97.49%"),
        (6405000, "0!.0000", "640.5000"),
        (640500, "#,##0.00,", "640.50"),
        (1640.5, "#,##0.00_);(#,##0.00)", "1,640.50"),
        (-640.5, "#,##0.00_);(#,##0.00)", "(640.50)"),
        (0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        (640.5, "[$¥-804]#,##0.00", "¥640.50"),
        (640.5, '0.0"万元"', "640.5万元"),
        (640.5, "General", "640.5"),
        (0.1 + 0.2, "General", "0.3"),
        (45366, "yyyy/m/d", "2024-03-15"),
        (640.5, "# ?/?", "640.5"),
    ],
)
def test_a_number_is_read_as_its_format_shows_it(stored: float, code: str, shown: str) -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet["D6"] = stored
        sheet["D6"].number_format = code

    assert texts(written(fill))[-1][-1] == shown


def test_what_a_sheet_hides_is_left_out_and_named() -> None:
    def fill(workbook: Any, sheet: Any) -> None:
        sheet.insert_cols(4)
        sheet["D3"], sheet["D4"] = "内部上报数", 999
        sheet.append(["229", "备用", 77, 77, 77])
        sheet.column_dimensions["D"].hidden = True
        sheet.row_dimensions[7].hidden = True
        workbook.create_sheet("底稿").append(["草稿", 5])
        workbook["底稿"].sheet_state = "hidden"

    document = written(fill)
    assert texts(document) == [[str(cell) for cell in row] for row in ROWS]
    assert codes(document) == ["hidden_text", "hidden_text"]
    assert "999" in document.issues[0].text and "备用" in document.issues[0].text


def test_a_merged_cell_over_a_hidden_column_keeps_what_is_shown() -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.insert_rows(3)
        sheet["A3"], sheet["B3"] = "编码", "名称与金额"
        sheet.merge_cells("B3:D3")
        sheet.column_dimensions["C"].hidden = True

    document = written(fill)
    merged = next(cell for row in document.tables[0].header_rows for cell in row.cells if cell.text == "名称与金额")
    assert merged.col_span == 2


def test_a_formula_without_its_value_is_named_and_counts_for_no_blank() -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet["C6"] = "=SUM(C4:C4)"

    document = written(fill)
    (issue,) = document.issues
    assert (issue.code, issue.text, issue.message.arguments["cell"]) == ("formula_without_value", "=SUM(C4:C4)", "C6")
    assert texts(document)[-1][2] == "=SUM(C4:C4)"


@pytest.mark.parametrize("cell", ["XFD1048576", "A1048576", "CV60000"])
@pytest.mark.parametrize("text", [" ", "备注"])
def test_a_stray_cell_costs_no_table(cell: str, text: str) -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet[cell] = text

    document = written(fill)
    assert len(texts(document)) == 3
    assert codes(document) == ([] if text == " " else ["stray_cell"])
    lines = [*document.paragraphs, *(note for table in document.tables for note in table.notes)]
    assert [line.text for line in lines if line.text == "备注"] == [text] * bool(text.strip())


def test_a_sheet_too_large_is_refused() -> None:
    def fill(_: Any, sheet: Any) -> None:
        for row in range(400, 120_000, 400):
            sheet.cell(row=row, column=1 + row // 400 % 50, value=1)

    with pytest.raises(LimitExceeded):
        written(fill)


def test_tables_below_each_other_have_captions_of_their_own() -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.append([])
        for row in (["表7 政府性基金支出表"], ["", "", "", "单位：元"], HEAD, ["212", "城乡社区支出", 7000, 7000]):
            sheet.append(row)

    first, second = written(fill).tables
    assert (first.title, first.unit, len(first.rows)) == ("一般公共预算支出表", "万元", 3)
    assert (second.title, second.unit, len(second.rows)) == ("政府性基金支出表", "元", 1)


def test_tables_side_by_side_have_captions_of_their_own() -> None:
    def fill(_: Any, sheet: Any) -> None:
        for number, row in enumerate((["三公经费支出表"], ["单位：元"], ["项目", "金额"], ["公务接待费", 3000]), 1):
            for column, value in enumerate(row, 6):
                sheet.cell(row=number, column=column, value=value)

    tables = {table.title: table for table in written(fill).tables}
    assert {title: table.unit for title, table in tables.items()} == {
        "一般公共预算支出表": "万元",
        "三公经费支出表": "元",
    }
    assert [cell.text for cell in tables["三公经费支出表"].rows[0].cells] == ["公务接待费", "3000"]


def test_a_row_that_names_a_table_stays_in_its_list() -> None:
    workbook = openpyxl.Workbook()
    for row in (["目录"], ["序号", "名称"], ["1", "部门收支总表"], ["", "部门收入总表"], ["3", "部门支出总表"]):
        workbook.active.append(row)
    buffer = io.BytesIO()
    workbook.save(buffer)
    (table,) = read_xlsx(buffer.getvalue(), settings=Settings(), file="目录.xlsx").tables
    assert len(table.rows) == 3


def test_a_raised_mark_of_a_note_is_no_digit_and_a_square_stays() -> None:
    def fill(_: Any, sheet: Any) -> None:
        raised = InlineFont(vertAlign="superscript")
        sheet["B4"] = CellRichText("教育支出", TextBlock(raised, "1"))
        sheet["B5"] = CellRichText("校舍 m", TextBlock(raised, "2"))

    found = texts(written(fill))
    assert (found[0][1], found[1][1]) == ("教育支出", "校舍 m2")


@pytest.mark.parametrize(
    ("honest", "wrong", "shown"),
    [
        (b'<c r="C6"', b'<c s="x" r="C6"', "640.5"),
        (b'<row r="6"', b'<row r="x"', "640.5"),
        (b"<sheetData>", b'<cols><col min="a" max="b" hidden="1"/></cols><sheetData>', "640.5"),
        (b"<sheetData>", b'<cols><col min="4" max="999999999999" hidden="1"/></cols><sheetData>', "640.5"),
        (b'<v>640.5</v></c><c r="D6"', b'<v>1e99999999</v></c><c r="D6"', "1E+99999999"),
        (
            b"</sheetData>",
            b"</sheetData>" + b"<mergeCells>" + b'<mergeCell ref="A9:D1048576"/>' * 20_000 + b"</mergeCells>",
            "640.5",
        ),
    ],
)
def test_what_no_program_writes_breaks_no_reading(honest: bytes, wrong: bytes, shown: str) -> None:
    workbook = openpyxl.Workbook()
    for row in (["一般公共预算支出表"], ["单位：万元"], HEAD, *ROWS):
        workbook.active.append(row)
    buffer, altered = io.BytesIO(), io.BytesIO()
    workbook.save(buffer)
    with zipfile.ZipFile(buffer) as package, zipfile.ZipFile(altered, "w") as written_to:
        for name in package.namelist():
            data = package.read(name)
            assert not name.endswith("sheet1.xml") or honest in data
            written_to.writestr(name, data.replace(honest, wrong) if name.endswith("sheet1.xml") else data)
    found = texts(read_xlsx(altered.getvalue(), settings=Settings(), file="表.xlsx"))
    assert shown in found[-1]
