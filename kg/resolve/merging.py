"""Say that two nodes are one: link them and repeat on the fuller what points to the lesser."""

from __future__ import annotations

from collections.abc import Iterator

import ontology
from kg.ids import Ids
from kg.rdf import Iri, Quad
from kg.store.base import GraphReader
from kg.triples.facts import Facts
from kg.triples.terms import term


def merge_quads(reader: GraphReader, ids: Ids, lesser: Iri, fuller: Iri, name: str) -> Iterator[Quad]:
    """Yield the link from `lesser` to `fuller`, its name as another name, and what points to it again."""
    graph = ids.resolution_graph
    yield from Facts(lesser, graph).add("bud:mergedInto", fuller)
    yield from Facts(fuller, graph).add("skos:altLabel", name)
    for subject, predicate in reader.select(ontology.load_query("links_to"), {"node": lesser}).rows:
        if isinstance(subject, Iri) and isinstance(predicate, Iri) and predicate != term("bud:mergedInto"):
            yield Quad(subject, predicate, fuller, graph)
