"""The ruling lines of a page: pieces snapped to whole lines, and which of them hang together.

In: horizontal and vertical Rules of one page. Out: for each table the lines that cross one another.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

SNAP = 2.0
"""Lines closer than this are one line."""

GAP = 3.5
"""Pieces of a line with less than this between them are one piece; lines this near a crossing cross."""
_ALONG = 0.8
"""Share of a table's height that a line beside it must run along to be the table's own."""


class Rule(NamedTuple):
    """A horizontal line at y=`at` from x=`start` to `end`, or a vertical one likewise."""

    at: float
    start: float
    end: float


class Joined:
    """Which of the numbers from 0 were joined, directly or over others (a union-find)."""

    def __init__(self, count: int) -> None:
        self._parent = list(range(count))

    def root(self, index: int) -> int:
        """Return the number that stands for all that `index` was joined to."""
        parent = self._parent
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    def join(self, index: int, other: int) -> None:
        """Join two numbers and all that they were joined to; the root of `other` stands for them."""
        self._parent[self.root(index)] = self.root(other)


def merged_rules(rules: Iterable[Rule]) -> list[Rule]:
    """Return the rules with those on one line snapped to one position and their pieces joined."""
    merged: list[Rule] = []
    for group in _on_one_line(sorted(rules)):
        # The longest pieces say where the line is.
        at = max(group, key=lambda rule: rule.end - rule.start).at
        pieces = sorted((rule.start, rule.end) for rule in group)
        start, end = pieces[0]
        for left, right in pieces[1:]:
            if left <= end + GAP:
                end = max(end, right)
            else:
                merged.append(Rule(at, start, end))
                start, end = left, right
        merged.append(Rule(at, start, end))
    return merged


def _on_one_line(rules: Sequence[Rule]) -> list[list[Rule]]:
    groups: list[list[Rule]] = []
    for rule in rules:
        if groups and rule.at - groups[-1][0].at <= SNAP:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    return groups


def crossing_rules(rows: Sequence[Rule], columns: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Return the sets of lines that hang together by crossings."""
    joined = Joined(len(rows) + len(columns))

    heights = [row.at for row in rows]
    for number, column in enumerate(columns):
        first = bisect_left(heights, column.start - GAP)
        for index in range(first, len(rows)):
            row = rows[index]
            if row.at > column.end + GAP:
                break
            if row.start - GAP <= column.at <= row.end + GAP:
                joined.join(index, len(rows) + number)
    grouped: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for index, row in enumerate(rows):
        grouped.setdefault(joined.root(index), ([], []))[0].append(row)
    for index, column in enumerate(columns):
        grouped.setdefault(joined.root(len(rows) + index), ([], []))[1].append(column)
    crossing = [group for group in grouped.values() if group[0] and group[1]]
    for column in (group[1][0] for group in grouped.values() if not group[0]):
        _adopt(column, crossing)
    return crossing


def _adopt(column: Rule, groups: list[tuple[list[Rule], list[Rule]]]) -> None:
    """Give a line that crosses none to the table it runs beside from top to bottom.

    Such a line parts two cells that reach over all rows of a page.
    """
    for rows, columns in groups:
        top, bottom = min(row.at for row in rows), max(row.at for row in rows)
        shared = min(bottom, column.end) - max(top, column.start)
        if shared > _ALONG * max(bottom - top, column.end - column.start):
            columns.append(column)
            return
