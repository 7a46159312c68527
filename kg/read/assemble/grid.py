"""Raw grids and lines of any format -> Paragraph and Table blocks, in reading order.

Every reader ends here, so that captions, units, header paths, repeated headers, tables that go
on over pages and cells cut by a page break are understood in one way for all formats.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from kg.blocks import Block, Paragraph
from kg.read.assemble.builder import Builder
from kg.read.assemble.caption_lines import take_caption_lines
from kg.read.assemble.captions import is_note
from kg.read.assemble.finished import finish_table
from kg.read.assemble.headings import Contents, Sections, goes_on, heading_level, is_cut, join_lines, with_section
from kg.read.assemble.matrix import RawCell, RawGrid, RawPart
from kg.read.assemble.parts import Part, read_part
from kg.read.assemble.torn import is_page_number, mend_torn_headers
from kg.text.folding import compact
from kg.text.invisible import as_seen
from kg.values.place import Place
from kg.values.year import YEAR

__all__ = ["RawCell", "RawGrid", "RawPart", "assemble_blocks"]

CONTENTS_SECTION = "目录"
_OWN_TITLE = re.compile(
    rf"^[\u4e00-\u9fff]{{4,40}}{YEAR}年度?(?:部门|单位)(?:预算|决算)|^{YEAR}年度?[\u4e00-\u9fff]{{4,40}}(?:部门|单位)(?:预算|决算)$"
)
"""The title of a budget that names its body: 某市某局2024年部门预算."""


def assemble_blocks(parts: Iterable[RawPart]) -> tuple[Block, ...]:
    """Return the blocks that `parts` (lines or paragraphs, and raw grids, in reading order) make up.

    Caption lines go into their tables; paragraphs torn by a page break are joined; headings get
    their level; every place gets its section, and a cell's place its table, row and column.
    """
    assembly = _Assembly()
    for part in mend_torn_headers(map(_as_seen, parts)):
        if isinstance(part, RawGrid):
            assembly.add_grid(part)
        else:
            assembly.add_paragraph(part)
    return assembly.finish()


def _as_seen(part: RawPart) -> RawPart:
    """Return a part without characters that can't be seen or only look like what is printed."""
    if isinstance(part, Paragraph):
        return part if (text := as_seen(part.text)) == part.text else replace(part, text=text)
    rows = tuple(
        tuple(cell if (text := as_seen(cell.text)) == cell.text else replace(cell, text=text) for cell in row)
        for row in part.rows
    )
    return part if rows == part.rows else replace(part, rows=rows)


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
    title: str | None = None

    def add_paragraph(self, line: Paragraph) -> None:
        """Keep a line until it is known whether it belongs to a caption; page numbers are dropped."""
        if line.text.strip() and not is_page_number(line.text):
            self.pending.append(line)

    def add_grid(self, grid: RawGrid) -> None:
        """Go on with the open table if `grid` is the rest of it, else begin a new one."""
        part = read_part(grid)
        if not part.header and not part.body:
            return
        caption = part.caption
        count = take_caption_lines(caption, self.pending)
        rest = self.pending[: len(self.pending) - count]
        notes = self._count_notes(rest) if self.table is not None else 0
        between = rest[notes:]
        if (
            self.table is not None
            and not any(self._interrupts(line.text) for line in between)
            and self.table.takes(part, caption, apart=bool(between))
        ):
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

    def _interrupts(self, text: str) -> bool:
        """Return whether a line between two tables is more than the head of a page, which every page prints alike.

        A sentence is, and so is the title of another budget than the last one printed.
        """
        key = compact(text)
        return key.endswith("。") or (bool(_OWN_TITLE.search(key)) and key != self.title)

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
        self.title = next((key for line in reversed(lines) if _OWN_TITLE.search(key := compact(line.text))), self.title)
        if self.table is not None:
            notes = self._count_notes(lines)
            self.table.notes.extend(lines[:notes])
            lines = lines[notes:]
            self._close_table()
        self._add_prose(lines)

    def _close_table(self) -> None:
        if self.table is not None:
            self.blocks.append(finish_table(self.table, self.table_section, self._distinct_name(self.table)))
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
        for line, after in zip(lines, [*(line.text for line in lines), ""][1:], strict=True):
            level = line.level or heading_level(line.text)
            if level and not line.level and is_cut(line.text, after):
                level = 0
            listed = self.contents.holds(line.text, level)
            level = level or (0 if listed else self.contents.level_of(line.text))
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


def _as_note(text: str, part: Part) -> Paragraph:
    place = part.grid.place
    return Paragraph(text=text, place=Place(page=place.page, line=place.line, col=1))
