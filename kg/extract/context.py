"""What every extractor is given: the document, whose it is, and what its tables mean."""

from __future__ import annotations

from dataclasses import dataclass

from kg.blocks import Document, Row, Table
from kg.extract.identity.owners import Owners
from kg.extract.prose.quantified import Quantified
from kg.extract.tables.kinds import TableKind
from kg.records import Region
from kg.values.vocabularies import ColumnRole, DocumentKind, Scheme, Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Whose document this is, of which year and kind.

    `department` is the full name (city, district and name) where that can be told, `aliases` the
    other spellings the document uses; `amount_unit` is the unit of most of its money.
    """

    title: str
    kind: DocumentKind
    department: str | None
    aliases: tuple[str, ...]
    units: tuple[str, ...]
    region: Region
    fiscal_year: int | None
    amount_unit: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What one grid column means. `path` is its header path without the side (收入, 支出).

    `role` is one of kg/lexicon/column_roles.tsv (code, name, amount, project, goal, basis, level1 …) or
    "text"; `side` is income, expenditure or None; `unit` what the header itself prints. Where a table
    prints several lists side by side (name, amount, name, amount), `group` counts them from 0.
    """

    role: ColumnRole
    path: tuple[str, ...] = ()
    side: Side | None = None
    unit: str | None = None
    group: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A band of a table (kg.blocks.TableBand) with the meaning of its columns."""

    columns: tuple[Column, ...]
    header_rows: tuple[Row, ...]
    rows: tuple[Row, ...]
    label: str = ""

    def find(self, role: ColumnRole) -> int | None:
        """Return the first grid column of that role, None if there is none."""
        return next((index for index, column in enumerate(self.columns) if column.role == role), None)


RowKey = tuple[int, int]
"""The number of a table in its document and of a row in its grid."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """A table and what it means.

    `number` counts the tables of the document from 0; with a row's number it says which row of the document is meant.
    `kind` says what follows from what the table is; `columns` are those of the first band.
    """

    table: Table
    number: int
    kind: TableKind
    scheme: Scheme | None
    columns: tuple[Column, ...]
    bands: tuple[Band, ...]

    def key(self, row: Row) -> RowKey:
        """Return what tells a row of this table from every other of the document."""
        return self.number, row.number


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """All that an extractor may look at: `tables` and `prose`, one for each table and paragraph, in reading order.

    `owners` says, in the same order, which of them belong to another body than the department.
    """

    document: Document
    identity: Identity
    tables: tuple[Recognised, ...]
    prose: tuple[Quantified, ...]
    owners: Owners
