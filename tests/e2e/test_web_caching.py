"""Answers have the generation for a tag, are sent packed, and tell other sites' programs what they may ask."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from suyuan.pipeline import remove
from tests.served import BROWSER, Client, ingest, serve
from tests.shared import DOCUMENTS

# The server spells the header Etag; its case is nobody's business.
KEPT = ["/", "/search?q=经费", "/api/documents", "/ontology", "/openapi.json", "/sparql?query=ASK%7B%7D", "/sparql"]


@pytest.mark.parametrize("path", KEPT)
def test_who_has_an_answer_gets_it_only_once(client: Client, path: str) -> None:
    first = client.get(path)
    tag = first.headers["Etag"]
    assert first.status == 200 and tag.startswith("W/")
    for method in ("GET", "HEAD"):
        again = client.send(
            method, path.replace("经费", "%E7%BB%8F%E8%B4%B9"), headers={"If-None-Match": f'"other", {tag}'}
        )
        assert (again.status, again.body, again.headers["Etag"]) == (304, b"", tag)
    assert client.send("GET", "/openapi.json", headers={"If-None-Match": "*"}).status == 200


def test_each_form_of_an_answer_has_a_tag_of_its_own(client: Client) -> None:
    forms = [client.get("/ontology", accept) for accept in ("text/turtle", "application/ld+json", BROWSER)]
    assert len({got.headers["Etag"] for got in forms}) == 3
    for got in forms:
        assert {"Accept", "Accept-Language", "Accept-Encoding"} <= set(got.headers["Vary"].split(", "))


@pytest.mark.parametrize(
    "path", ["/healthz", "/readyz", "/metrics", "/sparql?query=SELECT(NOW()AS?n){}", "/id/nothing"]
)
def test_what_is_of_the_moment_or_an_error_has_none(client: Client, path: str) -> None:
    assert "Etag" not in client.get(path).headers


def test_another_generation_is_another_tag(tmp_path: Path) -> None:
    files = sorted(DOCUMENTS.glob("*.txt"))[:2]
    settings = ingest(tmp_path, *files)
    with serve(settings) as client:
        before = client.get("/api/documents")
        remove([files[0].name], settings)
        after = client.send("GET", "/api/documents", headers={"If-None-Match": before.headers["Etag"]})
        assert after.status == 200 and after.headers["Etag"] != before.headers["Etag"]
        assert after.data()["total"] == 1


@pytest.mark.parametrize("path", ["/", "/ontology", "/api/documents", "/openapi.json"])
def test_text_is_packed_for_who_takes_it_packed(client: Client, path: str) -> None:
    plain = client.get(path)
    packed = client.send("GET", path, headers={"Accept-Encoding": "br, gzip;q=0.5"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body and len(packed.body) < len(plain.body)
    assert packed.headers["Content-Length"] == str(len(packed.body))
    for wish in ("gzip;q=0", "identity", "*"):
        assert "Content-Encoding" not in client.send("GET", path, headers={"Accept-Encoding": wish}).headers


@pytest.mark.parametrize("path", ["/sparql", "/api/search", "/ontology", "/openapi.json"])
def test_programs_of_other_sites_learn_what_they_may_send(client: Client, path: str) -> None:
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "GET"}
    got = client.send("OPTIONS", path, headers=asked)
    assert got.status == 200 and {"GET", "HEAD", "OPTIONS"} <= set(got.headers["Allow"].split(", "))
    assert got.headers["Access-Control-Allow-Origin"] == "*"
    assert "If-None-Match" in got.headers["Access-Control-Allow-Headers"]
    assert "ETag" in client.get(path).headers["Access-Control-Expose-Headers"]


def test_head_says_what_get_would_send(client: Client) -> None:
    for path in ("/", "/ontology", "/api/documents"):
        got, head = client.get(path), client.send("HEAD", path)
        assert (head.status, head.body) == (200, b"")
        assert head.headers["Content-Length"] == str(len(got.body))
        assert head.headers["Etag"] == client.send("GET", path).headers["Etag"]


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("/api/search?q=x&yaer=2020", "year"),
        ("/api/search?q=x&limits=3", "limit"),
        ("/api/documents?format=csv", None),
        ("/api/trace?projekt=x", "project"),
    ],
)
def test_a_parameter_that_an_address_does_not_know_is_refused_with_the_nearest(
    client: Client, path: str, near: str | None
) -> None:
    got = client.get(path)
    assert (got.status, got.error["code"], got.error["message_code"]) == (400, "bad_request", "error.request.unknown")
    assert got.error.get("near", [None])[0] == near
    assert client.send("HEAD", path).status == 400


def test_a_language_may_be_chosen_everywhere(client: Client) -> None:
    assert client.get("/api/documents?lang=en").status == 200
