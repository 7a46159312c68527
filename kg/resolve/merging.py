"""Say that two nodes are one: link them and repeat on the fuller what points to the lesser."""

from __future__ import annotations

from collections.abc import Iterator

from kg.ids import Ids
from kg.rdf import Iri, Quad
from kg.store.base import GraphReader
from kg.store.queries import load_query
from kg.triples.facts import Facts
from kg.triples.terms import term


def merge_quads(reader: GraphReader, ids: Ids, lesser: Iri, fuller: Iri, name: str) -> Iterator[Quad]:
    """Yield the link from `lesser` to `fuller`, its name as another name, and what points to it again."""
    graph = ids.resolution_graph
    yield from Facts(lesser, graph).add("bud:mergedInto", fuller)
    yield from Facts(fuller, graph).add("skos:altLabel", name)
    for subject, predicate in reader.select(load_query("ontology", "links_to"), {"node": lesser}).rows:
        if isinstance(subject, Iri) and isinstance(predicate, Iri) and predicate != term("bud:mergedInto"):
            yield Quad(subject, predicate, fuller, graph)
