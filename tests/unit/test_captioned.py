"""Captions within grids, spans of row groups, marks of notes and hidden text of web pages and papers."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from kg.blocks import Document
from kg.read.html.reader import read_html
from kg.read.office.docx import read_docx
from kg.settings import Settings

HEAD = "<tr><th>编码</th><th>名称</th><th>合计</th></tr>"
ROWS = "<tr><td>205</td><td>教育支出</td><td>640.50</td></tr><tr><td></td><td>合计</td><td>640.50</td></tr>"


def page(body: str, head: str = "") -> Document:
    text = f"<html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>"
    return read_html(text.encode(), settings=Settings(), file="页.html")


def texts(document: Document, number: int = 0) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in document.tables[number].rows]


def test_title_and_unit_in_rows_of_a_table_are_its_caption() -> None:
    lines = "".join(
        f"<tr><td colspan=3>{line}</td></tr>" for line in ("某县教育局2024年部门预算", "表2 支出预算表", "单位：万元")
    )
    (table,) = page(f"<table>{lines}{HEAD}{ROWS}</table>").tables
    assert (table.number, table.title, table.unit, len(table.rows)) == ("表2", "支出预算表", "万元", 2)


def test_the_caption_element_is_the_caption() -> None:
    (table,) = page(f"<table><caption>收入预算表（单位：元）</caption>{HEAD}{ROWS}</table>").tables
    assert (table.title, table.unit) == ("收入预算表", "元")


def test_a_span_ends_with_its_group_of_rows() -> None:
    head = "<thead><tr><th rowspan=4>编码</th><th rowspan=4>名称</th><th colspan=2>其中</th></tr><tr><th>基本</th><th>项目</th></tr></thead>"
    body = "<tbody><tr><td>205</td><td>教育支出</td><td>6</td><td>4</td></tr></tbody>"
    (table,) = page(f"<table>{head}{body}</table>").tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["205", "教育支出", "6", "4"]]


def test_a_span_of_nought_reaches_to_the_end_of_its_group() -> None:
    head = "<thead><tr><th>科室</th><th>名称</th><th>合计</th></tr></thead>"
    body = "<tbody><tr><td rowspan=0>人事科</td><td>工资</td><td>6</td></tr><tr><td>津贴</td><td>4</td></tr></tbody>"
    (table,) = page(f"<table>{head}{body}<tfoot><tr><td></td><td>合计</td><td>10</td></tr></tfoot></table>").tables
    assert [row.text(1) for row in table.rows] == ["工资", "津贴", "合计"]


@pytest.mark.parametrize("mark", ["①", "<sup>1</sup>", "<sup>[2]</sup>", "<sup>①</sup>", "*"])
def test_a_mark_of_a_note_is_no_digit(mark: str) -> None:
    found = texts(page(f"<table>{HEAD}{ROWS.replace('640.50', '640.50' + mark)}</table>"))
    assert {row[2].rstrip("①*") for row in found} == {"640.50"}


def test_text_that_a_script_will_show_is_read_and_named() -> None:
    document = page(
        f"<div id='content' style='visibility: hidden'><p>2024年支出预算640.50万元。</p><table>{HEAD}{ROWS}</table></div>"
    )
    assert len(document.tables) == 1
    assert [issue.code for issue in document.issues] == ["hidden_text"]


@pytest.mark.parametrize(
    ("hide", "head"),
    [
        ("style='display:none'", ""),
        ("hidden", ""),
        ("class='old'", "<style>.old { display: none; }</style>"),
    ],
)
def test_hidden_rows_are_left_out_and_named(hide: str, head: str) -> None:
    shown = "<p>" + "本表反映部门全年支出安排情况，" * 4 + "</p>"
    row = f"<tr {hide}><td>229</td><td>旧数</td><td>99.00</td></tr>"
    document = page(f"{shown}<table>{HEAD}{row}{ROWS}</table>", head)
    assert [each[0] for each in texts(document)] == ["205", ""]
    (issue,) = document.issues
    assert issue.code == "hidden_text" and "99.00" in issue.text


def paper(fill: Any) -> Document:
    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table.rows[0].cells, ("名称", "合计"), strict=True):
        cell.text = text
    table.rows[1].cells[0].text = "教育支出"
    fill(table.rows[1].cells[1].paragraphs[0])
    buffer = io.BytesIO()
    document.save(buffer)
    return read_docx(buffer.getvalue(), settings=Settings(), file="文.docx")


def test_a_raised_mark_in_word_is_no_digit() -> None:
    def fill(paragraph: Any) -> None:
        paragraph.add_run("640.50")
        paragraph.add_run("1").font.superscript = True

    assert texts(paper(fill))[-1] == ["教育支出", "640.50"]


def test_hidden_text_of_word_is_left_out_and_named() -> None:
    def fill(paragraph: Any) -> None:
        paragraph.add_run("640.50")
        hidden = paragraph.add_run("（原数 99.00）")
        hidden._r.get_or_add_rPr().append(hidden._r.makeelement(qn("w:vanish"), {}))

    document = paper(fill)
    assert texts(document)[-1] == ["教育支出", "640.50"]
    (issue,) = document.issues
    assert issue.text == "（原数 99.00）"
