"""The vocabulary declares what the graph uses, in both languages; its files agree."""

from __future__ import annotations

import json

import pytest
from rdflib import RDF, RDFS, Graph, URIRef

import ontology
from kg.lexicon import load_rows
from kg.rdf import Iri
from kg.triples.code_lists import code_quads
from kg.triples.terms import BUD, NAMESPACES
from search.sparql.service_block import PREDICATES
from tests.graphs import sample_quads, sample_store


def declared(graph: Graph) -> set[str]:
    return {str(term) for term in graph.subjects(RDFS.label) if str(term).startswith(BUD)}


def used_terms() -> set[str]:
    rows = sample_store().select("SELECT DISTINCT ?p WHERE { ?s ?p ?o }").rows
    types = sample_store().select("SELECT DISTINCT ?t WHERE { ?s a ?t }").rows
    return {term.value for (term,) in (*rows, *types) if isinstance(term, Iri)}


def test_every_term_the_graph_uses_is_declared() -> None:
    ours = {term for term in used_terms() if term.startswith(BUD)}
    assert len(ours) > 90
    assert ours <= declared(ontology.load_vocabulary())


def test_every_foreign_term_is_of_a_known_vocabulary() -> None:
    foreign = {term for term in used_terms() if not term.startswith(BUD)}
    spaces = (*NAMESPACES.values(), "http://purl.org/vocab/vann/", "http://www.w3.org/ns/sparql-service-description#")
    assert {term for term in foreign if not term.startswith(spaces)} == set()


def test_every_declared_term_speaks_both_languages() -> None:
    graph = ontology.load_vocabulary()
    assert len(declared(graph)) > 120
    for term in declared(graph):
        for predicate in (RDFS.label, RDFS.comment):
            languages = {value.language for value in graph.objects(URIRef(term), predicate)}
            assert languages == {"zh", "en"}, (term, predicate)


def test_every_class_stands_under_a_known_one() -> None:
    graph = ontology.load_vocabulary()
    owl_class = URIRef(NAMESPACES["owl"] + "Class")
    for term in graph.subjects(RDF.type, owl_class):
        assert list(graph.objects(term, RDFS.subClassOf)), term


def test_the_context_knows_every_term() -> None:
    context = json.loads(ontology.context_path().read_text("utf-8"))["@context"]
    asked = {"search", "similarity", *PREDICATES} - {term.removeprefix(BUD) for term in used_terms()}
    names = {term.removeprefix(BUD) for term in declared(ontology.load_vocabulary())} - asked
    assert names <= set(context)


@pytest.mark.parametrize("name", PREDICATES)
def test_every_property_of_a_search_in_sparql_is_declared(name: str) -> None:
    graph = ontology.load_vocabulary()
    assert BUD + name in declared(graph)
    domains = set(graph.objects(URIRef(BUD + name), RDFS.domain))
    assert domains <= {URIRef(BUD + "Passage"), URIRef(BUD + "LegalDocument")}


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own, inside its reader
def test_the_context_turns_json_into_the_same_triples() -> None:
    context = json.loads(ontology.context_path().read_text("utf-8"))["@context"]
    data = {
        "@context": context,
        "id": "https://example.org/p",
        "type": "Project",
        "label": "甲",
        "amount": "12.5",
        "department": "https://example.org/d",
        "fiscalYear": 2020,
    }
    graph = Graph().parse(data=json.dumps(data), format="json-ld")
    project = URIRef("https://example.org/p")
    assert (project, RDF.type, URIRef(BUD + "Project")) in graph
    assert (project, URIRef(BUD + "department"), URIRef("https://example.org/d")) in graph
    assert str(graph.value(project, URIRef(BUD + "amount")).datatype).endswith("decimal")  # type: ignore[union-attr]


def test_every_topic_of_the_lexicon_is_declared() -> None:
    notation = URIRef(NAMESPACES["skos"] + "notation")
    known = {str(value) for value in ontology.load_topics().objects(None, notation)}
    assert {row[0] for row in load_rows("topics")} <= known
    assert {row[1] for row in load_rows("metric_topics")} <= known


def test_code_lists_have_no_blank_nodes_and_follow_the_base() -> None:
    quads = list(code_quads("https://example.org/budget/"))
    assert len(quads) > 15_000
    assert all(isinstance(quad.subject, Iri) for quad in quads)
    assert not any("w3id.org/suyuan/id" in quad.subject.value for quad in quads)


def test_a_code_keeps_its_names_by_year() -> None:
    answer = sample_store().select(
        "SELECT ?name ?first ?last WHERE { ?n <"
        + BUD
        + "nameOf>/<"
        + NAMESPACES["skos"]
        + "notation> '210' ; <"
        + NAMESPACES["rdfs"]
        + "label> ?name ; <"
        + BUD
        + "firstYear> ?first ; <"
        + BUD
        + "lastYear> ?last }"
    )
    names = {row["name"] for row in answer.dicts()}
    assert {"卫生健康支出", "医疗卫生与计划生育支出"} <= names


def test_a_code_whose_name_moved_on_says_where() -> None:
    ids = "https://w3id.org/suyuan/id/code/function/"
    assert sample_store().ask(f"ASK {{ <{ids}2010308> <{NAMESPACES['dcterms']}isReplacedBy> <{ids}20140> }}")


def test_the_same_records_give_the_same_quads() -> None:
    from kg.ids import BASE
    from kg.triples import to_quads
    from tests.graphs import sample_records

    for name, records in sample_records().items():
        assert tuple(to_quads(records, BASE)) == sample_quads()[name]


def test_graphs_hold_no_date_of_the_run() -> None:
    stamps = sample_store().select(
        f"SELECT ?o WHERE {{ ?s ?p ?o FILTER(DATATYPE(?o) = <{NAMESPACES['xsd']}dateTime>) }}"
    )
    assert not stamps.rows
