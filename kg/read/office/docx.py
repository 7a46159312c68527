"""Word documents (DOCX) to blocks, from their XML: paragraphs, headings, tables with merged cells.

Deleted text, field codes and fallback drawings are left out. Pages are those Word last laid
out (its marks are kept in the file); a document never laid out is all one page.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.blocks import LONGEST_QUOTE, Document, Paragraph, ReadIssue
from kg.errors import LimitExceeded, UnreadableInput
from kg.messages import say
from kg.read.assemble.captioned import part_tables
from kg.read.assemble.grid import RawPart, assemble_blocks
from kg.read.assemble.matrix import RawCell, RawGrid
from kg.read.office.docx_numbering import Numbering
from kg.read.office.package import Package
from kg.settings import Settings
from kg.text.lines import join_texts
from kg.text.note_marks import is_note_mark
from kg.values.place import Place

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

SKIPPED = frozenset(
    {
        W + "del",
        W + "moveFrom",
        W + "instrText",
        W + "delText",
        W + "pPr",
        W + "rPr",
        MC + "Fallback",
        W + "footnoteReference",
        W + "commentReference",
    }
)
WRAPPERS = frozenset(
    {
        W + "sdt",
        W + "sdtContent",
        W + "ins",
        W + "moveTo",
        W + "smartTag",
        W + "customXml",
        MC + "AlternateContent",
        MC + "Choice",
    }
)
MAX_SPAN = 200
"""Columns one cell may span: a hostile file claims millions."""
MAX_CELLS = 500_000
"""Cells of one file, a hundred times those of the largest published; guards memory."""


def read_docx(data: bytes, *, settings: Settings, file: str) -> Document:
    """Return the blocks of a DOCX file; places have the page that Word last laid out.

    Raises UnreadableInput if it is damaged, encrypted or empty, LimitExceeded if it unpacks to too much.
    """
    package = Package(data, settings=settings, file=file)
    body = package.parse("word/document.xml").find(W + "body")
    reader = _Reader(package, settings)
    blocks = assemble_blocks(reader.parts(body) if body is not None else ())
    if not blocks:
        raise UnreadableInput(file, say("error.input.no_text.document"))
    return Document(
        file=file,
        blocks=blocks,
        pages=reader.page,
        issues=tuple(reader.issues()),
    )


class _Reader:
    """Walks the body of one document, counting pages."""

    def __init__(self, package: Package, settings: Settings) -> None:
        self.package = package
        self.settings = settings
        self.page = 1
        self.cells = MAX_CELLS
        self.hidden: list[str] = []
        self.levels = _outline_levels(package)
        self.numbering = Numbering.of(package)

    def issues(self) -> Iterator[ReadIssue]:
        """Yield what the document hides from its reader."""
        if self.hidden:
            message = say("issue.hidden_runs", count=len(self.hidden))
            yield ReadIssue(
                code="hidden_text", place=Place(), text="、".join(self.hidden)[:LONGEST_QUOTE], message=message
            )

    def parts(self, body: Any) -> Iterator[RawPart]:
        """Yield the paragraphs and grids of the body in order."""
        for element in _unwrapped(body):
            if element.tag == W + "p":
                yield from self._paragraphs(element)
            elif element.tag == W + "tbl":
                grid = self._grid(element)
                yield from part_tables(grid.rows, grid.place, lines_above=False)

    def _paragraphs(self, element: Any) -> Iterator[Paragraph]:
        """Yield the lines of one paragraph: a forced line break parts two."""
        place = Place(page=self.page)
        level = self._level(element)
        lines = self._text(element).split("\n")
        lines[0] = self.numbering.label(element) + lines[0]
        for line in lines:
            text = " ".join(line.split())
            if text:
                yield Paragraph(text=text, place=place, level=level)

    def _level(self, element: Any) -> int:
        properties = element.find(W + "pPr")
        if properties is None:
            return 0
        outline = properties.find(W + "outlineLvl")
        if outline is not None and (outline.get(W + "val") or "").isdigit():
            number = int(outline.get(W + "val"))
            return number + 1 if number < 6 else 0
        style = properties.find(W + "pStyle")
        return self.levels.get(style.get(W + "val"), 0) if style is not None else 0

    def _text(self, element: Any) -> str:
        """Return the text of a paragraph; page marks inside it are counted."""
        pieces: list[str] = []
        stack: list[Any] = [element]
        while stack:
            item = stack.pop()
            if item.tag in SKIPPED:
                continue
            if item.tag == W + "r" and self._is_not_printed(item, "".join(pieces)):
                continue
            if item.tag == W + "t":
                pieces.append(item.text or "")
            elif item.tag == W + "tab":
                pieces.append(" ")
            elif item.tag == W + "lastRenderedPageBreak":
                self._turn_page()
            elif item.tag in (W + "br", W + "cr"):
                pieces.append("\n")
            elif item.tag == W + "noBreakHyphen":
                pieces.append("-")
            elif item.tag == W + "p" and item is not element:
                pieces.append("\n")
                stack.extend(reversed(item))
            else:
                stack.extend(reversed(item))
        return "".join(pieces)

    def _is_not_printed(self, run: Any, before: str) -> bool:
        """Return whether a run is hidden text, which is kept for an issue, or the raised mark of a note."""
        text = "".join(each.text or "" for each in run.iterfind(W + "t"))
        if any(_is_on(each) for each in run.iterfind(f"{W}rPr/{W}vanish")):
            self.hidden += [text] if text.strip() else []
            return True
        raised = run.find(f"{W}rPr/{W}vertAlign")
        return raised is not None and raised.get(W + "val") == "superscript" and is_note_mark(before, text)

    def _turn_page(self) -> None:
        self.page += 1
        if self.page > self.settings.read_max_pages:
            raise LimitExceeded(self.package.file, say("error.input.more_pages", allowed=self.settings.read_max_pages))

    def _grid(self, table: Any) -> RawGrid:
        """Return a table with its spans; a cell merged downwards counts from where it starts."""
        start = Place(page=self.page)
        rows: list[list[RawCell]] = []
        growing: dict[int, tuple[int, int]] = {}
        for row in (child for child in _unwrapped(table) if child.tag == W + "tr" and not _is_deleted(child)):
            cells: list[RawCell] = []
            column = _offset(row)
            cells.extend(self._blank() for _ in range(column))
            for cell in (child for child in _unwrapped(row) if child.tag == W + "tc"):
                span, merge = _spans(cell)
                self.cells -= 1
                if self.cells < 0:
                    raise LimitExceeded(self.package.file, say("error.input.more_cells", allowed=MAX_CELLS))
                text = join_texts(self._cell_lines(cell))
                if merge == "continue" and column in growing:
                    number, index = growing[column]
                    rows[number][index] = _taller(rows[number][index], text)
                else:
                    cells.append(RawCell(text=text, place=Place(page=self.page), col_span=span))
                    growing.pop(column, None)
                    if merge == "restart":
                        growing[column] = (len(rows), len(cells) - 1)
                column += span
            rows.append(cells)
        return RawGrid(rows=tuple(tuple(row) for row in rows), place=start, header_rows=None)

    def _blank(self) -> RawCell:
        return RawCell(text="", place=Place(page=self.page))

    def _cell_lines(self, cell: Any) -> list[str]:
        """Return the lines of a cell; a table inside it adds the lines of its cells."""
        lines: list[str] = []
        for element in _unwrapped(cell):
            if element.tag in (W + "p", W + "tbl"):
                label = self.numbering.label(element) if element.tag == W + "p" else ""
                lines.extend(line.strip() for line in (label + self._text(element)).split("\n"))
        return [line for line in lines if line]


def _unwrapped(parent: Any) -> Iterator[Any]:
    """Yield the children of an element, those inside content controls and the like in their place."""
    stack = list(reversed(parent))
    while stack:
        element = stack.pop()
        if element.tag in WRAPPERS:
            stack.extend(reversed(element))
        elif element.tag not in SKIPPED:
            yield element


def _is_on(switch: Any) -> bool:
    """Return whether a property of a run that is on or off is on; without a value it is."""
    return switch.get(W + "val", "true") not in ("0", "false", "off")


def _is_deleted(row: Any) -> bool:
    """Return whether a tracked change takes a row out of its table: like deleted words it is printed no more."""
    return row.find(f"{W}trPr/{W}del") is not None


def _offset(row: Any) -> int:
    """Return how many grid columns a row leaves out at its start."""
    before = row.find(f"{W}trPr/{W}gridBefore")
    return _number(before, 0)


def _spans(cell: Any) -> tuple[int, str]:
    """Return a cell's columns and its part in a downward merge: restart, continue or empty."""
    properties = cell.find(W + "tcPr")
    if properties is None:
        return 1, ""
    span = _number(properties.find(W + "gridSpan"), 1)
    merge = properties.find(W + "vMerge")
    return max(span, 1), "" if merge is None else (merge.get(W + "val") or "continue")


def _number(element: Any, default: int) -> int:
    value = element.get(W + "val") if element is not None else None
    return min(int(value), MAX_SPAN) if value and value.isdigit() else default


def _taller(cell: RawCell, text: str) -> RawCell:
    return RawCell(text=cell.text + text, place=cell.place, row_span=cell.row_span + 1, col_span=cell.col_span)


def _outline_levels(package: Package) -> dict[str, int]:
    """Return the heading level of each paragraph style that has one."""
    if "word/styles.xml" not in package.names:
        return {}
    levels: dict[str, int] = {}
    for style in package.parse("word/styles.xml").iter(W + "style"):
        name = style.find(W + "name")
        outline = style.find(f"{W}pPr/{W}outlineLvl")
        named = (name.get(W + "val") or "").lower() if name is not None else ""
        if outline is not None and (outline.get(W + "val") or "").isdigit():
            number = int(outline.get(W + "val")) + 1
        elif named.startswith("heading ") and named[8:].isdigit():
            number = int(named[8:])
        else:
            continue
        if number <= 6:
            levels[style.get(W + "styleId")] = number
    return levels
