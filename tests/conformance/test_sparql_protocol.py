"""The W3C tests of the SPARQL 1.1 Protocol and of its service description, against the real server.

The endpoint is read-only by design: each test of a successful update holds here when the update
is refused with a 4xx, which is the one way in which the manifest is not followed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.rdf import Iri, Quad
from kg.settings import Settings
from kg.store.draft import begin_draft, publish_draft
from kg.store.generations import Home
from kg.store.manifest import Manifest
from tests.conformance.manifest import Request, read_requests
from tests.served import Client, Got, serve
from tests.shared import SHARED, needs_shared

pytestmark = [pytest.mark.shared, needs_shared]

PROTOCOL = SHARED / "w3c" / "protocol"
TABULAR = {
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
}
GRAPHS = {"text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"}


REQUESTS = read_requests(PROTOCOL / "manifest.ttl", "ProtocolTest", {"/sparql/": "/sparql"})
UPDATES = {name for name in REQUESTS if name.startswith("update_")}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    import pyoxigraph

    home = Home(tmp_path_factory.mktemp("w3c"))
    draft = begin_draft(home)
    writer = draft.open_writer("oxigraph")
    for number in (1, 2, 3):
        graph = Iri(f"http://kasei.us/2009/09/sparql/data/data{number}.rdf")
        path = str(PROTOCOL / f"data{number}.nt")
        parsed = pyoxigraph.parse(path=path, format=pyoxigraph.RdfFormat.N_TRIPLES)
        writer.replace_graph(
            graph,
            [
                Quad(Iri(each.subject.value), Iri(each.predicate.value), Iri(each.object.value), graph)
                for each in parsed
            ],
        )
    writer.close()
    manifest = Manifest(number=1, base_iri=Settings().base_iri, engine="oxigraph", code="")
    publish_draft(home, draft, manifest, keep=1)
    with serve(Settings(home=home.path, model="none")) as served:
        yield served


def test_all_tests_of_the_manifest_are_run() -> None:
    assert len(REQUESTS) == 34 and len(UPDATES) == 7


@pytest.mark.parametrize("name", sorted(set(REQUESTS) - UPDATES))
def test_the_protocol_is_followed(client: Client, name: str) -> None:
    for request in REQUESTS[name]:
        got = send(client, request)
        assert str(got.status)[0] in {status[-3] for status in request.statuses}, (name, got.text)
        if request.boolean is not None:
            assert json.loads(got.body)["boolean"] is request.boolean
        if request.format is not None:
            assert got.media_type in (GRAPHS if request.format == "RDF" else TABULAR)


@pytest.mark.parametrize("name", sorted(UPDATES))
def test_updates_are_refused_and_change_nothing(client: Client, name: str) -> None:
    before = client.rows("SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g ?s ?p ?o")
    refused = [
        send(client, request).status
        for request in REQUESTS[name]
        if "sparql-update" in request.headers.get("content-type", "") or b"update=" in request.body
    ]
    assert refused and set(refused) == {403}
    assert client.rows("SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g ?s ?p ?o") == before


def send(client: Client, request: Request) -> Got:
    """Send the request as it is written, without a header it doesn't have."""
    return client.send(request.method, request.path, headers=request.headers, body=request.body)


def test_the_service_description_names_the_endpoint_and_what_it_can(client: Client) -> None:
    from rdflib import RDF, Graph, Namespace, URIRef

    space = Namespace("http://www.w3.org/ns/sparql-service-description#")
    got = client.get("/sparql")
    assert got.status == 200 and got.media_type in GRAPHS
    graph = Graph().parse(data=got.body, format="turtle")
    endpoint = URIRef(f"http://127.0.0.1:{client.port}/sparql")
    (service,) = graph.subjects(space.endpoint, endpoint)
    assert (service, RDF.type, space.Service) in graph
    assert (service, space.supportedLanguage, space.SPARQL11Query) in graph
    assert all(isinstance(each, URIRef) for each in graph.objects(service, space.resultFormat))
    for dataset in graph.objects(service, space.defaultDataset):
        assert (dataset, RDF.type, space.Dataset) in graph


def test_the_conformance_material_is_not_part_of_the_project() -> None:
    assert not list(Path(__file__).parent.glob("*.ttl"))
