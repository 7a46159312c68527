"""Graphs for tests: the sample documents read once, as records, as quads, as a store, as rdflib."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.ids import BASE
from kg.rdf import Iri, Quad, Term
from kg.records import Record

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

    from kg.store.oxigraph import OxigraphReader

DOCUMENTS = Path(__file__).resolve().parents[1] / "data" / "documents"


@cache
def sample_records() -> dict[str, tuple[Record, ...]]:
    """Return file name -> records of each sample document, audited."""
    from kg.audit import audit_records
    from kg.extract.run import extract_records
    from kg.read import read_document
    from kg.settings import Settings

    found = {}
    for path in sorted(DOCUMENTS.glob("*.txt")):
        document = read_document(path, Settings())
        found[path.name] = audit_records(extract_records(document))
    return found


@cache
def sample_quads() -> dict[str, tuple[Quad, ...]]:
    """Return file name -> quads of each sample document."""
    from kg.triples import to_quads

    return {name: tuple(to_quads(records, BASE)) for name, records in sample_records().items()}


def build_store(folder: Path, graphs: Iterable[Iterable[Quad]], *, codes: bool = True) -> OxigraphReader:
    """Return a reader of a new store with the graphs, the code lists (if wanted) and their resolution."""
    from kg.resolve import resolution_quads
    from kg.store.oxigraph import OxigraphReader, OxigraphWriter
    from kg.triples.code_lists import code_quads

    writer = OxigraphWriter.open(folder)
    for quads in (*graphs, code_quads() if codes else ()):
        _write(writer, quads)
    _write(writer, resolution_quads(writer, BASE))
    writer.close()
    return OxigraphReader.open(folder)


def _write(writer: object, quads: Iterable[Quad]) -> None:
    by_graph: dict[Iri, list[Quad]] = {}
    for quad in quads:
        by_graph.setdefault(quad.graph, []).append(quad)
    for graph, members in by_graph.items():
        writer.replace_graph(graph, members)  # type: ignore[attr-defined]


def to_rdflib(quads: Iterable[Quad]) -> Graph:
    """Return the quads as one rdflib graph."""
    from rdflib import Graph

    graph = Graph()
    for quad in quads:
        graph.add((_node(quad.subject), _node(quad.predicate), _node(quad.object)))
    return graph


def _node(term: Term) -> Node:
    from rdflib import Literal, URIRef

    if isinstance(term, Iri):
        return URIRef(term.value)
    return Literal(term.value, lang=term.language, datatype=URIRef(term.datatype) if term.datatype else None)


@cache
def sample_store() -> OxigraphReader:
    """Return a store of all sample documents, built once a test run and removed at its end."""
    folder = Path(tempfile.mkdtemp(prefix="suyuan-graph-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return build_store(folder / "graph", sample_quads().values())
