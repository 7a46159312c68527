"""Tables whose captions stand in rows of the grid itself: above the header, or between two tables of one grid.

In: the rows of a grid as a file lays it out. Out: the caption's lines as paragraphs, each table as a grid of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.blocks import Paragraph
from kg.read.assemble.captions import read_caption_piece
from kg.read.assemble.grid import RawPart
from kg.read.assemble.matrix import RawCell, RawGrid, is_number
from kg.text.folding import compact
from kg.values.place import Place

CAPTION_ROWS = 6
"""Rows in which a caption and the header below it stand: title, number, owner and unit, blank ones between."""

Rows = Sequence[tuple[RawCell, ...]]


def part_tables(rows: Rows, place: Place, *, lines_above: bool, spans_known: bool = True) -> Iterator[RawPart]:
    """Yield the tables of a grid from top to bottom, each as the lines of its caption and its rows.

    Rows with text in one cell at the top are lines above the table: all of them where `lines_above` (a sheet), else
    those down to the last that is part of a caption. A caption further down begins a table if a header follows it.
    Lines and grids are placed in the text where the file is one (their cells have a line), else where `place` is.
    """
    grid: list[tuple[RawCell, ...]] = []
    top = _lines_above(rows, all_of_them=lines_above)
    for number, row in enumerate(rows):
        texts = [cell.text for cell in row if cell.text]
        if number < top or (grid and is_caption(texts) and _header_follows(rows, number)):
            yield from _grid(grid, place, known=lines_above, spans_known=spans_known)
            grid, top = [], max(top, number + 1 + _lines_above(rows[number + 1 :], all_of_them=lines_above))
            yield from (Paragraph(text=text, place=_where(row, Place(page=place.page))) for text in texts)
            continue
        grid.append(row)
    yield from _grid(grid, place, known=lines_above, spans_known=spans_known)


def is_caption(texts: Sequence[str]) -> bool:
    """Return whether all that a row says belongs above a table: its title, number, owner or unit.

    Several titles side by side are headers of columns (预期目标 | 实际完成情况).
    """
    pieces = [read_caption_piece(text) for text in texts if text]
    if sum(piece is not None and bool(piece.title) for piece in pieces) > 1:
        return False
    return bool(pieces) and all(piece is not None and (piece.title or piece.unit or piece.number) for piece in pieces)


def _lines_above(rows: Rows, *, all_of_them: bool) -> int:
    """Return how many rows at the top are lines above a table, blank ones between them counted."""
    last = 0
    for number, row in enumerate(rows):
        texts = [cell.text for cell in row if cell.text]
        caption = is_caption(texts)
        if len(texts) > 1 and not caption:
            break
        if texts and (caption or all_of_them):
            last = number + 1
    return last if last < len(rows) or all_of_them else 0


def _header_follows(rows: Rows, number: int) -> bool:
    """Return whether a header stands below a caption. In a list of tables rows of the list stand there."""
    for row in rows[number : number + CAPTION_ROWS]:
        texts = [cell.text for cell in row if cell.text]
        if texts and not is_caption(texts):
            return len(texts) > 1 and not any(is_number(compact(text)) for text in texts)
    return False


def _where(row: tuple[RawCell, ...], place: Place) -> Place:
    line = next((cell.place.line for cell in row), None)
    return place if line is None else Place(line=line, col=1)


def _grid(rows: Rows, place: Place, *, known: bool, spans_known: bool) -> Iterator[RawGrid]:
    """Yield a grid if it says anything; `known` to be no rest of the one before."""
    if any(cell.text for row in rows for cell in row):
        where = _where(rows[0], place)
        yield RawGrid(rows=tuple(rows), place=where, spans_known=spans_known, continues=False if known else None)
