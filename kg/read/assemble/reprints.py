"""Rows that a form prints again on every page, its total above all: they are one row of the table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.read.assemble.matrix import Line, is_number

_TOTAL = re.compile(r"(?:合计|总计|共计)$")
_OPENING = 6
"""Rows at the top of a table among which the total that its pages print again is looked for."""


def count_reprinted(opening: Sequence[Line], lines: Sequence[Line]) -> int:
    """Return how many of `lines`, the first after a page break, repeat the top rows of the table.

    They do from a total on that stands in those rows word by word, with all its figures.
    """
    if not lines or not _is_total(lines[0]):
        return 0
    for start, line in enumerate(opening[:_OPENING]):
        if line.words() == lines[0].words():
            pairs = zip(opening[start:], lines, strict=False)
            return next((count for count, (top, again) in enumerate(pairs) if top.words() != again.words()), len(lines))
    return 0


def is_reprinted_below(line: Line, lines: Sequence[Line]) -> bool:
    """Return whether the last row of a page is a total that the end of the next page prints again."""
    return len(lines) > 1 and _is_total(line) and line.words() == lines[-1].words()


def _is_total(line: Line) -> bool:
    keys = [line.slots[column].key for column in line.filled()]
    words = [key for key in keys if not is_number(key)]
    return bool(words) and len(words) < len(keys) and all(_TOTAL.search(key) for key in words)
