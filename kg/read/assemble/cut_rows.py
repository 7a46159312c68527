"""Rows that a page break has cut: the first line overleaf holds the rest of their names, codes and numbers.

In: the rows of a table so far and the first line of the next page. Out: the columns in which that line goes on.
A cut is proved by the form of the table's own cells: 12,437.3 over 6, where all others print two decimals.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable

from kg.read.assemble.matrix import Line, is_number
from kg.text.folding import compact
from kg.text.patterns import INSTITUTION_END, ITEM_MARK, OF_WHICH, ORGAN_END

TextOf = Callable[[Line, int], str]

_PIECE = re.compile(r"^-?[\d,.]+$")
_NUMBER = re.compile(r"^-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<decimals>\d+))?$")
_NEW = re.compile(rf"^(?:{ITEM_MARK}|{OF_WHICH}|注[:：]|说明|备注)|(?:合计|总计|小计)$")
_WHOLE_NAME = re.compile(rf"(?:{ORGAN_END}|{INSTITUTION_END}|[)）])$")
_USUAL = 0.8
"""The share of a column's numbers that print the same decimals where the others must be cut."""
_SHORTEST_CODE = 3
"""Digits of the shortest code (类): a whole number of so many may name a row, it proves no row to have figures."""
_ENOUGH = 3
"""Rows before a cut that show how the rows of a table look."""


def cut_columns(body: list[Line], line: Line, text_of: TextOf) -> list[int]:
    """Return the columns in which `line`, the first of a page, goes on with the last row; none if it is a row.

    `text_of` gives the text that a cell has by now.
    """
    before, filled = body[-1], line.filled()
    pieces = [column for column in filled if _PIECE.match(line.slots[column].key)]
    words = [column for column in filled if column not in pieces]
    if not filled or not all(_goes_on(compact(text_of(before, column)), line.slots[column].key) for column in words):
        return []
    open_numbers = [column for column in pieces if text_of(before, column)]
    if open_numbers:
        proved = all(_completes(body, line, column, text_of) for column in open_numbers)
        return filled if proved and (words or len(open_numbers) == len(pieces)) else []
    return filled if words and _is_half(body, line, words, bool(pieces), text_of) else []


def _goes_on(above: str, key: str) -> bool:
    """Return whether words overleaf may be the rest of the words above them."""
    return bool(above) and not _PIECE.match(above) and not _NEW.search(key) and not _NEW.search(above)


def _completes(body: list[Line], line: Line, column: int, text_of: TextOf) -> bool:
    """Return whether two pieces of a number make one of the form that its column prints, and the first alone none."""
    above, key = compact(text_of(body[-1], column)), line.slots[column].key
    if not _PIECE.match(above):
        return False
    cells = [compact(text_of(row, column)) for row in body[:-1]]
    lengths = {len(cell) for cell in cells if cell.isdigit()}
    if above.isdigit() and lengths and not any("." in cell for cell in cells):
        return len(above) not in lengths and len(above + key) in lengths
    usual = _usual_decimals(cells) or _usual_decimals(_all_cells(body, text_of))
    if usual is None or _decimals(above + key) != usual or _decimals(above) == usual:
        return False
    return _decimals(key) != usual or _NUMBER.match(above) is None


def _is_half(body: list[Line], line: Line, words: list[int], numbers: bool, text_of: TextOf) -> bool:
    """Return whether a row without numbers, in a table where each has some, is one half and its neighbour the other."""
    before = body[-1]
    if not _may_be_cut(before, line) or len(body) <= _ENOUGH:
        return False
    if not all(_has_number(row, text_of) for row in body[:-1]) or _has_number(before, text_of) == numbers:
        return False
    coded = [column for column in before.filled() if _PIECE.match(before.slots[column].key)]
    if numbers and (coded and min(coded) < min(words) and min(coded) in line.filled()):
        return False
    return not numbers or not _WHOLE_NAME.search(compact(text_of(before, words[-1])))


def _may_be_cut(before: Line, line: Line) -> bool:
    spanned = any(slot.cell.col_span >= len(line.slots) for slot in line.slots if slot.key)
    return before.place.page is not None and before.place.page != line.place.page and not spanned


def _has_number(line: Line, text_of: TextOf) -> bool:
    return any(is_number(key) and not _is_code(key) for key in (compact(text_of(line, c)) for c in line.filled()))


def _is_code(key: str) -> bool:
    return key.isdigit() and len(key) >= _SHORTEST_CODE


def _all_cells(body: list[Line], text_of: TextOf) -> Iterable[str]:
    return (compact(text_of(row, column)) for row in body[:-1] for column in row.filled())


def _usual_decimals(cells: Iterable[str]) -> int | None:
    """Return how many decimals nearly all numbers print, None if they differ or print none."""
    counts = Counter(_decimals(cell) for cell in cells if "." in cell and _decimals(cell) is not None)
    if not counts or counts.total() < _ENOUGH:
        return None
    usual, count = counts.most_common(1)[0]
    return usual if count >= _USUAL * counts.total() else None


def _decimals(text: str) -> int | None:
    """Return how many decimals a well-formed number prints, None for any other text."""
    match = _NUMBER.match(text)
    return len(match["decimals"] or "") if match is not None else None
