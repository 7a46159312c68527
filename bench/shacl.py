"""Compare pySHACL and pyrudof on the graphs of the sample documents: correctness and speed.

    python bench/shacl.py

Each engine validates each document's graph as it is, and copies of a small one with one thing
broken; a good engine finds nothing in the first and the broken node in every copy.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, RDFS, XSD

import ontology
from kg.audit import audit_records
from kg.extract.run import extract_records
from kg.ids import BASE
from kg.read import read_document
from kg.settings import Settings
from kg.triples import to_quads
from kg.triples.terms import BUD
from kg.triples.terms import term as known
from tests.graphs import to_rdflib

DOCUMENTS = Path(__file__).resolve().parents[1] / "data" / "documents"
Engine = Callable[[Graph], bool]


def load_graphs() -> dict[str, Graph]:
    """Return file name -> graph of the document, smallest first."""
    graphs = {}
    for path in DOCUMENTS.glob("*.txt"):
        document = read_document(path, Settings())
        records = audit_records(extract_records(document))
        graphs[path.name] = to_rdflib(to_quads(records, BASE))
    return dict(sorted(graphs.items(), key=lambda pair: len(pair[1])))


def break_graph(graph: Graph) -> Iterator[tuple[str, Graph]]:
    """Yield copies of a graph with one thing broken each."""

    def first(name: str) -> URIRef:
        return sorted(graph.subjects(RDF.type, URIRef(BUD + name)))[0]

    def copy() -> Graph:
        return Graph() + graph

    def predicate(name: str) -> URIRef:
        return URIRef(known(name).value)

    missing = copy()
    missing.remove((first("Project"), RDFS.label, None))
    yield "a project without a label", missing
    typed = copy()
    typed.set((first("Observation"), predicate("bud:amount"), Literal("12.5")))
    yield "an amount that is a string", typed
    twice = copy()
    twice.add((first("Indicator"), predicate("bud:level3"), Literal("又一个")))
    yield "an indicator with two names", twice
    stage = copy()
    stage.set((first("Observation"), predicate("bud:stage"), Literal("someday")))
    yield "a stage that doesn't exist", stage
    stray = copy()
    stray.set((first("Project"), predicate("bud:department"), URIRef("https://example.org/nobody")))
    yield "a department that is none", stray
    pattern = copy()
    document = first("BudgetDocument")
    pattern.set((document, predicate("bud:sha256"), Literal("not a sum")))
    yield "a checksum that is none", pattern
    more = copy()
    more.set((document, predicate("bud:numbersAccounted"), Literal(10**6, datatype=XSD.integer)))
    yield "more numbers accounted for than printed", more
    empty = copy()
    for name in ("bud:amount", "bud:value"):
        empty.remove((first("Observation"), predicate(name), None))
    yield "an observation without a number", empty
    year = copy()
    year.set((first("Project"), predicate("bud:fiscalYear"), Literal(20, datatype=XSD.integer)))
    yield "a year out of range", year


def open_pyshacl() -> Engine:
    from pyshacl import validate

    shapes, vocabulary = ontology.load_shapes(), ontology.load_vocabulary()

    def conforms(graph: Graph) -> bool:
        return bool(validate(graph, shacl_graph=shapes, ont_graph=vocabulary, inference="none")[0])

    return conforms


def open_pyrudof() -> Engine:
    import pyrudof

    shapes, vocabulary = ontology.shapes_path().read_text("utf-8"), ontology.load_vocabulary()

    def conforms(graph: Graph) -> bool:
        # A session used twice answers from the first data where triples were only taken away.
        rudof = pyrudof.Rudof(pyrudof.RudofConfig())
        rudof.read_shacl(shapes, pyrudof.ShaclFormat.Turtle)
        rudof.read_data((graph + vocabulary).serialize(format="nt"), pyrudof.RDFFormat.NTriples)
        return bool(rudof.validate_shacl().conforms)

    return conforms


def main() -> None:
    graphs = load_graphs()
    project = (None, RDF.type, URIRef(f"{BUD}Project"))
    smallest = next(graph for graph in graphs.values() if project in graph)
    for name, engine in (("pySHACL", open_pyshacl()), ("pyrudof", open_pyrudof())):
        for file, graph in graphs.items():
            started = time.perf_counter()
            verdict = "conforms" if engine(graph) else "REFUSED"
            print(f"{name}\t{file}\t{len(graph)} triples\t{verdict}\t{time.perf_counter() - started:.2f} s")
        for what, graph in break_graph(smallest):
            print(f"{name}\t{what}\t{'found' if not engine(graph) else 'MISSED'}")


if __name__ == "__main__":
    main()
