"""The text of pages outside tables: wrapped lines joined into paragraphs, running heads taken out.

In: lines with their boxes. Out: Paragraphs with page and box. Layout decides within a page (a full
line followed by one without indent goes on); across pages kg.read.assemble.grid does, from the words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.blocks import Paragraph
from kg.read.assemble.captions import is_title, names_table, read_caption_piece
from kg.read.assemble.headings import heading_level, starts_item
from kg.read.page.lines import Line
from kg.text.lines import join_texts
from kg.text.patterns import NUMERALS
from kg.values.place import Box, Place

MARGIN = 0.12
"""The share of the page's height at its top and bottom where running heads stand."""

NUMBER_MARGIN = 0.2
"""The same for a page number that is the first or last line of its page."""

FULL = 15
"""A line of fewer characters isn't one that is wrapped because it is full."""

PAGE_NUMBER = re.compile(
    rf"[-—–―─_~·•\s]*(?:第\s*)?(?:\d{{1,4}}|[ivxIVX]{{1,6}}|[Ⅰ-Ⅻⅰ-ⅻ]|[{NUMERALS}]{{1,3}}页)\s*"
    r"(?:页)?(?:\s*(?:[/／]|[,，]?\s*共)\s*\d{1,4}\s*页?)?[-—–―─_~·•\s]*"
)
REPEATED, RUNNING = 3, 0.4
"""Pages, and share of all pages, that repeat a line of the margin if it is a running head or foot: parts of a file have
heads of their own, and two pages may begin alike."""
JITTER = 4
"""Points within which a line repeated on another page stands at the same height."""
# What follows is in ems of the larger of the two lines compared.
SAME_SIZE = 0.2
"""Lines of one paragraph differ less in size."""
LEADING = 1.6
"""White between two lines of a paragraph at most: budgets are set with double spacing at times."""
RAGGED = 1.6
"""How far a full line may end before the right edge: a closing mark may not begin the next one."""
INDENT = 0.7
"""A line that begins further right than this is indented, and begins a paragraph (the usual indent is two ems)."""
CENTRED = 0.6
"""Middles of two lines of a centred title differ less."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedLine:
    """One line of text on a page; `block` tells apart the stretches of text between tables."""

    text: str
    page: int
    box: Box
    size: float
    block: int
    height: float

    def in_margin(self, share: float = MARGIN) -> bool:
        """Return whether it stands in the first or last `share` of its page."""
        return self.box[3] < self.height * share or self.box[1] > self.height * (1 - share)


def place_line(line: Line, *, page: int, block: int, height: float) -> PlacedLine:
    """Return a line with its place; cells of text far apart stay parted by a blank."""
    return PlacedLine(text=line.text, page=page, box=line.box, size=line.size, block=block, height=height)


def without_running_lines(lines: Sequence[PlacedLine], pages: int) -> list[PlacedLine]:
    """Return the lines without page numbers and without heads and feet that pages repeat."""
    tally = Counter(_running_key(line) for line in lines if line.in_margin())
    first, last = _edges(lines)
    begun: set[tuple[str, int]] = set()
    kept = []
    for line in lines:
        at_edge = line is first.get(line.page) or line is last.get(line.page)
        if at_edge and line.in_margin(NUMBER_MARGIN) and PAGE_NUMBER.fullmatch(line.text.strip()):
            continue
        repeated = tally[_running_key(line)] if line.in_margin() else 0
        if repeated >= REPEATED and repeated >= RUNNING * pages and not _is_caption(line.text):
            # The first one may be all that names the document.
            if _running_key(line) in begun or not is_title(line.text):
                continue
            begun.add(_running_key(line))
        kept.append(line)
    return kept


def _is_caption(text: str) -> bool:
    """Return whether a line stands above a table for the table's sake: its unit, owner, number or title."""
    piece = read_caption_piece(text)
    return piece is not None and (not piece.title or bool(piece.number) or names_table(text))


def _running_key(line: PlacedLine) -> tuple[str, int]:
    return re.sub(r"\d+", "#", "".join(line.text.split())), round(line.box[1] / JITTER)


def _edges(lines: Sequence[PlacedLine]) -> tuple[dict[int, PlacedLine], dict[int, PlacedLine]]:
    """Return the topmost and the lowest line of each page."""
    first: dict[int, PlacedLine] = {}
    last: dict[int, PlacedLine] = {}
    for line in lines:
        if line.page not in first or line.box[1] < first[line.page].box[1]:
            first[line.page] = line
        if line.page not in last or line.box[3] > last[line.page].box[3]:
            last[line.page] = line
    return first, last


def join_paragraphs(lines: Iterable[PlacedLine]) -> list[Paragraph]:
    """Return the paragraphs that the lines of one stretch of one page make."""
    block = list(lines)
    if not block:
        return []
    left = min(line.box[0] for line in block)
    right = max(line.box[2] for line in block)
    groups: list[list[PlacedLine]] = []
    for line in block:
        if groups and _goes_on(groups[-1][-1], line, left, right):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_paragraph(group) for group in groups]


def _goes_on(before: PlacedLine, line: PlacedLine, left: float, right: float) -> bool:
    """Return whether the layout says that `line` is the rest of the paragraph of `before`."""
    size = max(before.size, line.size, 1.0)
    if abs(before.size - line.size) > SAME_SIZE * size or line.box[1] - before.box[3] > LEADING * size:
        return False
    if before.box[2] < right - RAGGED * size:
        return False
    if line.box[0] > left + INDENT * size and not _is_centred_below(before, line, size):
        return False
    if starts_item(line.text) or before.box[2] - before.box[0] < FULL * size:
        return False
    return not (heading_level(before.text) and before.box[2] < right - INDENT * size)


def _is_centred_below(before: PlacedLine, line: PlacedLine, size: float) -> bool:
    """Return whether `line` is the shorter second line of a centred title."""
    middle, above = (line.box[0] + line.box[2]) / 2, (before.box[0] + before.box[2]) / 2
    return abs(middle - above) < CENTRED * size and line.box[0] > before.box[0] + size


def _paragraph(lines: Sequence[PlacedLine]) -> Paragraph:
    box = (
        min(line.box[0] for line in lines),
        lines[0].box[1],
        max(line.box[2] for line in lines),
        lines[-1].box[3],
    )
    return Paragraph(text=join_texts([line.text for line in lines]), place=Place(page=lines[0].page, box=box))
