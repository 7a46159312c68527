"""Rows and projects reordered where order carries no meaning: leaves of one parent, projects, duties."""

from __future__ import annotations

import re
from random import Random

from tests.property.altering import Altered
from tests.property.sheets import CODE, is_number

DUTY = re.compile(r"^\t[一二三四五六七八九十]+、")


def reorder_rows(text: str, dice: Random) -> Altered:
    """Shuffle neighbouring rows that stand on one level under one parent."""
    lines = text.split("\n")
    start = 0
    while start < len(lines):
        end = start
        level = _level(lines, start)
        while level and end < len(lines) and _level(lines, end) == level:
            end += 1
        if end - start > 1:
            rows = lines[start:end]
            dice.shuffle(rows)
            lines[start:end] = rows
        start = max(end, start + 1)
    return Altered(text="\n".join(lines))


def reorder_duties(text: str, dice: Random) -> Altered:
    """Shuffle blocks of a table that prints one cell a line: a numbered duty with its activities."""
    lines = text.split("\n")
    starts = [number for number, line in enumerate(lines) if DUTY.match(line)]
    if len(starts) < 2:
        return Altered(text=text)
    end = next(n for n in range(starts[-1], len(lines)) if lines[n : n + 2] == ["", ""])
    blocks = [lines[a:b] for a, b in zip(starts, [*starts[1:], end + 1], strict=True)]
    dice.shuffle(blocks)
    lines[starts[0] : end + 1] = [line for block in blocks for line in block]
    return Altered(text="\n".join(lines))


def _level(lines: list[str], number: int) -> tuple[str, int] | None:
    """Return what rows must share to change places, None for a row that must stay.

    A row beside a page break stays: its text may go on there. So does one of a table whose
    codes slipped against its amounts (its header words stand beside a number).
    """
    line = lines[number]
    if line.count("\t") < 2 or "" in lines[number - 1 : number + 2] or _is_slipped(lines, number):
        return None
    for cell in line.split("\t")[:2]:
        code = CODE.match(cell)
        if code and len(code[1]) >= 5 and _is_leaf(lines, number, code[1]):
            return code[1][:-2], line.count("\t")
    first = line.split("\t")[0]
    if is_number(first) and len(first) < 3:
        return "serial", line.count("\t")
    return None


def _is_leaf(lines: list[str], number: int, code: str) -> bool:
    """A leaf is a 项 of seven digits or an economic 款 of five (its 类 begins with 3 or 5)."""
    return len(code) == 7 or (len(code) == 5 and code[0] in "35")


def _is_slipped(lines: list[str], number: int) -> bool:
    while number >= 0 and "\t" in lines[number]:
        cells = lines[number].split("\t")
        if "科目编码" in cells and any(is_number(cell) for cell in cells):
            return True
        number -= 1
    return False
