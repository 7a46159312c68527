"""Characters that can't be seen, and radicals that look like ideographs, are read as what is seen, in every format."""

from __future__ import annotations

import io

import openpyxl
import pytest

from kg.blocks import Document
from kg.read.html.reader import read_html
from kg.read.office.xlsx import read_xlsx
from kg.read.plain.reader import read_text
from kg.settings import Settings

ROW = ("2060201", "\u2f8f政\u200b运\u2f8f", "1\u200b,640.5\ufeff0")
HEAD = ("编码", "名称", "合计")


def as_text() -> Document:
    lines = ["某县\u2f54利局2024年部门预算", "", "支出预算表", "单位：万元", "\t".join(HEAD), "\t".join(ROW)]
    return read_text("\n".join(lines).encode(), file="文.txt")


def as_page() -> Document:
    rows = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in (HEAD, ROW))
    text = f"<html><head><meta charset='utf-8'></head><body><h1>某县\u2f54利局2024年部门预算</h1><table>{rows}</table></body></html>"
    return read_html(text.encode(), settings=Settings(), file="页.html")


def as_sheet() -> Document:
    workbook = openpyxl.Workbook()
    for row in (["某县\u2f54利局2024年部门预算"], HEAD, ROW):
        workbook.active.append(row)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return read_xlsx(buffer.getvalue(), settings=Settings(), file="表.xlsx")


@pytest.mark.parametrize("read", [as_text, as_page, as_sheet])
def test_texts_are_read_as_they_are_seen(read: object) -> None:
    assert callable(read)
    document = read()
    assert any("某县水利局" in paragraph.text for paragraph in document.paragraphs)
    (row,) = document.tables[0].rows
    assert [cell.text for cell in row.cells] == ["2060201", "行政运行", "1,640.50"]
