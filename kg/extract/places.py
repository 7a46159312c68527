"""Say where a piece of a document stands: a cell, a part of a cell, a part of a paragraph -> Source.

Out: the place with its physical line, and the text as printed there.
"""

from __future__ import annotations

from dataclasses import replace

from kg.blocks import Cell, Paragraph, Row, Table
from kg.records import Source
from kg.values.place import Place


def source_of_cell(cell: Cell, *, offset: int = 0, text: str | None = None) -> Source:
    """Return the place of a cell, or of its part from `offset` on where a page break cut it."""
    return Source(place=_place_in(cell, offset), text=cell.text if text is None else text)


def source_of_row(row: Row, cell: Cell, text: str | None = None) -> Source:
    """Return the place of a record made by a whole row: the line of its first cell, the column of `cell`."""
    place = replace(cell.place, line=row.place.line) if row.place.line is not None else cell.place
    return Source(place=place, text=cell.text if text is None else text)


def source_of_paragraph(paragraph: Paragraph, start: int = 0, end: int | None = None) -> Source:
    """Return the place of `paragraph.text[start:end]`, on the line where it begins."""
    text = paragraph.text[start:end]
    lead = len(text) - len(text.lstrip())
    return Source(place=replace(paragraph.place, line=paragraph.line_at(start + lead)), text=text.strip())


def table_name(table: Table) -> str | None:
    """Return how a table is named as a section: its caption, or the section it stands in."""
    return table.caption or table.place.section


def _place_in(cell: Cell, offset: int) -> Place:
    place = cell.place
    for start, later in cell.continued:
        if start > offset:
            break
        place = later
    return place
