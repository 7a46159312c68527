"""Small PDF, ODS and HTML files that tests make for themselves."""

from __future__ import annotations

import html
import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
A4 = (595.0, 842.0)
LANDSCAPE = (842.0, 595.0)
CJK_FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
)

HEADER = (("功能科目编码", "功能科目名称", "合计", "基本支出", "项目支出"),)
BODY = (
    ("", "合计", "1,234.50", "1,000.00", "234.50"),
    ("201", "一般公共服务支出", "1,034.50", "800.00", "234.50"),
    ("20140", "信访事务", "1,034.50", "800.00", "234.50"),
    ("2014001", "行政运行", "800.00", "800.00", ""),
    ("2014004", "信访业务", "234.50", "", "234.50"),
    ("208", "社会保障和就业支出", "200.00", "200.00", ""),
    ("2080505", "机关事业单位基本养老保险缴费支出", "200.00", "200.00", ""),
)


@dataclass(frozen=True)
class Span:
    """A cell with the fields it covers; `text` may hold line breaks."""

    text: str
    rows: int = 1
    columns: int = 1


@dataclass
class Paper:
    """A PDF being written, page by page, with coordinates from the top left."""

    size: tuple[float, float] = A4
    password: str | None = None
    rotation: int = 0
    _buffer: io.BytesIO = field(default_factory=io.BytesIO)

    def __post_init__(self) -> None:
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
        encryption = StandardEncryption(self.password, canPrint=0) if self.password else None
        self.canvas = Canvas(self._buffer, pagesize=self.size, invariant=True, encrypt=encryption, pageCompression=1)
        self.y = 60.0
        self._begin()

    def _begin(self) -> None:
        if self.rotation:
            self.canvas.setPageRotation(self.rotation)

    def text(self, text: str, *, x: float = 60.0, y: float | None = None, size: float = 10.5) -> Paper:
        """Print one line; without `y` right below the last one."""
        if y is None:
            y = self.y
            self.y += 1.6 * size
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, self.size[1] - y, text)
        return self

    def page(self) -> Paper:
        """Turn to a new page."""
        self.canvas.showPage()
        self.y = 60.0
        self._begin()
        return self

    def table(
        self,
        rows: Sequence[Sequence[str | Span]],
        widths: Sequence[float],
        *,
        x: float = 60.0,
        height: float = 20.0,
        ruled: str = "all",
        size: float = 9.0,
        open_end: bool = False,
    ) -> Paper:
        """Print a table; `ruled` is all, rows (horizontal lines only), shades or none."""
        xs = [x + sum(widths[:index]) for index in range(len(widths) + 1)]
        covered: set[tuple[int, int]] = set()
        for number, row in enumerate(rows):
            column = 0
            for cell in row:
                while (number, column) in covered:
                    column += 1
                span = cell if isinstance(cell, Span) else Span(cell)
                covered |= {
                    (number + down, column + right) for down in range(span.rows) for right in range(span.columns)
                }
                box = (
                    xs[column],
                    self.y + number * height,
                    xs[column + span.columns],
                    self.y + (number + span.rows) * height,
                )
                self._cell(span.text, box, ruled, size, open_end and number + span.rows == len(rows))
                column += span.columns
        self.y += len(rows) * height + 16
        return self

    def _cell(self, text: str, box: tuple[float, float, float, float], ruled: str, size: float, open_end: bool) -> None:
        left, top, right, bottom = box
        height = self.size[1]
        if ruled == "shades":
            self.canvas.setFillGray(0.85)
            self.canvas.rect(left + 0.5, height - bottom + 0.5, right - left - 1, bottom - top - 1, stroke=0, fill=1)
            self.canvas.setFillGray(0)
        if ruled in ("all", "rows"):
            self.canvas.line(left, height - top, right, height - top)
            if not open_end:
                self.canvas.line(left, height - bottom, right, height - bottom)
        if ruled == "all":
            self.canvas.line(left, height - top, left, height - bottom)
            self.canvas.line(right, height - top, right, height - bottom)
        lines = text.split("\n")
        base = (top + bottom) / 2 + 0.35 * size - (len(lines) - 1) * 0.6 * size
        self.canvas.setFont(FONT, size)
        for line in lines:
            number = line.replace(",", "").replace(".", "").isdigit() and "." in line
            if number:
                self.canvas.drawRightString(right - 3, height - base, line)
            else:
                self.canvas.drawString(left + 3, height - base, line)
            base += 1.2 * size

    def bytes(self) -> bytes:
        """Return the file."""
        self.canvas.save()
        return self._buffer.getvalue()


def scanned(pdf: bytes) -> bytes:
    """Return a PDF whose pages are pictures of the pages of another."""
    document = pypdfium2.PdfDocument(pdf)
    pictures = [page.render(scale=2).to_pil().convert("RGB") for page in document]
    document.close()
    return pictured(pictures)


def pictured(pictures: Sequence[Image.Image]) -> bytes:
    """Return a PDF with a picture a page, two pixels a point."""
    buffer = io.BytesIO()
    pictures[0].save(buffer, "PDF", save_all=True, append_images=pictures[1:], resolution=144)
    return buffer.getvalue()


def cjk_font() -> str | None:
    """Return the path of a font with Chinese characters, None if none is installed."""
    return next((path for path in CJK_FONTS if Path(path).is_file()), None)


def drawn_table(rows: Sequence[Sequence[str]], widths: Sequence[int], title: str) -> Image.Image:
    """Return the picture of a page with a ruled table, drawn with an installed font."""
    font = cjk_font()
    assert font is not None
    picture = Image.new("RGB", (1190, 900), "white")
    pen = ImageDraw.Draw(picture)
    pen.text((400, 60), title, font=ImageFont.truetype(font, 36), fill="black")
    letters = ImageFont.truetype(font, 24)
    xs = [80 + sum(widths[:index]) for index in range(len(widths) + 1)]
    for number in range(len(rows) + 1):
        pen.line((xs[0], 160 + 56 * number, xs[-1], 160 + 56 * number), fill="black", width=2)
    for x in xs:
        pen.line((x, 160, x, 160 + 56 * len(rows)), fill="black", width=2)
    for number, row in enumerate(rows):
        for x, text in zip(xs, row, strict=False):
            pen.text((x + 10, 160 + 56 * number + 10), text, font=letters, fill="black")
    return picture


def html_page(rows: Iterable[str], *, before: str = "", charset: str = "utf-8") -> bytes:
    """Return a web page with a table of the given rows (their HTML)."""
    page = (
        f"<!DOCTYPE html><html><head><meta charset='{charset}'>"
        "<title>某局2024年部门预算_某市政府</title></head>"
        f"<body><div class='nav'><a href='/'>首页</a> <a href='/x'>政务公开</a></div>"
        f"<div id='content'>{before}<table>{''.join(rows)}</table></div>"
        "<div class='footer'>版权所有 <a href='/a'>联系我们</a></div></body></html>"
    )
    return page.encode(charset)


ODF = "urn:oasis:names:tc:opendocument:xmlns:"
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def ods_cell(text: str = "", *, value: str = "", inside: str = "", **table: object) -> str:
    """Return a field of a spreadsheet that shows `text`, its lines apart; `table` are its attributes."""
    attributes = "".join(f' table:{name.replace("_", "-")}="{given}"' for name, given in table.items())
    if value:
        attributes += f' office:value-type="float" office:value="{value}"'
    lines = "".join(f"<text:p>{html.escape(line)}</text:p>" for line in text.split("\n") if text)
    return f"<table:table-cell{attributes}>{inside}{lines}</table:table-cell>"


def ods_sheet(rows: Iterable[str], *, name: str = "Sheet1", style: str = "shown") -> str:
    """Return a sheet of `rows`, each the fields of one row or a whole table:table-row."""
    written = (
        row if row.startswith("<table:table-row") else f"<table:table-row>{row}</table:table-row>" for row in rows
    )
    return f'<table:table table:name="{name}" table:style-name="{style}">{"".join(written)}</table:table>'


def ods_file(*sheets: str, media_type: str = ODS_TYPE, manifest: str = "") -> bytes:
    """Return an OpenDocument spreadsheet; a sheet of the style "hidden" isn't shown."""
    spaces = " ".join(f'xmlns:{name}="{ODF}{name}:1.0"' for name in ("office", "table", "text", "style"))
    styles = (
        '<style:style style:name="hidden" style:family="table"><style:table-properties table:display="false"/>'
        '</style:style><style:style style:name="shown" style:family="table"><style:table-properties/></style:style>'
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.3">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{''.join(sheets)}</office:spreadsheet></office:body></office:document-content>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", media_type, zipfile.ZIP_STORED)
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", manifest or "<manifest/>")
    return buffer.getvalue()
