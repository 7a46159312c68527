"""Classification codes a document prints: concepts with their place in the hierarchy."""

from __future__ import annotations

from collections.abc import Iterator

from kg.rdf import Quad
from kg.triples.facts import Facts
from kg.triples.scope import Scope
from kg.values.code import ECONOMIC, FUNCTION, GOVERNMENT_ECONOMIC, level_of, parent_code

PREDICATES = {
    FUNCTION: "bud:functionCode",
    ECONOMIC: "bud:economicCode",
    GOVERNMENT_ECONOMIC: "bud:governmentEconomicCode",
}


def code_quads(scheme: str, code: str, scope: Scope) -> Iterator[Quad]:
    """Yield the concept of a code and of every code above it; names come from the code lists."""
    above = parent_code(code)
    facts = Facts(scope.ids.code(scheme, code), scope.graph, "skos:Concept")
    facts.add("skos:notation", code).add("skos:inScheme", scope.ids.of("scheme", scheme))
    facts.add("bud:codeLevel", level_of(code))
    if above:
        facts.add("skos:broader", scope.ids.code(scheme, above))
    yield from facts
    if above:
        yield from code_quads(scheme, above, scope)
