"""Raw grids and lines of any format -> Paragraph and Table blocks, in reading order.

Every reader ends here, so that captions, units, header paths, repeated headers, tables that go
on over pages and cells cut by a page break are understood in one way for all formats.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from kg.blocks import Block, Paragraph
from kg.read.assemble.captions import Caption, CaptionPiece, is_note, names_table, read_caption_piece
from kg.read.assemble.headings import Contents, Sections, goes_on, heading_level, join_lines, with_section
from kg.read.assemble.matrix import RawCell, RawGrid
from kg.read.assemble.parts import Builder, Part, read_part
from kg.text.folding import compact, join_wrapped
from kg.values.item_mark import strip_item_mark
from kg.values.place import Place

__all__ = ["RawCell", "RawGrid", "RawPart", "assemble_blocks"]

RawPart = Paragraph | RawGrid
_PAGE_NUMBER = re.compile(r"^[-—－\s]*(?:第\s*)?\d{1,4}\s*页?[-—－\s]*$")
CONTENTS_SECTION = "目录"
_CAPTION_REACH = 8
_SHORT_TITLE = 4
_CHINESE = re.compile(r"[\u4e00-\u9fff]{2}")

_LONGEST_UNTITLED, _LONGEST_ALONE = 40, 30
"""Characters of a line that is taken for a title by its place: above the unit of its table, or above the table."""


def assemble_blocks(parts: Iterable[RawPart]) -> tuple[Block, ...]:
    """Return the blocks that `parts` (lines or paragraphs, and raw grids, in reading order) make up.

    Caption lines go into their tables; paragraphs torn by a page break are joined; headings get
    their level; every place gets its section, and a cell's place its table, row and column.
    """
    assembly = _Assembly()
    for part in mend_torn_headers(parts):
        if isinstance(part, RawGrid):
            assembly.add_grid(part)
        else:
            assembly.add_paragraph(part)
    return assembly.finish()


def mend_torn_headers(parts: Iterable[RawPart]) -> Iterator[RawPart]:
    """Yield the parts, the two halves of a header that a page break has torn put back into one grid.

    The rows above such a break don't tell the columns, nor do those below. Only where the format
    prints no merged cells: elsewhere a reader knows what belongs together.
    """
    held: RawGrid | None = None
    for part in parts:
        if held is not None:
            if _is_page_break(part):
                continue
            whole = _whole_header(held, part) if isinstance(part, RawGrid) else None
            if whole is None:
                yield held
            else:
                part = whole
            held = None
        if isinstance(part, RawGrid) and _is_header_only(part):
            held = part
        else:
            yield part
    if held is not None:
        yield held


def _is_page_break(part: RawPart) -> bool:
    return isinstance(part, Paragraph) and (not part.text.strip() or bool(_PAGE_NUMBER.match(part.text)))


def _is_header_only(grid: RawGrid) -> bool:
    if grid.spans_known or grid.header_rows is not None:
        return False
    part = read_part(grid)
    return bool(part.header) and not part.body


def _whole_header(above: RawGrid, below: RawGrid) -> RawGrid | None:
    """Return two grids as one if `below` goes on with the header of `above` instead of repeating it."""
    if below.spans_known or below.header_rows is not None:
        return None
    upper, lower = read_part(above), read_part(below)
    repeats = bool(lower.header) and lower.header[0].words() == upper.header[0].words()
    if repeats or lower.caption.title or lower.caption.number:
        return None
    whole = replace(above, rows=(*above.rows, *below.rows))
    read = read_part(whole)
    deeper = len(read.header) >= len(upper.header) and len(read.body) <= len(lower.body)
    return whole if read.body and deeper else None


@dataclass(slots=True)
class _Assembly:
    """The blocks so far, the lines that may yet turn out to be a caption, and the open table."""

    blocks: list[Block] = field(default_factory=list)
    pending: list[Paragraph] = field(default_factory=list)
    table: Builder | None = None
    table_section: str | None = None
    sections: Sections = field(default_factory=Sections)
    contents: Contents = field(default_factory=Contents)
    tables: int = 0
    names: dict[str, int] = field(default_factory=dict)

    def add_paragraph(self, line: Paragraph) -> None:
        """Keep a line until it is known whether it belongs to a caption; page numbers are dropped."""
        if line.text.strip() and not _PAGE_NUMBER.match(line.text):
            self.pending.append(line)

    def add_grid(self, grid: RawGrid) -> None:
        """Go on with the open table if `grid` is the rest of it, else begin a new one."""
        part = read_part(grid)
        if not part.header and not part.body:
            return
        caption, count = self._take_caption(part)
        rest = self.pending[: len(self.pending) - count]
        notes = self._count_notes(rest) if self.table is not None else 0
        if self.table is not None and self.table.takes(part, caption, apart=len(rest) > notes):
            self.table.notes.extend(rest[:notes])
            self.pending = []
            self.table.extend(part)
            return
        self.pending = rest
        self._flush()
        self.contents.inside = False
        self.table = Builder.begin(part, caption)
        self.table_section = self.sections.path
        self.table.notes.extend(_as_note(text, part) for text in caption.leftovers)

    def _take_caption(self, part: Part) -> tuple[Caption, int]:
        """Return the caption of a part, and how many of the pending lines it takes up."""
        caption = part.caption
        lines = self.pending[: -_CAPTION_REACH - 1 : -1]
        taken = 0
        while taken < len(lines):
            line = lines[taken]
            if is_note(line.text) and not caption.title:
                break
            piece = read_caption_piece(line.text)
            if piece is None and not caption.title and not caption.number:
                piece = _untitled_caption(line.text, taken)
            if piece is None or (piece.title and _is_section_heading(line)):
                break
            if (caption.number and caption.title) or not caption.take(piece):
                break
            taken += 1
            if piece.title and taken < len(lines):
                taken += _complete_title(caption, lines[taken])
        return caption, taken

    def _count_notes(self, lines: list[Paragraph]) -> int:
        count = 0
        for line in lines:
            if not is_note(line.text):
                break
            count += 1
        return count

    def finish(self) -> tuple[Block, ...]:
        """Return the blocks, the last table closed."""
        self._flush()
        return tuple(self.blocks)

    def _flush(self) -> None:
        lines, self.pending = self.pending, []
        if self.table is not None:
            notes = self._count_notes(lines)
            self.table.notes.extend(lines[:notes])
            lines = lines[notes:]
            self._close_table()
        self._add_prose(lines)

    def _close_table(self) -> None:
        if self.table is not None:
            self.blocks.append(self.table.finish(self.table_section, self._distinct_name(self.table)))
            self.table = None

    def _distinct_name(self, table: Builder) -> str | None:
        """Return what the places of a table call it: no two tables of a document have one name.

        Forms are printed by the dozen under one title; where a format has no lines, row and column
        alone would not tell their cells apart.
        """
        self.tables += 1
        name = table.name
        if name is None:
            return None if table.first.grid.place.line is not None else f"第{self.tables}张表"
        count = self.names[name] = self.names.get(name, 0) + 1
        return name if count == 1 else f"{name}（{count}）"

    def _add_prose(self, lines: list[Paragraph]) -> None:
        group: list[Paragraph] = []
        for line in lines:
            level = line.level or heading_level(line.text)
            listed = self.contents.holds(line.text, level)
            if group and not listed and not line.level and not group[-1].level and goes_on(group[-1].text, line.text):
                group.append(line)
                continue
            self._add_group(group)
            group = []
            if listed:
                self.blocks.append(with_section(line, CONTENTS_SECTION, 0))
            elif level:
                self.sections.enter(level, line.text)
                self.blocks.append(with_section(line, self.sections.path, level))
            else:
                group = [line]
        self._add_group(group)

    def _add_group(self, group: list[Paragraph]) -> None:
        if group:
            self.blocks.append(with_section(join_lines(group), self.sections.path, 0))


def _complete_title(caption: Caption, above: Paragraph) -> int:
    """Put the line above before a title too short to be whole (it wrapped); return the lines taken."""
    if len(caption.title) >= _SHORT_TITLE or above.level or read_caption_piece(above.text) is not None:
        return 0
    joined = join_wrapped(strip_item_mark(above.text)) + caption.title
    if not names_table(joined) or names_table(above.text):
        return 0
    caption.title = joined
    return 1


def _untitled_caption(text: str, taken: int) -> CaptionPiece | None:
    """Return a short line right above the unit or the table as its title, None for a sentence."""
    line = text.strip().strip("#*").strip()
    if (
        len(compact(line)) > _LONGEST_UNTITLED
        or line[-1:] in "。；;：:，,"
        or heading_level(line)
        or "：" in line
        or ":" in line
    ):
        return None
    if any(mark in line for mark in "。；，,") or not _CHINESE.search(line):
        return None
    return CaptionPiece(title=line) if taken or len(compact(line)) <= _LONGEST_ALONE else None


def _is_section_heading(line: Paragraph) -> bool:
    return bool(heading_level(line.text)) and not names_table(line.text)


def _as_note(text: str, part: Part) -> Paragraph:
    place = part.grid.place
    return Paragraph(text=text, place=Place(page=place.page, line=place.line, col=1))
