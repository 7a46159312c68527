"""The source viewer: which line and field are marked, and pages drawn with a framed cell."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from kg.errors import LimitExceeded, NotFound, UnreadableInput
from kg.read.pdf.image import render_page
from web.evidence.source import block_lines, mark_lines

TEXT = "一、收支\n科目\t合计\n201\t<p>723</p>\n注：无"


def make_pdf(width: float = 300, height: float = 200) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(width, height))
    canvas.drawString(20, 20, "723")
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def test_the_wanted_field_of_the_wanted_line_is_marked() -> None:
    marked = [(line.number, cell.text.strip()) for line in mark_lines(TEXT, 3, 2) for cell in line.cells if cell.at]
    assert marked == [(3, "723")]


def test_runs_of_lines_with_tabs_become_tables() -> None:
    blocks = block_lines(mark_lines(TEXT, None, None))
    assert [(block.table, len(block.lines), block.width) for block in blocks] == [
        (False, 1, 1),
        (True, 2, 2),
        (False, 1, 1),
    ]


def test_a_page_is_drawn_with_its_cell_framed() -> None:
    plain = render_page(make_pdf(), file="a.pdf", page=1)
    framed = render_page(make_pdf(), file="a.pdf", page=1, box=(50, 50, 120, 90))
    assert (plain.width, plain.height) == (480, 320)
    assert Image.open(io.BytesIO(plain.png)).getpixel((80, 80)) == (255, 255, 255)
    assert Image.open(io.BytesIO(framed.png)).getpixel((80, 80)) == (168, 50, 30)


def test_a_page_that_is_not_there_is_not_found() -> None:
    with pytest.raises(NotFound, match="2"):
        render_page(make_pdf(), file="a.pdf", page=2)


def test_a_page_of_absurd_size_is_refused() -> None:
    with pytest.raises(LimitExceeded, match=r"a\.pdf"):
        render_page(make_pdf(14000, 14000), file="a.pdf", page=1)


def test_a_file_that_is_no_pdf_is_refused() -> None:
    with pytest.raises(UnreadableInput, match=r"a\.pdf"):
        render_page(b"%PDF-1.4 nothing", file="a.pdf", page=1)
