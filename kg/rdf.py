"""RDF terms of our own, so that no seam speaks an engine's types.

IRIs and literals only: the graphs hold no blank nodes.
"""

from __future__ import annotations

from typing import NamedTuple

XSD = "http://www.w3.org/2001/XMLSchema#"


class Iri(NamedTuple):
    """An IRI, e.g. `Iri("https://w3id.org/suyuan/id/code/function/2010308")`."""

    value: str


class Literal(NamedTuple):
    """A literal: a plain string, one with a language, or one with a datatype IRI."""

    value: str
    datatype: str | None = None
    language: str | None = None


Term = Iri | Literal


class Quad(NamedTuple):
    """One statement in a named graph."""

    subject: Iri
    predicate: Iri
    object: Term
    graph: Iri
