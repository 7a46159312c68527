"""Blocks to records. `extract_records` runs every extractor over one document, in a fixed order.

context.py    Context, Identity, Recognised, Band, Column: what extractors are given
document.py   whose document it is        tables.py    what its tables mean
amounts.py    one record a number         coverage.py  the numbers that ended in no record
projects, citations, indicators, procurement, statements, passages: one module a record type
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from importlib import import_module

from kg.blocks import Document, Place
from kg.extract.context import Band, Column, Context, Identity, Recognised
from kg.issues import Issue
from kg.records import Coverage, DocumentRecord, Record, Source

__all__ = [
    "Band",
    "Column",
    "Context",
    "Extraction",
    "Identity",
    "Recognised",
    "extract_records",
    "open_context",
]

EXTRACTORS = (
    "kg.extract.amounts:extract_amounts",
    "kg.extract.projects:extract_projects",
    "kg.extract.citations:extract_citations",
    "kg.extract.indicators:extract_indicators",
    "kg.extract.procurement:extract_procurements",
    "kg.extract.statements:extract_statements",
    "kg.extract.passages:extract_passages",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """The records of one document, the document's own first, and what was not understood."""

    records: tuple[Record, ...]
    issues: tuple[Issue, ...]


def open_context(document: Document) -> Context:
    """Return what the extractors look at: the document with its identity and recognised tables."""
    from kg.extract.document import find_identity
    from kg.extract.tables import recognise

    identity = find_identity(document)
    tables = tuple(recognise(table, identity) for table in document.tables)
    return Context(document=document, identity=identity, tables=tables)


def extract_records(document: Document) -> Extraction:
    """Return every record of a document, in reading order within each type, and its issues."""
    from kg.extract.coverage import find_coverage, find_issues

    context = open_context(document)
    records: list[Record] = []
    for name in EXTRACTORS:
        records.extend(_run(name, context))
    coverage = find_coverage(context, records)
    head = _document_record(context, Coverage(numbers=coverage.numbers, accounted=coverage.accounted))
    return Extraction(records=(head, *records), issues=tuple(find_issues(context, coverage)))


def _run(name: str, context: Context) -> Iterable[Record]:
    module, _, function = name.partition(":")
    try:
        extractor = getattr(import_module(module), function)
    except ModuleNotFoundError as error:
        if error.name != module:
            raise
        return ()
    found: Iterable[Record] = extractor(context)
    return found


def _document_record(context: Context, coverage: Coverage) -> DocumentRecord:
    identity, document = context.identity, context.document
    first = document.blocks[0].place if document.blocks else Place()
    return DocumentRecord(
        source=Source(place=replace(first, section=None), text=identity.title),
        file=document.file,
        sha256=document.sha256,
        title=identity.title,
        kind=identity.kind,
        department=identity.department,
        units=identity.units,
        region=identity.region,
        fiscal_year=identity.fiscal_year,
        amount_unit=identity.amount_unit,
        coverage=coverage,
        aliases=identity.aliases,
    )
