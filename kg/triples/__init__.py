"""Records of one document -> the quads of its named graph.

One function a record type, each in its own module; what records call things is turned into IRIs
by `kg.triples.scope`. The same records give the same quads in the same order, without blank
nodes and without dates of the run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.ids import Ids
from kg.rdf import Quad
from kg.records import (
    AmountRecord,
    CitationRecord,
    DocumentRecord,
    FindingRecord,
    IndicatorRecord,
    PassageRecord,
    ProcurementRecord,
    ProjectRecord,
    Record,
    StatementRecord,
)
from kg.triples.amounts import amount_quads
from kg.triples.citations import citation_quads
from kg.triples.documents import document_quads
from kg.triples.findings import finding_quads
from kg.triples.indicators import indicator_quads
from kg.triples.passages import passage_quads
from kg.triples.procurement import procurement_quads
from kg.triples.projects import project_quads
from kg.triples.scope import Scope
from kg.triples.statements import statement_quads


def to_quads(records: Iterable[Record], base_iri: str) -> Iterator[Quad]:
    """Yield each quad of a document's graph once; `records` are all records of that document.

    Raises ValueError where the document record is missing.
    """
    gathered = tuple(records)
    scope = Scope.of(gathered, Ids(base_iri))
    seen: set[Quad] = set()
    for quad in _all_quads(gathered, scope):
        if quad not in seen:
            seen.add(quad)
            yield quad


def _all_quads(records: tuple[Record, ...], scope: Scope) -> Iterator[Quad]:
    # Amounts first: projects and findings point to the cells they know.
    for record in sorted(records, key=lambda entry: not isinstance(entry, AmountRecord)):
        match record:
            case DocumentRecord():
                yield from document_quads(record, scope)
            case AmountRecord():
                yield from amount_quads(record, scope)
            case CitationRecord():
                yield from citation_quads(record, scope)
            case IndicatorRecord():
                yield from indicator_quads(record, scope)
            case ProcurementRecord():
                yield from procurement_quads(record, scope)
            case StatementRecord():
                yield from statement_quads(record, scope)
            case PassageRecord():
                yield from passage_quads(record, scope)
            case FindingRecord():
                yield from finding_quads(record, scope)
            case ProjectRecord():
                pass
    for project, iri in scope.projects:
        yield from project_quads(project, iri, scope)
