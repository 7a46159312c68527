"""One sheet of a workbook to blocks' raw parts, whichever program wrote it.

In: the texts of its fields row by row, and which fields are merged. Out: the lines above the table as
paragraphs, then the table as a grid.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from kg.errors import LimitExceeded
from kg.messages import say
from kg.read.assemble.captioned import CAPTION_ROWS, is_caption, part_tables
from kg.read.assemble.grid import RawPart
from kg.read.assemble.matrix import RawCell
from kg.text.lines import join_texts
from kg.values.place import Place

MAX_CELLS = 2_000_000
"""Cells of one sheet's used area; a budget's has thousands."""

MAX_COLUMNS = 16_384
"""Columns of one sheet; no program has more."""

COVERED = (0, 0)  # the span of a field that a merged cell covers


class Merge(NamedTuple):
    """The fields that one cell takes up, from 0, the last ones included."""

    top: int
    left: int
    bottom: int
    right: int


def check_size(height: int, width: int, *, sheet: str, file: str) -> None:
    """Raise LimitExceeded if a sheet's used area is larger than any table."""
    if width > MAX_COLUMNS or height * width > MAX_CELLS:
        raise LimitExceeded(file, say("error.input.cells", height=height, width=width), place=sheet)


def sheet_parts(rows: Sequence[Sequence[str]], merges: Iterable[Merge], page: int) -> Iterator[RawPart]:
    """Yield the tables of a sheet in order, each as the lines above its grid (paragraphs) and its grid.

    A line has text in one cell only, or in several that are all parts of a caption (owner and unit). Tables stand below
    each other, each with a title or a unit of its own, or side by side with blank columns between.
    """
    width = max((len(row) for row in rows), default=0)
    squared = [[*row, *[""] * (width - len(row))] for row in rows]
    spans = spread(merges, len(squared), width)
    for first, last in _side_by_side(squared, width):
        grid = [
            tuple(
                RawCell(text=row[column], place=Place(page=page), row_span=span[0], col_span=span[1])
                for column in range(first, last)
                if (span := spans.get((number, column), (1, 1))) != COVERED
            )
            for number, row in enumerate(squared)
        ]
        yield from part_tables(grid, Place(page=page), lines_above=True)


def _side_by_side(rows: Sequence[Sequence[str]], width: int) -> list[tuple[int, int]]:
    """Return the columns (first, behind the last) of each table; the whole width unless each has a caption."""
    blank = [not any(row[column] for row in rows) for column in range(width)]
    parts: list[tuple[int, int]] = []
    start = None
    for column in range(width + 1):
        if column < width and not blank[column]:
            start = column if start is None else start
        elif start is not None:
            parts.append((start, column))
            start = None
    captioned = [any(is_caption(row[first:last]) for row in rows[:CAPTION_ROWS]) for first, last in parts]
    return parts if len(parts) > 1 and all(captioned) else [(0, width)]


def spread(merges: Iterable[Merge], height: int, width: int) -> dict[tuple[int, int], tuple[int, int]]:
    """Return the spans of merged cells by their first field; the fields they cover are COVERED.

    Cells end with the sheet. One that would lie over another is left as it is, and so are all once more
    fields were looked at than honest cells can cover.
    """
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    left_over = 2 * MAX_CELLS
    for top, left, bottom, right in merges:
        bottom, right = min(bottom, height - 1), min(right, width - 1)
        if bottom < top or right < left or (top, left) in spans:
            continue
        left_over -= (bottom - top + 1) * (right - left + 1)
        if left_over < 0:
            break
        fields = [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]
        if any(field in spans for field in fields):
            continue
        spans.update(dict.fromkeys(fields, COVERED))
        spans[top, left] = (bottom - top + 1, right - left + 1)
    return spans


def printed_value(value: object) -> str:
    """Return a cell's value as text: numbers in full, dates in ISO form, wrapped lines joined.

    >>> printed_value(2010308.0), printed_value(0.1 + 0.2), printed_value("  合 计 ")
    ('2010308', '0.3', '合 计')
    """
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return format(Decimal(format(value, ".15g")), "f")
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return value.isoformat()
    text = str(value).replace("\u00a0", " ")
    lines = "".join(character for character in text if character >= " " or character in "\r\n").splitlines()
    return join_texts([line.strip() for line in lines if line.strip()])
