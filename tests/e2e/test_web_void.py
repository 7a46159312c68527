"""The data set describes itself, in figures that queries confirm, the same in every format."""

from __future__ import annotations

from typing import Any

import pytest
from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.compare import isomorphic

from tests.served import Client, serve
from tests.shared import DOCUMENTS

VOID, DCAT = Namespace("http://rdfs.org/ns/void#"), Namespace("http://www.w3.org/ns/dcat#")
ADDRESS = "/.well-known/void"


@pytest.fixture
def described(client: Client) -> tuple[Graph, Any]:
    graph = Graph().parse(data=client.get(ADDRESS, "text/turtle").body, format="turtle")
    (dataset,) = graph.subjects(RDF.type, VOID.Dataset)
    return graph, dataset


def test_the_figures_are_those_that_queries_give(client: Client, described: tuple[Graph, Any]) -> None:
    graph, dataset = described
    (number,) = client.rows("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert str(graph.value(dataset, VOID.triples)) == number[0]
    assert int(graph.value(dataset, VOID.documents) or 0) == len(list(DOCUMENTS.glob("*.txt")))
    told = {
        (str(graph.value(part, VOID["class"])), str(graph.value(part, VOID.entities)))
        for part in graph.objects(dataset, VOID.classPartition)
    }
    assert told == set(client.rows("SELECT ?c (COUNT(?s) AS ?n) { ?s a ?c } GROUP BY ?c"))
    parts = set(graph.objects(dataset, VOID.propertyPartition))
    assert sum(int(graph.value(part, VOID.triples) or 0) for part in parts) == int(number[0])


def test_it_says_where_to_ask_and_what_it_came_from(client: Client, described: tuple[Graph, Any]) -> None:
    graph, dataset = described
    endpoint = URIRef(f"http://127.0.0.1:{client.port}/sparql")
    assert (dataset, VOID.sparqlEndpoint, endpoint) in graph
    assert (dataset, RDF.type, DCAT.Dataset) in graph
    assert {graph.value(service, DCAT.endpointURL) for service in graph.subjects(DCAT.servesDataset, dataset)} == {
        endpoint
    }
    sources = set(graph.objects(dataset, URIRef("http://www.w3.org/ns/prov#wasDerivedFrom")))
    assert len(sources) == 5
    for source in [*sources, *graph.objects(dataset, DCAT.themeTaxonomy)]:
        assert client.query(f"ASK {{ <{source}> ?p ?o }}").data()["boolean"] is True


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
@pytest.mark.parametrize(("name", "parser"), [("ntriples", "nt"), ("rdfxml", "xml"), ("jsonld", "json-ld")])
def test_every_format_is_the_same_graph(client: Client, described: tuple[Graph, Any], name: str, parser: str) -> None:
    got = client.get(ADDRESS, format=name)
    assert isomorphic(Graph().parse(data=got.body, format=parser), described[0])


def test_before_the_first_ingest_there_is_nothing_to_describe(tmp_path: Any) -> None:
    from kg.settings import Settings

    with serve(Settings(home=tmp_path, model="none")) as empty:
        assert (empty.get(ADDRESS).status, empty.get(ADDRESS).error["code"]) == (503, "no_generation")
