"""How many of the numbers printed in tables ended in a record, and which did not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal

from kg.blocks import Cell
from kg.extract.context import Context, Recognised
from kg.issues import Issue
from kg.messages import say
from kg.read.assemble.matrix import is_number
from kg.records import AmountRecord, PassageRecord, Record, Source
from kg.text.folding import compact
from kg.values.no_value import is_no_value
from kg.values.place import Place

# Codes and row numbers name a row; they measure nothing.
_NOT_COUNTED = frozenset(
    [
        "sequence",
        "code",
        "class_code",
        "section_code",
        "item_code",
        "government_code",
        "economic_code",
        "unit_code",
        "project_code",
        "catalogue_code",
        "year",
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCoverage:
    """One table: how many numbers it prints, how many amounts were read, and the numbers that no record holds."""

    table: Recognised
    numbers: int
    amounts: int
    missing: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentCoverage:
    """All tables of a document."""

    tables: tuple[TableCoverage, ...]

    @property
    def numbers(self) -> int:
        """The numbers printed in tables."""
        return sum(table.numbers for table in self.tables)

    @property
    def accounted(self) -> int:
        """The numbers that ended in a record."""
        return self.numbers - sum(len(table.missing) for table in self.tables)


def find_coverage(context: Context, records: Iterable[Record]) -> DocumentCoverage:
    """Return for each table the numbers printed (cells that are a number) and those in no record.

    A number is accounted for if a record was read from its cell, or its printed text stands in a
    record that was read from the same row (a target, a code, a quantity).
    """
    cells: set[Key] = set()
    texts: dict[Key, set[str]] = {}
    for record in records:
        if isinstance(record, AmountRecord):
            cells.add(_cell_key(record.source.place))
        elif not isinstance(record, PassageRecord):
            _note(record, cells, texts)
    return DocumentCoverage(tables=tuple(_cover(table, cells, texts) for table in context.tables))


_LONGEST_AMOUNT = 30
"""Characters of a cell that is an amount, with unit and note; longer ones are identifiers or sentences."""
_DATE = re.compile(r"[年月日、]|^\d+[.．]\D")

Key = tuple[object, ...]


def _note(record: Record, cells: set[Key], texts: dict[Key, set[str]]) -> None:
    """Note every cell that a record names as a source, and every string it holds under its row."""
    held = texts.setdefault(_row_key(record.source.place), set())
    pending: list[object] = [record]
    while pending:
        value = pending.pop()
        if isinstance(value, Source):
            cells.add(_cell_key(value.place))
            texts.setdefault(_row_key(value.place), set()).add(compact(value.text))
        elif isinstance(value, str):
            held.add(compact(value))
        elif isinstance(value, Decimal):
            held.add(str(value))
        elif isinstance(value, tuple):
            pending.extend(value)
        elif isinstance(value, Mapping):
            pending.extend(value.values())
        elif is_dataclass(value):
            pending.extend(getattr(value, entry.name) for entry in fields(value))


def _cover(table: Recognised, cells: set[Key], texts: dict[Key, set[str]]) -> TableCoverage:
    numbers = amounts = 0
    missing: list[Cell] = []
    for band in table.bands:
        valued = {index for index, column in enumerate(band.columns) if column.role in ("amount", "unit_price")}
        skipped = {index for index, column in enumerate(band.columns) if column.role in _NOT_COUNTED}
        for row in band.rows:
            for cell in row.cells:
                key = compact(cell.text) if cell.text else ""
                amounts += bool(key) and _cell_key(cell.place) in cells
                if not key or cell.column in skipped:
                    continue
                if is_no_value(key):
                    numbers += _cell_key(cell.place) in cells  # a mark that was read as nothing
                    continue
                if not is_number(key) and not (cell.column in valued and _holds_number(key)):
                    continue
                numbers += 1
                if _cell_key(cell.place) not in cells and key not in texts.get(_row_key(cell.place), ()):
                    missing.append(cell)
    return TableCoverage(table=table, numbers=numbers, amounts=amounts, missing=tuple(missing))


def _holds_number(key: str) -> bool:
    """Return whether a cell of an amount column is a number with words around it, however printed."""
    return key[0].isdigit() and len(key) <= _LONGEST_AMOUNT and not _DATE.search(key)


def _cell_key(place: Place) -> Key:
    return place.table, place.section, place.row, place.col, None if place.line else place.page


def _row_key(place: Place) -> Key:
    return place.table, place.section, place.row


def find_issues(context: Context, coverage: DocumentCoverage) -> Iterator[Issue]:
    """Yield an issue for each unknown table with numbers, each number in no record, and a file of several bodies."""
    file = context.document.file
    for problem in context.document.issues:
        yield Issue(code=problem.code, document=file, place=problem.place, text=problem.text, message=problem.message)
    if context.owners.names:
        yield Issue(
            code="several_owners",
            document=file,
            place=Place(),
            text="、".join(context.owners.names),
            message=say("issue.several_owners", count=len(context.owners.names)),
        )
    for table in coverage.tables:
        if not table.table.kind.is_known and (table.numbers or table.amounts):
            yield Issue(
                code="unknown_table",
                document=file,
                place=table.table.table.place,
                text=table.table.table.caption,
                message=say("issue.unknown_table"),
            )
        for cell in table.missing:
            yield Issue(
                code="unread_number",
                document=file,
                place=cell.place,
                text=cell.text,
                message=say("issue.unread_number"),
            )
