"""Web pages that show the pages of a PDF: text and lines at coordinates, read like printed pages."""

from __future__ import annotations

import re
from typing import Any

from kg.read.page.glyphs import Glyph
from kg.read.page.pages import PageContent, Pages
from kg.read.page.ruling import Rule

LENGTH = re.compile(r"(?:^|;)\s*([a-z-]+)\s*:\s*(-?[\d.]+)(pt|px)?\s*(?=;|$)", re.IGNORECASE)
BORDER = re.compile(
    r"border(?:-(top|right|bottom|left))?\s*:\s*([\d.]+)(?:pt|px)?\s+(?:solid|double|dashed)", re.IGNORECASE
)
PLACED = re.compile(r"position\s*:\s*absolute", re.IGNORECASE)
FEWEST = 50
"""A page with fewer placed elements is an ordinary one."""

POINTS = {"pt": 1.0, "px": 0.75, "": 0.75}


class PositionedPages(Pages):
    """The pages of one web page, and how many they are."""

    count = 0


def read_positioned(root: Any) -> PositionedPages | None:
    """Return what the pages shown on a web page say, None if it doesn't place its text."""
    sheets: dict[Any, list[Any]] = {}
    for element in root.iter("div", "span", "p"):
        parent, style = element.getparent(), element.get("style") or ""
        if parent is not None and "top" in style and PLACED.search(style):
            sheets.setdefault(parent, []).append(element)
    sheets = {sheet: placed for sheet, placed in sheets.items() if "width" in _lengths(sheet)}
    if sum(len(placed) for placed in sheets.values()) < FEWEST:
        return None
    pages = PositionedPages()
    for number, (sheet, placed) in enumerate(sheets.items(), 1):
        pages.add_page(_page(sheet, placed, number))
    pages.count = len(sheets)
    return pages


def _page(sheet: Any, placed: list[Any], number: int) -> PageContent:
    size = _lengths(sheet)
    glyphs: list[Glyph] = []
    horizontal: list[Rule] = []
    vertical: list[Rule] = []
    for element in placed:
        lengths = _lengths(element)
        left, top = lengths.get("left", 0.0), lengths.get("top", 0.0)
        text = element.text_content()
        if text.strip():
            glyphs.extend(_glyphs(text, left, top, lengths))
        else:
            _collect_edges(element, left, top, lengths, horizontal, vertical)
    return PageContent(
        number=number,
        width=size.get("width", 595.0),
        height=size.get("height", 842.0),
        glyphs=glyphs,
        horizontal=horizontal,
        vertical=vertical,
        pictures=[],
    )


def _lengths(element: Any) -> dict[str, float]:
    """Return the lengths an element's style states, in points."""
    return {
        name.lower(): float(value) * POINTS[(unit or "").lower()]
        for name, value, unit in LENGTH.findall(element.get("style") or "")
        if value.strip(".-")
    }


def _glyphs(text: str, left: float, top: float, lengths: dict[str, float]) -> list[Glyph]:
    """Return the characters of a placed text; a Latin one is half as wide as a Chinese one."""
    size = lengths.get("font-size", 12.0)
    height = lengths.get("line-height", size) or size
    glyphs = []
    for character in text:
        width = size if ord(character) > 0x2E7F else 0.5 * size
        if character not in "\r\n\t":
            glyphs.append(Glyph(character, left, top, left + width, top + height, top + 0.85 * height))
            left += width
    return glyphs


def _collect_edges(
    element: Any,
    left: float,
    top: float,
    lengths: dict[str, float],
    horizontal: list[Rule],
    vertical: list[Rule],
) -> None:
    """Add the borders of an empty placed element to the lines of its page."""
    right, bottom = left + lengths.get("width", 0.0), top + lengths.get("height", 0.0)
    for side, width in BORDER.findall(element.get("style") or ""):
        if not float(width):
            continue
        if right > left:
            edges = (("top", top), ("bottom", bottom))
            horizontal.extend(Rule(at, left, right) for name, at in edges if side in ("", name))
        if bottom > top:
            edges = (("left", left), ("right", right))
            vertical.extend(Rule(at, top, bottom) for name, at in edges if side in ("", name))
