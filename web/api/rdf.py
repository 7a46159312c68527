"""Write statements as RDF: JSON-LD by rdflib, with our context; the other formats by the engine."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from io import BytesIO
from typing import Any

from kg.query.formats import Format
from kg.query.graphs import write_triples
from kg.rdf import Quad
from kg.triples.terms import NAMESPACES
from ontology import context_path


def write_rdf(quads: Iterable[Quad], form: Format) -> bytes:
    """Return the statements in a format, each once, whatever graphs it stands in."""
    from kg.store.terms import triple_to_engine

    return write_triples_as(list(dict.fromkeys(triple_to_engine(quad) for quad in quads)), form)


def write_triples_as(triples: list[Any], form: Format) -> bytes:
    """Return triples of the engine in a format."""
    if form.name == "jsonld":
        return _write_jsonld(triples)
    output = BytesIO()
    write_triples(triples, output, form.name, NAMESPACES)
    return output.getvalue()


@cache
def load_context() -> dict[str, Any]:
    """Return the JSON-LD context of the vocabulary."""
    context: dict[str, Any] = json.loads(context_path().read_text("utf-8"))
    return context


def _write_jsonld(triples: list[Any]) -> bytes:
    from rdflib import Graph

    plain = BytesIO()
    write_triples(triples, plain, "ntriples", {})
    graph = Graph().parse(data=plain.getvalue(), format="nt")
    return graph.serialize(format="json-ld", context=load_context()["@context"], indent=2, encoding="utf-8")
