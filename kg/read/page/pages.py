"""Pages of any format that places its text (PDF, scans, positioned web pages) to raw parts.

A PageContent says what is printed where; Pages takes one after the other and keeps only their
lines and filled tables, so that a document costs no more than its text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kg.blocks import ReadIssue
from kg.read.assemble.grid import RawPart
from kg.read.page.glyphs import Glyph
from kg.read.page.grids import TablePart, aligned_parts, to_grid_cells, to_raw_grid
from kg.read.page.lattices import find_lattices, find_shaded
from kg.read.page.lines import Line, find_lines, find_runs
from kg.read.page.prose import PlacedLine, join_paragraphs, place_line, without_running_lines
from kg.read.page.ruling import Rule
from kg.read.page.tables import fill_lattices
from kg.read.page.unruled import find_unruled
from kg.values.place import Box


@dataclass(frozen=True, slots=True, kw_only=True)
class PageContent:
    """One page. `pictures` and `fills` are the boxes of images and shades, `paths` counts drawings;
    `complete` is False if objects were left out.

    `exact` says that the boxes of glyphs are those of the print, not estimated by OCR.
    """

    number: int
    width: float
    height: float
    glyphs: list[Glyph]
    horizontal: list[Rule]
    vertical: list[Rule]
    pictures: list[Box]
    fills: list[Box] = field(default_factory=list)
    paths: int = 0
    complete: bool = True
    exact: bool = True


@dataclass(slots=True)
class Pages:
    """Lines and tables of the pages so far; tables stand between stretches of lines, in order."""

    lines: list[PlacedLine] = field(default_factory=list)
    tables: dict[int, TablePart] = field(default_factory=dict)
    issues: list[ReadIssue] = field(default_factory=list)
    block: int = 0

    def add_page(self, page: PageContent) -> None:
        """Take in what a page says: its tables, and the lines around them, top to bottom."""
        lattices = find_lattices(page.horizontal, page.vertical) or find_shaded(page.fills)
        filled, outside = fill_lattices(lattices, find_runs(page.glyphs), exact=page.exact)
        lines = find_lines(outside)
        for lattice, cells in zip(lattices, filled, strict=True):
            above = next((n for n, line in enumerate(lines) if line.box[1] >= lattice.ys[0]), len(lines))
            self._add_lines(lines[:above], page)
            lines = lines[above:]
            if any(cell.lines for cell in cells):
                self._add_table(TablePart(page=page.number, xs=lattice.xs, ys=lattice.ys, cells=to_grid_cells(cells)))
        self._add_lines(lines, page)
        self.block += 1

    def _add_lines(self, lines: list[Line], page: PageContent) -> None:
        """Take in the lines of one stretch, and the tables without ruling lines among them."""
        start = 0
        for table in find_unruled(lines):
            self._add_prose(lines[start : table.start], page)
            self._add_table(
                TablePart(page=page.number, xs=table.xs, ys=table.ys, cells=to_grid_cells(table.cells), ruled=False)
            )
            start = table.end
        self._add_prose(lines[start:], page)

    def _add_prose(self, lines: list[Line], page: PageContent) -> None:
        self.lines.extend(place_line(line, page=page.number, block=self.block, height=page.height) for line in lines)

    def _add_table(self, part: TablePart) -> None:
        self.tables[self.block + 1] = part
        self.block += 2

    def parts(self, pages: int) -> Iterator[RawPart]:
        """Yield the paragraphs and grids in reading order, running heads left out."""
        by_block: dict[int, list[PlacedLine]] = {}
        for line in without_running_lines(self.lines, pages):
            by_block.setdefault(line.block, []).append(line)
        tables = list(aligned_parts(list(self._following(by_block))))
        grids = {block: to_raw_grid(part) for block, part in zip(self.tables, tables, strict=True)}
        for block in sorted({*by_block, *grids}):
            if block in grids:
                yield grids[block]
            yield from join_paragraphs(by_block.get(block, ()))

    def _following(self, by_block: dict[int, list[PlacedLine]]) -> Iterator[TablePart]:
        """Yield the tables, each saying whether no text parts it from the one on the page before."""
        written = sorted(by_block)
        last: int | None = None
        for block, part in self.tables.items():
            between = last is not None and bisect_left(written, block) > bisect_right(written, last)
            yield replace(part, follows=last is not None and not between)
            last = block
