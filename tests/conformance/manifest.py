"""The requests of the W3C's HTTP tests, and what their answers must be, read from their manifests."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

MANIFEST = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
HTTP, CONTENT = "http://www.w3.org/2011/http#", "http://www.w3.org/2011/content#"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request of a test and what its answer must be; `statuses` are local names such as StatusCode2xx, Created."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    statuses: tuple[str, ...]
    boolean: bool | None
    format: str | None
    content_type: str | None
    answer: str | None
    location: str | None


def read_requests(manifest: Path, kind: str, paths: dict[str, str]) -> dict[str, tuple[Request, ...]]:
    """Return the requests of each test by its name; nothing where the manifest is absent.

    `paths` says which prefix of a path is which address here.
    """
    if not manifest.is_file():
        return {}
    from rdflib import RDF, Graph, URIRef
    from rdflib.collection import Collection

    graph = Graph().parse(manifest, format="turtle")
    found = {}
    for test in graph.subjects(RDF.type, URIRef(f"{MANIFEST}{kind}")):
        action = graph.value(test, URIRef(f"{MANIFEST}action"))
        sent = graph.value(action, URIRef(f"{HTTP}requests"))
        assert sent is not None
        name = str(test).rsplit("#", 1)[-1]
        found[name] = tuple(_request(graph, node, paths) for node in Collection(graph, sent))
    return found


def _request(graph: Any, node: Any, paths: dict[str, str]) -> Request:
    from rdflib import URIRef

    def value(subject: Any, name: str) -> Any:
        return None if subject is None else graph.value(subject, URIRef(name))

    def text(subject: Any, name: str) -> str | None:
        found = value(subject, name)
        return None if found is None else str(found)

    answer, body = value(node, f"{HTTP}resp"), value(node, f"{HTTP}body")
    encoding = text(body, f"{CONTENT}characterEncoding") or "utf-8"
    boolean = value(answer, f"{MANIFEST}expectedBoolean")
    headers = _headers(graph, node)
    path = str(value(node, f"{HTTP}absolutePath"))
    for prefix, address in paths.items():
        path = path.replace(prefix, address, 1)
    sent = text(body, f"{CONTENT}chars") or ""
    if "multipart" in headers.get("content-type", ""):
        sent = "\r\n".join(line.strip() for line in sent.strip().splitlines())
    return Request(
        method=str(value(node, f"{HTTP}methodName")),
        path=path,
        headers=headers,
        body=sent.encode(encoding),
        statuses=tuple(
            str(status).rsplit("#", 1)[-1] for status in graph.objects(answer, URIRef(f"{MANIFEST}expectedStatus"))
        ),
        boolean=None if boolean is None else bool(boolean.toPython()),
        format=text(answer, f"{MANIFEST}expectedFormat"),
        content_type=_headers(graph, answer).get("content-type"),
        answer=text(value(answer, f"{HTTP}body"), f"{CONTENT}chars"),
        location=text(answer, f"{MANIFEST}expectedLocation"),
    )


def _headers(graph: Any, node: Any) -> dict[str, str]:
    from rdflib import URIRef
    from rdflib.collection import Collection

    fields = graph.value(node, URIRef(f"{HTTP}headers"))
    return {
        str(graph.value(each, URIRef(f"{HTTP}fieldName"))): str(graph.value(each, URIRef(f"{HTTP}fieldValue")))
        for each in (Collection(graph, fields) if fields is not None else ())
    }
