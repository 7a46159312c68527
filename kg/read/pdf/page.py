"""What is printed on one PDF page: glyphs with their boxes, ruling lines, pictures.

In: a pypdfium2 page. Out: a PageContent in points, origin at the top left of the page as it is
read, that is with the page's rotation and a sideways text turned upright. Nothing is interpreted here.
"""

from __future__ import annotations

from typing import Any

from kg.read.page.pages import PageContent
from kg.read.pdf.glyphs import read_glyphs, text_quarter
from kg.read.pdf.paths import PathCollector
from kg.read.pdf.turn import Turn
from kg.values.place import Box


def read_page(page: Any, number: int) -> PageContent:
    """Return what is printed on `page` (pypdfium2), the `number`-th of its document."""
    import pypdfium2.raw as pdfium

    textpage = page.get_textpage()
    try:
        turn = Turn(_visible_box(page), text_quarter(pdfium, textpage.raw, page.get_rotation() // 90))
        collector = PathCollector(pdfium, turn)
        collector.collect_page(page.raw)
        glyphs = read_glyphs(pdfium, textpage.raw, turn, clipped=not collector.forms)
    finally:
        textpage.close()
    width, height = turn.size
    return PageContent(
        number=number,
        width=width,
        height=height,
        glyphs=glyphs,
        horizontal=collector.horizontal,
        vertical=collector.vertical,
        pictures=collector.pictures,
        fills=collector.fills,
        paths=collector.paths,
        complete=collector.left > 0,
    )


def _visible_box(page: Any) -> Box:
    """Return the crop box within the media box, in the page's own coordinates."""
    media, crop = page.get_mediabox(), page.get_cropbox()
    left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
    right, top = min(media[2], crop[2]), min(media[3], crop[3])
    box = (left, bottom, right, top) if right > left and top > bottom else media
    return (float(box[0]), float(box[1]), float(box[2]), float(box[3]))
