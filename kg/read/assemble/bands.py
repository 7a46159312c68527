"""Bands of a table: each header with the rows below it. Forms print several, one below the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from kg.blocks import Row, TableBand
from kg.read.assemble.column_roles import column_role
from kg.read.assemble.header import LONGEST_HEADER, header_paths, is_header_word
from kg.read.assemble.matrix import Line, is_number
from kg.text.folding import compact
from kg.values.money import unit_pattern

_BAND_ROLES = frozenset(
    [
        "level1",
        "level2",
        "level3",
        "target",
        "actual",
        "weight",
        "got",
        "project",
        "content",
        "goal",
        "basis",
        "reason",
        "method",
        "item",
        "nature",
        "explanation",
        "quantity_unit",
        "rectification",
    ]
)
_VALUE = re.compile(r"[≥≤＜＞<>=≧≦]|^\d|\d%")


def split_bands(whole: TableBand, lines: Sequence[Line]) -> tuple[TableBand, ...]:
    """Return the bands of a table, at least one; rows before a header of the body belong to the first band.

    `whole` is the table's own header with all its body, `lines` are those the rows of the body were made of.
    """
    starts = _header_starts(whole)
    bands = []
    cuts = [start for start, _ in starts] + [len(whole.rows)]
    before = whole.rows[: cuts[0]]
    if before or whole.header_rows or not starts:
        bands.append(replace(whole, rows=before))
    width = max((len(row.cells) for row in whole.rows), default=len(whole.paths))
    for (start, depth), end in zip(starts, cuts[1:], strict=True):
        header = whole.rows[start : start + depth]
        bands.append(
            TableBand(
                paths=header_paths(lines[start : start + depth], width),
                header_rows=header,
                rows=whole.rows[start + depth : end],
                label=_label(header),
            )
        )
    return tuple(bands)


def _label(header: tuple[Row, ...]) -> str:
    first = header[0].cells[0].text if header and header[0].cells else ""
    return first if first and not is_header_role(compact(first)) else ""


def _header_starts(table: TableBand) -> list[tuple[int, int]]:
    starts: list[tuple[int, int]] = []
    index = 0
    while index < len(table.rows):
        row = table.rows[index]
        if not (_is_band_header(row) or (not table.paths and not starts and _heads_numbers(table.rows, index))):
            index += 1
            continue
        depth = 1
        if index + 1 < len(table.rows) and _is_second_line(row, table.rows[index + 1]):
            depth = 2
        starts.append((index, depth))
        index += depth
    return starts


def is_header_role(key: str) -> bool:
    """Return whether a cell's compact text is the header of a column that a form can have."""
    if _VALUE.search(key):
        return False
    return column_role(key, "") in _BAND_ROLES or bool(_money_head().search(key))


@cache
def _money_head() -> re.Pattern[str]:
    return re.compile(
        r"^(?:年初|全年|调整后?|本年|上年|年度|实际|项目|拟?投入的?|年中|小计)*(?:预算|执行|决算|支出|拨付|资金|结余|调整)*(?:资金|总额|金额|数|情况)"
        rf"(?:[(（].*)?$|^(?:预算)?执行率|[(（]{unit_pattern()}[)）]$|^(?:合计|小计|总额|金额)$"
    )


def _is_band_header(row: Row) -> bool:
    keys = [compact(cell.text) for cell in row.cells if cell.text]
    if len(keys) < 2 or any(len(key) > LONGEST_HEADER or is_number(key) for key in keys):
        return False
    roles = sum(map(is_header_role, keys))
    return roles >= 2 and roles * 3 >= 2 * len(keys)


def _heads_numbers(rows: tuple[Row, ...], index: int) -> bool:
    """Return whether a line of a form, all header words, has numbers below it: the form's first header."""
    row = rows[index]
    keys = [compact(cell.text) for cell in row.cells if cell.text]
    if len(keys) < 3 or not all(is_header_word(key) and not is_number(key) for key in keys):
        return False
    return any(is_number(compact(cell.text)) for below in rows[index + 1 : index + 3] for cell in below.cells)


def _is_second_line(row: Row, below: Row) -> bool:
    """Return whether `below` tells apart what the header row `row` spans."""
    keys = [(cell.column, compact(cell.text)) for cell in below.cells if cell.text]
    if not keys or any(is_number(key) or not is_header_word(key) for _, key in keys):
        return False
    return (
        len(keys) > 1
        and all(
            not row.text(column)
            or row.cells[column].col_span > 1
            or (column + 1 < len(row.cells) and not row.text(column + 1))
            for column, _ in keys
        )
        and not _is_band_header(below)
    )
