"""PDF to blocks: text pages by their glyphs and ruling lines, picture pages by OCR.

Pages are read one at a time and released; what is kept of a page is its text. PDFium is the only
library that touches the file, and whatever it can't open is refused here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kg.blocks import Document, ReadIssue
from kg.errors import LimitExceeded, UnreadableInput
from kg.messages import Message, say
from kg.read.assemble.grid import assemble_blocks
from kg.read.page.pages import PageContent, Pages
from kg.read.pdf.page import read_page
from kg.settings import Settings
from kg.values.place import Place

MAX_SIDE = 14_400.0
"""The largest page side PDF allows, in points (200 inches, ISO 32000-1 annex C)."""

SCANNED = 0.4
"""A page without text of which pictures cover this share is a scan."""

FEW = 10
"""A page with fewer characters has no text layer worth the name (a stamp, a page number)."""

SPARSE = 200
"""A page with fewer characters and large pictures may show its text in them."""

SHAPES = 300
"""A page with more drawings and no text may be text drawn as shapes."""

OVERLAID = 0.7
"""A page of which a picture covers this share may be a scan with its text laid over it."""

GARBLED = 0.2
"""A page of which this share of characters has no meaning (an invalid font) is read from its picture."""
_SAYS_MORE = 1.5
"""Times as many glyphs as the page's own text that recognition must find to be believed instead of it."""


def read_pdf(data: bytes, *, settings: Settings, file: str) -> Document:
    """Return the blocks of a PDF; every place has its page and box.

    Raises UnreadableInput if it is damaged, encrypted or holds neither text nor pictures,
    LimitExceeded for more pages than `settings.read_max_pages`.
    """
    contents = Pages()
    with _Opened(data, file) as pdf:
        pages = len(pdf)
        if pages > settings.read_max_pages:
            raise LimitExceeded(file, say("error.input.pages", count=pages, allowed=settings.read_max_pages))
        for number in range(1, pages + 1):
            _read_into(contents, pdf, number, file)
    parts = list(contents.parts(pages))
    if not parts:
        raise UnreadableInput(file, say("error.input.no_text.pages"))
    return Document(
        file=file,
        blocks=assemble_blocks(parts),
        pages=pages,
        issues=tuple(contents.issues),
    )


def _read_into(contents: Pages, pdf: Any, number: int, file: str) -> None:
    """Read one page and release it; a page that can't be read becomes an issue."""
    import pypdfium2

    try:
        page = pdf[number - 1]
    except pypdfium2.PdfiumError as error:
        contents.issues.append(_issue("damaged_page", number, say("issue.damaged_page", reason=str(error))))
        return
    try:
        width, height = page.get_size()
        if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE):
            said = say("error.input.paper", width=f"{width:.0f}", height=f"{height:.0f}")
            raise LimitExceeded(file, said, place=say("error.input.page", page=number))
        content = read_page(page, number)
        if needs_recognition(content):
            content, doubts = _recognised(page, content, file)
            contents.issues.extend(doubts)
        elif not content.horizontal and not content.vertical:
            content = with_pictured_rules(page, content)
    finally:
        page.close()
    if not content.complete:
        contents.issues.append(_issue("crowded_page", number, say("issue.crowded_page")))
    contents.add_page(content)


def needs_recognition(page: PageContent) -> bool:
    """Return whether a page has to be read from its picture.

    That is a scan, a table set into a text as a picture, text drawn as shapes, or text without meaning.
    """
    printed = [glyph.text for glyph in page.glyphs if not glyph.text.isspace()]
    if len(printed) < SPARSE:
        area = sum((right - left) * (bottom - top) for left, top, right, bottom in page.pictures)
        if area > SCANNED * page.width * page.height:
            return True
    if len(printed) < FEW:
        return page.paths > SHAPES
    meaningless = sum(1 for text in printed if text == "\ufffd" or "\ue000" <= text <= "\uf8ff")
    return meaningless > GARBLED * len(printed)


def with_pictured_rules(page: Any, content: PageContent) -> PageContent:
    """Return a page whose text lies over a scan of it with the ruling lines of that scan."""
    area = sum((right - left) * (bottom - top) for left, top, right, bottom in content.pictures)
    if area < OVERLAID * content.width * content.height or page.get_rotation():
        return content
    from kg.read.scan.reader import find_rules, render

    picture = render(page)
    horizontal, vertical = find_rules(picture, content.width / picture.shape[1])
    return replace(content, horizontal=horizontal, vertical=vertical)


def _recognised(page: Any, content: PageContent, file: str) -> tuple[PageContent, list[ReadIssue]]:
    """Return what the picture of a page says, or `content` if that says no less."""
    from kg.read.scan.reader import read_scanned

    seen, doubts = read_scanned(page, content.number, file)
    meant = [glyph for glyph in content.glyphs if "\u4e00" <= glyph.text <= "\u9fff"]
    if len(seen.glyphs) > _SAYS_MORE * len(content.glyphs) or 2 * len(meant) < len(content.glyphs):
        return seen, doubts
    return content, []


def _issue(code: str, page: int, message: Message) -> ReadIssue:
    return ReadIssue(code=code, place=Place(page=page), text="", message=message)


class _Opened:
    """A PDF open for the length of a with block; what PDFium refuses is refused in our words."""

    def __init__(self, data: bytes, file: str) -> None:
        self.data = data
        self.file = file
        self.pdf: Any = None

    def __enter__(self) -> Any:
        import pypdfium2

        try:
            self.pdf = pypdfium2.PdfDocument(self.data)
        except pypdfium2.PdfiumError as error:
            if "password" in str(error).lower() or "security" in str(error).lower():
                raise UnreadableInput(self.file, say("error.input.encrypted")) from error
            raise UnreadableInput(self.file, say("error.input.damaged", reason=str(error))) from error
        if not len(self.pdf):
            raise UnreadableInput(self.file, say("error.input.no_pages"))
        return self.pdf

    def __exit__(self, *_: object) -> None:
        if self.pdf is not None:
            self.pdf.close()
