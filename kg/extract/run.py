"""Run every extractor over one document."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.blocks import Document
from kg.extract.citations.records import extract_citations
from kg.extract.context import Context
from kg.extract.identity.document import find_identity
from kg.extract.identity.owners import find_owners
from kg.extract.indicators.records import extract_indicators
from kg.extract.passages.records import extract_passages
from kg.extract.projects.found import find_projects
from kg.extract.prose.quantified import quantify
from kg.extract.prose.statements import extract_statements
from kg.extract.tables.amounts import extract_amounts
from kg.extract.tables.coverage import DocumentCoverage, find_coverage, find_issues
from kg.extract.tables.procurement import extract_procurements
from kg.extract.tables.recognise import recognise
from kg.extract.unread import find_text_issues, find_texts
from kg.issues import Issue
from kg.records import Coverage, DocumentRecord, Record, Source
from kg.values.place import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """The records of one document, the document's own first, what they were read from, and what was not understood."""

    context: Context
    coverage: DocumentCoverage
    records: tuple[Record, ...]
    issues: tuple[Issue, ...]


def open_context(document: Document) -> Context:
    """Return what the extractors look at: the document with its identity, recognised tables and quantified prose."""
    identity = find_identity(document)
    owners = find_owners(document, identity.department, identity.aliases)
    identity = replace(identity, units=tuple(dict.fromkeys((*identity.units, *owners.names))))
    tables = tuple(recognise(table, identity, number) for number, table in enumerate(document.tables))
    return Context(
        document=document,
        identity=identity,
        tables=tables,
        prose=quantify(document.paragraphs),
        owners=owners,
    )


def extract_records(document: Document) -> Extraction:
    """Return every record of a document, in reading order within each type, and its issues."""
    context = open_context(document)
    projects = find_projects(context)
    records: tuple[Record, ...] = (
        *extract_amounts(context),
        *projects.records,
        *extract_citations(context, projects),
        *extract_indicators(context, projects),
        *extract_procurements(context, projects),
        *extract_statements(context, projects.names),
        *extract_passages(context, projects),
    )
    coverage, texts = find_coverage(context, records), find_texts(context, records)
    head = _document_record(
        context,
        Coverage(
            numbers=coverage.numbers, accounted=coverage.accounted, texts=texts.texts, texts_accounted=texts.accounted
        ),
    )
    return Extraction(
        context=context,
        coverage=coverage,
        records=(head, *records),
        issues=(*find_issues(context, coverage), *find_text_issues(context, texts, records)),
    )


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
