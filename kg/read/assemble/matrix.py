"""Raw grids as the readers give them, and the same laid out with one slot a column.

A reader gives rows of cells as HTML does: each row lists the cells that begin in it, left to
right; a cell of an earlier row that reaches down (`row_span`) or sideways (`col_span`) is not
repeated. Where a format prints no merged cells (tab-separated text, unruled PDF) every field is
its own cell and `spans_known` is False: spans are then inferred from blanks.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.blocks import Paragraph
from kg.text.folding import compact
from kg.values.measure import read_measure
from kg.values.place import Place

_WIDEST = 500
"""Columns laid out: no budget table has a tenth of it, a wrong or hostile span may claim millions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawCell:
    """A cell as printed. `place` needs only what the format knows: page and box, or line and col."""

    text: str
    place: Place
    row_span: int = 1
    col_span: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class RawGrid:
    """The rows of one printed table part. `header_rows` is set where the format itself says it.

    `continues` says what a reader knows of the page before: True if this part is the rest of the
    table above it, False if it surely is not, None to let the assembly judge.
    """

    rows: tuple[tuple[RawCell, ...], ...]
    place: Place
    spans_known: bool = True
    header_rows: int | None = None
    continues: bool | None = None


RawPart = Paragraph | RawGrid
"""What readers give, in reading order: lines or paragraphs, and grids."""


@dataclass(slots=True)
class Slot:
    """One position of a laid-out grid: its cell and whether the cell begins here.

    `later` are the places of what a page break cut off the cell, each with the text that was joined on.
    """

    cell: RawCell
    key: str
    origin: bool
    later: list[tuple[str, Place]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text of the cell with all that was joined on, empty where a cell only reaches in."""
        own = self.cell.text.strip() if self.origin else ""
        return own + "".join(text for text, _ in self.later)


@dataclass(slots=True)
class Line:
    """One laid-out row: a slot for each column, covered ones too; `number` counts the rows of its table from 1."""

    slots: list[Slot]
    place: Place
    number: int | None = None

    def words(self) -> list[str]:
        """Return the compact text of each column, empty where a cell only reaches in."""
        return [slot.key if slot.origin else "" for slot in self.slots]

    def filled(self) -> list[int]:
        """Return the columns in which a cell with text begins."""
        return [column for column, slot in enumerate(self.slots) if slot.origin and slot.key]


def lay_out(grid: RawGrid) -> list[Line]:
    """Return the grid with every row as wide as its widest, spans spread over their slots."""
    pending: dict[int, tuple[int, RawCell]] = {}
    lines: list[Line] = []
    for raw in grid.rows:
        slots: list[Slot] = []
        waiting = list(raw)
        while waiting or any(column >= len(slots) for column in pending):
            column = len(slots)
            if column in pending:
                left, cell = pending.pop(column)
                if left > 1:
                    pending[column] = (left - 1, cell)
                slots.append(Slot(cell, compact(cell.text), False))
            elif waiting:
                cell = waiting.pop(0)
                key = compact(cell.text)
                # A hostile span must not cost memory: a wide row has narrow cells only.
                across = cell.col_span if column < _WIDEST else 1
                for offset in range(max(1, min(across, _WIDEST))):
                    slots.append(Slot(cell, key, offset == 0))
                    if cell.row_span > 1:
                        pending[column + offset] = (cell.row_span - 1, cell)
            else:
                slots.append(Slot(_blank(raw, grid), "", True))
        place = raw[0].place if raw else (slots[0].cell.place if slots else grid.place)
        lines.append(Line(slots, place))
    return _squared([line for line in lines if line.slots], grid)


def _blank(raw: tuple[RawCell, ...], grid: RawGrid) -> RawCell:
    return RawCell(text="", place=raw[0].place if raw else grid.place)


def _squared(lines: list[Line], grid: RawGrid) -> list[Line]:
    width = max((len(line.slots) for line in lines), default=0)
    for line in lines:
        blank = RawCell(text="", place=line.place)
        line.slots.extend(Slot(blank, "", True) for _ in range(width - len(line.slots)))
    return lines


def is_number(key: str) -> bool:
    """Return whether a cell's compact text is a number, with or without a unit."""
    return bool(key) and (key[0].isdigit() or key[0] in "-(+△▲－¥￥") and read_measure(key) is not None
