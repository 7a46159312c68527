"""Excel workbooks (XLSX, XLS) to blocks: each shown sheet a grid, numbers as the sheet shows them.

python-calamine reads values and merged cells; how a number is shown (1,234.50 or 0.35%) isn't among
them, so a number is printed in full, without invented digits of binary fractions.
"""

from __future__ import annotations

import datetime
import hashlib
import io
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from kg.blocks import Document, Paragraph
from kg.errors import LimitExceeded, UnreadableInput
from kg.read.assemble.grid import RawPart, assemble_blocks
from kg.read.assemble.matrix import RawCell, RawGrid
from kg.read.office.package import Package
from kg.read.sniff import OLE
from kg.settings import Settings
from kg.text.lines import join_texts
from kg.values.place import Place

MAX_CELLS = 2_000_000
"""Cells of one sheet's used area; a budget's has thousands."""


def read_workbook(data: bytes, *, settings: Settings, file: str) -> Document:
    """Return the blocks of a workbook; `page` is the number of the sheet.

    Raises UnreadableInput if it is damaged, encrypted or empty, LimitExceeded if it is too large.
    """
    import python_calamine

    if not data.startswith(OLE):
        Package(data, settings=settings, file=file).check()
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        parts = list(_parts(workbook, settings, file))
    except python_calamine.PasswordError as error:
        raise UnreadableInput(file, "the file is encrypted", hint="save it without a password") from error
    except (python_calamine.CalamineError, ValueError, OSError) as error:
        raise UnreadableInput(file, f"the workbook is truncated or damaged: {error}") from error
    blocks = assemble_blocks(parts)
    if not blocks:
        raise UnreadableInput(file, "there is nothing in the workbook's sheets")
    return Document(
        file=file,
        sha256=hashlib.sha256(data).hexdigest(),
        blocks=blocks,
        pages=len(workbook.sheet_names),
    )


def _parts(workbook: Any, settings: Settings, file: str) -> Iterator[RawPart]:
    import python_calamine

    sheets = workbook.sheets_metadata
    if len(sheets) > settings.read_max_pages:
        raise LimitExceeded(file, f"{len(sheets)} sheets, more than the {settings.read_max_pages} allowed")
    for number, metadata in enumerate(sheets, 1):
        if metadata.visible != python_calamine.SheetVisibleEnum.Visible:
            continue
        if metadata.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_name(metadata.name)
        height, width = sheet.total_height, sheet.total_width
        if height * width > MAX_CELLS:
            raise LimitExceeded(file, f"{height} × {width} cells", place=metadata.name)
        yield from _sheet_parts(sheet, number)


def _sheet_parts(sheet: Any, page: int) -> Iterator[RawPart]:
    """Yield the lines above the grid as paragraphs, then the grid: a line has text in one cell only."""
    rows = [[printed_value(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    width = max((len(row) for row in rows), default=0)
    rows = [row + [""] * (width - len(row)) for row in rows]
    merged = _merged(sheet, len(rows), width)
    first = next((number for number, row in enumerate(rows) if sum(1 for text in row if text) > 1), len(rows))
    for row in rows[:first]:
        yield from (Paragraph(text=text, place=Place(page=page)) for text in row if text)
    grid = []
    for number in range(first, len(rows)):
        grid.append(
            tuple(
                RawCell(text=rows[number][column], place=Place(page=page), row_span=span[0], col_span=span[1])
                for column in range(width)
                if (span := merged.get((number, column), (1, 1))) != (0, 0)
            )
        )
    if grid:
        yield RawGrid(rows=tuple(grid), place=Place(page=page), continues=False)


def _merged(sheet: Any, height: int, width: int) -> dict[tuple[int, int], tuple[int, int]]:
    """Return the spans of merged cells by their first field; the fields they cover have (0, 0)."""
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        bottom, right = min(bottom, height - 1), min(right, width - 1)
        if (bottom - top + 1) * (right - left + 1) > MAX_CELLS or bottom < top or right < left:
            continue
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                spans[row, column] = (0, 0)
        spans[top, left] = (bottom - top + 1, right - left + 1)
    return spans


def printed_value(value: object) -> str:
    """Return a cell's value as text: numbers in full, dates in ISO form, wrapped lines joined.

    >>> printed_value(2010308.0), printed_value(0.1 + 0.2), printed_value("  合 计 ")
    ('2010308', '0.3', '合 计')
    """
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return format(Decimal(format(value, ".15g")), "f")
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return value.isoformat()
    text = str(value).replace("\u00a0", " ")
    lines = "".join(character for character in text if character >= " " or character in "\r\n").splitlines()
    return join_texts([line.strip() for line in lines if line.strip()])
