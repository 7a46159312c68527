"""Workbooks of Excel 2002 and 2003 saved as XML (SpreadsheetML 2003) to blocks; systems export them named .xls.

One XML file holds the whole workbook. A cell, row or column says its place (from 1) only where it isn't the next one.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from kg.blocks import Document
from kg.errors import LimitExceeded
from kg.lexicon import load_mapping
from kg.messages import say
from kg.read.office.number_format import GENERAL, show_number
from kg.read.office.package import parse_xml
from kg.read.office.sheet import MAX_CELLS, Merge, printed_value
from kg.read.office.workbook import Fields, SheetPart, whole_number
from kg.read.office.xlsx import to_document
from kg.settings import Settings
from kg.text.note_marks import is_note_mark

SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
X = "{urn:schemas-microsoft-com:office:excel}"
_MIDNIGHT = "T00:00:00"


def read_spreadsheetml(data: bytes, *, settings: Settings, file: str) -> Document:
    """Return the blocks of a workbook; `page` is the number of the sheet.

    Raises UnreadableInput if it is damaged or empty, LimitExceeded if it is too large.
    """
    root = parse_xml(data, file=file)
    formats = _formats(root)
    sheets = ((_sheet(each), _fields(each, formats, file)) for each in root.iterfind(SS + "Worksheet"))
    count = len(root.findall(SS + "Worksheet"))
    return to_document(sheets, count, settings=settings, file=file)


def _sheet(element: Any) -> SheetPart:
    visible = element.findtext(f"{X}WorksheetOptions/{X}Visible") or ""
    return SheetPart(name=element.get(SS + "Name", ""), part="", shown=not visible.strip().startswith("SheetHidden")
                     and "VeryHidden" not in visible)  # fmt: skip


def _formats(root: Any) -> dict[str, str]:
    """Return the code of the number format of each style; a style may take that of its parent."""
    named = load_mapping("named_number_formats")
    parents: dict[str, str] = {}
    codes: dict[str, str] = {}
    for style in root.iterfind(f"{SS}Styles/{SS}Style"):
        identity = style.get(SS + "ID", "")
        parents[identity] = style.get(SS + "Parent", "")
        stated = style.find(SS + "NumberFormat")
        if stated is not None:
            code = stated.get(SS + "Format") or GENERAL
            codes[identity] = named.get(code, code)
    for identity, parent in parents.items():
        if identity not in codes and parent in codes:
            codes[identity] = codes[parent]
    return codes


def _fields(sheet: Any, formats: dict[str, str], file: str) -> Fields:
    """Return the fields of a sheet, numbers as they are shown. Raises LimitExceeded past MAX_CELLS."""
    found = Fields()
    for table in sheet.iterfind(SS + "Table"):
        styles: dict[int, str] = {}
        for at, last, column in _placed(table.iterfind(SS + "Column")):
            if column.get(SS + "Hidden") == "1" or column.get(SS + "Width") == "0":
                found.hide_columns(at, last)
            if column.get(SS + "StyleID") and last - at < MAX_CELLS:
                styles |= dict.fromkeys(range(at, last + 1), column.get(SS + "StyleID"))
        for at, last, row in _placed(table.iterfind(SS + "Row")):
            if row.get(SS + "Hidden") == "1" or row.get(SS + "Height") == "0":
                found.hidden_rows.update(range(at, min(last, at + MAX_CELLS) + 1))
            for column, _, cell in _placed(row.iterfind(SS + "Cell"), span="MergeAcross"):
                style = cell.get(SS + "StyleID") or row.get(SS + "StyleID") or styles.get(column, "Default")
                _read_cell(cell, (at, column), formats.get(style, GENERAL), found)
            if len(found.texts) > MAX_CELLS:
                said = say("error.input.more_cells", allowed=MAX_CELLS)
                raise LimitExceeded(file, said, place=sheet.get(SS + "Name", ""))
    return found


def _placed(elements: Any, span: str = "Span") -> Iterator[tuple[int, int, Any]]:
    """Yield each row, column or cell with its first and last place from 0."""
    following = 0
    for element in elements:
        at = _number(element, "Index", following + 1) - 1
        last = at + _number(element, span, 0)
        yield at, last, element
        following = last + 1


def _read_cell(cell: Any, place: tuple[int, int], code: str, found: Fields) -> None:
    row, column = place
    across, down = _number(cell, "MergeAcross", 0), _number(cell, "MergeDown", 0)
    if across or down:
        found.merges.append(Merge(row, column, row + down, column + across))
    data = cell.find(SS + "Data")
    formula = cell.get(SS + "Formula")
    text = _text(data, code) if data is not None else ""
    if formula and (data is None or not (data.text or "").strip()) and not text:
        stated = formula.removeprefix("=")
        found.unvalued.append((row, column, stated))
        text = f"={stated}"  # what stands there; a blank would count as nothing
    if text:
        found.texts[place] = text


def _text(data: Any, code: str) -> str:
    """Return what a cell shows."""
    stored = _written(data)
    kind = data.get(SS + "Type", "String")
    if kind == "Boolean":
        return printed_value(stored.strip() == "1") if stored.strip() else ""
    if kind == "DateTime":
        return printed_value(stored.strip().partition(_MIDNIGHT)[0])
    if kind != "Number":
        return printed_value(stored)
    try:
        value = Decimal(stored.strip())
    except InvalidOperation:
        return printed_value(stored)
    return show_number(value, code) if value.is_finite() else printed_value(stored)


def _written(data: Any) -> str:
    """Return the text of a cell's data, runs with fonts of their own included, without raised note marks."""
    parts: list[str] = []
    stack: list[Any] = [data]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            parts.append(item)
            continue
        if not isinstance(item.tag, str):
            continue
        if item.tag.endswith("}Sup") and is_note_mark("".join(parts), "".join(item.itertext())):
            continue
        inside: list[Any] = [item.text or ""]
        for child in item:
            inside += (child, child.tail or "")
        stack.extend(reversed(inside))
    return "".join(parts)


def _number(element: Any, name: str, default: int) -> int:
    return whole_number(element.get(SS + name), default)
