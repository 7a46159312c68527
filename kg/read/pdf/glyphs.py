"""The printed characters of a PDF page with their boxes.

In: a raw PDFium text page. Out: Glyphs on the upright page, in the order of the content stream.
"""

from __future__ import annotations

import ctypes
import math
from typing import Any

from kg.read.page.glyphs import Glyph
from kg.read.pdf.turn import Turn
from kg.values.place import Box

ANGLE_SAMPLES = 60
"""Glyphs looked at to tell how a page is turned: it is turned as a whole, and asking costs."""

IGNORED = frozenset({0xAD, 0xFEFF, 0xFFFE, 0xFFFF, 0x200B, 0x200C, 0x200D, 0x2060})
"""Characters without a shape: soft hyphens, marks of byte order, joiners."""

DIAGONAL = (math.radians(25), math.radians(65))
"""Text at such an angle is a watermark; a slanted font looks turned by less."""

CELL = 4.0
"""Points between the places under which printed characters are looked up."""

MAX_CLIPS = 20
"""Clipping paths of one object that are looked at."""


def text_quarter(pdfium: Any, text: Any, rotation: int) -> int:
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


def read_glyphs(pdfium: Any, text: Any, turn: Turn, *, clipped: bool) -> list[Glyph]:
    """Return the printed characters in the order of the content stream, doubles taken out.

    Blanks and line ends that PDFium generates are left out: gaps are judged where lines are made.
    So are watermarks. Clipping paths are looked at if `clipped`; those inside forms have coordinates
    of their own.
    """
    rect, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    rect_at, x_at, y_at = ctypes.byref(rect), ctypes.byref(x), ctypes.byref(y)
    glyphs: list[Glyph] = []
    printed: dict[tuple[str, int, int], list[Glyph]] = {}
    clips = _Clips(pdfium, text, turn) if clipped else None
    width, height = turn.size
    for index in range(pdfium.FPDFText_CountChars(text)):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if code < 32 or 0x7F <= code < 0xA0 or code in IGNORED:
            continue
        if pdfium.FPDFText_IsGenerated(text, index) == 1:
            continue
        if DIAGONAL[0] < pdfium.FPDFText_GetCharAngle(text, index) % (math.pi / 2) < DIAGONAL[1]:
            continue
        pdfium.FPDFText_GetLooseCharBox(text, index, rect_at)
        pdfium.FPDFText_GetCharOrigin(text, index, x_at, y_at)
        left, top, right, bottom = turn.box(rect.left, rect.bottom, rect.right, rect.top)
        if right < 0 or bottom < 0 or left > width or top > height:
            continue
        base = turn.point(x.value, y.value)[1]
        glyph = Glyph(chr(code), left, top, right, bottom, base)
        if code > 32 and _is_double(glyph, printed):
            continue
        clip = clips.cutting(index, glyph) if clips else None
        glyphs.append(glyph if clip is None else glyph._replace(clip=clip))
    return glyphs


def _is_double(glyph: Glyph, printed: dict[tuple[str, int, int], list[Glyph]]) -> bool:
    """Return whether the same character stands there already, a hair apart (bold is often made so)."""
    column, row = round(glyph.left / CELL), round(glyph.base / CELL)
    near = 0.3 * (glyph.right - glyph.left)
    for key in ((glyph.text, column + dx, row + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)):
        for other in printed.get(key, ()):
            if abs(other.left - glyph.left) < near and abs(other.base - glyph.base) < near:
                return True
    printed.setdefault((glyph.text, column, row), []).append(glyph)
    return False


class _Clips:
    """The clipping paths of text objects, each looked up once."""

    def __init__(self, pdfium: Any, text: Any, turn: Turn) -> None:
        self.pdfium = pdfium
        self.text = text
        self.turn = turn
        self.known: dict[int, Box | None] = {}
        self.before: Glyph | None = None
        self.clip: Box | None = None
        self.seen = False
        self.x, self.y = ctypes.c_float(), ctypes.c_float()

    def cutting(self, index: int, glyph: Glyph) -> Box | None:
        """Return the clip of character `index` if it hides a part of its box, None if all can be seen.

        A character right after one that can be seen, within the same clip, can be seen as well.
        """
        box = glyph[1:5]
        before, self.before = self.before, glyph
        follows = before is not None and before.base == glyph.base and 0 <= glyph.left - before.left < 2 * glyph.size
        if follows and self.seen and _shows(self.clip, box):
            return None
        item = self.pdfium.FPDFText_GetTextObject(self.text, index)
        if not item:
            return None
        address = ctypes.addressof(item.contents)
        if address not in self.known:
            self.known[address] = self._box(item)
        self.clip = self.known[address]
        self.seen = _shows(self.clip, box)
        return None if self.seen else self.clip

    def _box(self, item: Any) -> Box | None:
        """Return the box that all clipping paths of an object leave, None if there are none."""
        clip = self.pdfium.FPDFPageObj_GetClipPath(item)
        count = self.pdfium.FPDFClipPath_CountPaths(clip) if clip else 0
        box: Box | None = None
        for path in range(min(count, MAX_CLIPS)):
            corners = self._corners(clip, path)
            if corners is None:
                continue
            box = (
                corners
                if box is None
                else (
                    max(box[0], corners[0]),
                    max(box[1], corners[1]),
                    min(box[2], corners[2]),
                    min(box[3], corners[3]),
                )
            )
        return box

    def _corners(self, clip: Any, path: int) -> Box | None:
        pdfium = self.pdfium
        xs: list[float] = []
        ys: list[float] = []
        for index in range(pdfium.FPDFClipPath_CountPathSegments(clip, path)):
            segment = pdfium.FPDFClipPath_GetPathSegment(clip, path, index)
            if pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(self.x), ctypes.byref(self.y)):
                xs.append(self.x.value)
                ys.append(self.y.value)
        return self.turn.box(min(xs), min(ys), max(xs), max(ys)) if xs else None


def _shows(clip: Box | None, box: Box) -> bool:
    """Return whether a clip lets (nearly) all of a box be seen."""
    slack = 0.25 * (box[3] - box[1]) + 0.5
    return clip is None or (
        clip[0] - slack <= box[0]
        and clip[1] - slack <= box[1]
        and box[2] <= clip[2] + slack
        and box[3] <= clip[3] + slack
    )
