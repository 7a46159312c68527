"""Pieces of narrative text to search and to show."""

from __future__ import annotations

from collections.abc import Iterator

from kg.rdf import Quad
from kg.records import PassageRecord
from kg.triples.facts import Facts
from kg.triples.scope import Scope


def passage_quads(record: PassageRecord, scope: Scope) -> Iterator[Quad]:
    """Yield a passage, about a project or the department; about the document where neither is known."""
    node = scope.names.name("passage", record.source, record.kind, record.text)
    facts = Facts(node, scope.graph, "bud:Passage").add_source(scope.document, record.source)
    facts.add("bud:text", record.text).add("bud:passageKind", record.kind).add("bud:context", record.context)
    about = scope.about(record.about, record.about_kind, record.source)
    facts.add("bud:about", about or scope.department_iri() or scope.document)
    facts.add("bud:department", scope.department_iri())
    yield from facts.add("bud:fiscalYear", scope.record.fiscal_year)
