"""Lists that one table prints side by side: its sides (收入, 支出), and the groups of columns that each list takes.

In: header paths, columns and rows. Out: a side for each column, and columns that know their group.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from kg.blocks import Row
from kg.extract.context import Column
from kg.read.assemble.matrix import is_number
from kg.text.folding import compact
from kg.values.no_value import is_no_value
from kg.values.vocabularies import Side

_NUMBERS = frozenset(("amount", "unit_price", "quantity", "percent"))
_OPENING = frozenset(
    [
        "name",
        "code",
        "class_code",
        "text",
        "item",
        "project",
        "sequence",
        "government_name",
        "government_code",
    ]
)
_SIDES: Mapping[str, Side] = {"收入": "income", "支出": "expenditure"}
_SIDE_WORD = re.compile(r"^(?:本年)?(收入|支出)(?:项目|类别|科目|内容)?(?:[(（].*)?$")


def is_side(head: str) -> bool:
    """Return whether a header cell only says that income or spending stands below it.

    >>> is_side("收 入"), is_side("支出项目（按功能）"), is_side("财政拨款收入")
    (True, True, False)
    """
    return _SIDE_WORD.match(compact(head)) is not None


def find_sides(paths: list[tuple[str, ...]], rows: tuple[Row, ...]) -> list[Side | None]:
    """Return for each column income or expenditure where one table prints both side by side."""
    tops = [_SIDE_WORD.match(compact(path[0])) if path else None for path in paths]
    if len({match.group(1) for match in tops if match is not None}) < 2:
        return [None] * len(paths)
    begun = {match.group(1): index for index, match in reversed(list(enumerate(tops))) if match is not None}
    if not all(has_words(rows, index) for index in begun.values()):
        return [None] * len(paths)
    sides: list[Side | None] = []
    for match in tops:
        sides.append(_SIDES[match.group(1)] if match is not None else (sides[-1] if sides else None))
    return sides


def with_groups(columns: list[Column], rows: tuple[Row, ...]) -> list[Column]:
    """Count the lists printed side by side: a column that names rows opens one if numbers stand before it."""
    if not any(column.path for column in columns):
        return columns
    group, numbers = 0, False
    counted: list[Column] = []
    for index, column in enumerate(columns):
        if column.role in _NUMBERS:
            numbers = True
        elif numbers and column.role in _OPENING and _names_rows(column.role, rows, index):
            group, numbers = group + 1, False
        counted.append(replace(column, group=group))
    if group and not numbers:  # words after the last numbers are remarks, no list of their own
        counted = [replace(column, group=min(column.group, group - 1)) for column in counted]
    return counted


def _names_rows(role: str, rows: tuple[Row, ...], index: int) -> bool:
    if role.endswith("code"):
        return any(row.text(index) for row in rows)
    return has_words(rows, index, share=0.3)


def has_words(rows: tuple[Row, ...], index: int, share: float = 0.0) -> bool:
    """Return whether a column prints words, in more than `share` of its filled cells."""
    cells = [compact(row.text(index)) for row in rows if row.text(index)]
    words = sum(not is_number(cell) and not is_no_value(cell) for cell in cells)
    return words > share * len(cells)
