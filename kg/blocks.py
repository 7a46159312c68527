"""What a reader returns: a Document of Paragraphs and Tables in reading order, each with its Place.

Readers (kg.read) make blocks from bytes; extractors (kg.extract) see nothing else. A block
knows where it stands but not what it means: roles of tables and columns are found in
kg.extract.tables.recognise.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.messages import Message
from kg.values.place import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A heading (`level` 1…6) or a run of prose (`level` 0).

    `text` has the wrapped lines of one paragraph joined without invented blanks;
    `line_starts` maps it back: pairs (offset in text, physical line), ascending.
    """

    text: str
    place: Place
    level: int = 0
    line_starts: tuple[tuple[int, int], ...] = ()

    def line_at(self, offset: int) -> int | None:
        """Return the physical line that character `offset` of the text was printed on."""
        line = self.place.line
        for start, number in self.line_starts:
            if start > offset:
                break
            line = number
        return line


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of a table, in the grid position of its top left corner (both from 0).

    `text` is as printed, trimmed; a cell cut by a page break is whole here, its later parts in
    `continued` as (offset in text, place).
    """

    text: str
    row: int
    column: int
    place: Place
    row_span: int = 1
    col_span: int = 1
    continued: tuple[tuple[int, Place], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of the body, left to right. Empty cells are present with empty text."""

    cells: tuple[Cell, ...]
    place: Place

    @property
    def number(self) -> int:
        """The grid row, which no other row of the table has; -1 for a row without cells."""
        return self.cells[0].row if self.cells else -1

    def text(self, column: int) -> str:
        """Return the text in grid column `column`, empty beyond the row's end."""
        return self.cells[column].text if column < len(self.cells) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableBand:
    """One header of a table with the rows below it. Most tables have one band, forms print several.

    `paths` are the header paths of its grid columns, `label` is the text that stands beside the whole band
    in a form (年度主要任务), empty elsewhere.
    """

    paths: tuple[tuple[str, ...], ...]
    header_rows: tuple[Row, ...]
    rows: tuple[Row, ...]
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A logical table: parts on several pages are one, repeated headers taken out.

    title      the printed caption without its number, e.g. 部门支出总表(按功能科目); may be empty
    number     the printed number, e.g. 表三; None where none is printed
    unit       万元, 元, … as printed for this table; None where none is printed
    owner      the department printed above it (部门: …), None if absent
    header     per grid column the header path, outermost first, e.g. ("本年收入", "财政拨款", "小计")
    header_rows, rows   the header cells as printed (first part of the table) and the body
    bands      the same rows by the header they stand under, at least one band
    notes      lines printed right under the table (注：…)
    """

    title: str
    number: str | None
    unit: str | None
    owner: str | None
    header: tuple[tuple[str, ...], ...]
    header_rows: tuple[Row, ...]
    rows: tuple[Row, ...]
    bands: tuple[TableBand, ...]
    place: Place
    notes: tuple[Paragraph, ...] = ()

    @property
    def caption(self) -> str:
        """Number and title as one line, as a source names the table."""
        return " ".join(part for part in (self.number, self.title) if part)


Block = Paragraph | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Everything read from one file. `file` is the bare name, `sha256` of its bytes in hex.

    `sha256` and `media_type` are set by kg.read.read_document, which has the file; a reader alone leaves them empty.
    """

    file: str
    blocks: tuple[Block, ...]
    sha256: str = ""
    media_type: str = ""
    encoding: str | None = None
    pages: int | None = None
    issues: tuple[ReadIssue, ...] = field(default=())

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, Table))

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs and headings in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))


LONGEST_QUOTE = 200
"""Characters of what wasn't read that an issue quotes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadIssue:
    """Something a reader could not read with certainty; becomes a kg.issues.Issue later."""

    code: str
    place: Place
    text: str
    message: Message
