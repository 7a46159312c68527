"""From ruling lines to the cells they frame, for printed and for scanned pages alike.

In: horizontal and vertical Rules of one page. Out: Lattices, each the cells of one table with their row
and column spans. A missing outer edge is supplied, and a cell reaches as far as no line divides it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kg.read.page.ruling import SNAP, Joined, Rule, crossing_rules, merged_rules
from kg.values.place import Box

OPEN_EDGE = 6.0
"""Lines that reach this far beyond the last crossing line show that an outer edge isn't drawn."""

FEWEST_SHADES = 6
"""Shaded rectangles of a page that may be cells; fewer are ornaments."""
DRAWN = 0.6
"""Share of a field's edge that lines must cover to part it: dashes and broken
lines do, a stroke of the next cell doesn't."""


class Frame(NamedTuple):
    """One cell of a lattice: grid position, spans and box."""

    row: int
    column: int
    row_span: int
    col_span: int
    box: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Lattice:
    """The cells of one ruled table in reading order; `xs` and `ys` are its grid lines."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    frames: tuple[Frame, ...]

    @property
    def box(self) -> Box:
        """The outer box."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]


def find_lattices(horizontal: Sequence[Rule], vertical: Sequence[Rule]) -> list[Lattice]:
    """Return the lattices that the lines of a page make, top to bottom.

    A lattice has at least two cells; a lone frame or underline is none.
    """
    rows, columns = merged_rules(horizontal), merged_rules(vertical)
    lattices = []
    for crossing_rows, crossing_columns in crossing_rules(rows, columns):
        lattice = _lattice(crossing_rows, crossing_columns)
        if lattice is not None and len(lattice.frames) > 1:
            lattices.append(lattice)
    return sorted(lattices, key=lambda lattice: (lattice.ys[0], lattice.xs[0]))


def find_shaded(fills: Sequence[Box]) -> list[Lattice]:
    """Return the lattices that shaded cells without lines make; rows shaded as a whole make none."""
    if len(fills) < FEWEST_SHADES:
        return []
    horizontal = [Rule(at, left, right) for left, top, right, bottom in fills for at in (top, bottom)]
    vertical = [Rule(at, top, bottom) for left, top, right, bottom in fills for at in (left, right)]
    return [lattice for lattice in find_lattices(horizontal, vertical) if len(lattice.xs) > 2]


def _lattice(rows: list[Rule], columns: list[Rule]) -> Lattice | None:
    """Return the lattice of lines that hang together, None if they frame nothing."""
    left, right = min(row.start for row in rows), max(row.end for row in rows)
    top, bottom = min(column.start for column in columns), max(column.end for column in columns)
    rows, columns = list(rows), list(columns)
    first, last = min(row.at for row in rows), max(row.at for row in rows)
    before, after = min(column.at for column in columns), max(column.at for column in columns)
    top, bottom = min(top, first), max(bottom, last)
    left, right = min(left, before), max(right, after)
    if before - left > OPEN_EDGE:
        columns.append(Rule(left, top, bottom))
    if right - after > OPEN_EDGE:
        columns.append(Rule(right, top, bottom))
    if first - top > OPEN_EDGE:
        rows.append(Rule(top, left, right))
    if bottom - last > OPEN_EDGE:
        rows.append(Rule(bottom, left, right))
    xs, ys = _positions(columns), _positions(rows)
    if len(xs) < 2 or len(ys) < 2:
        return None
    return Lattice(xs=xs, ys=ys, frames=tuple(_frames(xs, ys, rows, columns)))


def _positions(rules: Iterable[Rule]) -> tuple[float, ...]:
    positions: list[float] = []
    for at in sorted(rule.at for rule in rules):
        if not positions or at - positions[-1] > SNAP:
            positions.append(at)
    return tuple(positions)


def _frames(xs: tuple[float, ...], ys: tuple[float, ...], rows: Sequence[Rule], columns: Sequence[Rule]) -> list[Frame]:
    """Return the cells: elementary fields joined wherever no line lies between them."""
    width, height = len(xs) - 1, len(ys) - 1
    joined = Joined(width * height)
    for row in range(height):
        for column in range(width):
            here = row * width + column
            if column + 1 < width and not _drawn(columns, xs[column + 1], ys[row], ys[row + 1]):
                joined.join(here + 1, here)
            if row + 1 < height and not _drawn(rows, ys[row + 1], xs[column], xs[column + 1]):
                joined.join(here + width, here)
    fields: dict[int, list[tuple[int, int]]] = {}
    for index in range(width * height):
        fields.setdefault(joined.root(index), []).append(divmod(index, width))
    frames = [frame for group in fields.values() for frame in _rectangles(group, xs, ys)]
    return sorted(frames)


def _drawn(rules: Sequence[Rule], at: float, start: float, end: float) -> bool:
    """Return whether a line at `at` covers most of start…end."""
    covered = 0.0
    for rule in rules:
        if abs(rule.at - at) <= SNAP:
            covered += max(0.0, min(rule.end, end) - max(rule.start, start))
    return covered >= DRAWN * (end - start)


def _rectangles(fields: list[tuple[int, int]], xs: Sequence[float], ys: Sequence[float]) -> list[Frame]:
    """Return the joined fields as rectangles; a crooked shape is cut into bands of equal rows."""
    by_row: dict[int, list[int]] = {}
    for row, column in fields:
        by_row.setdefault(row, []).append(column)
    bands: list[tuple[int, int, int, int]] = []
    for row in sorted(by_row):
        for first, last in _runs(sorted(by_row[row])):
            for index, (top, bottom, start, end) in enumerate(bands):
                if bottom == row - 1 and (start, end) == (first, last):
                    bands[index] = (top, row, start, end)
                    break
            else:
                bands.append((row, row, first, last))
    return [
        Frame(top, left, bottom - top + 1, right - left + 1, (xs[left], ys[top], xs[right + 1], ys[bottom + 1]))
        for top, bottom, left, right in bands
    ]


def _runs(columns: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for column in columns:
        if runs and column == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], column)
        else:
            runs.append((column, column))
    return runs
