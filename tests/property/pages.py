"""Page breaks and repeated headers: removed, added, moved; rows cut by a break."""

from __future__ import annotations

import re
from random import Random

from tests.property.altering import Altered
from tests.property.sheets import Sheet, find_sheets, is_number

LONG = 60
TITLE = re.compile(r"表(?:[（(][^（(]*[）)])?$")


def remove_repeated_headers(text: str, dice: Random) -> Altered:
    """Print every table continued under a repeated header as if on one page."""
    lines = text.split("\n")
    gone: set[int] = set()
    for sheet in find_sheets(lines):
        if dice.random() < 0.7:
            for before, part in zip(sheet.parts, sheet.parts[1:], strict=False):
                gone |= set(range(before.end, part.body))
                if _goes_on(lines[before.end - 1].split("\t"), lines[part.body].split("\t")):
                    _join(lines, before.end - 1, part.body)
                    gone.add(part.body)
    return Altered(text="\n".join(line for number, line in enumerate(lines) if number not in gone))


def add_page_breaks(text: str, dice: Random) -> Altered:
    """Break tables after some row, with their title and header repeated or with a blank line only."""
    lines = text.split("\n")
    breaks: dict[int, list[str]] = {}
    for sheet in _sizeable(lines):
        rows = [row for row in sheet.body() if row not in {part.body for part in sheet.parts}]
        if rows and dice.random() < 0.6:
            breaks[dice.choice(rows)] = dice.choice(([""], ["", *_header(lines, sheet)]))
    return Altered(text="\n".join(_with(lines, breaks)))


def cut_rows(text: str, dice: Random) -> Altered:
    """Cut a row with long texts by a page break; the rest of each text goes on under empty cells."""
    lines = text.split("\n")
    breaks: dict[int, list[str]] = {}
    for sheet in _sizeable(lines):
        long = [row for row in sheet.body() if _is_whole(lines, row)]
        if long and dice.random() < 0.6:
            row = dice.choice(long)
            head, rest = _cut(lines[row].split("\t"), dice)
            lines[row] = "\t".join(head)
            header = dice.choice(([""], ["", *_header(lines, sheet)]))
            breaks[row + 1] = [*header, "\t".join(rest)]
    return Altered(text="\n".join(_with(lines, breaks)))


def _goes_on(above: list[str], row: list[str]) -> bool:
    """Whether a row carries on the texts of the row above: no name, no number, texts unfinished above."""
    filled = [column for column, cell in enumerate(row) if cell.strip()]
    return all(
        column > 1 and len(row[column]) > 12 and len(above[column]) > 12 and above[column][-1] not in "。；;"
        for column in filled
    )


def _join(lines: list[str], above: int, row: int) -> None:
    pairs = zip(lines[above].split("\t"), lines[row].split("\t"), strict=False)
    lines[above] = "\t".join(head + rest for head, rest in pairs)


def _header(lines: list[str], sheet: Sheet) -> list[str]:
    """Return what a new page repeats above a table: nothing where a sentence introduces it."""
    first = sheet.parts[0]
    return lines[first.frame : first.body] if TITLE.search(sheet.title) and not _is_form(lines, sheet) else []


def _is_form(lines: list[str], sheet: Sheet) -> bool:
    """Whether a table has bands of its own headers further down, so that its first header isn't repeated."""
    body = sheet.body()
    return sum(any(is_number(cell) for cell in lines[row].split("\t")) for row in body) * 2 < len(body)


def _sizeable(lines: list[str]) -> list[Sheet]:
    """Return the titled tables of at least four rows, whose breaks a reader can tell from a table's end."""
    return [sheet for sheet in find_sheets(lines) if sheet.title and len(sheet.body()) >= 4]


def _is_whole(lines: list[str], row: int) -> bool:
    """Whether a row has a long last text, a number and a name, and doesn't stand beside a break."""
    cells = lines[row].split("\t")
    return (
        any(len(cell) >= LONG and "<" not in cell for cell in cells)
        and any(is_number(cell) for cell in cells)
        and row + 1 < len(lines)
        and "" not in (lines[row - 1], lines[row + 1])
    )


def _cut(cells: list[str], dice: Random) -> tuple[list[str], list[str]]:
    head, rest = list(cells), [""] * len(cells)
    for column, cell in enumerate(cells):
        if len(cell) >= LONG:
            inner = [n for n in range(20, len(cell) - 20) if _joins(cell[n - 1]) and _joins(cell[n])]
            if inner:
                at = dice.choice(inner)
                head[column], rest[column] = cell[:at], cell[at:]
    return head, rest


def _joins(letter: str) -> bool:
    """A text is cut between two Chinese letters only, as a page would; the halves join without a blank."""
    return "\u4e00" <= letter <= "\u9fff" and letter not in "一二三四五六七八九十第"


def _with(lines: list[str], breaks: dict[int, list[str]]) -> list[str]:
    return [piece for number, line in enumerate(lines) for piece in (*breaks.get(number, ()), line)]
