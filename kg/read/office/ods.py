"""OpenDocument spreadsheets (ODS) to blocks: each shown sheet a grid, every field as the sheet shows it.

An ODS file keeps what a field shows (1,234.50 or 98.13%) beside its value, so that is read. Equal
fields and rows are written once with a count, which may claim a million of them: they are counted first
and written out only within the limits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kg.blocks import Document
from kg.errors import LimitExceeded, UnreadableInput
from kg.messages import say
from kg.read.assemble.grid import RawPart, assemble_blocks
from kg.read.office.package import Package
from kg.read.office.sheet import Merge, check_size, printed_value, sheet_parts
from kg.settings import Settings

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
CONTENT, MANIFEST = "content.xml", "META-INF/manifest.xml"
ROW_GROUPS = frozenset({TABLE + "table-header-rows", TABLE + "table-rows", TABLE + "table-row-group"})
MAX_BLANKS = 50
"""Blanks that one mark for several may stand for."""


def read_ods(data: bytes, *, settings: Settings, file: str) -> Document:
    """Return the blocks of a spreadsheet; `page` is the number of the sheet.

    Raises UnreadableInput if it is damaged, encrypted or empty, LimitExceeded if it is too large.
    """
    package = Package(data, settings=settings, file=file)
    if MANIFEST in package.names and b":encryption-data" in package.read(MANIFEST):
        raise UnreadableInput(file, say("error.input.encrypted"))
    root = package.parse(CONTENT)
    sheets = root.findall(f"{OFFICE}body/{OFFICE}spreadsheet/{TABLE}table")
    if len(sheets) > settings.read_max_pages:
        raise LimitExceeded(file, say("error.input.sheets", count=len(sheets), allowed=settings.read_max_pages))
    hidden = _hidden_styles(root)
    shown = [(number, sheet) for number, sheet in enumerate(sheets, 1) if sheet.get(TABLE + "style-name") not in hidden]
    blocks = assemble_blocks(part for number, sheet in shown for part in _parts(sheet, number, file))
    if not blocks:
        raise UnreadableInput(file, say("error.input.no_cells"))
    return Document(file=file, blocks=blocks, pages=len(sheets))


def _hidden_styles(root: Any) -> frozenset[str]:
    """Return the names of the table styles that keep a sheet from being shown."""
    return frozenset(
        style.get(STYLE + "name", "")
        for style in root.iterfind(f"{OFFICE}automatic-styles/{STYLE}style")
        for properties in style.iterfind(STYLE + "table-properties")
        if properties.get(TABLE + "display") == "false"
    )


@dataclass(frozen=True, slots=True)
class _Field:
    """A field with text, at `column`, for `count` columns; or the first field of a merged cell."""

    column: int
    count: int
    text: str
    rows: int
    columns: int


@dataclass(slots=True)
class _Run:
    """`count` equal rows; `fields` are those that say anything."""

    count: int
    fields: list[_Field] = field(default_factory=list)

    @property
    def width(self) -> int:
        """The number of columns up to the last one with text."""
        return max((each.column + each.count for each in self.fields if each.text), default=0)


def _parts(sheet: Any, page: int, file: str) -> Iterator[RawPart]:
    runs = [_read_row(row) for row in _rows(sheet)]
    while runs and not runs[-1].width:
        runs.pop()
    height, width = sum(run.count for run in runs), max((run.width for run in runs), default=0)
    check_size(height, width, sheet=sheet.get(TABLE + "name", ""), file=file)
    rows: list[list[str]] = []
    merges: list[Merge] = []
    for run in runs:
        texts = [""] * run.width
        for each in run.fields:
            if each.text:
                texts[each.column : each.column + each.count] = [each.text] * each.count
        for number in range(len(rows), len(rows) + run.count):
            merges.extend(
                Merge(number, each.column, number + each.rows - 1, each.column + each.columns - 1)
                for each in run.fields
                if each.column < width and (each.rows > 1 or each.columns > 1)
            )
            rows.append(texts)
    yield from sheet_parts(rows, merges, page)


def _rows(sheet: Any) -> Iterator[Any]:
    """Yield the rows of a sheet in order, those in groups too."""
    pending = list(reversed(sheet))
    while pending:
        element = pending.pop()
        if element.tag == TABLE + "table-row":
            yield element
        elif element.tag in ROW_GROUPS:
            pending.extend(reversed(element))


def _read_row(row: Any) -> _Run:
    run = _Run(_number(row, "number-rows-repeated"))
    column = 0
    for cell in row:
        count = _number(cell, "number-columns-repeated")
        if cell.tag == TABLE + "table-cell":
            text = _shown(cell)
            rows, columns = _number(cell, "number-rows-spanned"), _number(cell, "number-columns-spanned")
            if text or rows > 1 or columns > 1:
                run.fields.append(_Field(column, count, text, rows, columns))
        column += count
    return run


def _number(element: Any, name: str) -> int:
    try:
        return max(1, int(element.get(TABLE + name, "1")))
    except ValueError:
        return 1


def _shown(cell: Any) -> str:
    """Return what a field shows; its value where it keeps no text (or only that it was too narrow)."""
    text = printed_value("\n".join(_line(paragraph) for paragraph in cell.iterfind(TEXT + "p")))
    if text.strip("#"):
        return text
    value = cell.get(OFFICE + "value")
    try:
        return printed_value(float(value)) if value else text
    except ValueError:
        return text


def _line(paragraph: Any) -> str:
    """Return the text of a paragraph, its marks for blanks and breaks written out, notes left out."""
    parts: list[str] = []
    stack: list[Any] = [paragraph]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            parts.append(item)
            continue
        if item.tag == TEXT + "s":
            parts.append(" " * min(_blanks(item), MAX_BLANKS))
        elif item.tag in (TEXT + "tab", TEXT + "line-break"):
            parts.append(" " if item.tag == TEXT + "tab" else "\n")
        elif item.tag not in (OFFICE + "annotation", TEXT + "note"):
            inside: list[Any] = [item.text or ""]
            for child in item:
                inside.extend((child, child.tail or ""))
            stack.extend(reversed(inside))
    return "".join(parts)


def _blanks(mark: Any) -> int:
    try:
        return max(1, int(mark.get(TEXT + "c", "1")))
    except ValueError:
        return 1
