"""Parts of one table that page breaks have torn apart, put together: which part goes on with it, and how."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from kg.blocks import Paragraph
from kg.read.assemble.captions import Caption, read_caption_piece
from kg.read.assemble.cut_rows import cut_columns
from kg.read.assemble.cuts import continued_columns, goes_on_with, merged_line, reprinted_columns
from kg.read.assemble.forms import is_form
from kg.read.assemble.header import MOSTLY_HEADER, continues_body, header_share, is_column_numbers
from kg.read.assemble.matrix import Line, RawCell, Slot
from kg.read.assemble.parts import CAPTION_CELLS, Part
from kg.read.assemble.reprints import count_reprinted, is_reprinted_below
from kg.text.folding import compact


@dataclass(slots=True)
class Builder:
    """A table being put together from its parts."""

    caption: Caption
    first: Part
    header: list[Line]
    body: list[Line] = field(default_factory=list)
    printed: int = 0
    notes: list[Paragraph] = field(default_factory=list)

    @classmethod
    def begin(cls, part: Part, caption: Caption) -> Builder:
        """Return a builder holding the first part."""
        builder = cls(caption, part, part.header)
        builder._number(part)
        builder.body.extend(builder._without_repeats(part.body))
        return builder

    @property
    def width(self) -> int:
        """The number of columns of the widest part so far."""
        return max((len(line.slots) for line in (*self.header, *self.body)), default=0)

    def takes(self, part: Part, caption: Caption, *, apart: bool) -> bool:
        """Return whether `part` is the rest of this table; `apart` if other text stands between."""
        if part.grid.continues is not None and not apart:
            return part.grid.continues
        same_title = bool(caption.title) and compact(caption.title) == compact(self.caption.title)
        if (caption.title and not same_title) or (apart and not same_title):
            return False
        if caption.number and self.caption.number and compact(caption.number) != compact(self.caption.number):
            return False
        if not part.header:
            return self._fits(part) and not self._begins_form(part)
        if self._same_header(part):
            return True
        if caption.title and not same_title:
            return False
        if self._repeats_band(part.header[0]):
            return True
        return continues_body(part.header[0]) and self._fits(part)

    def _repeats_band(self, line: Line) -> bool:
        """Return whether a header line repeats one printed further down in this table (a form's band)."""
        keys = [key for key in line.words() if key]
        return len(keys) > 2 and any(keys == [key for key in mine.words() if key] for mine in self.body)

    def _begins_form(self, part: Part) -> bool:
        """Return whether a part is a form of its own: 项目名称 at its top, and not this table's again."""
        again = bool(self.body) and part.body[0].words() == self.body[0].words()
        return is_form(part.body) and not again

    def _same_header(self, part: Part) -> bool:
        mine = [tuple(key for key in line.words() if key) for line in self.header if not is_column_numbers(line)]
        other = [tuple(key for key in line.words() if key) for line in part.header if not is_column_numbers(line)]
        return bool(mine) and mine == other

    def _fits(self, part: Part) -> bool:
        if not self.header:
            return part.width == self.width
        return part.width <= self.width + 1 and (
            abs(part.width - self.width) <= 1 or self._column_starts(part.width) is not None
        )

    def extend(self, part: Part) -> None:
        """Append a part: its repeated header dropped, a cut row joined to the row it was cut from."""
        if part.header and self._repeats_band(part.header[0]):
            part.header = []
        elif part.header and not self.body and not self._same_header(part):
            self.header.extend(part.header)  # the page broke between two header rows
        elif part.header and not self._same_header(part):
            part.body[:0] = part.header
            part.header = []
        while part.info and part.body and self._repeats_info(part.body[0]):
            part.body.pop(0)
        self._spread(part)
        self._number(part)
        body = self._without_repeats(part.body)
        del body[: count_reprinted(self.body[self.first.info :], body)]
        if self.body and is_reprinted_below(self.body[-1], body):
            self.body.pop()
        if body and self.body:
            self._mend_page_break(body)
        self.body.extend(body)

    def _repeats_info(self, line: Line) -> bool:
        return any(line.words() == mine.words() for mine in self.body[: self.first.info])

    def _number(self, part: Part) -> None:
        for line in (*part.header, *part.body):
            self.printed += 1
            line.number = self.printed

    def _without_repeats(self, lines: list[Line]) -> list[Line]:
        headers = [line.words() for line in self.header if not is_column_numbers(line)]
        headers = [[key for key in keys if key] for keys in headers]
        kept: list[Line] = []
        again = 0
        for number, line in enumerate(lines):
            if again:
                again -= 1
                continue
            keys = [key for key in line.words() if key]
            if keys in headers or (is_column_numbers(line) and self._may_number(line)):
                again = count_reprinted((self.body or kept)[self.first.info :], lines[number + 1 :])
                continue
            if len(keys) <= CAPTION_CELLS - 1 and keys and all(self._repeats_caption(key) for key in keys):
                continue
            kept.append(line)
        return kept

    def _may_number(self, line: Line) -> bool:
        filled = line.filled()
        return (len(filled) > 2 and len(filled) * 2 > len(line.slots)) or "栏次" in line.words()

    def _repeats_caption(self, key: str) -> bool:
        if key == compact(self.caption.title) or key == compact(self.caption.number or " "):
            return True
        piece = read_caption_piece(key)
        if piece is None or piece.title or piece.number:
            return False
        if piece.owner and compact(piece.owner) != compact(self.caption.owner or ""):
            return False  # another body's: the rows below are its own
        return bool(piece.unit or piece.owner) and ":" in key.replace("：", ":")

    def _column_starts(self, width: int) -> list[int] | None:
        """Return where a narrower part's columns stand in this table, None if that can't be told.

        A part whose merged cells were printed without their blanks has as many columns as the
        header band above it has cells.
        """
        for line in (*reversed(self.body), *reversed(self.header)):
            filled = line.filled()
            if len(filled) == width and header_share(line) >= MOSTLY_HEADER:
                return filled
        return None

    def _spread(self, part: Part) -> None:
        if part.width >= self.width or not part.body:
            return
        starts = self._column_starts(part.width)
        if starts is None:
            return
        for line in part.body:
            wide = [_empty_slot(line) for _ in range(self.width)]
            for start, slot in zip(starts, line.slots, strict=False):
                wide[start] = slot
            line.slots = wide

    def _mend_page_break(self, body: list[Line]) -> None:
        """Join what the first line of a page goes on with, blank what it prints again."""
        line = body[0]
        for column in reprinted_columns(self.body, line):
            self._reach_down(column, line.slots[column].cell.row_span)
            line.slots[column] = _empty_slot(line)
        cut = line.filled() if goes_on_with(line, self.body[-1], _text) else cut_columns(self.body, line, _text)
        if cut:
            for column in cut:
                _join(self.body[-1], line, column)
            body.pop(0)
            return
        for column in continued_columns(self.body, line, _text):
            above = merged_line(self.body, column)
            if above is not None:
                _join(above, line, column)
                line.slots[column] = _empty_slot(line)

    def _reach_down(self, column: int, rows: int) -> None:
        """Let the last cell of a column reach over the page break: the item may go on over a third page."""
        for back, line in enumerate(reversed(self.body), start=1):
            slot = line.slots[column]
            if slot.origin and slot.key:
                slot.cell = replace(slot.cell, row_span=max(slot.cell.row_span, back + rows))
                return

    @property
    def name(self) -> str | None:
        """Number and title, None for a table without either."""
        return " ".join(part for part in (self.caption.number, self.caption.title) if part) or None


def _text(line: Line, column: int) -> str:
    return line.slots[column].text if column < len(line.slots) else ""


def _join(before: Line, line: Line, column: int) -> None:
    cell = line.slots[column].cell
    before.slots[column].later.append((cell.text.strip(), cell.place))


def _empty_slot(line: Line) -> Slot:
    return Slot(RawCell(text="", place=line.place), "", True)
