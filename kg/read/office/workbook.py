"""What the parts of an XLSX package say: its sheets, shared texts and number formats, and the fields of a sheet.

ECMA-376 part 1, chapter 18 (SpreadsheetML). Fields are kept by row and column, so that a cell at the far end of a
sheet costs what one cell costs.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from kg.errors import LimitExceeded
from kg.messages import say
from kg.read.office.number_format import GENERAL, builtin_formats, show_number
from kg.read.office.package import Package
from kg.read.office.sheet import MAX_CELLS, MAX_COLUMNS, Merge, printed_value
from kg.text.note_marks import is_note_mark

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_LONGEST_NUMBER = 9
"""Digits of a row, a column or a style; more claim what no sheet has."""
_ADDRESS = re.compile(r"([A-Za-z]{1,3})(\d{1,7})")


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPart:
    """One sheet of a workbook: its name, its part, whether the workbook shows it."""

    name: str
    part: str
    shown: bool


@dataclass(slots=True, kw_only=True)
class Fields:
    """The fields of a sheet that say something, by (row, column) from 0, and what the sheet keeps from its reader."""

    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    unvalued: list[tuple[int, int, str]] = field(default_factory=list)  # formulas without a stored value
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    def is_hidden(self, row: int, column: int) -> bool:
        """Return whether the sheet doesn't show a field."""
        return row in self.hidden_rows or column in self.hidden_columns

    def hide_columns(self, first: int, last: int) -> None:
        """Keep columns from the sheet's reader, as far as a sheet can have them."""
        self.hidden_columns.update(range(first, min(last, MAX_COLUMNS) + 1))


class Workbook:
    """The workbook of a package. Raises UnreadableInput and LimitExceeded as the package does."""

    def __init__(self, package: Package) -> None:
        self._package = package
        root = package.parse("xl/workbook.xml")
        self._from_1904 = any(each.get("date1904") in ("1", "true") for each in _named(root, "workbookPr"))
        related = self._related()
        self.sheets = tuple(
            SheetPart(
                name=sheet.get("name", ""),
                part=related[number],
                shown=sheet.get("state", "visible") == "visible",
            )
            for sheet in _named(root, "sheet")
            if (number := sheet.get(_RELATION) or sheet.get(_STRICT_RELATION) or "") in related
        )
        self._shared = self._read_shared()
        self._formats = self._read_formats()

    def fields(self, sheet: SheetPart) -> Fields:
        """Return the fields of a sheet, numbers as they are shown. Raises LimitExceeded past MAX_CELLS."""
        root = self._package.parse(sheet.part)
        found = Fields()
        for column in _named(root, "col"):
            if _is_true(column.get("hidden")) or column.get("width") == "0":
                found.hide_columns(whole_number(column.get("min"), 1) - 1, whole_number(column.get("max"), 0) - 1)
        for number, row in enumerate(_named(root, "row")):
            at = whole_number(row.get("r"), number + 1) - 1
            if _is_true(row.get("hidden")) or row.get("ht") == "0":
                found.hidden_rows.add(at)
            self._read_row(row, at, found)
            if len(found.texts) > MAX_CELLS:
                raise LimitExceeded(
                    self._package.file, say("error.input.more_cells", allowed=MAX_CELLS), place=sheet.name
                )
        for merge in _named(root, "mergeCell"):
            first, _, last = merge.get("ref", "").partition(":")
            if (start := _address(first)) and (end := _address(last)):
                found.merges.append(Merge(*start, *end))
        return found

    def _read_row(self, row: Any, at: int, found: Fields) -> None:
        for place, cell in enumerate(each for each in row if _tag(each) == "c"):
            address = _address(cell.get("r", "")) or (at, place)
            text = self._text(cell)
            if text:
                found.texts[address] = text
            formula = next((each for each in cell if _tag(each) == "f"), None)
            if formula is not None and all(_tag(each) != "v" or not (each.text or "").strip() for each in cell):
                found.unvalued.append((*address, formula.text or ""))
                found.texts[address] = f"={formula.text or ''}"  # what stands there; a blank would count as nothing

    def _text(self, cell: Any) -> str:
        """Return what a cell shows."""
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return printed_value("".join(_rich_text(each) for each in cell if _tag(each) == "is"))
        stored = next((each.text or "" for each in cell if _tag(each) == "v"), "")
        if kind == "s":
            place = whole_number(stored, len(self._shared))
            return self._shared[place] if place < len(self._shared) else ""
        if kind == "b":
            return printed_value(stored == "1") if stored else ""
        if kind in ("str", "e", "d"):
            return printed_value(stored)
        try:
            value = Decimal(stored) if stored else None
        except InvalidOperation:
            return printed_value(stored)
        if value is None or not value.is_finite():
            return ""
        style = whole_number(cell.get("s"), 0)
        code = self._formats[style] if 0 <= style < len(self._formats) else GENERAL
        return show_number(value, code, from_1904=self._from_1904)

    def _related(self) -> dict[str, str]:
        """Return the parts of the worksheets by the ids of their relations; charts and macro sheets are none."""
        name = "xl/_rels/workbook.xml.rels"
        if name not in self._package.names:
            return {}
        return {
            relation.get("Id", ""): _part_name(relation.get("Target", ""))
            for relation in _named(self._package.parse(name), "Relationship")
            if relation.get("Type", "").endswith("/worksheet")
        }

    def _read_shared(self) -> list[str]:
        name = "xl/sharedStrings.xml"
        if name not in self._package.names:
            return []
        return [printed_value(_rich_text(entry)) for entry in _named(self._package.parse(name), "si")]

    def _read_formats(self) -> list[str]:
        """Return the code of the number format of each style of cells."""
        name = "xl/styles.xml"
        if name not in self._package.names:
            return []
        root = self._package.parse(name)
        codes = dict(builtin_formats())
        for entry in _named(root, "numFmt"):
            codes[whole_number(entry.get("numFmtId"), -1)] = entry.get("formatCode", GENERAL)
        styles = next(iter(_named(root, "cellXfs")), ())
        return [codes.get(whole_number(style.get("numFmtId"), 0), GENERAL) for style in styles if _tag(style) == "xf"]


def _rich_text(entry: Any) -> str:
    """Return the text of an entry, without how it is pronounced and without raised note marks."""
    parts: list[str] = []
    for element in entry:
        if _tag(element) == "t":
            parts.append(element.text or "")
        elif _tag(element) == "r":
            text = "".join(each.text or "" for each in element if _tag(each) == "t")
            raised = any(each.get("val") == "superscript" for each in _named(element, "vertAlign"))
            if not (raised and is_note_mark("".join(parts), text)):
                parts.append(text)
    return "".join(parts)


def _named(root: Any, name: str) -> Iterator[Any]:
    """Yield the elements of a local name, in whatever namespace (the strict and the usual one) they are."""
    yield from root.iter("{*}" + name)


def _tag(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def whole_number(value: str | None, default: int) -> int:
    """Return the whole number that an attribute holds, `default` for anything else: files are not to be trusted."""
    value = (value or "").strip()
    return int(value) if value.isascii() and value.isdigit() and len(value) < _LONGEST_NUMBER else default


def _is_true(value: str | None) -> bool:
    return value in ("1", "true", "on")


def _part_name(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")


def _address(text: str) -> tuple[int, int] | None:
    """Return row and column from 0 of an address such as B12."""
    match = _ADDRESS.fullmatch(text)
    if match is None:
        return None
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1
