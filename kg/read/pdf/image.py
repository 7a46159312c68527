"""Draw a page of a PDF as PNG, with one cell framed, so that a figure can be seen where it is printed."""

from __future__ import annotations

import io
from dataclasses import dataclass

from kg.errors import LimitExceeded, NotFound, UnreadableInput
from kg.messages import say
from kg.values.place import Box

_SCALE = 1.6  # pixels a point: the smallest print of budget tables (6 pt) is still legible
_MOST_PIXELS = 12_000_000  # of a rendered page: an A1 drawing; a hostile page box asks for gigabytes
_FRAME = (168, 50, 30)  # the red of the frame round the place, as on the pages


@dataclass(frozen=True, slots=True, kw_only=True)
class PageImage:
    """A page as PNG bytes, and its size in pixels."""

    png: bytes
    width: int
    height: int


def render_page(data: bytes, *, file: str, page: int, box: Box | None = None) -> PageImage:
    """Return page `page` (from 1) with `box` (points, origin top left) framed.

    Raises UnreadableInput if it is no readable PDF, NotFound if it has no such page, LimitExceeded
    if the page is of an absurd size.
    """
    import pypdfium2
    from PIL import ImageDraw

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise UnreadableInput(file, say("error.input.damaged", reason=str(error))) from error
    try:
        if not 1 <= page <= len(document):
            raise NotFound(say("error.document.page", file=file, count=len(document), page=page))
        sheet = document[page - 1]
        width, height = sheet.get_size()
        if width * height * _SCALE * _SCALE > _MOST_PIXELS:
            said = say("error.input.paper", width=f"{width:.0f}", height=f"{height:.0f}")
            raise LimitExceeded(file, said, place=say("error.input.page", page=page))
        image = sheet.render(scale=_SCALE).to_pil().convert("RGB")
    finally:
        document.close()
    if box is not None:
        ImageDraw.Draw(image).rectangle([edge * _SCALE for edge in box], outline=_FRAME, width=3)
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return PageImage(png=buffer.getvalue(), width=image.width, height=image.height)
