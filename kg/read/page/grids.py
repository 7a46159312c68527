"""Table parts of pages as raw grids, parts of one table on the same grid lines.

A table that goes on over pages has all its grid lines only where its header stands; the part on
the next page is laid on the lines of the part before it, so that columns keep their numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from kg.read.assemble.matrix import RawCell, RawGrid
from kg.read.page.tables import FilledCell
from kg.values.place import Box, Place

SAME = 3.0
"""Grid lines of two parts this near are one line."""


class GridCell(NamedTuple):
    """One cell as text: what is kept of a page once its glyphs are released."""

    row: int
    column: int
    row_span: int
    col_span: int
    box: Box
    text: str


def to_grid_cells(cells: Iterable[FilledCell]) -> list[GridCell]:
    """Return filled cells as text."""
    return [GridCell(cell.row, cell.column, cell.row_span, cell.col_span, cell.box, cell.text) for cell in cells]


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePart:
    """The cells of one lattice on one page, and its grid lines.

    `follows` says that no text stands between it and the table that the page before ends with.
    """

    page: int
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: list[GridCell]
    ruled: bool = True
    follows: bool = False
    continues: bool | None = None


def to_raw_grid(part: TablePart) -> RawGrid:
    """Return the part as rows of cells; each row lists the cells that begin in it."""
    height = max(cell.row + cell.row_span for cell in part.cells)
    rows: list[list[RawCell]] = [[] for _ in range(height)]
    for cell in part.cells:
        rows[cell.row].append(
            RawCell(
                text=cell.text,
                place=Place(page=part.page, box=cell.box),
                row_span=cell.row_span,
                col_span=cell.col_span,
            )
        )
    box = (part.xs[0], part.ys[0], part.xs[-1], part.ys[-1])
    return RawGrid(
        rows=tuple(tuple(row) for row in rows),
        place=Place(page=part.page, box=box),
        spans_known=part.ruled,
        continues=part.continues,
    )


def aligned_parts(parts: Sequence[TablePart]) -> list[TablePart]:
    """Return the parts with those that go on with the part before them on the same grid lines.

    A part that opens its page right where the page before ended with a table of the same columns
    surely goes on with it, unless both begin alike (then it may be the next form of a series).
    """
    aligned: list[TablePart] = []
    opening: TablePart | None = None
    for part in parts:
        before = aligned[-1] if aligned else None
        joint = None
        if before is not None and part.page - before.page == 1 and part.ruled and before.ruled:
            joint = _joint_lines(before.xs, part.xs)
        if before is None or joint is None:
            opening = part
        else:
            aligned[-1] = _on_lines(before, joint)
            part = _on_lines(part, joint)
            beginning = _beginning(part)
            if part.follows and opening and beginning not in (None, _beginning(opening)):
                part = replace(part, continues=True)
            else:
                opening = part
        aligned.append(part)
    return aligned


def _beginning(part: TablePart) -> str | None:
    """Return the text of the first cell, None if it lies across the whole table, as a title does."""
    first = min(part.cells, key=lambda cell: (cell.row, cell.column))
    return "".join(first.text.split()) if first.col_span < len(part.xs) - 1 else None


def _joint_lines(before: Sequence[float], after: Sequence[float]) -> tuple[float, ...] | None:
    """Return the lines of the richer of two parts if it has all lines of the other, else None.

    Pages may be shifted sideways against each other, so lines count from the left edge.
    """
    shift = after[0] - before[0]
    rich, poor = (before, [x - shift for x in after])
    if len(before) < len(after):
        rich, poor = poor, list(before)
    near = all(any(abs(x - line) <= SAME for line in rich) for x in poor)
    return tuple(rich) if near and abs(rich[-1] - poor[-1]) <= SAME else None


def _on_lines(part: TablePart, xs: tuple[float, ...]) -> TablePart:
    """Return a part laid on other grid lines, its cells spanning those between their edges."""
    shift = part.xs[0] - xs[0]

    def index(x: float) -> int:
        return min(range(len(xs)), key=lambda number: abs(xs[number] + shift - x))

    cells = []
    for cell in part.cells:
        first, last = index(cell.box[0]), index(cell.box[2])
        cells.append(cell._replace(column=first, col_span=max(1, last - first)))
    return replace(part, xs=tuple(x + shift for x in xs), cells=cells)
