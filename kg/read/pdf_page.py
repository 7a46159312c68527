"""What is printed on one PDF page: glyphs with their boxes, ruling lines, pictures.

In: a pypdfium2 page. Out: a PageContent in points, origin at the top left of the page as it is
read, that is with the page's rotation and a sideways text turned upright. Nothing is interpreted here.
"""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

from kg.blocks import Box
from kg.read.ruling import Rule

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
UNIT_SQUARE: list[Point] = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]

THIN = 4.0
"""A filled rectangle or picture no thicker than this is a ruling line."""

MAX_OBJECTS = 200_000
"""Page objects looked at; a page with more is read without the rest and says so."""

MAX_DEPTH = 8
"""Forms within forms that are followed."""

ANGLE_SAMPLES = 60

IGNORED = frozenset({0xAD, 0xFEFF, 0xFFFE, 0xFFFF, 0x200B, 0x200C, 0x200D, 0x2060})
"""Characters without a shape: soft hyphens, marks of byte order, joiners."""


class Glyph(NamedTuple):
    """One printed character; `base` is its baseline, the rest its box."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    base: float

    @property
    def size(self) -> float:
        """The height of its box, about the font's size."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True, kw_only=True)
class PageContent:
    """One page. `pictures` are the boxes of images; `complete` is False if objects were left out."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph]
    horizontal: list[Rule]
    vertical: list[Rule]
    pictures: list[Box]
    complete: bool = True


class Turn:
    """Maps the page's own coordinates (origin bottom left) to upright ones (origin top left)."""

    def __init__(self, box: Box, quarter: int) -> None:
        self.left, self.bottom, self.right, self.top = box
        self.quarter = quarter % 4

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point stands on the upright page."""
        if self.quarter == 0:
            return x - self.left, self.top - y
        if self.quarter == 1:
            return y - self.bottom, x - self.left
        if self.quarter == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Return an upright box of two opposite corners."""
        x0, y0 = self.point(left, bottom)
        x1, y1 = self.point(right, top)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the upright page."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.quarter % 2 else (width, height)


def read_page(page: Any, number: int) -> PageContent:
    """Return what is printed on `page` (pypdfium2), the `number`-th of its document."""
    import pypdfium2.raw as pdfium

    textpage = page.get_textpage()
    try:
        turn = Turn(_visible_box(page), _text_quarter(pdfium, textpage.raw, page.get_rotation() // 90))
        glyphs = _read_glyphs(pdfium, textpage.raw, turn)
    finally:
        textpage.close()
    collector = _Collector(pdfium, turn)
    collector.collect_page(page.raw)
    width, height = turn.size
    return PageContent(
        number=number, width=width, height=height, glyphs=glyphs, horizontal=collector.horizontal,
        vertical=collector.vertical, pictures=collector.pictures, complete=collector.left > 0,
    )


def _visible_box(page: Any) -> Box:
    """Return the crop box within the media box, in the page's own coordinates."""
    media, crop = page.get_mediabox(), page.get_cropbox()
    left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
    right, top = min(media[2], crop[2]), min(media[3], crop[3])
    box = (left, bottom, right, top) if right > left and top > bottom else media
    return (float(box[0]), float(box[1]), float(box[2]), float(box[3]))


def _text_quarter(pdfium: Any, text: Any, rotation: int) -> int:
    """Return by how many quarters the page has to be turned clockwise to read it.

    That is the angle of most of its text; the page's own `rotation` where the text isn't of one mind.
    """
    count = pdfium.FPDFText_CountChars(text)
    tally = [0, 0, 0, 0]
    for index in range(0, count, max(1, count // ANGLE_SAMPLES)):
        # PDFium's angle is clockwise.
        angle = pdfium.FPDFText_GetCharAngle(text, index)
        if angle >= 0 and pdfium.FPDFText_GetUnicode(text, index) > 32:
            tally[-round(angle / (math.pi / 2)) % 4] += 1
    most = max(range(4), key=lambda quarter: tally[quarter])
    return most if tally[most] * 10 > sum(tally) * 6 else rotation


def _read_glyphs(pdfium: Any, text: Any, turn: Turn) -> list[Glyph]:
    """Return the printed characters in the order of the content stream, doubles taken out.

    Blanks and line ends that PDFium generates are left out: gaps are judged where lines are made.
    """
    rect, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    rect_at, x_at, y_at = ctypes.byref(rect), ctypes.byref(x), ctypes.byref(y)
    glyphs: list[Glyph] = []
    seen: set[tuple[str, int, int]] = set()
    width, height = turn.size
    for index in range(pdfium.FPDFText_CountChars(text)):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if code < 32 or 0x7F <= code < 0xA0 or code in IGNORED:
            continue
        if pdfium.FPDFText_IsGenerated(text, index) == 1:
            continue
        pdfium.FPDFText_GetLooseCharBox(text, index, rect_at)
        pdfium.FPDFText_GetCharOrigin(text, index, x_at, y_at)
        left, top, right, bottom = turn.box(rect.left, rect.bottom, rect.right, rect.top)
        if right < 0 or bottom < 0 or left > width or top > height:
            continue
        base = turn.point(x.value, y.value)[1]
        # Bold is often printed twice, a hair apart.
        key = (chr(code), round(left), round(base))
        if code > 32:
            if not seen.isdisjoint(_neighbours(key)):
                continue
            seen.add(key)
        glyphs.append(Glyph(chr(code), left, top, right, bottom, base))
    return glyphs


def _neighbours(key: tuple[str, int, int]) -> list[tuple[str, int, int]]:
    text, left, base = key
    return [(text, left + dx, base + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]


class _Collector:
    """Walks the objects of a page and keeps ruling lines and pictures."""

    def __init__(self, pdfium: Any, turn: Turn) -> None:
        self.pdfium = pdfium
        self.turn = turn
        self.horizontal: list[Rule] = []
        self.vertical: list[Rule] = []
        self.pictures: list[Box] = []
        self.left = MAX_OBJECTS

    def collect_page(self, page: Any) -> None:
        pdfium = self.pdfium
        for index in range(min(pdfium.FPDFPage_CountObjects(page), MAX_OBJECTS)):
            self._collect(pdfium.FPDFPage_GetObject(page, index), (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), 0)

    def _collect(self, item: Any, outer: Matrix, depth: int) -> None:
        pdfium = self.pdfium
        if self.left <= 0:
            return
        self.left -= 1
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            self._collect_path(item, _product(self._matrix(item), outer))
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            matrix = _product(self._matrix(item), outer)
            corners = [self.turn.point(*_moved(matrix, x, y)) for x, y in UNIT_SQUARE]
            self._collect_box(_extent_of(corners), picture=True)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < MAX_DEPTH:
            matrix = _product(self._matrix(item), outer)
            for index in range(min(pdfium.FPDFFormObj_CountObjects(item), MAX_OBJECTS)):
                self._collect(pdfium.FPDFFormObj_GetObject(item, index), matrix, depth + 1)

    def _matrix(self, item: Any) -> Matrix:
        matrix = self.pdfium.FS_MATRIX()
        if not self.pdfium.FPDFPageObj_GetMatrix(item, ctypes.byref(matrix)):
            return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)

    def _collect_path(self, path: Any, matrix: Matrix) -> None:
        pdfium = self.pdfium
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        if not pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke)):
            return
        stroked = bool(stroke.value) and self._visible(path, pdfium.FPDFPageObj_GetStrokeColor)
        filled = bool(fill.value) and self._visible(path, pdfium.FPDFPageObj_GetFillColor)
        if not stroked and not filled:
            return
        for points in self._subpaths(path, matrix):
            if stroked:
                for start, end in pairwise(points):
                    self._collect_line(start, end)
            if filled:
                self._collect_box(_extent_of(points), picture=False)

    def _visible(self, path: Any, colour: Any) -> bool:
        """Return whether a colour shows on white paper."""
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        if not colour(path, *(ctypes.byref(part) for part in (red, green, blue, alpha))):
            return True
        return alpha.value > 8 and min(red.value, green.value, blue.value) < 250

    def _subpaths(self, path: Any, matrix: Matrix) -> list[list[Point]]:
        pdfium = self.pdfium
        x, y = ctypes.c_float(), ctypes.c_float()
        x_at, y_at = ctypes.byref(x), ctypes.byref(y)
        subpaths: list[list[Point]] = []
        for index in range(min(pdfium.FPDFPath_CountSegments(path), self.left)):
            segment = pdfium.FPDFPath_GetPathSegment(path, index)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            pdfium.FPDFPathSegment_GetPoint(segment, x_at, y_at)
            if kind == pdfium.FPDF_SEGMENT_MOVETO or not subpaths:
                subpaths.append([])
            subpaths[-1].append(self.turn.point(*_moved(matrix, x.value, y.value)))
            if pdfium.FPDFPathSegment_GetClose(segment):
                subpaths[-1].append(subpaths[-1][0])
        return subpaths

    def _collect_line(self, start: Point, end: Point) -> None:
        (x0, y0), (x1, y1) = start, end
        if abs(y1 - y0) <= 0.7 and abs(x1 - x0) > 0.7:
            self.horizontal.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x1 - x0) <= 0.7 and abs(y1 - y0) > 0.7:
            self.vertical.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))

    def _collect_box(self, box: Box, *, picture: bool) -> None:
        left, top, right, bottom = box
        width, height = right - left, bottom - top
        if height <= THIN and width > height:
            self.horizontal.append(Rule((top + bottom) / 2, left, right))
        elif width <= THIN and height > width:
            self.vertical.append(Rule((left + right) / 2, top, bottom))
        elif picture:
            self.pictures.append(box)




def _product(inner: Matrix, outer: Matrix) -> Matrix:
    """Return the matrix that applies `inner`, then `outer`."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _moved(matrix: Matrix, x: float, y: float) -> Point:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _extent_of(points: list[Point]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)
