"""What a page break does to the cells of a row: cut in two, printed again, or left as they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from kg.read.assemble.header import header_share
from kg.read.assemble.matrix import Line, Slot, is_number
from kg.text.folding import compact

_COMPLETE = re.compile(r"[。；;！!？?]['\"”’）)》】]*$")
_CODE = re.compile(r"^\[?\d{3,7}\]?$")
_LONG_CELL = 20
"""Characters from which a cell without a final stop may go on in the next row or page; short ones are names."""

_MOST_CUT = 4
"""Cells that go on overleaf: a row with more filled cells is a row of its own."""


def goes_on_with(line: Line, before: Line, text_of: Callable[[Line, int], str]) -> bool:
    """Return whether `line`, the first of a page, only goes on with cells of `before`, the last row.

    `text_of` gives the text a cell has by now. Each filled cell must continue a long or open one.
    """
    filled = line.filled()
    if not filled or len(filled) > _MOST_CUT or any(is_number(line.slots[column].key) for column in filled):
        return False
    if any(_CODE.match(line.slots[column].key) for column in filled):
        return False
    if not all(is_cut(text_of(before, column)) for column in filled):
        return False
    first = min(before.filled(), default=0)
    return filled[0] > first or len(filled) == 1


def is_cut(text: str) -> bool:
    """Return whether a cell's text may go on overleaf: it is long or open, and ends no sentence.

    >>> is_cut("负责全市审计工作，督促被审计单位整改问题并"), is_cut("办结率"), is_cut("推动整改。")
    (True, False, False)
    """
    if not text or is_number(compact(text)) or _COMPLETE.search(text):
        return False
    return len(text) >= _LONG_CELL or _is_open(text)


def _is_open(text: str) -> bool:
    key = compact(text)
    unclosed = key.count("(") > key.count(")") or key.count("《") > key.count("》")
    return unclosed or key[-1:] in "、,及和与的"


def reprinted_columns(body: list[Line], line: Line) -> list[int]:
    """Return the columns in which a page's first line prints again what is merged over the page break.

    None of them unless several do, and no merged cell begins a new item beside them.
    """
    again = []
    for column in line.filled():
        above = merged_above(body, column)
        if above is not None and above.key == line.slots[column].key:
            again.append(column)
        elif above is not None and line.slots[column].cell.row_span > 1 and not is_cut(above.cell.text):
            return []
    return again if len(again) > 1 else reprinted_item(body, line)


def reprinted_item(body: list[Line], line: Line) -> list[int]:
    """Return the columns in which a page's first line prints the last item again: its name, figures and long text.

    The item may begin in the last row of the page before, where its cells are merged with nothing yet.
    """
    same = {column: above for column in line.filled() if (above := _latest(body, column, line.slots[column].key))}
    starts = Counter(above.number for above in same.values())
    start = next((number for number, count in starts.items() if count > 1), None)
    shared = [column for column, above in same.items() if start is not None and above.number == start]
    until = max((column for column in shared if len(line.slots[column].key) >= _LONG_CELL), default=-1)
    if any(column <= until and column not in same for column in line.filled()):
        return []  # another item that shares figures and goal with the last one
    return [column for column in same if column <= until]


def _latest(body: list[Line], column: int, key: str) -> Line | None:
    """Return the last row that prints anything in a column, None if that is not `key`."""
    for line in reversed(body):
        if column < len(line.slots) and line.slots[column].origin and line.slots[column].key:
            return line if line.slots[column].key == key else None
    return None


def continued_columns(body: list[Line], line: Line, text_of: Callable[[Line, int], str]) -> list[int]:
    """Return the columns in which a page's first line goes on with a cell merged over the page break.

    The merged cells at its left must be blank here: the row is of the same item.
    """
    merged = [column for column in range(len(line.slots)) if merged_above(body, column) is not None]
    filled = set(line.filled())
    if not merged or merged[0] in filled or header_share(line) == 1.0:
        return []
    found = []
    for column in merged:
        if column in filled:
            above = merged_line(body, column)
            if above is None or not is_cut(text_of(above, column)) or len(text_of(above, column)) < _LONG_CELL:
                break
            found.append(column)
    return found


def merged_above(body: list[Line], column: int) -> Slot | None:
    """Return the cell merged over several rows that the last row stands in, None if there is none."""
    line = merged_line(body, column)
    return line.slots[column] if line is not None else None


def merged_line(body: list[Line], column: int) -> Line | None:
    """Return the row in which that cell begins."""
    for back, line in enumerate(reversed(body), start=1):
        if column >= len(line.slots):
            return None
        slot = line.slots[column]
        if slot.origin and slot.key:
            return line if slot.cell.row_span >= back and slot.cell.row_span > 1 else None
    return None
