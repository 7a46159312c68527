"""RDF from outside as quads of ours: blank nodes get IRIs that say so, and are blank again where they leave.

The graphs hold no blank nodes (kg.rdf). One of a curator's file becomes `<base>.well-known/genid/…` (RDF 1.1 §3.5),
the same each time the same file is sent to the same graph.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from itertools import count

import pyoxigraph

from kg.errors import BadGraph
from kg.messages import say
from kg.rdf import Iri, Quad
from kg.store.terms import quad_from_engine, triple_to_engine

_PLACE = ".well-known/genid/"
_FORMATS = {
    "turtle": pyoxigraph.RdfFormat.TURTLE,
    "ntriples": pyoxigraph.RdfFormat.N_TRIPLES,
    "rdfxml": pyoxigraph.RdfFormat.RDF_XML,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
}


def read_rdf(body: bytes, format: str, graph: Iri, base: str) -> tuple[Quad, ...]:
    """Return the statements of a file as quads of `graph`, relative IRIs below it; `base` is the installation's.

    Raises BadGraph where the file doesn't parse or names graphs of its own.
    """
    found: dict[Quad, None] = {}
    name = hashlib.sha256(graph.value.encode() + b"\0" + body).hexdigest()[:16]
    numbers, labels = count(1), dict[str, pyoxigraph.NamedNode]()

    def named(term: object) -> object:
        if not isinstance(term, pyoxigraph.BlankNode):
            return term
        if term.value not in labels:
            labels[term.value] = pyoxigraph.NamedNode(f"{base}{_PLACE}{name}-{next(numbers)}")
        return labels[term.value]

    try:
        for read in pyoxigraph.parse(body, format=_FORMATS[format], base_iri=graph.value, without_named_graphs=True):
            told = pyoxigraph.Quad(
                named(read.subject),  # type: ignore[arg-type]
                read.predicate,
                named(read.object),  # type: ignore[arg-type]
                pyoxigraph.NamedNode(graph.value),
            )
            found[quad_from_engine(told)] = None
    except (SyntaxError, ValueError) as error:
        raise BadGraph(say("error.graph.file", reason=str(error))) from error
    return tuple(found)


def with_blanks(quads: Iterable[Quad], base: str) -> list[pyoxigraph.Triple]:
    """Return the engine's triples of quads, each once, blank where a blank node was sent."""

    def told(term: object) -> object:
        if isinstance(term, pyoxigraph.NamedNode) and term.value.startswith(base + _PLACE):
            return pyoxigraph.BlankNode("b" + term.value[len(base + _PLACE) :].replace("-", "x"))
        return term

    triples = map(triple_to_engine, quads)
    return list(
        dict.fromkeys(
            pyoxigraph.Triple(told(each.subject), each.predicate, told(each.object))  # type: ignore[arg-type]
            for each in triples
        )
    )
