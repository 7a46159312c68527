"""Curators write graphs of their own by HTTP: with a token, a generation each, never a document's graph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kg.settings import Settings
from kg.store.generations import Home
from suyuan.pipeline import ingest as ingest_again
from suyuan.pipeline import rollback, verify
from tests.served import Client, Got, ingest, serve
from tests.shared import DOCUMENTS

TOKEN = "校订-令牌"
NOTE = """@prefix ex: <http://example.org/> .
<http://example.org/note/1> ex:says "金额应为万元" ; ex:by [ ex:name "王五" ] ."""
ADDRESS = "/graphs/reviews/2021"
GRAPH = "https://w3id.org/suyuan/id/graph/curated/reviews/2021"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return replace(ingest(tmp_path, sorted(DOCUMENTS.glob("*.txt"))[0]), write_token=TOKEN)


@pytest.fixture
def client(settings: Settings) -> Iterator[Client]:
    with serve(settings) as served:
        yield served


def write(
    client: Client, method: str, path: str, text: str = "", media_type: str = "text/turtle", token: str = TOKEN
) -> Got:
    sent = {"Content-Type": media_type, "Authorization": f"Bearer {token}".encode().decode("latin-1")}
    return client.send(method, path, headers=sent, body=text.encode())


def test_what_a_curator_writes_is_read_asked_kept_and_taken_back(client: Client, settings: Settings) -> None:
    home = Home(settings.home)
    before = home.current().manifest
    assert write(client, "PUT", ADDRESS, NOTE).status == 201
    assert home.current().number == before.number + 1 and verify(settings) == ()
    said = client.get(ADDRESS, "text/turtle").text
    assert "王五" in said and "genid" not in said
    asked = 'SELECT ?name { ?n <http://example.org/says> "金额应为万元" ; <http://example.org/by>/<http://example.org/name> ?name }'
    assert client.rows(asked) == [("王五",)]
    ingest_again([sorted(DOCUMENTS.glob("*.txt"))[1]], settings)
    assert client.rows(asked) == [("王五",)] and verify(settings) == ()
    assert write(client, "DELETE", ADDRESS).status == 204
    assert client.get(ADDRESS).status == 404 and client.rows(asked) == [] and verify(settings) == ()
    rollback(settings)
    assert client.rows(asked) == [("王五",)]


def test_the_same_again_makes_no_generation_and_more_is_added(client: Client, settings: Settings) -> None:
    write(client, "PUT", ADDRESS, NOTE)
    number = Home(settings.home).current().number
    assert write(client, "PUT", ADDRESS, NOTE).status == 204
    assert Home(settings.home).current().number == number
    assert (
        write(client, "POST", f"/graphs?graph={GRAPH}", "<http://example.org/2> a <http://example.org/Note> .").status
        == 204
    )
    assert client.rows(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{GRAPH}> {{ ?s ?p ?o }} }}") == [("4",)]


def test_graphs_of_documents_codes_and_links_are_read_and_not_written(client: Client, settings: Settings) -> None:
    manifest = Home(settings.home).current().manifest
    for graph in manifest.graphs:
        assert client.send("HEAD", f"/graphs?graph={graph}").status == 200
        for method in ("PUT", "POST", "DELETE"):
            got = write(client, method, f"/graphs?graph={graph}", NOTE)
            assert (got.status, got.error["code"]) == (403, "graph_refused")
    free = f"{settings.base_iri}id/document/0123456789abcdef"
    assert write(client, "PUT", f"/graphs?graph={free}", NOTE).status == 403
    assert Home(settings.home).current().manifest == manifest


@pytest.mark.parametrize("token", ["", "校订", "校订-令牌-", "other"])
def test_another_token_is_none(client: Client, token: str) -> None:
    got = write(client, "PUT", ADDRESS, NOTE, token=token)
    assert (got.status, got.error["code"], got.headers["Www-Authenticate"]) == (401, "unauthorized", "Bearer")
    assert client.get(ADDRESS).status == 404


def test_without_a_token_in_the_settings_nobody_writes(settings: Settings) -> None:
    with serve(replace(settings, write_token="")) as client:
        for token in ("", TOKEN):
            got = write(client, "PUT", ADDRESS, NOTE, token=token)
            assert (got.status, got.error["code"]) == (403, "writing_off")


def test_what_can_not_be_read_changes_nothing(client: Client, settings: Settings) -> None:
    number = Home(settings.home).current().number
    assert write(client, "PUT", ADDRESS, "<a> <b>").status == 400
    assert write(client, "PUT", ADDRESS, NOTE, media_type="text/csv").status == 415
    assert write(client, "PUT", "/graphs", NOTE).status == 400
    assert write(client, "PUT", f"/graphs?default&graph={GRAPH}", NOTE).status == 400
    assert write(client, "PUT", "/graphs?graph=nothing", NOTE).status == 400
    assert write(client, "DELETE", ADDRESS).status == 404
    assert Home(settings.home).current().number == number


def test_the_token_is_in_no_answer_and_no_representation(settings: Settings) -> None:
    assert TOKEN not in repr(settings)
