"""DOCX, XLSX and old Office files: merged cells, headings, automatic numbers, hidden sheets."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from kg.blocks import Document, Table
from kg.errors import UnreadableInput, UnsupportedFormat
from kg.read.office import doc
from kg.read.office.docx import read_docx
from kg.read.office.xlsx import read_xlsx
from kg.settings import Settings
from tests.papers import BODY, HEADER


def texts(table: Table) -> list[tuple[str, ...]]:
    return [tuple(cell.text for cell in row.cells) for row in table.rows]


def read_word(fill: Callable[[docx.document.Document], object]) -> Document:
    document = docx.Document()
    fill(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return read_docx(buffer.getvalue(), settings=Settings(), file="预算.docx")


def read_sheets(fill: Callable[[openpyxl.Workbook], object]) -> Document:
    book = openpyxl.Workbook()
    fill(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return read_xlsx(buffer.getvalue(), settings=Settings(), file="预算.xlsx")


def add_table(document: docx.document.Document, rows: tuple[tuple[str, ...], ...]) -> docx.table.Table:
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(number, column).text = text
    return table


def test_a_word_table_is_read_with_caption_and_headings() -> None:
    def fill(document: docx.document.Document) -> None:
        document.add_heading("第二部分 部门预算表", 1)
        document.add_paragraph("表三 支出总表")
        document.add_paragraph("部门：某市信访局\t单位：万元")
        add_table(document, (*HEADER, *BODY))

    document = read_word(fill)
    (table,) = document.tables
    assert (table.number, table.title, table.unit, table.owner) == ("表三", "支出总表", "万元", "某市信访局")
    assert texts(table) == list(BODY)
    assert [(paragraph.level, paragraph.text) for paragraph in document.paragraphs] == [(1, "第二部分 部门预算表")]
    assert table.rows[0].cells[2].place.page == 1


def test_merged_cells_of_word_become_spans() -> None:
    def fill(document: docx.document.Document) -> None:
        table = add_table(
            document,
            (
                ("", "", ""),
                ("", "基本支出", "项目支出"),
                ("信访事务", "8.00", "2.00"),
                ("", "1.00", "3.00"),
            ),
        )
        table.cell(0, 1).merge(table.cell(0, 2)).text = "本年支出"
        table.cell(0, 0).merge(table.cell(1, 0)).text = "科目"
        table.cell(2, 0).merge(table.cell(3, 0)).text = "信访事务"

    (table,) = read_word(fill).tables
    assert table.header == (("科目",), ("本年支出", "基本支出"), ("本年支出", "项目支出"))
    assert texts(table)[0] == ("信访事务", "8.00", "2.00")
    assert table.rows[0].cells[0].row_span == 2


def test_numbers_that_word_prints_by_itself_are_part_of_the_text() -> None:
    def fill(document: docx.document.Document) -> None:
        numbering = document.part.numbering_part.element
        numbering.insert(
            0,
            parse_xml(
                f'<w:abstractNum {nsdecls("w")} w:abstractNumId="91"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
                '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
            ),
        )
        numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="91"><w:abstractNumId w:val="91"/></w:num>'))
        for title in ("主要职责", "机构设置"):
            paragraph = document.add_paragraph(title)
            paragraph._p.get_or_add_pPr().append(
                parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="91"/></w:numPr>')
            )

    assert [paragraph.text for paragraph in read_word(fill).paragraphs] == ["一、主要职责", "二、机构设置"]


def test_a_row_that_a_tracked_change_deletes_is_left_out() -> None:
    def fill(document: docx.document.Document) -> None:
        document.add_paragraph("支出总表")
        table = add_table(document, (*HEADER, *BODY))
        for number in (2, len(BODY)):
            table.rows[number]._tr.get_or_add_trPr().append(parse_xml(f"<w:del {nsdecls('w')}/>"))

    (table,) = read_word(fill).tables
    assert texts(table) == [BODY[0], *BODY[2:-1]]


def test_deleted_text_of_word_is_left_out_and_page_marks_are_counted() -> None:
    def fill(document: docx.document.Document) -> None:
        paragraph = document.add_paragraph("第一页的文字。")
        paragraph._p.append(
            parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>删去</w:delText><w:t>删去</w:t></w:r></w:del>")
        )
        later = document.add_paragraph()
        later._p.append(parse_xml(f"<w:r {nsdecls('w')}><w:lastRenderedPageBreak/><w:t>第二页的文字。</w:t></w:r>"))
        document.add_paragraph("仍在第二页。")

    document = read_word(fill)
    assert [paragraph.text for paragraph in document.paragraphs] == ["第一页的文字。", "第二页的文字。", "仍在第二页。"]
    assert document.paragraphs[-1].place.page == 2
    assert document.pages == 2


def test_a_sheet_is_read_with_its_caption_and_merged_cells() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        sheet = book.active
        sheet["A1"], sheet["A2"] = "支出总表", "单位：万元"
        sheet.merge_cells("A1:C1")
        for number, row in enumerate(
            (
                ("科目", "本年支出", None),
                (None, "基本支出", "项目支出"),
                (2014001, 800, 0.1 + 0.2),
                ("合计", 800, None),
            ),
            3,
        ):
            for column, value in enumerate(row, 1):
                sheet.cell(number, column, value)
        sheet.merge_cells("A3:A4")
        sheet.merge_cells("B3:C3")
        hidden = book.create_sheet("隐藏")
        hidden["A1"] = "看不见"
        hidden.sheet_state = "hidden"

    document = read_sheets(fill)
    (table,) = document.tables
    assert (table.title, table.unit) == ("支出总表", "万元")
    assert table.header == (("科目",), ("本年支出", "基本支出"), ("本年支出", "项目支出"))
    assert texts(table) == [("2014001", "800", "0.3"), ("合计", "800", "")]


def test_each_sheet_is_a_page_and_a_table_of_its_own() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        for number in (1, 2):
            sheet = book.active if number == 1 else book.create_sheet()
            for row in ((f"表{number} 收支总表",), *HEADER, *BODY):
                sheet.append(list(row))

    document = read_sheets(fill)
    assert [(table.number, table.rows[0].place.page) for table in document.tables] == [("表1", 1), ("表2", 2)]
    assert all(texts(table) == list(BODY) for table in document.tables)


def test_a_workbook_with_nothing_in_it_is_refused() -> None:
    with pytest.raises(UnreadableInput, match=r"预算\.xlsx: there is nothing"):
        read_sheets(lambda book: None)


def test_an_old_word_file_without_libreoffice_is_refused_with_a_hint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doc, "PROGRAMS", ("no-such-office",))
    with pytest.raises(UnsupportedFormat, match="LibreOffice, which isn't installed") as refused:
        doc.read_doc(b"\xd0\xcf\x11\xe0", settings=Settings(), file="预算.doc")
    assert "DOCX" in refused.value.hint


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_an_old_word_file_is_read_by_way_of_libreoffice() -> None:
    text = r"{\rtf1\ansi\deff0{\fonttbl{\f0 Arial;}}\f0 Budget 12.50\par}"
    document = doc.read_doc(text.encode(), settings=Settings(), file="预算.rtf")
    assert "12.50" in document.paragraphs[0].text
