"""Excel workbooks (XLSX) to blocks: each shown sheet as its reader sees it, numbers in their formats.

What a sheet hides (rows, columns, whole sheets) isn't published and is left out; so is a formula whose value isn't
stored, and a cell far off the table. Each is named in an issue.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise

from kg.blocks import LONGEST_QUOTE, Document, Paragraph, ReadIssue
from kg.errors import LimitExceeded, UnreadableInput
from kg.messages import Message, say
from kg.read.assemble.grid import RawPart, assemble_blocks
from kg.read.office.package import Package
from kg.read.office.sheet import Merge, check_size, sheet_parts
from kg.read.office.workbook import Fields, SheetPart, Workbook
from kg.read.office.xls import read_binary_workbook
from kg.settings import Settings
from kg.values.place import Place

_FAR_ROWS, _FAR_COLUMNS = 500, 60
"""Empty rows or columns behind which a cell is no part of the table: pages of blanks, left there by a slip."""
_MOST_NAMED = 20
"""Formulas of a sheet named one by one; all are counted."""


def read_xlsx(data: bytes, *, settings: Settings, file: str) -> Document:
    """Return the blocks of a workbook; `page` is the number of the sheet.

    Raises UnreadableInput if it is damaged, encrypted or empty, LimitExceeded if it is too large.
    """
    package = Package(data, settings=settings, file=file)
    if "xl/workbook.xml" not in package.names:
        return read_binary_workbook(data, settings=settings, file=file)
    workbook = Workbook(package)
    sheets = ((sheet, workbook.fields(sheet)) for sheet in workbook.sheets)
    return to_document(sheets, len(workbook.sheets), settings=settings, file=file)


def to_document(sheets: Iterable[tuple[SheetPart, Fields]], count: int, *, settings: Settings, file: str) -> Document:
    """Return the blocks of `count` sheets, each with its fields. Raises as `read_xlsx` does."""
    if count > settings.read_max_pages:
        raise LimitExceeded(file, say("error.input.sheets", count=count, allowed=settings.read_max_pages))
    parts: list[RawPart] = []
    issues: list[ReadIssue] = []
    for number, (sheet, fields) in enumerate(sheets, 1):
        issues += _left_out(sheet, fields, number)
        if sheet.shown:
            parts += _parts(sheet, fields, number, file, issues)
    blocks = assemble_blocks(parts)
    if not blocks:
        raise UnreadableInput(file, say("error.input.no_cells"))
    return Document(file=file, blocks=blocks, pages=count, issues=tuple(issues))


def _left_out(sheet: SheetPart, fields: Fields, number: int) -> Iterator[ReadIssue]:
    """Yield what the sheet keeps from its reader, and formulas that print nothing."""
    if not sheet.shown:
        if fields.texts:
            yield _issue("hidden_text", number, say("issue.hidden_sheet", name=sheet.name, count=len(fields.texts)))
        return
    hidden = sorted(text for place, text in fields.texts.items() if fields.is_hidden(*place))
    if hidden:
        yield _issue(
            "hidden_text", number, say("issue.hidden_cells", count=len(hidden)), "、".join(hidden)[:LONGEST_QUOTE]
        )
    shown = [(row, column, text) for row, column, text in fields.unvalued if not fields.is_hidden(row, column)]
    for row, column, formula in shown[:_MOST_NAMED]:
        message = say("issue.formula_without_value", cell=f"{_letters(column)}{row + 1}")
        yield _issue("formula_without_value", number, message, f"={formula}")
    if len(shown) > _MOST_NAMED:
        yield _issue("formula_without_value", number, say("issue.formulas_without_value", count=len(shown)))


def _parts(sheet: SheetPart, fields: Fields, number: int, file: str, issues: list[ReadIssue]) -> Iterator[RawPart]:
    """Yield the parts of a shown sheet: its shown rows and columns closed up, stray cells as paragraphs behind them."""
    places = sorted(place for place in fields.texts if not fields.is_hidden(*place))
    rows, stray_rows = _together(sorted({row for row, _ in places}), _FAR_ROWS)
    columns, stray_columns = _together(sorted({column for row, column in places if row in rows}), _FAR_COLUMNS)
    height, width = max(rows, default=-1) + 1, max(columns, default=-1) + 1
    check_size(height, width, sheet=sheet.name, file=file)
    kept_rows = [row for row in range(height) if row not in fields.hidden_rows]
    kept_columns = [column for column in range(width) if not fields.is_hidden(-1, column)]
    grid = [[fields.texts.get((row, column), "") for column in kept_columns] for row in kept_rows]
    yield from sheet_parts(grid, _closed_up(fields.merges, kept_rows, kept_columns), number)
    for row, column in places:
        if row in stray_rows or column in stray_columns:
            text = fields.texts[row, column]
            issues.append(
                _issue("stray_cell", number, say("issue.stray_cell", cell=f"{_letters(column)}{row + 1}"), text)
            )
            yield Paragraph(text=text, place=Place(page=number))


def _together(positions: list[int], gap: int) -> tuple[set[int], set[int]]:
    """Return the positions up to the first gap of so many, and those behind it."""
    for place, (before, after) in enumerate(pairwise(positions), 1):
        if after - before > gap:
            return set(positions[:place]), set(positions[place:])
    return set(positions), set()


def _closed_up(merges: list[Merge], rows: list[int], columns: list[int]) -> Iterator[Merge]:
    """Yield merged cells by what is left of them once hidden rows and columns are gone; both lists ascend."""
    for merge in merges:
        top, bottom = bisect_left(rows, merge.top), bisect_right(rows, merge.bottom) - 1
        left, right = bisect_left(columns, merge.left), bisect_right(columns, merge.right) - 1
        if top <= bottom and left <= right:
            yield Merge(top, left, bottom, right)


def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _issue(code: str, page: int, message: Message, text: str = "") -> ReadIssue:
    return ReadIssue(code=code, place=Place(page=page), text=text, message=message)
