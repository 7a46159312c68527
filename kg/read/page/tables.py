"""Fill the cells of ruled tables with the text that stands in them.

In: the lattices of a page and its runs of text. Out: per lattice the filled cells, and the runs
that stand in none. A run belongs to the cell its middle stands in; one that runs over a line
without a gap there is the overflow of a longer text and stays whole.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.read.page.lattices import Frame, Lattice
from kg.read.page.lines import Line, Run, find_lines, is_printed_number, make_run
from kg.text.lines import join_texts
from kg.values.place import Box

FLUSH = 0.12
"""A gap of this many ems at a ruling line parts two cells; less is one text running over it."""


AMOUNT = re.compile(r"^\d{1,3}(?:,\d{3})+(?:\.\d{2,})?$|\.\d{2,}$")
GOES_ON = re.compile(r"[\d.,%)]")
"""What may go on with a number."""

SLACK = 3.0
"""A cell's own clipping path is at most this much larger than the cell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledCell:
    """One cell with its text lines; positions count from 0."""

    row: int
    column: int
    row_span: int
    col_span: int
    box: Box
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """The text, wrapped lines joined."""
        return join_texts([line.text for line in self.lines])


def fill_lattices(
    lattices: Sequence[Lattice], runs: Iterable[Run], *, exact: bool = True
) -> tuple[list[list[FilledCell]], list[Run]]:
    """Return the filled cells of each lattice, and the runs outside all of them, in their order.

    Where boxes aren't `exact`, a run is cut at every line it runs over, gap or not.
    """
    fields = [_Fields(lattice, FLUSH if exact else -1.0) for lattice in lattices]
    outside: list[Run] = []
    for run in runs:
        if run.hidden and run.clip is not None:
            for field in fields:
                field.take_hidden(run, run.clip)
        elif not any(field.take(run) for field in fields):
            outside.append(run)
    return [with_rows_parted(field.cells()) for field in fields], outside


class _Fields:
    """The frames of one lattice and the runs put into each."""

    def __init__(self, lattice: Lattice, flush: float) -> None:
        self.lattice = lattice
        self.flush = flush
        self.runs: dict[Frame, list[Run]] = {frame: [] for frame in lattice.frames}
        self.at: dict[tuple[int, int], Frame] = {}
        for frame in lattice.frames:
            for row in range(frame.row, frame.row + frame.row_span):
                for column in range(frame.column, frame.column + frame.col_span):
                    self.at[row, column] = frame

    def take(self, run: Run) -> bool:
        """Put a run, or the pieces of it, into the cells they stand in; False if it stands outside."""
        left, top, right, bottom = self.lattice.box
        # A line that the page's end cuts in two stands half outside on both pages.
        slack = 0.6 * run.size if run.clip is not None else 0.0
        if not top - slack <= run.middle <= bottom + slack:
            return False
        inside = [glyph for glyph in run.glyphs if left <= (glyph.left + glyph.right) / 2 <= right]
        if len(inside) * 2 < len(run.glyphs):
            return False
        row = min(max(bisect_right(self.lattice.ys, run.middle) - 1, 0), len(self.lattice.ys) - 2)
        for piece in self._pieces(run, row):
            frame = self._frame_of(piece, row)
            if frame is not None:
                self.runs[frame].append(piece)
        return True

    def take_hidden(self, run: Run, clip: Box) -> None:
        """Put a hidden run into the cell that hides it; one that the page's end hides is shown elsewhere."""
        x, y = (clip[0] + clip[2]) / 2, (clip[1] + clip[3]) / 2
        left, top, right, bottom = self.lattice.box
        if not (left <= x <= right and top <= y <= bottom):
            return
        frame = self._frame_at(bisect_right(self.lattice.ys, y) - 1, x)
        if frame is None or frame.row == 0 or frame.row + frame.row_span >= len(self.lattice.ys) - 1:
            return
        if clip[3] - clip[1] <= frame.box[3] - frame.box[1] + SLACK:
            self.runs[frame].append(run)

    def _frame_at(self, row: int, x: float) -> Frame | None:
        column = bisect_right(self.lattice.xs, x) - 1
        return self.at.get((row, min(max(column, 0), len(self.lattice.xs) - 2)))

    def _pieces(self, run: Run, row: int) -> list[Run]:
        """Return the run cut where a line of its row passes through it and parts two texts."""
        pieces: list[list[int]] = [[0]]
        for index, (before, glyph) in enumerate(pairwise(run.glyphs), 1):
            here = self._frame_at(row, (before.left + before.right) / 2)
            there = self._frame_at(row, (glyph.left + glyph.right) / 2)
            if here is not there:
                pieces.append([])
            pieces[-1].append(index)
        if len(pieces) == 1:
            return [run]
        joined = [pieces[0]]
        for piece in pieces[1:]:
            if self._parts(run, joined[-1], piece):
                joined.append(piece)
            else:
                joined[-1] = joined[-1] + piece
        return [make_run([run.glyphs[index] for index in piece]) for piece in joined]

    def _parts(self, run: Run, before: list[int], after: list[int]) -> bool:
        """Return whether the line between two pieces parts two texts: by a gap, or by what they are."""
        gap = run.glyphs[after[0]].left - run.glyphs[before[-1]].right
        if gap > self.flush * max(run.size, 1.0):
            return True
        first, second = ("".join(run.glyphs[index].text for index in piece) for piece in (before, after))
        if _is_amount(first):
            return _is_amount(second) or not GOES_ON.match(second)
        return _is_amount(second) and not first[-1].isascii()

    def _frame_of(self, piece: Run, row: int) -> Frame | None:
        """Return the cell a piece belongs to: the one it starts in, or ends in for a number."""
        first, last = piece.glyphs[0], piece.glyphs[-1]
        start = self._frame_at(row, (first.left + first.right) / 2)
        end = self._frame_at(row, (last.left + last.right) / 2)
        if start is end or start is None or end is None:
            return start or end
        return end if is_printed_number(piece.text) else start

    def cells(self) -> list[FilledCell]:
        """Return the filled cells in reading order."""
        return [
            FilledCell(
                row=frame.row,
                column=frame.column,
                row_span=frame.row_span,
                col_span=frame.col_span,
                box=frame.box,
                lines=tuple(find_lines(runs)),
            )
            for frame, runs in sorted(self.runs.items(), key=lambda item: item[0])
        ]


def with_rows_parted(cells: list[FilledCell]) -> list[FilledCell]:
    """Return the cells with each ruled row that holds several printed rows cut into those.

    Some tables rule off groups of rows only: then two cells or more hold as many numbers each, on
    the same baselines, one below the other.
    """
    parted: dict[int, list[float]] = {}
    for row in {cell.row for cell in cells}:
        bases = _bases_of_rows([cell for cell in cells if cell.row == row])
        if bases:
            parted[row] = bases
    if not parted:
        return cells
    return sorted(
        (piece for cell in cells for piece in _pieces_of_cell(cell, parted)),
        key=lambda cell: (cell.row, cell.column),
    )


def _bases_of_rows(cells: list[FilledCell]) -> list[float]:
    """Return the baselines of the printed rows in one ruled row, none if it is one row."""
    columns = [
        [line.base for line in cell.lines]
        for cell in cells
        if cell.row_span == 1 and len(cell.lines) > 1 and all(_is_amount(line.text) for line in cell.lines)
    ]
    if len(columns) < 2 or len({len(bases) for bases in columns}) > 1:
        return []
    first = columns[0]
    level = all(abs(a - b) < 2.0 for bases in columns[1:] for a, b in zip(first, bases, strict=True))
    return first if level else []


def _is_amount(text: str) -> bool:
    """Return whether a text is a whole amount, not the end of one wrapped onto the next line."""
    return is_printed_number(text) and bool(AMOUNT.search(text))


def _pieces_of_cell(cell: FilledCell, parted: dict[int, list[float]]) -> list[FilledCell]:
    """Return a cell moved down by the rows parted above it, cut into rows if its own row is parted."""
    row = cell.row + sum(len(bases) - 1 for number, bases in parted.items() if number < cell.row)
    last = cell.row + cell.row_span - 1
    inside = sum(len(bases) - 1 for number, bases in parted.items() if cell.row <= number <= last)
    if cell.row_span > 1 or cell.row not in parted:
        return [replace(cell, row=row, row_span=cell.row_span + inside)]
    bases = parted[cell.row]
    pieces = []
    for number, base in enumerate(bases):
        # A wrapped name may stand on two lines around its numbers' one; nearest wins.
        lines = tuple(line for line in cell.lines if _nearest(bases, line.base) == base)
        pieces.append(replace(cell, row=row + number, lines=lines))
    return pieces


def _nearest(bases: Sequence[float], base: float) -> float:
    return min(bases, key=lambda other: abs(other - base))
