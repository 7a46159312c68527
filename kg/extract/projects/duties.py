"""Find duties and activities in tables that print them as a tree (一、职责 over 1、活动), with their goals.

In: the Context. Out: Mentions of duties and activities in reading order, activities under their duty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.blocks import Cell, Row
from kg.extract.context import Band, Context, Recognised
from kg.extract.projects.mentions import Mention, clean_name, is_organ, is_total, mention_of_row
from kg.text.patterns import CHINESE_MARK
from kg.values.item_mark import item_mark

_DUTY_MARK = re.compile(rf"^{CHINESE_MARK}")


def find_duty_mentions(context: Context) -> Iterator[Mention]:
    """Yield the duties and activities of the duty-activity tables."""
    for table in context.tables:
        for band in table.bands if table.kind.projects == "duties" else ():
            column = band.find("project")
            if column is None:
                column = band.find("name")
            if column is not None:
                yield from _read(context, table, band, column)


def _read(context: Context, table: Recognised, band: Band, column: int) -> Iterator[Mention]:
    duty: str | None = None
    marked = any(_DUTY_MARK.match(row.text(column).strip()) for row in band.rows)
    for row in band.rows:
        cell = _cell(row, column)
        name = clean_name(cell.text) if cell is not None else ""
        if cell is None or is_total(name) or is_organ(name, context):
            continue
        mention = mention_of_row(context, table, band, row, cell, name)
        mark = item_mark(cell.text) or ""
        if _DUTY_MARK.match(mark) or (not marked and not mark):
            duty = name
            yield replace(mention, kind="duty", rank=0)
        else:
            yield replace(mention, kind="activity", parent=duty, rank=0)


def _cell(row: Row, column: int) -> Cell | None:
    return next((cell for cell in row.cells if cell.column == column and cell.text), None)
