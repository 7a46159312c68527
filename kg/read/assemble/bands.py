"""Bands of a table: each header with the rows below it. Forms print several, one below the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.blocks import Row, TableBand
from kg.read.assemble.form_labels import form_label
from kg.read.assemble.forms import is_header_role
from kg.read.assemble.header import (
    LONGEST_HEADER,
    header_paths,
    is_header_word,
    is_level_name,
    is_phrase,
    is_running_text,
)
from kg.read.assemble.matrix import Line, is_number
from kg.text.folding import compact


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
        below, after = (table.rows[at] if at < len(table.rows) else None for at in (index + 1, index + 2))
        if not (_is_band_header(row, below) or (not table.paths and not starts and _heads_numbers(table.rows, index))):
            index += 1
            continue
        depth = 1
        if below is not None and _is_second_line(row, below, after):
            depth = 2
        starts.append((index, depth))
        index += depth
    return starts


def _is_band_header(row: Row, below: Row | None) -> bool:
    """Return whether a row of the body is a header: most of its cells head columns, and `below` is what they head."""
    keys = _keys(row)
    if len(keys) < 2 or any(len(key) > LONGEST_HEADER or is_number(key) or is_running_text(key) for key in keys):
        return False
    roles = sum(map(is_header_role, keys))
    return roles >= 2 and roles * 3 >= 2 * len(keys) and not _is_filled_in(keys, below)


def _keys(row: Row) -> list[str]:
    return [compact(cell.text) for cell in row.cells if cell.text]


def _is_filled_in(keys: list[str], below: Row | None) -> bool:
    """Return whether a row is one or two labels with what was filled in beside them (年度目标 | 完成整改任务).

    What was filled in may hold the words of headers. It is more than such words, or what follows is no value either:
    below 预期目标 | 实际完成情况 stand the two texts, below a filled label the next label.
    """
    if len(keys) not in (2, 4) or any(form_label(key) is None for key in keys[::2]):
        return False
    if not all(is_phrase(key) or form_label(key) is not None for key in keys[1::2]):
        return True
    under = _keys(below) if below is not None else []
    return len(keys) == 2 and (not under or form_label(under[0]) is not None or is_header_role(under[0]))


def _heads_numbers(rows: tuple[Row, ...], index: int) -> bool:
    """Return whether a line of a form, all header words, has numbers below it: the form's first header."""
    row = rows[index]
    keys = [compact(cell.text) for cell in row.cells if cell.text]
    if len(keys) < 3 or not all(is_header_word(key) and not is_number(key) for key in keys):
        return False
    return any(is_number(compact(cell.text)) for below in rows[index + 1 : index + 3] for cell in below.cells)


def _is_second_line(row: Row, below: Row, after: Row | None) -> bool:
    """Return whether `below`, with `after` below it, tells apart what the header row `row` spans."""
    keys = [(cell.column, compact(cell.text)) for cell in below.cells if cell.text]
    if not keys or any(is_number(key) or is_level_name(key) or not is_header_word(key) for _, key in keys):
        return False
    return (
        len(keys) > 1
        and all(
            not row.text(column)
            or row.cells[column].col_span > 1
            or (column + 1 < len(row.cells) and not row.text(column + 1))
            for column, _ in keys
        )
        and not _is_band_header(below, after)
    )
