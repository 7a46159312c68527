"""Cells that slipped sideways: rows that lost empty cells, words and headers in the wrong column.

In: the tables as printed. Amounts are not looked at here; a slip of the labels against them is
proved in kg.audit.printed.shifts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.audit.base import quoted
from kg.audit.base.check import ERROR, NOTICE, Check, text_place
from kg.audit.base.sheets import is_total
from kg.blocks import Cell, Document, Row, Table
from kg.lexicon import load_mapping
from kg.messages import say
from kg.records import FindingPlace
from kg.text.folding import compact
from kg.values.measure import read_measure

WIDE = 8
"""Filled cells of a row wide enough that a slip is told from a short row."""
_CODE = re.compile(r"^[A-Z]\d{2,}(?:\s+\d+)+$")
_GROUP_WORD = re.compile(r"(?:指标|目标)$")


def check_cells(document: Document) -> Iterator[Check]:
    """Yield a finding for each row, header or code that was printed out of its place."""
    for table in document.tables:
        yield from _short_rows(table)
        yield from _misplaced_words(table)
        yield from _misplaced_headers(table)
        yield from _cut_cells(table)
    yield from _broken_codes(document)


def _short_rows(table: Table) -> Iterator[Check]:
    """A row that ends as the fullest row does, some columns earlier, lost cells on the way."""
    rows = [filled for row in table.rows if len(filled := [cell for cell in row.cells if cell.text]) >= WIDE]
    last = _ragged_column(rows)
    rows = [filled for row in rows if len(filled := [cell for cell in row if cell.column <= last]) >= WIDE]
    if len(rows) < 2:
        return
    cells = max(rows, key=lambda filled: filled[-1].column)
    for filled in rows:
        lost = cells[-1].column - filled[-1].column
        if lost and _ending(filled) == _ending(cells) and not _is_number(cells[-1].text):
            yield Check(
                rule="cells",
                kind="shift",
                outcome=ERROR,
                table=table.caption,
                places=(_at(_name(filled)), _at(filled[-1]), _at(_name(cells)), _at(cells[-1])),
                message=say(
                    "audit.cells.short_row",
                    table=table.caption,
                    row=_name(filled).text[: quoted.NAME],
                    cell=filled[-1].text[:8],
                    columns=lost,
                ),
            )


def _name(filled: list[Cell]) -> Cell:
    """Return the cell that names a row: the longest word among its first cells."""
    return max(
        (cell for cell in filled[:3] if not _is_number(cell.text)),
        key=lambda cell: (len(cell.text), cell.column),
        default=filled[0],
    )


def _ragged_column(rows: list[list[Cell]]) -> int:
    """Return the last column that some rows fill and others don't; -1 if the rows end alike."""
    filled = [{cell.column for cell in row} for row in rows]
    for column in sorted(set().union(*filled), reverse=True):
        if not all(column in columns for columns in filled):
            return column
    return -1


def _ending(cells: list[Cell]) -> tuple[bool, bool, str]:
    return _is_number(cells[-3].text), _is_number(cells[-2].text), compact(cells[-1].text)


def _is_number(text: str) -> bool:
    return read_measure(text) is not None


def _misplaced_words(table: Table) -> Iterator[Check]:
    """A word that names a kind of indicator, printed left of the column headed for its kind."""
    kinds = load_mapping("indicator_columns")
    columns: dict[str, int] = {}
    right: Row | None = None
    for row in (*table.header_rows, *table.rows):
        for cell in row.cells:
            word = compact(cell.text)
            if word in kinds.values():
                columns[word] = cell.column
            elif word in kinds and kinds[word] in columns:
                if cell.column >= columns[kinds[word]]:
                    right = row
                elif right is not None:
                    yield Check(
                        rule="cells",
                        kind="shift",
                        outcome=ERROR,
                        table=table.caption,
                        places=(_at(cell), _at(next(c for c in right.cells if compact(c.text) in kinds))),
                        message=say(
                            "audit.cells.word",
                            table=table.caption,
                            word=word,
                            column=kinds[word],
                            columns=columns[kinds[word]] - cell.column,
                        ),
                    )


def _misplaced_headers(table: Table) -> Iterator[Check]:
    """A header cell that its words put under the next group of columns: 服务对象满意度 before 满意度指标."""
    if len(table.header_rows) < 2 or not table.rows:
        return
    for upper, lower in zip(table.header_rows, table.header_rows[1:], strict=False):
        heads = [cell for cell in upper.cells if cell.text]
        for cell in (cell for cell in lower.cells if cell.text):
            own = [head for head in heads if head.column <= cell.column]
            after = heads[len(own)] if len(own) < len(heads) else None
            if after is not None and own and _belongs(cell, after) and not _belongs(cell, own[-1]):
                yield Check(
                    rule="cells",
                    kind="shift",
                    outcome=ERROR,
                    table=table.caption,
                    places=(_at(cell), _at(after), _at(table.rows[0].cells[0])),
                    message=say(
                        "audit.cells.header",
                        table=table.caption,
                        cell=cell.text,
                        group=own[-1].text,
                        right=after.text,
                    ),
                )


def _belongs(cell: Cell, head: Cell) -> bool:
    word = _GROUP_WORD.sub("", compact(head.text))
    return len(word) >= 2 and not is_total(word) and word in compact(cell.text)


def _cut_cells(table: Table) -> Iterator[Check]:
    """Cells cut by a page break: the rest stands in a row without a name. A row cut with its name is whole again."""
    cut = [cell for row in table.rows if not _is_named_on(row) for cell in row.cells if cell.continued]
    if cut:
        places = [place for cell in cut for place in _parts(cell)]
        yield Check(
            rule="cells",
            kind="shift",
            outcome=NOTICE,
            table=table.caption,
            places=tuple(places),
            message=say("audit.cells.cut", table=table.caption, count=len(cut)),
        )


def _is_named_on(row: Row) -> bool:
    return next((bool(cell.continued) for cell in row.cells if cell.text), False)


def _parts(cell: Cell) -> Iterator[FindingPlace]:
    yield _at(cell)
    for offset, place in cell.continued:
        yield text_place(place, cell.text[offset : offset + 40])


def _broken_codes(document: Document) -> Iterator[Check]:
    """A catalogue code with a blank in it; an error where the same code stands whole elsewhere."""
    whole: dict[str, Cell] = {}
    broken: list[tuple[Table, Cell]] = []
    for table in document.tables:
        for row in table.rows:
            for cell in row.cells:
                if _CODE.match(cell.text):
                    broken.append((table, cell))
                elif cell.text[:1].isupper() and cell.text.isalnum():
                    whole.setdefault(cell.text, cell)
    for table, cell in broken:
        code = compact(cell.text)
        other = whole.get(code)
        yield Check(
            rule="cells",
            kind="text",
            outcome=ERROR if other else NOTICE,
            table=table.caption,
            places=(_at(cell), *([_at(other)] if other else [])),
            message=say("audit.cells.code", table=table.caption, cell=cell.text, code=code),
        )


def _at(cell: Cell) -> FindingPlace:
    return text_place(cell.place, cell.text[: quoted.CELL])
