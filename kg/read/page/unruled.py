"""Tables without ruling lines: rows of text whose columns are parted by white corridors.

In: lines outside all lattices, top to bottom. Out: stretches of them that are a table. A corridor is a
strip of the page that no text of any row touches; prose has none, for its words fall anywhere. A
table has numbers, so that headings set in columns (a seal, two signatures) aren't taken for one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from statistics import median

from kg.read.page.lines import Line, Run, is_printed_number
from kg.read.page.tables import FilledCell

FEWEST_ROWS = 3
"""Rows that make aligned text a table: two lines align by chance."""
CORRIDOR = 0.8
"""Ems of white that part two columns."""

LOOSE = 3.0
"""Ems between two lines of one table at most."""

NEAR = 0.7
"""Row heights within which wrapped text stands from the row it belongs to."""

LEADERS = re.compile(r"[.…·]{4,}|…{2,}")
_OUT, _HALF = 2, 0.5
"""Points a wrapped cell may stand out of its rows, and the share of their width it takes at most: wider is
a paragraph."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unruled:
    """The lines from `start` up to `end` are a table with these cells."""

    start: int
    end: int
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: list[FilledCell]


def find_unruled(lines: Sequence[Line]) -> list[Unruled]:
    """Return the stretches of lines that are tables without ruling lines."""
    found: list[Unruled] = []
    start = 0
    while start < len(lines):
        end = _stretch_end(lines, start)
        table = _table(lines, start, end) if end - start >= FEWEST_ROWS else None
        if table is not None:
            found.append(table)
        start = max(end, start + 1)
    return found


def _stretch_end(lines: Sequence[Line], start: int) -> int:
    """Return the end of the run of lines that could be rows: parted in columns, or one wrapped cell."""
    end = start
    parted = 0
    for index in range(start, len(lines)):
        line = lines[index]
        if LEADERS.search(line.text):
            break
        if index > start and line.box[1] - lines[index - 1].box[3] > LOOSE * line.size:
            break
        if len(line.runs) > 1:
            end, parted = index + 1, parted + 1
        elif index == start or not _is_inside(line, lines[start:end]):
            break
    return end if parted >= FEWEST_ROWS else start


def _is_inside(line: Line, rows: Sequence[Line]) -> bool:
    """Return whether a line of one piece is no wider than half of the rows before it."""
    left, right = min(row.box[0] for row in rows), max(row.box[2] for row in rows)
    return line.box[0] >= left - _OUT and line.box[2] - line.box[0] < _HALF * (right - left)


def _table(lines: Sequence[Line], start: int, end: int) -> Unruled | None:
    """Return the table that a stretch of lines makes, None if its text has no columns of numbers."""
    rows = lines[start:end]
    body = [row for row in rows if any(is_printed_number(run.text) for run in row.runs)]
    if len(body) < FEWEST_ROWS or 2 * len(body) < len(rows):
        return None
    columns = _columns(body)
    if len(columns) < 2 or not _holds_numbers(body, columns):
        return None
    edges = [(before[1] + after[0]) / 2 for before, after in pairwise(columns)]
    xs = (columns[0][0] - 1, *edges, columns[-1][1] + 1)
    cells, ys = _filled(rows, xs)
    return Unruled(start=start, end=end, xs=xs, ys=ys, cells=cells)


def _columns(body: Sequence[Line]) -> list[tuple[float, float]]:
    """Return the strips of the page that hold text, parted by corridors."""
    size = median(line.size for line in body)
    strips: list[tuple[float, float]] = []
    for left, right in sorted((run.left, run.right) for line in body for run in line.runs):
        if strips and left - strips[-1][1] < CORRIDOR * size:
            strips[-1] = (strips[-1][0], max(strips[-1][1], right))
        else:
            strips.append((left, right))
    return strips


def _holds_numbers(body: Sequence[Line], columns: Sequence[tuple[float, float]]) -> bool:
    """Return whether some column holds mostly numbers, more than a list's page numbers."""
    for left, right in columns[1:]:
        texts = [run.text for line in body for run in _runs_in(line, left - 1, right + 1)]
        numbers = [text for text in texts if is_printed_number(text)]
        if len(numbers) >= FEWEST_ROWS and 2 * len(numbers) > len(texts):
            return len(columns) > 2 or any("." in text or "," in text or len(text) > 3 for text in numbers)
    return False


def _filled(rows: Sequence[Line], xs: Sequence[float]) -> tuple[list[FilledCell], tuple[float, ...]]:
    """Return the cells of each row, and the edges of the rows."""
    groups = _rows_of_lines(rows)
    tops = [min(line.box[1] for line in group) for group in groups]
    ys = (*tops, max(line.box[3] for line in groups[-1]))
    cells: list[FilledCell] = []
    for number, group in enumerate(groups):
        for column in range(len(xs) - 1):
            texts = tuple(Line(runs) for line in group if (runs := tuple(_runs_of(line, column, xs))))
            cells.append(
                FilledCell(
                    row=number,
                    column=column,
                    row_span=1,
                    col_span=1,
                    lines=texts,
                    box=(xs[column], ys[number], xs[column + 1], ys[number + 1]),
                )
            )
    return cells, ys


def _runs_of(line: Line, column: int, xs: Sequence[float]) -> list[Run]:
    """Return the runs of a line in a column; a line with a run for each column has one in each.

    (A heading stands at the left of numbers that stand at the right.)
    """
    if len(line.runs) == len(xs) - 1:
        return [line.runs[column]]
    return _runs_in(line, xs[column], xs[column + 1])


def _rows_of_lines(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the lines of each row: a line of one wrapped text goes to the row it stands nearest to.

    A line with numbers, or with several texts, is a row; text wrapped beside it stands nearer to it than
    rows stand to each other.
    """
    anchors = [index for index, line in enumerate(lines) if len(line.runs) > 1 or is_printed_number(line.runs[0].text)]
    heights = [lines[after].base - lines[before].base for before, after in pairwise(anchors)]
    pitch, rows = median(heights or [0.0]), frozenset(anchors)
    groups: dict[int, list[Line]] = {}
    for number, line in enumerate(lines):
        owner = number
        if number not in rows:
            after = bisect_left(anchors, number)
            nearest = min(
                anchors[max(after - 1, 0) : after + 1],
                default=number,
                key=partial(_distance, lines, line.base),
            )
            if abs(lines[nearest].base - line.base) < NEAR * pitch:
                owner = nearest
        groups.setdefault(owner, []).append(line)
    return [groups[owner] for owner in sorted(groups)]


def _distance(lines: Sequence[Line], base: float, index: int) -> float:
    return abs(lines[index].base - base)


def _runs_in(line: Line, left: float, right: float) -> list[Run]:
    """Return the runs of a line whose middle stands between two edges."""
    return [run for run in line.runs if left <= (run.left + run.right) / 2 < right]
