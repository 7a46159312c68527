"""Pictures of pages to PageContents: characters by OCR, ruling lines by morphology.

The models are those the package rapidocr carries; nothing is downloaded. Characters get a box each, so
that kg.read.page.pages treats a scan like a printed page: its cells are those the ruling lines frame.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from typing import Any

from kg.blocks import Document, ReadIssue
from kg.errors import LimitExceeded, UnreadableInput, UnsupportedFormat
from kg.messages import say
from kg.read.assemble.grid import assemble_blocks
from kg.read.page.glyphs import Glyph
from kg.read.page.pages import PageContent, Pages
from kg.read.page.ruling import GAP, Rule
from kg.read.scan.upright import confidence, lies_sideways, straightened
from kg.settings import Settings
from kg.values.place import Place

LONGEST_SIDE = 2000
"""Pixels of a page's longer side when it is recognised: about 170 dots an inch of A4."""

SURE = 0.7
"""A line recognised with less confidence is noted as uncertain."""

MAX_PIXELS = 100_000_000
"""Pixels of one picture, an A3 page at 600 dpi with room; a small file can unpack to gigabytes."""
SHORTEST_RULE = 12.0
"""Points; a shorter stroke is part of a character."""
_THIN = 0.3
"""Of its length: a stroke thicker than this is a letter or a blot, no drawn line."""


def read_image(data: bytes, *, settings: Settings, file: str) -> Document:
    """Return the blocks of a picture (PNG, JPEG, TIFF with several pages).

    Raises UnreadableInput if it can't be decoded or holds no text, LimitExceeded if it is too large.
    """
    pages, issues, count = Pages(), [], 0
    for number, picture in enumerate(_frames(data, settings, file), 1):
        content, doubts = read_picture(picture, number, file)
        pages.add_page(content)
        issues.extend(doubts)
        count = number
    blocks = assemble_blocks(pages.parts(count))
    if not blocks:
        raise UnreadableInput(file, say("error.input.no_text.picture"))
    return Document(
        file=file,
        blocks=blocks,
        pages=count,
        issues=tuple(issues),
    )


def _frames(data: bytes, settings: Settings, file: str) -> Iterator[Any]:
    import numpy
    from PIL import Image, ImageSequence, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as image:
            for number, frame in enumerate(ImageSequence.Iterator(image), 1):
                if number > settings.read_max_pages:
                    raise LimitExceeded(file, say("error.input.more_pages", allowed=settings.read_max_pages))
                if frame.width * frame.height > MAX_PIXELS:
                    size = say("error.input.pixels", width=frame.width, height=frame.height)
                    raise LimitExceeded(file, size, place=say("error.input.page", page=number))
                yield numpy.asarray(frame.convert("RGB"))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise UnreadableInput(file, say("error.input.damaged", reason=str(error))) from error
    except Image.DecompressionBombError as error:
        raise LimitExceeded(file, say("error.input.picture", reason=str(error))) from error


def read_scanned(page: Any, number: int, file: str) -> tuple[PageContent, list[ReadIssue]]:
    """Return what a page of a PDF (pypdfium2) shows when it is rendered, and what was uncertain."""
    return read_picture(render(page), number, file, width=page.get_size()[0])


def render(page: Any) -> Any:
    """Return a page of a PDF (pypdfium2) as rows of pixels, its longer side LONGEST_SIDE."""
    return page.render(scale=LONGEST_SIDE / max(page.get_size())).to_numpy()


def read_picture(picture: Any, number: int, file: str, *, width: float = 595.0) -> tuple[PageContent, list[ReadIssue]]:
    """Return what a picture (an array of rows of pixels) shows, on a page `width` points wide.

    Raises UnsupportedFormat if OCR isn't installed.
    """
    try:
        engine = _engine()
    except ImportError as error:
        raise UnsupportedFormat(file, say("error.input.ocr"), place=say("error.input.page", page=number)) from error
    scale = width / picture.shape[1]
    picture, found = _recognised(engine, straightened(picture))
    glyphs: list[Glyph] = []
    doubts: list[ReadIssue] = []
    lines = zip(found.txts or (), found.scores or (), found.word_results or (), strict=False)
    for text, score, words in lines:
        glyphs.extend(_glyphs(words, scale))
        if score < SURE:
            place = Place(page=number)
            message = say("issue.uncertain_text", confidence=f"{score:.2f}")
            doubts.append(ReadIssue(code="uncertain_text", place=place, text=text, message=message))
    horizontal, vertical = find_rules(picture, scale)
    content = PageContent(
        number=number,
        width=picture.shape[1] * scale,
        height=picture.shape[0] * scale,
        glyphs=glyphs,
        horizontal=horizontal,
        vertical=vertical,
        pictures=[],
        exact=False,
    )
    return content, doubts


def _recognised(engine: Any, picture: Any) -> tuple[Any, Any]:
    """Return a picture, turned upright if it lay sideways, and what OCR found in it."""
    import numpy

    found = engine(picture, return_word_box=True, return_single_char_box=True)
    if not lies_sideways(found):
        return picture, found
    turned = [numpy.ascontiguousarray(numpy.rot90(picture, quarters)) for quarters in (1, 3)]
    read = [engine(each, return_word_box=True, return_single_char_box=True) for each in turned]
    best = max((0, 1), key=lambda index: confidence(read[index]))
    return turned[best], read[best]


@cache
def _engine() -> Any:
    """Return the recogniser, one thread: the runner already gives each core a document."""
    import logging

    from rapidocr import RapidOCR

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    return RapidOCR(
        params={
            "Global.log_level": "error",
            "Global.use_cls": False,
            "Global.max_side_len": LONGEST_SIDE,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def _glyphs(words: Any, scale: float) -> list[Glyph]:
    """Return the characters of one recognised line; one base for all, as they stand on one line."""
    glyphs: list[Glyph] = []
    boxes = [(text, [(x * scale, y * scale) for x, y in box]) for text, _, box in words]
    if not boxes:
        return []
    top = min(y for _, box in boxes for _, y in box)
    bottom = max(y for _, box in boxes for _, y in box)
    base = bottom - 0.15 * (bottom - top)
    for text, box in boxes:
        left, right = min(x for x, _ in box), max(x for x, _ in box)
        step = (right - left) / max(len(text), 1)
        glyphs.extend(
            Glyph(character, left + index * step, top, left + (index + 1) * step, bottom, base)
            for index, character in enumerate(text)
        )
    return glyphs


def find_rules(picture: Any, scale: float) -> tuple[list[Rule], list[Rule]]:
    """Return the horizontal and vertical lines of a picture, in points."""
    import cv2

    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY) if picture.ndim == 3 else picture
    ink = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 12)
    length = max(20, int(2 * SHORTEST_RULE / scale))
    horizontal, vertical = [], []
    for left, top, width, height in _strokes(ink, (length, 1)):
        if height < _THIN * width:
            horizontal.append(Rule((top + height / 2) * scale, left * scale, (left + width) * scale))
    for left, top, width, height in _strokes(ink, (1, max(16, length // 2))):
        if width < _THIN * height and height * scale >= SHORTEST_RULE:
            vertical.append(Rule((left + width / 2) * scale, top * scale, (top + height) * scale))
    return horizontal, [stroke for stroke in vertical if _meets(stroke, horizontal)]


def _meets(stroke: Rule, lines: list[Rule]) -> bool:
    """Return whether a vertical stroke touches a horizontal line; one of a character touches none."""
    return any(
        line.start - GAP <= stroke.at <= line.end + GAP and stroke.start - GAP <= line.at <= stroke.end + GAP
        for line in lines
    )


def _strokes(ink: Any, shape: tuple[int, int]) -> Iterator[tuple[int, int, int, int]]:
    """Yield the boxes (left, top, width, height) of the ink that such strokes make up."""
    import cv2

    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, shape)
    lines = cv2.morphologyEx(ink, cv2.MORPH_OPEN, kernel)
    grown = cv2.dilate(lines, cv2.getStructuringElement(cv2.MORPH_RECT, (3, 3)))
    outlines, _ = cv2.findContours(grown, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    for outline in outlines:
        left, top, width, height = cv2.boundingRect(outline)
        yield int(left), int(top), int(width), int(height)
