"""Scans: characters by OCR, cells by the ruling lines of the picture."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from kg.blocks import Table
from kg.process.processes import open_runner
from kg.read import read_document
from kg.read.pdf.reader import read_pdf
from kg.read.scan.reader import find_rules, read_image
from kg.settings import Settings
from tests.papers import cjk_font, drawn_table, pictured

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(cjk_font() is None, reason="no font with Chinese characters is installed"),
]

ROWS = (
    ("科目编码", "科目名称", "预算数"),
    ("2014001", "行政运行", "8,072.29"),
    ("2014004", "信访业务", "12,081.46"),
    ("", "合计", "20,153.75"),
)
WIDTHS = (240, 420, 300)


def texts(table: Table) -> list[tuple[str, ...]]:
    return [tuple(cell.text for cell in row.cells) for row in table.rows]


def test_a_scanned_table_is_read_cell_by_cell() -> None:
    pdf = pictured([drawn_table(ROWS, WIDTHS, "支出预算总表")])
    document = read_pdf(pdf, settings=Settings(), file="扫描.pdf")
    (table,) = document.tables
    assert table.title == "支出预算总表"
    assert texts(table) == list(ROWS[1:])
    cell = table.rows[0].cells[2]
    assert cell.place.page == 1
    assert cell.place.box == pytest.approx((370, 108, 520, 136), abs=4)


@pytest.mark.parametrize("angle", [-1.5, 270])
def test_a_scan_that_lies_askew_or_sideways_is_read_upright(angle: float) -> None:
    page = drawn_table(ROWS, WIDTHS, "支出预算总表").rotate(angle, expand=angle in (90, 270), fillcolor="white")
    (table,) = read_pdf(pictured([page]), settings=Settings(), file="扫描.pdf").tables
    assert table.title == "支出预算总表"
    assert texts(table) == list(ROWS[1:])


def test_a_picture_is_read_like_a_scan() -> None:
    buffer = io.BytesIO()
    drawn_table(ROWS, WIDTHS, "支出预算总表").save(buffer, "PNG")
    document = read_image(buffer.getvalue(), settings=Settings(), file="表.png")
    (table,) = document.tables
    assert texts(table) == list(ROWS[1:])


def test_a_scan_is_read_within_the_limits_of_a_child(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "扫描.pdf"
    path.write_bytes(pictured([drawn_table(ROWS, WIDTHS, "支出预算总表")]))
    runner = open_runner(Settings(workers=1))
    try:
        ((_, document),) = runner.map(Reading(), [path])
    finally:
        runner.close()
    assert len(document.tables) == 1  # type: ignore[union-attr]


class Reading:
    def __call__(self, path):  # type: ignore[no-untyped-def]
        return read_document(path, Settings())


def test_ruling_lines_of_a_picture_are_found_and_strokes_of_letters_are_not() -> None:
    import numpy

    horizontal, vertical = find_rules(numpy.asarray(drawn_table(ROWS, WIDTHS, "支出预算总表")), 0.5)
    assert [round(rule.at) for rule in sorted(horizontal)] == pytest.approx([80, 108, 136, 164, 192], abs=1)
    assert sorted({round(rule.at) for rule in vertical}) == pytest.approx([40, 160, 370, 520], abs=1)


def test_a_blank_picture_is_refused() -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (400, 400), "white").save(buffer, "PNG")
    with pytest.raises(Exception, match="there is no text in the picture"):
        read_image(buffer.getvalue(), settings=Settings(), file="白.png")
