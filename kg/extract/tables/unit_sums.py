"""Which of the rows that are named like units are units: those over rows that add up to them, not those in such a sum.

In: the rows of a band as kg.extract.tables.row_units reads them. Out: the same, changed in place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.blocks import Row
from kg.extract.projects.tree import find_parents
from kg.text.patterns import ITEM_MARK
from kg.values.code import is_above

_NO_UNIT = re.compile(rf"^{ITEM_MARK}|支出|经费|项目|资金|[费类]$")
LONGEST_BLOCK = 200
"""Rows below a unit that are added up at most: a bound for tables of any length."""


@dataclass(slots=True)
class Line:
    """A row as the search for units sees it.

    `unit` is the unit it may be named after and stand for, `sure` if its code or its label proves that; `column_unit`
    what its column of units prints; `item` is set where the sums prove it an item of the unit above, `apart` where its
    code sets it beside units (1 全额, 2 差额). `values` are the figures of the amount columns, 0 where none is printed.
    """

    row: Row
    label: str
    code: str | None
    values: tuple[Decimal, ...]
    total: bool
    unit: str | None = None
    sure: bool = False
    column_unit: str | None = None
    item: bool = False
    apart: bool = False


def decide_by_sums(lines: list[Line]) -> None:
    """Take the rows that are items of the unit above for what they are, and name the units that are unlike one."""
    _dismiss_items(lines)
    _find_unlike(lines)


def belongs_to_heading(lines: Sequence[Line], heading: int | None, total: int) -> bool:
    """Return whether a total sums up one unit, whose own row prints no figure, and not the whole table."""
    if heading is None or any(lines[heading].values):
        return False
    between = lines[heading + 1 : total]
    others = any(line.unit is not None for index, line in enumerate(lines) if index != heading)
    return others and (not between or _adds_up(between, lines[total].values))


def _dismiss_items(lines: list[Line]) -> None:
    """A row named like a unit is an item where only with it the rows below a unit add up to that unit."""
    index = 0
    while index < len(lines):
        end = _flat_end(lines, index) if lines[index].unit is not None else None
        inside = lines[index + 1 : end] if end is not None else []
        doubtful = [line for line in inside if line.unit is not None]
        if end is not None and not doubtful:
            index = end
            continue
        if len(doubtful) < len(inside) and not any(line.sure for line in doubtful) and not _sums_units(lines, index):
            for line in doubtful:
                line.unit, line.item = None, True
        index += 1


def _sums_units(lines: list[Line], index: int) -> bool:
    """Return whether a unit is the sum of the units that follow it: a department over those below it."""
    reached = [Decimal(0)] * len(lines[index].values)
    for line in lines[index + 1 : index + LONGEST_BLOCK]:
        if line.total:
            return False
        if line.unit is not None:
            reached = _plus(reached, line)
            if tuple(reached) == lines[index].values:
                return True
    return False


def _flat_end(lines: list[Line], index: int) -> int | None:
    """Return the index behind the first rows below a line that add up to it in every column, None if none do.

    Rows whose codes stand below another's are in its figure; rows without figures at the end belong to the sum.
    """
    whole = lines[index].values
    if not any(whole):
        return None
    reached = [Decimal(0)] * len(whole)
    tops: list[str] = []
    for end in range(index + 1, min(len(lines), index + LONGEST_BLOCK)):
        line = lines[end]
        if line.total:
            return None
        if line.code and any(is_above(top, line.code) for top in tops):
            continue
        tops.extend([line.code] if line.code else [])
        reached = _plus(reached, line)
        if tuple(reached) == whole and not _is_blank(lines, end + 1):
            return _behind_codes(lines, end)
    return None


def _plus(reached: Sequence[Decimal], line: Line) -> list[Decimal]:
    return [one + other for one, other in zip(reached, line.values, strict=True)]


def _is_blank(lines: list[Line], index: int) -> bool:
    """Return whether a row is an item without figures."""
    return index < len(lines) and not any(lines[index].values) and lines[index].unit is None


def _behind_codes(lines: list[Line], end: int) -> int:
    """Return the index behind the rows whose codes stand below that of the row at `end`."""
    top, end = lines[end].code, end + 1
    while top and end < len(lines) and lines[end].code and is_above(top, lines[end].code or ""):
        end += 1
    return end


def _find_unlike(lines: list[Line]) -> None:
    """Name the rows that stand among units with a sum of their own and that the total counts: 某实验幼儿园."""
    whole = next((line for line in lines if line.total and any(line.values)), None)
    first = next((index for index, line in enumerate(lines) if line.unit is not None), None)
    if whole is None or first is None:
        return
    tops: list[Line] = []
    index = first
    while index < len(lines) and not lines[index].total:
        end = _block_end(lines, index)
        if end is None:
            return
        tops.append(lines[index])
        index = end
    unlike = [line for line in tops if line.unit is None]
    if _sum(tops) == whole.values and not any(line.code or _NO_UNIT.search(line.label) for line in unlike):
        for line in unlike:
            line.unit = line.label


def _block_end(lines: list[Line], index: int) -> int | None:
    """Return the index behind the rows, at least one and none a total, that add up to a line flat or as a tree."""
    flat = _flat_end(lines, index)
    if flat is not None and not any(line.unit for line in lines[index + 1 : flat]):
        return flat
    for end in range(index + 2, min(len(lines), index + LONGEST_BLOCK) + 1):
        inside = lines[index + 1 : end]
        if inside[-1].total or inside[-1].unit is not None:
            return None
        if _adds_up(inside, lines[index].values):
            return end
    return None


def _adds_up(lines: Sequence[Line], whole: tuple[Decimal, ...]) -> bool:
    """Return whether rows add up to a whole in each column, flat or as a tree of sums over their parts."""
    tops = [line for number, line in enumerate(lines) if not _is_coded_below(lines[:number], line)]
    if _sum(tops) == whole:
        return True
    columns = [index for index, value in enumerate(whole) if value]
    return bool(columns) and all(
        find_parents([line.values[column] for line in tops], whole[column]) is not None for column in columns
    )


def _is_coded_below(above: Sequence[Line], line: Line) -> bool:
    return line.code is not None and any(other.code and is_above(other.code, line.code) for other in above)


def _sum(lines: Sequence[Line]) -> tuple[Decimal, ...]:
    return tuple(sum(column, Decimal(0)) for column in zip(*(line.values for line in lines), strict=True))
