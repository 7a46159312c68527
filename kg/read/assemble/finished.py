"""A table put together, as the block that readers hand on: header paths, rows, and the place of each cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.blocks import Cell, Row, Table, TableBand
from kg.read.assemble.bands import split_bands
from kg.read.assemble.builder import Builder
from kg.read.assemble.header import header_paths, is_column_numbers
from kg.read.assemble.matrix import Line, Slot
from kg.read.assemble.realign import realigned_paths
from kg.values.place import Place


def finish_table(builder: Builder, section: str | None, name: str | None) -> Table:
    """Return the table, every place in it naming it `name` and standing in `section`."""
    finishing = _Finishing(builder, section, name, _trimmed_width(builder))
    place = builder.first.grid.place
    whole = TableBand(
        paths=finishing.paths(),
        header_rows=tuple(finishing.row(line) for line in builder.header if not is_column_numbers(line)),
        rows=tuple(finishing.row(line) for line in builder.body),
    )
    return Table(
        title=builder.caption.title,
        number=builder.caption.number,
        unit=builder.caption.unit,
        owner=builder.caption.owner,
        header=whole.paths,
        header_rows=whole.header_rows,
        rows=whole.rows,
        bands=split_bands(whole, builder.body),
        place=finishing.named(place, place.row or 1),
        notes=tuple(builder.notes),
    )


def _trimmed_width(builder: Builder) -> int:
    """Return the number of columns up to the last in which anything stands."""
    used = [line.filled()[-1] + 1 for line in (*builder.body, *builder.header) if line.filled()]
    spanned = [column + 1 for line in builder.header for column, slot in enumerate(line.slots) if not slot.origin]
    return max((*used, *spanned), default=0)


@dataclass(frozen=True, slots=True)
class _Finishing:
    """One table on its way out, with what all its places say."""

    builder: Builder
    section: str | None
    name: str | None
    width: int

    def named(self, place: Place, row: int | None) -> Place:
        """Return a place that names the table, its row and section."""
        return replace(place, table=self.name, row=row, section=self.section)

    def paths(self) -> tuple[tuple[str, ...], ...]:
        """Return the header path of each column, put back over its column where the header slipped."""
        header, width = self.builder.header, self.width
        paths = header_paths(header, width)
        valued = sorted({column for line in self.builder.body for column in line.filled() if column < width})
        if self.builder.first.grid.spans_known or not valued:
            return paths
        slipped = realigned_paths(header, list(range(valued[0], valued[-1] + 1)))
        return paths if slipped is None else (((),) * valued[0] + slipped + ((),) * width)[:width]

    def row(self, line: Line) -> Row:
        """Return one row of the table."""
        cells = tuple(self._cell(line, column, slot) for column, slot in enumerate(line.slots[: self.width]))
        return Row(cells=cells, place=self.named(line.place, line.number))

    def _cell(self, line: Line, column: int, slot: Slot) -> Cell:
        raw = slot.cell
        at = raw.place if slot.origin else line.place
        col = at.col if at.line and slot.origin else column + 1
        place = replace(at, col=col, box=at.box if slot.origin else None)
        return Cell(
            text=slot.text,
            row=(line.number or 1) - 1,
            column=column,
            place=self.named(place, line.number),
            row_span=raw.row_span if slot.origin else 1,
            col_span=raw.col_span if slot.origin else 1,
            continued=tuple(self._continued(slot, line.number)),
        )

    def _continued(self, slot: Slot, row: int | None) -> Iterator[tuple[int, Place]]:
        """Yield where the later parts of a cell begin in its text, and where they stand."""
        offset = len(slot.text) - sum(len(text) for text, _ in slot.later)
        for text, at in slot.later:
            yield offset, self.named(at, row)
            offset += len(text)
