"""Web pages: the article without the site around it, tables with spans, pages shown by coordinates."""

from __future__ import annotations

import pytest

from kg.blocks import Document, Table
from kg.errors import UnreadableInput
from kg.read.html.reader import read_html
from kg.settings import Settings
from tests.papers import BODY, HEADER, html_page


def read(data: bytes) -> Document:
    return read_html(data, settings=Settings(), file="预算.html")


def rows_of(cells: tuple[tuple[str, ...], ...], tag: str = "td") -> list[str]:
    return [f"<tr>{''.join(f'<{tag}>{text}</{tag}>' for text in row)}</tr>" for row in cells]


def texts(table: Table) -> list[tuple[str, ...]]:
    return [tuple(cell.text for cell in row.cells) for row in table.rows]


CAPTION = "<p>支出总表</p><p>部门：某市信访局&nbsp;&nbsp;单位：万元</p>"


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_a_table_is_read_with_its_caption_in_any_charset(charset: str) -> None:
    document = read(html_page([*rows_of(HEADER, "th"), *rows_of(BODY)], before=CAPTION, charset=charset))
    (table,) = document.tables
    assert (table.title, table.unit, table.owner) == ("支出总表", "万元", "某市信访局")
    assert texts(table) == list(BODY)
    assert document.encoding == charset


def test_spans_become_header_paths() -> None:
    header = "<tr><td rowspan=2>科目</td><td colspan=2>本年支出</td></tr><tr><td>基本支出</td><td>项目支出</td></tr>"
    (table,) = read(html_page([header, *rows_of((("行政运行", "8.00", "2.00"), ("信访业务", "", "3.00")))])).tables
    assert table.header == (("科目",), ("本年支出", "基本支出"), ("本年支出", "项目支出"))
    assert texts(table) == [("行政运行", "8.00", "2.00"), ("信访业务", "", "3.00")]


def test_navigation_footer_scripts_and_hidden_parts_are_left_out() -> None:
    before = (
        "<h1>某市信访局2024年部门预算公开</h1><script>var a = '脚本';</script><p style='display:none'>看不见</p>"
        "<p>一、主要职责</p><p>负责处理人民群众来信，<br>接待群众来访。</p>"
    )
    printed = [paragraph.text for paragraph in read(html_page((), before=before * 1)).paragraphs]
    assert printed[0] == "某市信访局2024年部门预算公开"
    assert "一、主要职责" in printed
    assert not any(word in text for text in printed for word in ("脚本", "看不见", "首页", "联系我们"))


def test_a_table_that_only_lays_the_page_out_is_gone_through() -> None:
    inner = f"<table>{''.join(rows_of(HEADER))}{''.join(rows_of(BODY))}</table>"
    page = f"<table><tr><td><p>一、收支情况</p>{inner}</td></tr><tr><td>说明</td></tr></table>"
    document = read(html_page((), before=page))
    (table,) = document.tables
    assert texts(table) == list(BODY)
    assert document.paragraphs[0].text.startswith(("某局", "一、"))


def test_lines_of_a_cell_are_joined_without_invented_blanks() -> None:
    rows = [
        "<tr><td>项目<br>名称</td><td>预 算\n      数</td></tr>",
        "<tr><td><p>信访</p><p>维稳</p></td><td>1,200.50</td></tr>",
    ]
    (table,) = read(html_page(rows)).tables
    assert [path[-1] for path in table.header] == ["项目名称", "预算数"]
    assert texts(table) == [("信访维稳", "1,200.50")]


def test_pages_of_a_pdf_shown_by_coordinates_are_read_like_printed_pages() -> None:
    placed = ["<div style='position:absolute;left:250pt;top:60pt;font-size:16pt;line-height:16pt'>支出总表</div>"]
    xs, top = (60, 130, 290, 360, 430, 500), 100
    for number, row in enumerate((*HEADER, *BODY)):
        y = top + 20 * number
        for left, right, text in zip(xs, xs[1:], row, strict=False):
            edge = (
                f"position:absolute;left:{left}pt;top:{y}pt;width:{right - left}pt;height:20pt;border:0.5pt solid #000;"
            )
            text_style = f"position:absolute;left:{left + 3}pt;top:{y + 5}pt;font-size:8pt;line-height:8pt;"
            placed += [f"<div style='{edge}'> </div>", f"<div style='{text_style}'>{text}</div>"]
    page = f"<div style='position:relative;width:595pt;height:842pt'>{''.join(placed)}</div>"
    document = read(html_page((), before=page))
    (table,) = document.tables
    assert (document.pages, table.title) == (1, "支出总表")
    assert texts(table) == list(BODY)
    assert table.rows[0].cells[2].place.page == 1


def test_a_page_without_text_is_refused() -> None:
    with pytest.raises(UnreadableInput, match=r"预算\.html: there is no text"):
        read(b"<!DOCTYPE html><html><head></head><body><script>1</script></body></html>")
