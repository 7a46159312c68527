"""Collect what is said about one node, and give it as quads of one graph."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kg.ids import Ids
from kg.rdf import Iri, Quad, Term
from kg.records import Source
from kg.triples.terms import boolean, decimal, integer, term, text
from kg.values.place import Place

Value = Term | str | int | bool | Decimal | None


def to_term(value: Value) -> Term | None:
    """Return the RDF term of a plain value; None for None and for empty text.

    Chinese and English texts alike are plain strings without language.
    """
    if value is None or isinstance(value, Term):
        return value
    if isinstance(value, bool):
        return boolean(value)
    if isinstance(value, int):
        return integer(value)
    if isinstance(value, Decimal):
        return decimal(value)
    return text(value) if value.strip() else None


class Facts:
    """The statements about one node, in the order they were added, each once."""

    def __init__(self, node: Iri, graph: Iri, *types: str) -> None:
        self.node = node
        self._graph = graph
        self._quads: dict[Quad, None] = {}
        for name in types:
            self.add("rdf:type", term(name))

    def add(self, predicate: str, *values: Value) -> Facts:
        """State `predicate` with each value that isn't None or empty."""
        for value in values:
            filled = to_term(value)
            if filled is not None:
                self._quads[Quad(self.node, term(predicate), filled, self._graph)] = None
        return self

    def add_source(self, document: Iri, source: Source | None) -> Facts:
        """State where the node was read: its document, place and text as printed."""
        self.add("bud:inDocument", document)
        if source is not None:
            self.add("bud:printedText", source.text)
            self.add_place(source.place)
        return self

    def add_place(self, place: Place) -> Facts:
        """State the parts of a place that are known."""
        for predicate, value in place.statements():
            self.add(predicate, value)
        return self

    def __iter__(self) -> Iterator[Quad]:
        return iter(self._quads)


class Namer:
    """Gives each node read from one document an IRI of its own, from its place and content.

    The same node asked for twice with the same key gets a running number, so that two figures of
    one cell stay two; the order of the records decides, and that is the reading order.
    """

    def __init__(self, ids: Ids, sha256: str) -> None:
        self._ids = ids
        self._sha256 = sha256
        self._seen: dict[Iri, int] = {}

    def name(self, kind: str, source: Source, *parts: object) -> Iri:
        """Return a fresh IRI for something of `kind` read at `source`."""
        key = (self._sha256, *source.place.key, source.text, *parts)
        iri = self._ids.hashed(kind, *key)
        count = self._seen.get(iri, 0)
        self._seen[iri] = count + 1
        return iri if count == 0 else self._ids.hashed(kind, *key, count)
