"""Workbooks that Excel 2003 saved as XML, and packages whose parts are named with backslashes."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from kg.blocks import Document
from kg.errors import UnreadableInput, UnsupportedFormat
from kg.read import read_document
from kg.read.office.spreadsheetml import read_spreadsheetml
from kg.read.sniff import find_format
from kg.settings import Settings
from tests.papers import BODY, HEADER, Paper

STYLES = """<Styles><Style ss:ID="Default"/><Style ss:ID="m"><NumberFormat ss:Format="Standard"/></Style>
<Style ss:ID="p" ss:Parent="m"><NumberFormat ss:Format="Percent"/></Style>
<Style ss:ID="w"><NumberFormat ss:Format="0!.0000"/></Style><Style ss:ID="k" ss:Parent="m"/></Styles>"""
HEAD = [("科目编码", ""), ("科目名称", ""), ("合计", ""), ("占比", "")]


def cell(text: str, style: str = "", **attributes: object) -> str:
    kind = "Number" if style else "String"
    stated = "".join(f' ss:{name}="{value}"' for name, value in attributes.items())
    styled = f' ss:StyleID="{style}"' if style else ""
    data = f'<Data ss:Type="{kind}">{text}</Data>' if text else ""
    return f"<Cell{styled}{stated}>{data}</Cell>"


def row(cells: str, **attributes: object) -> str:
    stated = "".join(f' ss:{name}="{value}"' for name, value in attributes.items())
    return f"<Row{stated}>{cells}</Row>"


def book(*rows: str, columns: str = "", more: str = "", encoding: str = "utf-8") -> bytes:
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?>\n<?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
        ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f'{STYLES}<Worksheet ss:Name="表"><Table>{columns}{"".join(rows)}</Table></Worksheet>{more}</Workbook>'
    )
    return text.encode(encoding)


CAPTION = (row(cell("一般公共预算支出表", MergeAcross=3)), row(cell("单位：万元", Index=4)))
HEADS = row("".join(cell(*head) for head in HEAD))


def read(data: bytes) -> Document:
    return read_spreadsheetml(data, settings=Settings(), file="表.xls")


def texts(document: Document) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in document.tables[0].rows]


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "utf-16"])
@pytest.mark.parametrize("name", ["预算.xls", "预算.xml"])
def test_numbers_are_read_as_their_formats_show_them(tmp_path: Path, name: str, encoding: str) -> None:
    line = row(cell("205") + cell("教育支出") + cell("1640.5", "m") + cell("0.9749", "p"))
    other = row(cell("206") + cell("科学技术支出") + cell("6405000", "w") + cell("7", "k"))
    (tmp_path / name).write_bytes(book(*CAPTION, HEADS, line, other, encoding=encoding))
    document = read_document(tmp_path / name, Settings())
    assert texts(document) == [
        ["205", "教育支出", "1,640.50", "97.49%"], ["206", "科学技术支出", "640.5000", "7.00"]
    ]  # fmt: skip
    assert (document.tables[0].title, document.tables[0].unit) == ("一般公共预算支出表", "万元")


def test_rows_and_cells_stand_where_their_index_says() -> None:
    line = row(cell("205") + cell("12.50", "m", Index=3), Index=6)
    document = read(book(*CAPTION, HEADS, line, row(cell("206") + cell("科学技术支出", MergeAcross=1) + cell("1"))))
    assert texts(document) == [["205", "", "12.50", ""], ["206", "科学技术支出", "", "1"]]


def test_what_a_sheet_hides_and_a_formula_without_value_are_named() -> None:
    hidden = row(cell("229") + cell("备用") + cell("77", "m"), Hidden=1)
    line = row(cell("205") + cell("教育支出") + cell("", Formula="=SUM(R[-1]C)") + cell("99"))
    sheet = '<Worksheet ss:Name="底稿"><Table><Row><Cell><Data ss:Type="Number">5</Data></Cell></Row></Table>'
    options = '<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible>'
    columns = '<Column ss:Index="4" ss:Hidden="1"/>'
    more = f"{sheet}{options}</WorksheetOptions></Worksheet>"
    document = read(book(row(cell("支出表")), HEADS, hidden, line, columns=columns, more=more))
    assert texts(document) == [["205", "教育支出", "=SUM(R[-1]C)"]]
    assert [issue.code for issue in document.issues] == ["hidden_text", "formula_without_value", "hidden_text"]


def test_a_declaration_of_entities_is_refused() -> None:
    with pytest.raises(UnreadableInput, match="document type"):
        read(book(HEADS).replace(b"<Workbook", b'<!DOCTYPE a [<!ENTITY b "c">]><Workbook'))


def renamed(data: bytes, change: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for member in old.infolist():
            new.writestr(member.filename.replace("/", change), old.read(member))
    return buffer.getvalue()


def workbook() -> bytes:
    made = openpyxl.Workbook()
    for line in (["支出表"], ["单位：元"], ["项目", "金额"], ["培训费", 1200]):
        made.active.append(line)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def test_parts_named_with_backslashes_are_found(tmp_path: Path) -> None:
    (tmp_path / "表.xlsx").write_bytes(renamed(workbook(), "\\"))
    assert texts(read_document(tmp_path / "表.xlsx", Settings())) == [["培训费", "1200"]]


@pytest.mark.parametrize("name", ["预算公开.zip", "预算公开.pdf"])
def test_an_archive_is_none_of_the_files_in_it_and_names_them(name: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:  # stored: the signature of the PDF stands in the first bytes
        archive.writestr("甲局.pdf", Paper().table((*HEADER, *BODY), (70, 150, 70, 70, 70)).bytes())
        archive.writestr("乙局.xlsx", workbook())
        archive.writestr("__MACOSX/._甲局.pdf", b"x")
    with pytest.raises(UnsupportedFormat, match=r"2 files, not a document: 乙局\.xlsx.*甲局\.pdf") as refused:
        find_format(buffer.getvalue(), name)
    assert refused.value.hinted("en") == "unpack it and give the files inside"
