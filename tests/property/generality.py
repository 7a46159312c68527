"""Extract a document and altered copies of it, and say where the facts don't follow the alteration."""

from __future__ import annotations

import functools
from pathlib import Path

from kg.audit import audit_records
from kg.extract.run import extract_records
from kg.read.plain.reader import read_text
from kg.records import Record
from tests.property.altering import Alteration, Altered, alter
from tests.property.brackets import change_width, restyle_brackets
from tests.property.columns import add_columns, add_serial_numbers, insert_columns
from tests.property.encoding import change_encoding, change_line_ends
from tests.property.facts import find_facts, without_added
from tests.property.pages import add_page_breaks, cut_rows, remove_repeated_headers
from tests.property.rename import rename_department
from tests.property.reorder import reorder_duties, reorder_rows
from tests.property.scale import scale_amounts
from tests.shared import DOCUMENTS

ALTERATIONS: tuple[Alteration, ...] = (
    rename_department,
    scale_amounts,
    reorder_rows,
    reorder_duties,
    add_columns,
    insert_columns,
    add_serial_numbers,
    remove_repeated_headers,
    add_page_breaks,
    cut_rows,
    restyle_brackets,
    change_width,
    change_encoding,
    change_line_ends,
)
"""In the order they are applied: what is repeated on a new page is repeated as altered before."""

NAMES = {alteration.__name__: alteration for alteration in ALTERATIONS}


def find_documents() -> list[Path]:
    """Return the source documents of the project."""
    return sorted(DOCUMENTS.glob("*.txt"))


@functools.cache
def source_text(path: Path) -> str:
    """Return the text of a source document."""
    return path.read_bytes().decode("utf-8")


@functools.cache
def original_records(path: Path) -> tuple[Record, ...]:
    """Return the records of an unaltered source document."""
    return extract(source_text(path).encode("utf-8"), path.name)


def extract(data: bytes, name: str) -> tuple[Record, ...]:
    """Read, extract and audit the bytes of a text."""
    document = read_text(data, file=name)
    return audit_records(extract_records(document))


def altered_copy(path: Path, names: tuple[str, ...], seed: int) -> Altered:
    """Return the document altered in the named ways, in their fixed order."""
    chosen = tuple(alteration for alteration in ALTERATIONS if alteration.__name__ in names)
    return alter(source_text(path), chosen, seed)


def find_strays(path: Path, names: tuple[str, ...], seed: int) -> list[str]:
    """Return every fact that didn't follow the alteration, as lines; none if all did."""
    altered = altered_copy(path, names, seed)
    records = without_added(extract(altered.data(), path.name), altered.change)
    blurred = altered.change.rescales
    expected = find_facts(original_records(path), altered.change, blurred=blurred)
    found = find_facts(records, blurred=blurred)
    strays = []
    for kind, before in expected.items():
        if kind == "passage" and (altered.change.resizes or altered.change.added):
            continue  # a passage is cut by its length and prints its row as it stands
        after = found[kind]
        strays += [f"lost {kind}: {fact}" for fact in before if before[fact] > after[fact]]
        strays += [f"new {kind}: {fact}" for fact in after if after[fact] > before[fact]]
    return strays
