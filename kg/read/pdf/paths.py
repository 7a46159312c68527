"""The ruling lines and pictures of a PDF page, from its path and image objects.

In: a raw PDFium page. Out: Rules and boxes on the upright page. Drawn lines, thin filled
rectangles and thin pictures are all lines; what shows no colour on white paper is none.
"""

from __future__ import annotations

import ctypes
from itertools import pairwise
from typing import Any

from kg.read.page.ruling import Rule
from kg.read.pdf.turn import Turn
from kg.values.place import Box

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)  # leaves a point where it is
# where an image lies before its matrix moves it
UNIT_SQUARE: list[Point] = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]

THIN = 4.0
"""A filled rectangle or picture no thicker than this is a ruling line."""

SHADE = 6.0
"""A filled rectangle of at least this width and height may shade a cell."""

MAX_OBJECTS = 200_000
"""Page objects looked at; a page with more is read without the rest and says so."""

MAX_DEPTH = 8
"""Forms within forms that are followed."""
STRAIGHT = 0.7
"""Points a line may lean and still be horizontal or vertical: less than a drawn line is thick."""
CLEAR, WHITE = 8, 250
"""Of 255: what is more transparent, or lighter in all colours, can't be seen on white paper."""


class PathCollector:
    """Walks the objects of a page and keeps lines, shades and pictures; `forms` and `paths` are counts."""

    def __init__(self, pdfium: Any, turn: Turn) -> None:
        self.pdfium = pdfium
        self.turn = turn
        self.horizontal: list[Rule] = []
        self.vertical: list[Rule] = []
        self.pictures: list[Box] = []
        self.fills: list[Box] = []
        self.paths = 0
        self.left = MAX_OBJECTS
        self.forms = 0

    def collect_page(self, page: Any) -> None:
        """Take in every object of a raw page."""
        pdfium = self.pdfium
        for index in range(min(pdfium.FPDFPage_CountObjects(page), MAX_OBJECTS)):
            self._collect(pdfium.FPDFPage_GetObject(page, index), IDENTITY, 0)

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
            self.forms += 1
            matrix = _product(self._matrix(item), outer)
            for index in range(min(pdfium.FPDFFormObj_CountObjects(item), MAX_OBJECTS)):
                self._collect(pdfium.FPDFFormObj_GetObject(item, index), matrix, depth + 1)

    def _matrix(self, item: Any) -> Matrix:
        matrix = self.pdfium.FS_MATRIX()
        if not self.pdfium.FPDFPageObj_GetMatrix(item, ctypes.byref(matrix)):
            return IDENTITY
        return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)

    def _collect_path(self, path: Any, matrix: Matrix) -> None:
        pdfium = self.pdfium
        self.paths += 1
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
        return alpha.value > CLEAR and min(red.value, green.value, blue.value) < WHITE

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
        if abs(y1 - y0) <= STRAIGHT < abs(x1 - x0):
            self.horizontal.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x1 - x0) <= STRAIGHT < abs(y1 - y0):
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
        elif min(width, height) > SHADE:
            self.fills.append(box)


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
