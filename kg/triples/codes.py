"""Classification codes a document prints: concepts with their place in the hierarchy."""

from __future__ import annotations

from collections.abc import Iterator

from kg.rdf import Quad
from kg.triples.facts import Facts
from kg.triples.scope import Scope

PREDICATES = {
    "function": "bud:functionCode",
    "economic": "bud:economicCode",
    "government_economic": "bud:governmentEconomicCode",
}
_LEVELS = {3: "类", 5: "款", 7: "项"}


def parent_code(code: str) -> str | None:
    """Return the code one level up (类 3 digits, 款 5, 项 7), None for a 类.

    >>> parent_code("2010308"), parent_code("30201"), parent_code("201")
    ('20103', '302', None)
    """
    return code[:-2] if code.isdigit() and len(code) > 3 and len(code) % 2 else None


def level_of(code: str) -> str | None:
    """Return 类, 款 or 项 by the number of digits, None for any other length."""
    return _LEVELS.get(len(code))


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
