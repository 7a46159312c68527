"""Each document's graph keeps to the shapes, and the sum rules agree with the audit."""

from __future__ import annotations

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, RDFS

import ontology
from kg.triples.terms import term
from tests.graphs import DOCUMENTS, sample_quads, to_rdflib

FILES = sorted(path.name for path in DOCUMENTS.glob("*.txt"))


def validate(graph: Graph, shapes: str) -> list[tuple[str, str]]:
    """Return (focus node, value) of each violation. A fresh session each: a used one keeps old answers."""
    import pyrudof

    rudof = pyrudof.Rudof(pyrudof.RudofConfig())
    rudof.read_shacl(shapes, pyrudof.ShaclFormat.Turtle)
    rudof.read_data(graph.serialize(format="nt"), pyrudof.RDFFormat.NTriples)
    return [(str(one.focus_node), str(one.value)) for one in rudof.validate_shacl()]


def uri(name: str) -> URIRef:
    return URIRef(term(name).value)


@pytest.mark.parametrize("file", FILES)
def test_a_documents_graph_keeps_to_the_shapes(file: str) -> None:
    graph = to_rdflib(sample_quads()[file]) + ontology.load_vocabulary()
    assert validate(graph, ontology.shapes_path().read_text("utf-8")) == []


@pytest.mark.parametrize("predicate", ["rdfs:label", "bud:fiscalYear", "bud:inDocument"])
def test_a_broken_graph_is_refused(predicate: str) -> None:
    graph = to_rdflib(sample_quads()[FILES[2]]) + ontology.load_vocabulary()
    project = sorted(graph.subjects(RDF.type, uri("bud:Project")))[0]
    graph.remove((project, uri(predicate), None))
    graph.add((project, uri("bud:fiscalYear"), Literal("2020")))
    assert any(focus == str(project) for focus, _ in validate(graph, ontology.shapes_path().read_text("utf-8")))


@pytest.mark.parametrize("file", FILES)
def test_the_sum_rules_find_what_the_audit_finds(file: str) -> None:
    graph = to_rdflib(sample_quads()[file]) + ontology.load_topics()
    by_rule = {value for _, value in validate(graph, ontology.sums_path().read_text("utf-8"))}
    sums = list(graph.subjects(uri("bud:findingKind"), Literal("sum")))
    cited = {str(cell) for finding in sums for cell in graph.objects(finding, uri("bud:cell"))}
    assert by_rule <= cited
    for finding in sums:
        cells = set(graph.objects(finding, uri("bud:cell")))
        code = str(graph.value(finding, uri("bud:messageCode")))
        # The audit also adds up prose, forms and projects; the rules speak of coded tables alone.
        if code == "audit.sum.codes":
            assert by_rule & {str(cell) for cell in cells}, str(graph.value(finding, RDFS.comment))


def test_the_sum_rules_find_something() -> None:
    graph = to_rdflib(sample_quads()[FILES[0]]) + ontology.load_topics()
    assert len(validate(graph, ontology.sums_path().read_text("utf-8"))) >= 5
