"""/api: search, trace, documents and findings as JSON, and the description of it all."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from flask import Blueprint, Response, jsonify, request

from kg.errors import BadSearch, NotFound
from kg.rdf import Iri, Literal, Term
from web.api.documents import SEVERITIES, read_documents, read_findings
from web.services import services

api = Blueprint("api", __name__)

PAGE, LONGEST_PAGE = 100, 1000


@api.get("/api/search")
def search() -> Response:
    """Return the hits of a search (DESIGN §6); `where=` restricts it by a SPARQL pattern."""
    from search.request import SearchRequest

    settings = services().settings
    _one_each("q", "limit", "offset", "mode", "sort", "raw", "where", "min_amount", "max_amount")
    wanted = SearchRequest.from_params(
        request.args.to_dict(flat=False),
        max_query=settings.search_max_query,
        max_limit=settings.search_max_limit,
    )
    if pattern := request.args.get("where", "").strip():
        wanted = replace(wanted, within=_bound(pattern))
    return jsonify(services().search(wanted).to_data())


@api.get("/api/related")
def related() -> Response:
    """Return the projects most like a project, or the goals that a legal document stands behind (`iri=`)."""
    _one_each("iri", "limit")
    iri = request.args.get("iri", "").strip()
    if not iri:
        raise BadSearch("give the iri of a project or a legal document", hint="/api/related?iri=…")
    limit = _whole("limit", 10, 100)
    assert limit is not None
    return jsonify({"iri": iri, "related": [one.to_data() for one in services().related(iri, limit)]})


@api.get("/api/trace")
def trace() -> Response:
    """Return why a project got its money (`project=`) or what rests on a document (`legal=`)."""
    _one_each("name", "project", "legal", "year", "department")
    name, project, legal = (request.args.get(key, "").strip() for key in ("name", "project", "legal"))
    if sum(map(bool, (name, project, legal))) != 1:
        raise BadSearch("give one of project, legal and name", hint="/api/trace?project=…")
    traces: list[dict[str, object]] = []
    missed: list[NotFound] = []
    year, department = _whole("year", None, 9999), request.args.get("department") or None
    if project or name:
        try:
            found = services().trace_project(project or name, year=year, department=department)
            traces += [one.to_data() for one in found]
        except NotFound as error:
            missed.append(error)
    if legal or name:
        try:
            traces += [one.to_data() for one in services().trace_legal(legal or name)]
        except NotFound as error:
            missed.append(error)
    if not traces:
        near = tuple(dict.fromkeys(other for error in missed for other in error.near))
        raise NotFound(missed[0].message, near=near, hint=missed[0].hint)
    return jsonify({"traces": traces})


@api.get("/api/documents")
def documents() -> Response:
    """Return the documents held, with department, year, coverage and findings."""
    held = read_documents()
    return jsonify({"total": len(held), "documents": held})


@api.get("/api/findings")
def findings() -> Response:
    """Return what doesn't add up, narrowed by `document`, `severity` and `kind`, page by page."""
    _one_each("document", "severity", "kind", "limit", "offset")
    chosen: dict[str, Term] = {}
    if severity := request.args.get("severity"):
        if severity not in SEVERITIES:
            raise BadSearch(f"severity={severity!r} is unknown", hint=f"one of {', '.join(SEVERITIES)}")
        chosen["severity"] = Literal(severity)
    if kind := request.args.get("kind"):
        chosen["kind"] = Literal(kind)
    if document := request.args.get("document"):
        chosen["document"] = Iri(_document(document))
    limit = _whole("limit", PAGE, LONGEST_PAGE)
    offset = _whole("offset", 0, 1_000_000_000)
    found = read_findings(chosen)
    assert limit is not None and offset is not None
    return jsonify({"total": len(found), "offset": offset, "findings": found[offset : offset + limit]})


@api.get("/openapi.json")
def openapi() -> Response:
    """Return the description of this API (OpenAPI 3.1)."""
    return jsonify(load_description())


@cache
def load_description() -> dict[str, Any]:
    """Return web/openapi.json with the version of this installation."""
    from importlib.metadata import PackageNotFoundError, version

    described: dict[str, Any] = json.loads((files("web") / "openapi.json").read_text("utf-8"))
    try:
        described["info"]["version"] = version("suyuan")
    except PackageNotFoundError:
        described["info"]["version"] = "0"
    return described


def _bound(pattern: str) -> frozenset[str]:
    """Return the IRIs that a SPARQL pattern binds, asked as anybody's query."""
    from search.sparql.where import bound_query, iris_of

    return iris_of(services().query(bound_query(pattern), format="json").body)


def _document(name: str) -> str:
    """Return the IRI of a document given by IRI, file name or SHA-256. Raises NotFound."""
    held = read_documents()
    for each in held:
        if name in (each["iri"], each["file"], each["sha256"]):
            return str(each["iri"])
    raise NotFound(f"there is no document {name!r}", near=tuple(each["file"] for each in held[:5]))


def _whole(name: str, default: int | None, most: int) -> int | None:
    text = request.args.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit()) or int(text) > most:
        raise BadSearch(f"{name}={text!r} is not a whole number up to {most}")
    return int(text)


def _one_each(*names: str) -> None:
    """Raise BadSearch for a parameter that makes sense once and is given twice."""
    for name in names:
        if len(request.args.getlist(name)) > 1:
            raise BadSearch(f"{name} is given more than once")
