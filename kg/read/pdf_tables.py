"""Fill the cells of ruled tables with the text that stands in them.

In: the lattices of a page and its runs of text. Out: per lattice the filled cells, and the runs
that stand in none. A run belongs to the cell its middle stands in; one that runs over a line
without a gap there is the overflow of a longer text and stays whole.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.blocks import Box
from kg.read.pdf_lines import Line, Run, find_lines, is_number, join_texts, make_run
from kg.read.ruling import Frame, Lattice

FLUSH = 0.12
"""A gap of this many ems at a ruling line parts two cells; less is one text running over it."""


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
    return [field.cells() for field in fields], outside


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
        """Return the run cut where a line of its row passes through a gap of it."""
        pieces: list[list[int]] = [[0]]
        for index, (before, glyph) in enumerate(pairwise(run.glyphs), 1):
            here = self._frame_at(row, (before.left + before.right) / 2)
            there = self._frame_at(row, (glyph.left + glyph.right) / 2)
            gap = glyph.left - before.right
            if here is not there and gap > self.flush * max(run.size, 1.0):
                pieces.append([])
            pieces[-1].append(index)
        if len(pieces) == 1:
            return [run]
        return [make_run([run.glyphs[index] for index in piece]) for piece in pieces]

    def _frame_of(self, piece: Run, row: int) -> Frame | None:
        """Return the cell a piece belongs to: the one it starts in, or ends in for a number."""
        first, last = piece.glyphs[0], piece.glyphs[-1]
        start = self._frame_at(row, (first.left + first.right) / 2)
        end = self._frame_at(row, (last.left + last.right) / 2)
        if start is end or start is None or end is None:
            return start or end
        return end if is_number(piece.text) else start

    def cells(self) -> list[FilledCell]:
        """Return the filled cells in reading order."""
        return [
            FilledCell(
                row=frame.row, column=frame.column, row_span=frame.row_span, col_span=frame.col_span,
                box=frame.box, lines=tuple(find_lines(runs)),
            )
            for frame, runs in sorted(self.runs.items(), key=lambda item: item[0])
        ]
