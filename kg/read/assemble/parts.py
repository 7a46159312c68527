"""One printed part of a table: its caption rows, its header rows and its body told apart."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.read.assemble.captions import Caption, names_table, read_caption_piece
from kg.read.assemble.forms import is_form
from kg.read.assemble.header import count_header_rows, count_info_rows
from kg.read.assemble.matrix import Line, RawGrid, lay_out

_RULE = re.compile(r"^[-–—_=:|.\s]*$")

_CAPTION_LINES, CAPTION_CELLS = 6, 4
"""A caption inside a table's frame is its first few lines, each of few cells: title, number, owner, unit, date."""


@dataclass(slots=True)
class Part:
    """One printed part: the caption rows found inside it, header rows and body, laid out."""

    grid: RawGrid
    caption: Caption
    header: list[Line]
    body: list[Line]
    info: int = 0

    @property
    def width(self) -> int:
        """The number of columns."""
        return max((len(line.slots) for line in (*self.header, *self.body)), default=0)


def read_part(grid: RawGrid) -> Part:
    """Return a raw grid as a part: caption rows, header rows and body told apart."""
    lines = [line for line in lay_out(grid) if line.filled() and not _is_rule(line)]
    caption = Caption()
    skipped = _take_caption_rows(lines, caption)
    lines = lines[skipped:]
    if grid.header_rows is not None:
        depth = min(max(0, grid.header_rows - skipped), len(lines))
    else:
        info = count_info_rows(lines)
        if lines and not info and is_form(lines):
            return Part(grid, caption, [], lines)
        depth = count_header_rows(lines[info:], spans_known=grid.spans_known)
        return Part(grid, caption, lines[info : info + depth], lines[:info] + lines[info + depth :], info)
    return Part(grid, caption, lines[:depth], lines[depth:])


def _is_rule(line: Line) -> bool:
    keys = [line.slots[column].key for column in line.filled()]
    return (
        all(_RULE.match(key) for key in keys)
        and any(len(key) > 1 for key in keys)
        and not all(key in ("——", "—", "--", "-") for key in keys)
    ) or (len(keys) > 1 and all(re.fullmatch(r"-{2,}", key) for key in keys))


def _take_caption_rows(lines: list[Line], caption: Caption) -> int:
    """Take title, owner and unit out of the first lines; return how many lines were taken."""
    for number, line in enumerate(lines[:_CAPTION_LINES]):
        cells = [line.slots[column] for column in line.filled()]
        if len(cells) > CAPTION_CELLS or number == len(lines) - 1:
            return number
        pieces = [read_caption_piece(slot.cell.text) for slot in cells]
        if any(piece is None for piece in pieces):
            return number
        titled = [
            slot.cell.text for slot, piece in zip(cells, pieces, strict=True) if piece is not None and piece.title
        ]
        if titled and (len(cells) > 1 or not names_table(titled[0])):
            return number
        if any(piece is not None and not caption.take(piece) for piece in pieces):
            return number
    return min(len(lines), 6)
