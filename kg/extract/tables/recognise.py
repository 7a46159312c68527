"""What a table means: its kind, its bands with their columns, and the classification its codes are of.

In: a Table and whose document it stands in. Out: a Recognised table. Its words decide, its numbers never.
"""

from __future__ import annotations

from collections import Counter

from kg.blocks import Table, TableBand
from kg.extract.context import Band, Column, Identity, Recognised
from kg.extract.tables.columns import find_columns
from kg.extract.tables.kinds import UNKNOWN, find_kind
from kg.read.assemble.headings import SECTION_JOINT
from kg.text.folding import compact
from kg.values.code import scheme_of, split_code
from kg.values.vocabularies import Scheme


def recognise(table: Table, identity: Identity, number: int = 0) -> Recognised:
    """Return the table with its kind, its bands and the role of each column.

    `identity` is whose table it is: its name is taken out of the title before the title is read;
    `number` counts the tables of the document from 0.
    """
    bands = table.bands
    header = compact("".join("/".join(column) for band in bands for column in band.paths))
    kind = UNKNOWN
    section = (table.place.section or "").split(SECTION_JOINT)[-1]
    for title in (_without_owner(table.title, identity), section):
        if not kind.is_known and title:
            kind = find_kind(title, header)
    kind = kind if kind.is_known else find_kind("", header)
    columns = [find_columns(band, kind) for band in bands]
    return Recognised(
        table=table,
        number=number,
        kind=kind,
        scheme=_scheme(table, header, columns[0] if columns else (), bands),
        columns=columns[0] if columns else (),
        bands=tuple(
            Band(columns=roles, header_rows=band.header_rows, rows=band.rows, label=band.label)
            for band, roles in zip(bands, columns, strict=True)
        ),
    )


def _without_owner(title: str, identity: Identity) -> str:
    key = compact(title)
    for name in (identity.department, *identity.aliases):
        if name and key.startswith(name):
            return key[len(name) :]
    return key


def _scheme(table: Table, header: str, columns: tuple[Column, ...], bands: tuple[TableBand, ...]) -> Scheme | None:
    counts: Counter[Scheme] = Counter()
    for index, column in enumerate(columns):
        if column.role in ("code", "class_code", "name"):
            for row in bands[0].rows:
                code, _ = split_code(row.text(index))
                scheme = scheme_of(code) if code else None
                if scheme is not None:
                    counts[scheme] += 1
    if counts:
        return counts.most_common(1)[0][0]
    words = compact(table.title) + header
    if "经济分类" in words or "经济科目" in words:
        return "economic"
    return "function" if "功能分类" in words or "功能科目" in words else None
