"""Table parts of PDF pages as raw grids, parts of one table on the same grid lines.

A table that goes on over pages has all its grid lines only where its header stands; the part on
the next page is laid on the lines of the part before it, so that columns keep their numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.blocks import Place
from kg.read.matrix import RawCell, RawGrid
from kg.read.pdf_tables import FilledCell

SAME = 3.0
"""Grid lines of two parts this near are one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePart:
    """The filled cells of one lattice on one page, and its grid lines."""

    page: int
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: list[FilledCell]


def to_raw_grid(part: TablePart) -> RawGrid:
    """Return the part as rows of cells; each row lists the cells that begin in it."""
    rows: list[list[RawCell]] = [[] for _ in part.ys[1:]]
    for cell in part.cells:
        rows[cell.row].append(RawCell(
            text=cell.text, place=Place(page=part.page, box=cell.box),
            row_span=cell.row_span, col_span=cell.col_span,
        ))
    box = (part.xs[0], part.ys[0], part.xs[-1], part.ys[-1])
    return RawGrid(rows=tuple(tuple(row) for row in rows), place=Place(page=part.page, box=box))


def aligned_parts(parts: Sequence[TablePart]) -> list[TablePart]:
    """Return the parts with those that go on with the part before them on the same grid lines."""
    aligned: list[TablePart] = []
    for part in parts:
        before = aligned[-1] if aligned else None
        if before is not None and part.page - before.page == 1 and before.xs != part.xs:
            joint = _joint_lines(before.xs, part.xs)
            if joint is not None:
                aligned[-1] = _on_lines(before, joint)
                part = _on_lines(part, joint)
        aligned.append(part)
    return aligned


def _joint_lines(before: Sequence[float], after: Sequence[float]) -> tuple[float, ...] | None:
    """Return the lines of the richer of two parts if it has all lines of the other, else None."""
    rich, poor = (before, after) if len(before) >= len(after) else (after, before)
    if all(any(abs(x - line) <= SAME for line in rich) for x in poor):
        return tuple(rich)
    return None


def _on_lines(part: TablePart, xs: tuple[float, ...]) -> TablePart:
    """Return a part laid on other grid lines, its cells spanning those between their edges."""
    def index(x: float) -> int:
        return min(range(len(xs)), key=lambda number: abs(xs[number] - x))

    cells = []
    for cell in part.cells:
        first, last = index(cell.box[0]), index(cell.box[2])
        cells.append(replace(cell, column=first, col_span=max(1, last - first)))
    return TablePart(page=part.page, xs=xs, ys=part.ys, cells=cells)
