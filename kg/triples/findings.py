"""What doesn't add up, with the cells it was seen in."""

from __future__ import annotations

from collections.abc import Iterator

from kg.messages import open_catalogue
from kg.rdf import Literal, Quad
from kg.records import FindingRecord
from kg.triples.facts import Facts
from kg.triples.scope import Scope


def finding_quads(record: FindingRecord, scope: Scope) -> Iterator[Quad]:
    """Yield a finding and its places; a place that holds a known number is linked to it."""
    node = scope.names.name("finding", record.source, record.kind, record.message.code, record.message.arguments_json())
    facts = Facts(node, scope.graph, "bud:Finding").add_source(scope.document, record.source)
    facts.add("bud:findingKind", record.kind).add("bud:severity", record.severity)
    facts.add("bud:messageCode", record.message.code).add("bud:messageArguments", record.message.arguments_json())
    facts.add("rdfs:comment", record.message.message)
    for language in open_catalogue().languages:
        facts.add("rdfs:label", Literal(record.message.told(language), None, language))
    facts.add("bud:expected", record.expected).add("bud:actual", record.actual)
    facts.add("bud:tolerance", record.tolerance).add("bud:repaired", record.repaired)
    facts.add("bud:department", scope.department_iri()).add("bud:fiscalYear", scope.record.fiscal_year)
    first = scope.cell(record.source.place, record.source.text)
    if first is not None:
        facts.add("bud:concerns", first).add("bud:about", scope.subjects.get(first))
    for order, place in enumerate(record.places, start=1):
        cell = scope.cell(place.place, place.text)
        part = scope.ids.hashed("finding-place", node.value, order)
        facts.add("bud:findingPlace", part).add("bud:cell", cell)
        spot = Facts(part, scope.graph, "bud:FindingPlace").add("bud:inDocument", scope.document)
        spot.add("bud:printedText", place.text).add("bud:value", place.value).add("bud:cell", cell)
        yield from spot.add("bud:order", order).add_place(place.place)
    yield from facts
