"""CSV and TSV to blocks: a table exported as text, with the lines of its caption above and between tables.

The delimiter is the one that parts the most rows into the same number of fields; a suffix says too little (semicolons
in .csv, tabs in .xls). A cell's `line` is the line its row begins on, `col` its field.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass

from kg.blocks import Document
from kg.read.assemble.captioned import part_tables
from kg.read.assemble.grid import assemble_blocks
from kg.read.assemble.matrix import RawCell
from kg.read.plain.reader import decode, read_parts
from kg.settings import Settings
from kg.text.lines import join_texts
from kg.values.place import Place

DELIMITERS = ("\t", ",", ";", "|")
_SEPARATOR_LINE = re.compile(r"sep=.\n", re.IGNORECASE)
"""What Excel writes in the first line to know the delimiter again."""
_KEPT_AS_TEXT = re.compile(r"=\"(?P<text>[^\"]*)\"|'(?P<digits>[\d,.%-]+)")
"""Ways to keep a program from taking a code for a number: ="0301" and '0301."""
_MOST_LINES = 50
"""Lines of one field: more stand behind a quotation mark that nothing closes."""


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    fields: tuple[str, ...]


def read_delimited(data: bytes, *, settings: Settings, file: str) -> Document:
    """Return the blocks of a CSV or TSV file; text without any delimiter is read as plain text.

    Raises UnreadableInput if it is empty, binary or cut, UnsupportedFormat if it holds no Chinese text.
    """
    text, encoding = decode(data, file=file)
    rows = _best_rows(text)
    if not rows:
        return Document(file=file, blocks=assemble_blocks(read_parts(text)), encoding=encoding)
    cells = [
        tuple(RawCell(text=_shown(field), place=Place(line=row.line, col=column))
              for column, field in enumerate(row.fields, 1))
        for row in rows
    ]  # fmt: skip
    parts = part_tables(cells, Place(line=1, col=1), lines_above=True, spans_known=False)
    return Document(file=file, blocks=assemble_blocks(parts), encoding=encoding)


def _best_rows(text: str) -> list[_Row]:
    """Return the rows by the delimiter that fits best, none if no delimiter parts any two of them alike."""
    best, fits = [], 1
    for delimiter in DELIMITERS:
        if delimiter in text:
            rows = _rows(text, delimiter)
            widths = Counter(len(row.fields) for row in rows if len(row.fields) > 1)
            if widths and max(widths.values()) > fits:
                best, fits = rows, max(widths.values())
    return best


def _rows(text: str, delimiter: str) -> list[_Row]:
    try:
        rows = _parsed(text, delimiter, csv.QUOTE_MINIMAL)
        if all(field.count("\n") < _MOST_LINES for row in rows for field in row.fields):
            return rows
    except csv.Error:  # a field longer than any: the same quotation mark
        pass
    return _parsed(text, delimiter, csv.QUOTE_NONE)


def _parsed(text: str, delimiter: str, quoting: int) -> list[_Row]:
    rows: list[_Row] = []
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter, quoting=quoting)  # type: ignore[arg-type]
    before = 0
    for fields in reader:
        if before or not _SEPARATOR_LINE.fullmatch(text[: text.find("\n") + 1]):
            rows.append(_Row(before + 1, tuple(fields)))
        before = reader.line_num
    return rows


def _shown(field: str) -> str:
    text = join_texts([line.strip() for line in field.replace("\u00a0", " ").splitlines() if line.strip()])
    kept = _KEPT_AS_TEXT.fullmatch(text)
    return text if kept is None else kept["text"] or kept["digits"] or ""
