"""Plain text to blocks: encoding, markup residue, and the two ways texts print tables.

Tab-separated: one row a line, fields between tabs. One cell a line: each cell on a line of its
own behind one tab, rows parted by an empty line (what converters make of Word tables).
"""

from __future__ import annotations

import re

from kg.blocks import Document, Paragraph
from kg.errors import UnreadableInput, UnsupportedFormat
from kg.messages import say
from kg.read.assemble.grid import RawPart, assemble_blocks
from kg.read.plain.dialects import read_cell_lines, read_tab_lines
from kg.read.plain.markup import strip_markup
from kg.settings import Settings
from kg.values.place import Place

_MARKDOWN = re.compile(r"^\s*(?P<hashes>#{1,6})\s+|^\s*[-*•]\s+(?=\S)")
_CELL_LINE = re.compile(r"^\t[^\t]*$")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\ufffd]")
_COMMON = re.compile(r"[\u4e00-\u9fff]")

_SAMPLE, _STRANGE = 20_000, 50
"""Characters looked at, and one control character in how many of them is too much for text."""
_FEWEST_CELL_LINES = 3
"""Lines of one cell each that make a table: two may be a wrapped paragraph."""
_ORDINARY_FIELDS = 6
"""Fewer one-cell lines before tab-separated rows are the stub of those rows, not a table of their own."""


def read_plain(data: bytes, *, settings: Settings, file: str) -> Document:
    """Return the blocks of a text file as `read_text` does; text costs nothing that settings limit."""
    return read_text(data, file=file)


def read_text(data: bytes, *, file: str) -> Document:
    """Return the blocks of a text file; `encoding` says what it was decoded from.

    Raises UnreadableInput if it is empty, binary or truncated inside a character, UnsupportedFormat if it
    holds no Chinese text. That it is no file of another kind kg.read.sniff has seen.
    """
    text, encoding = decode(data, file=file)
    blocks = assemble_blocks(read_parts(text))
    return Document(
        file=file,
        blocks=blocks,
        encoding=encoding,
    )


def decode(data: bytes, *, file: str) -> tuple[str, str]:
    """Return the text and the encoding it was in: UTF-8, UTF-16 with a mark, or GB18030."""
    if not data.strip():
        raise UnreadableInput(file, say("error.input.empty"))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(data, "utf-16", file), "utf-16"
    if b"\x00" in data:
        raise UnreadableInput(file, say("error.input.binary"), place=say("error.input.byte", byte=data.index(0) + 1))
    try:
        text, encoding = data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError as error:
        if _is_cut_utf8(data, error):
            where = say("error.input.byte", byte=error.start + 1)
            raise UnreadableInput(file, say("error.input.cut"), place=where) from error
        text, encoding = _decoded(data, "gb18030", file), "gb18030"
    _check_readable(text, file)
    return text.replace("\r\n", "\n").replace("\r", "\n"), encoding


def _is_cut_utf8(data: bytes, error: UnicodeDecodeError) -> bool:
    return error.start >= len(data) - 4 and error.reason == "unexpected end of data" and error.start > 0


def _decoded(data: bytes, encoding: str, file: str) -> str:
    try:
        return data.decode(encoding).lstrip("\ufeff")
    except UnicodeDecodeError as error:
        where = say("error.input.byte", byte=error.start + 1)
        if error.start >= len(data) - 4:
            raise UnreadableInput(file, say("error.input.cut"), place=where) from error
        raise UnreadableInput(file, say("error.input.encoding"), place=where) from error


def _check_readable(text: str, file: str) -> None:
    sample = text[:_SAMPLE]
    strange = len(_CONTROL.findall(sample))
    if strange * _STRANGE > len(sample):
        raise UnreadableInput(file, say("error.input.controls"))
    if not _COMMON.search(text):
        raise UnsupportedFormat(file, say("error.input.not_chinese"))


def read_parts(text: str) -> list[RawPart]:
    """Return the lines and raw grids of a text, places counted in its physical lines."""
    lines = [strip_markup(line) for line in text.split("\n")]
    parts: list[RawPart] = []
    number = 0
    while number < len(lines):
        if "\t" not in lines[number]:
            parts.extend(_read_line(lines[number], number + 1))
            number += 1
            continue
        end = _end_of_cell_lines(lines, number)
        if end is not None:
            parts.extend(read_cell_lines(lines, number, end))
            number = end
            continue
        end = number
        while end < len(lines) and "\t" in lines[end]:
            end += 1
        parts.append(read_tab_lines(lines, number, end))
        number = end
    return parts


def _read_line(line: str, number: int) -> list[RawPart]:
    mark = _MARKDOWN.match(line)
    level = len(mark["hashes"]) if mark is not None and mark["hashes"] else 0
    text = (line[mark.end() :] if mark is not None else line).strip().strip("\u3000").replace("**", "").strip()
    if not text or set(text) <= set("-=_|: "):
        return []
    return [Paragraph(text=text, level=level, place=Place(line=number, col=1), line_starts=((0, number),))]


def _end_of_cell_lines(lines: list[str], start: int) -> int | None:
    """Return where a run of one-cell lines ends, None if the lines at `start` are no such run.

    Empty lines part the rows; the run ends before the next line of prose.
    """
    count, end, number = 0, start, start
    while number < len(lines) and (not lines[number].strip(" \r\f") or _CELL_LINE.match(lines[number])):
        if lines[number].strip(" \r\f"):
            count += 1
            end = number + 1
        number += 1
    if number < len(lines) and lines[number].count("\t") > 1 and count < _ORDINARY_FIELDS:
        return None
    return end if count >= _FEWEST_CELL_LINES else None
