"""The tables of a plain text as runs of tab-separated lines: just enough of them to alter a text.

It knows nothing of kg: what a reader makes of the same lines is what the tests look at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
CODE = re.compile(r"\[?(\d{3}(?:\d\d){0,2})\]?")
LABEL = re.compile(r"(?:部门|单位|编制部门)[^:：]{0,3}[:：]|表\s*[\d一二三四五六七八九十]+$|\d{4}\s*年度?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One page of a table, as line numbers from 0: frame (title, 部门, 单位), header rows, body rows, end."""

    frame: int
    header: int
    body: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table over one or more pages."""

    title: str
    parts: tuple[Part, ...]

    def lines(self) -> list[int]:
        """Return the numbers of all its tab-separated lines, headers included."""
        return [line for part in self.parts for line in range(part.header, part.end)]

    def body(self) -> list[int]:
        """Return the numbers of its body lines."""
        return [line for part in self.parts for line in range(part.body, part.end)]


def is_number(cell: str) -> bool:
    """Whether a cell holds one number and nothing else."""
    return NUMBER.fullmatch(cell.strip()) is not None


def is_column_numbers(cells: list[str]) -> bool:
    """Whether a row only numbers the columns: 1, 2, 3 …"""
    return len(cells) > 2 and [cell.strip() for cell in cells] == [str(n) for n in range(1, len(cells) + 1)]


def find_sheets(lines: list[str]) -> list[Sheet]:
    """Return the tables of a text, those continued under a repeated title or after a blank line as one."""
    sheets: list[tuple[str, list[str], list[Part]]] = []
    last_end = 0
    for start, end in _runs(lines):
        frame, title = _frame(lines, last_end, start)
        body = _body_start(lines, start, end)
        header = [_bare(line) for line in lines[start:body]]
        last = sheets[-1] if sheets else None
        if last and title and title == last[0] and header == last[1]:
            last[2].append(Part(frame=frame, header=start, body=body, end=end))
        elif last and not title and start - last_end == 1:
            last[2].append(Part(frame=start, header=start, body=start, end=end))
        else:
            sheets.append((title, header, [Part(frame=frame, header=start, body=body, end=end)]))
        last_end = end
    return [Sheet(title=title, parts=tuple(parts)) for title, _, parts in sheets]


def _runs(lines: list[str]) -> list[tuple[int, int]]:
    runs, start = [], None
    for number, line in enumerate([*lines, ""]):
        is_row = line.count("\t") >= 2  # one tab only: a cell a line, not a row
        if is_row and start is None:
            start = number
        elif not is_row and start is not None:
            runs.append((start, number))
            start = None
    return runs


def _frame(lines: list[str], floor: int, start: int) -> tuple[int, str]:
    """Return where the lines above a run that belong to it begin, and its title."""
    frame, title, number = start, "", start - 1
    while number >= floor and len(lines[number]) < 40 and start - number < 12:
        text = lines[number].strip("# ")
        if text.startswith("注"):
            break
        if text and not LABEL.match(text):
            if title:
                break
            title = _bare(text)
        if text:
            frame = number
        number -= 1
    return frame, title


def _body_start(lines: list[str], start: int, end: int) -> int:
    for number in range(start, end):
        cells = lines[number].split("\t")
        if is_column_numbers(cells):
            return number + 1
        if any(is_number(cell) for cell in cells):
            return number
    return min(start + 1, end)


def _bare(line: str) -> str:
    return re.sub(r"[# ]+", "", line)
