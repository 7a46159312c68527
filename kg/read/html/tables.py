"""Tables of web pages as raw grids: spans as declared, within bounds; layout tables are none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.read.assemble.matrix import RawCell, RawGrid
from kg.read.html.article import is_left_out
from kg.text.lines import join_texts
from kg.text.note_marks import is_note_mark
from kg.values.place import Place

MAX_SPAN = 200
"""Columns or rows a cell may span; some pages say 65535 for "the rest"."""

MAX_CELLS = 200_000
"""Cells read of one table."""

BREAKS = frozenset({"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6"})


def is_data_table(table: Any) -> bool:
    """Return whether a table holds data: two rows or more, one of two cells or more, no table inside."""
    rows = list(own_rows(table))
    if len(rows) < 2 or max(len(cells_of(row)) for row in rows) < 2:
        return False
    return all(len(list(own_rows(inner))) < 2 for inner in table.iter("table") if inner is not table)


def own_rows(table: Any) -> Iterator[Any]:
    """Yield the rows of a table, not those of tables inside it."""
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in child if row.tag == "tr")


def cells_of(row: Any) -> list[Any]:
    """Return the cells that begin in a row."""
    return [cell for cell in row if cell.tag in ("td", "th")]


def read_grid(table: Any) -> RawGrid:
    """Return a table's rows of cells with their spans; rows that aren't shown are left out."""
    rows: list[tuple[RawCell, ...]] = []
    left = MAX_CELLS
    groups: list[Any] = []
    for number, row in enumerate((row for row in own_rows(table) if not is_left_out(row)), 1):
        groups.append(row.getparent())
        cells = [cell for cell in cells_of(row) if not is_left_out(cell)][:left]
        left -= len(cells)
        rows.append(
            tuple(
                RawCell(
                    text=cell_text(cell),
                    place=Place(row=number, col=column),
                    row_span=_span(cell, "rowspan"),
                    col_span=_span(cell, "colspan"),
                )
                for column, cell in enumerate(cells, 1)
            )
        )
    return RawGrid(rows=_bounded(rows, groups), place=Place(), header_rows=None)


def _bounded(rows: list[tuple[RawCell, ...]], groups: list[Any]) -> tuple[tuple[RawCell, ...], ...]:
    """Return the rows with no cell reaching below the last of its group (thead, tbody); a span of 0 reaches to it."""
    bounded = []
    for number, row in enumerate(rows):
        rest = next(
            (other - number for other in range(number + 1, len(rows)) if groups[other] is not groups[number]),
            len(rows) - number,
        )
        bounded.append(
            tuple(
                cell
                if 0 < cell.row_span <= rest
                else RawCell(text=cell.text, place=cell.place, row_span=rest, col_span=cell.col_span)
                for cell in row
            )
        )
    return tuple(bounded)


def _span(cell: Any, name: str) -> int:
    try:
        span = int((cell.get(name) or "1").strip())
    except ValueError:
        return 1
    if span == 0 and name == "rowspan":
        return 0
    return min(max(span, 1), MAX_SPAN)


def cell_text(cell: Any) -> str:
    """Return the text of a cell; its lines are joined, with a blank only where one is printed."""
    return join_texts([" ".join(piece.replace("\u00a0", " ").split()) for piece in _lines(cell)])


def _lines(cell: Any) -> list[str]:
    """Return the text of a cell line by line, in document order."""
    lines = [""]
    stack: list[Any] = [cell]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            lines[-1] += item
            continue
        if item is None:
            lines.append("")
            continue
        if not isinstance(item.tag, str) or item.tag in ("script", "style"):
            continue
        if item.tag == "sup" and is_note_mark(lines[-1], item.text_content()):
            continue
        breaks = item.tag in BREAKS
        following: list[Any] = [None] if breaks else []
        following.append(item.text or "")
        for child in item:
            following.extend((child, child.tail or ""))
        if breaks:
            following.append(None)
        stack.extend(reversed(following))
    return [line for line in lines if line.strip()]
