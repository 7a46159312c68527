"""The W3C tests of the SPARQL 1.1 Graph Store HTTP Protocol, against the real server, with the token that writing needs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from kg.settings import Settings
from tests.conformance.manifest import Request, read_requests
from tests.served import Client, Got, serve
from tests.shared import SHARED, needs_shared

pytestmark = [pytest.mark.shared, needs_shared]

FOLDER = SHARED / "w3c" / "graph-store-protocol"
REQUESTS = {
    name: found
    for kind in ("direct", "indirect")
    for name, found in read_requests(
        FOLDER / f"manifest-{kind}.ttl", "GraphStoreProtocolTest", {"/gsp": "/graphs"}
    ).items()
}
STATUS = {"OK": 200, "Created": 201, "NoContent": 204, "NotFound": 404}
TOKEN = "a-token-of-the-test"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    with serve(Settings(home=tmp_path, model="none", write_token=TOKEN)) as served:
        yield served


def test_all_tests_of_the_manifests_are_run() -> None:
    assert len(REQUESTS) == 14  # one more than the entries of the manifests: it is described, not listed


@pytest.mark.parametrize("name", sorted(REQUESTS))
def test_the_protocol_is_followed(client: Client, name: str) -> None:
    location = ""
    for request in REQUESTS[name]:
        got = send(client, request, location)
        assert got.status in {STATUS[status] for status in request.statuses}, (name, request.method, got.text)
        if request.location is not None:
            location = got.headers["Location"]
        if request.content_type is not None:
            assert got.headers["Content-Type"] == request.content_type
        if request.answer is not None:
            assert same(request.answer, got.body.decode(), f"http://127.0.0.1{request.path}")


def send(client: Client, request: Request, location: str) -> Got:
    """Send the request as it is written, the place of a graph made before put in."""
    path = request.path.replace("$LOCATION$", quote(location, safe=""))
    headers = {**request.headers, "Authorization": f"Bearer {TOKEN}"}
    return client.send(request.method, path, headers=headers, body=request.body)


def same(wanted: str, got: str, base: str) -> bool:
    """Return whether two Turtle texts are one graph."""
    from rdflib import Graph
    from rdflib.compare import isomorphic

    return isomorphic(Graph().parse(data=wanted, publicID=base), Graph().parse(data=got, publicID=base))


def test_nothing_is_written_without_the_token(tmp_path: Path) -> None:
    put = next(request for request in REQUESTS["put_get_repeat_direct"] if request.method == "PUT")
    with serve(Settings(home=tmp_path, model="none", write_token=TOKEN)) as client:
        for wrong in ({}, {"Authorization": "Bearer other"}, {"Authorization": f"Basic {TOKEN}"}):
            assert client.send("PUT", put.path, headers={**put.headers, **wrong}, body=put.body).status == 401
