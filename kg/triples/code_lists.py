"""The packaged code lists and the vocabulary as quads: one named graph each.

Read with rdflib, the one place that parses them; what comes out has no blank nodes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import ontology
from kg.ids import BASE, Ids
from kg.rdf import XSD, Iri, Literal, Quad, Term

if TYPE_CHECKING:
    from rdflib import Graph


def code_quads(base_iri: str = BASE) -> Iterator[Quad]:
    """Yield the code lists, the topics and the vocabulary, each in its own graph, in a fixed order.

    The lists are written under the project's own base; another base takes its place in their IRIs.
    """
    ids = Ids(base_iri)
    for scheme in ontology.CODE_SCHEMES:
        yield from _graph_quads(ontology.load_code_scheme(scheme), ids.code_graph(scheme), base_iri)
    yield from _graph_quads(ontology.load_topics(), ids.code_graph("topics"), base_iri)
    yield from _graph_quads(ontology.load_vocabulary(), ids.of("graph", "ontology"), base_iri)


def _graph_quads(graph: Graph, name: Iri, base_iri: str) -> Iterator[Quad]:
    quads = (
        Quad(_iri(subject, base_iri), Iri(str(predicate)), _term(value, base_iri), name)
        for subject, predicate, value in graph
    )
    yield from sorted(quads, key=repr)


def _iri(node: object, base_iri: str) -> Iri:
    value = str(node)
    return Iri(base_iri + value.removeprefix(BASE)) if value.startswith(f"{BASE}id/") else Iri(value)


def _term(node: object, base_iri: str) -> Term:
    from rdflib import Literal as RdfLiteral
    from rdflib import URIRef

    if isinstance(node, URIRef):
        return _iri(node, base_iri)
    if isinstance(node, RdfLiteral):
        datatype = str(node.datatype) if node.datatype else None
        return Literal(str(node), None if datatype == f"{XSD}string" else datatype, node.language)
    raise ValueError(f"a packaged file holds a node that is neither IRI nor literal: {node!r}")
