"""/sparql: the query operation of the SPARQL 1.1 Protocol, and the service description.

Read-only: updates are refused (403) by whatever form they come. A browser without a query gets
the query page, a program the description of the service.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, Response, redirect, request

from kg.errors import QueryRefused
from kg.messages import say
from kg.query import Dataset
from kg.query.formats import GRAPHS, RESULTS
from kg.rdf import Iri, Quad
from web.api.operations import Operation, Parameter, described, format_parameter, text_in
from web.api.rdf import write_rdf
from web.guard import BadRequest, UnsupportedMediaType
from web.negotiate import accepted, best_format, wanted_graph_format, wants_html
from web.sending import varied
from web.services import services

views = Blueprint("sparql", __name__)

FORM, QUERY = "application/x-www-form-urlencoded", "application/sparql-query"
UPDATE = "application/sparql-update"
_SD = "http://www.w3.org/ns/sparql-service-description#"
_TYPE = Iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


_WHOLE = "the whole answer, in the format asked for"
_GRAPHS = (
    Parameter(name="default-graph-uri", told="a graph of the default graph", kind=tuple[str, ...]),
    Parameter(name="named-graph-uri", told="a named graph", kind=tuple[str, ...]),
    format_parameter(*RESULTS, *GRAPHS),
)
# what refuses a query: its form, what is not allowed, its result, its size, the queue, the time
_LIMITS = (400, 403, 406, 422, 503, 504)


@views.route("/sparql", methods=["GET", "POST"])
@described(
    get=Operation(
        id="queryByGet",
        summary="SPARQL 1.1 query; without one, the description of the service",
        told="SPARQL 1.1 Protocol §2.1.1. Read-only. Usual prefixes need no declaration; relative IRIs are below /id/."
        " SERVICE bud:search { … } searches inside a query.",
        parameters=(
            Parameter(
                name="query",
                told="one query",
                example="SELECT ?label WHERE { ?p a bud:Project ; rdfs:label ?label } LIMIT 3",
            ),
            *_GRAPHS,
        ),
        answer=text_in(*RESULTS, *GRAPHS),
        answered=_WHOLE,
        errors=_LIMITS,
        redirects="a browser is led to the query page",
    ),
    post=Operation(
        id="queryByPost",
        summary="SPARQL 1.1 query in the body",
        told="SPARQL 1.1 Protocol §2.1.2 and §2.1.3.",
        parameters=_GRAPHS,
        body={
            QUERY: (str, "ASK { ?p a bud:Project }"),
            FORM: (
                (Parameter(name="query", told="one query", required=True), *_GRAPHS),
                {"query": "ASK { ?p a bud:Project }"},
            ),
        },
        answer=text_in(*RESULTS, *GRAPHS),
        answered=_WHOLE,
        errors=(*_LIMITS, 413, 415),
    ),
)
def endpoint() -> Response:
    """Answer a query sent by GET, by URL-encoded POST or by direct POST (SPARQL 1.1 Protocol §2.1)."""
    address = _read_parameters(request.query_string)
    body, direct = _read_body() if request.method == "POST" else ({}, None)
    if "update" in address or "update" in body:
        raise QueryRefused(say("error.query.updates"))
    asked = [*address.get("query", ()), *body.get("query", ()), *([] if direct is None else [direct])]
    if not asked and request.method == "GET":
        return describe()
    if len(asked) != 1:
        raise BadRequest(say("error.request.one_query"))
    if request.method == "GET" and wants_html(request) and "format" not in address:
        return varied(redirect(f"/query?{urlencode({'query': asked[0]})}", 303))
    answer = services().ask(
        asked[0],
        format=_one(address, "format") or _one(body, "format"),
        choose=partial(best_format, accepted(request)),
        dataset=_dataset(address, body),
    )
    return varied(Response(answer.body, content_type=answer.media_type))


def describe() -> Response:
    """Return what this service is (SPARQL 1.1 Service Description); a browser gets the query page."""
    if wants_html(request) and "format" not in request.args:
        return varied(redirect("/query", 303))
    form = wanted_graph_format(request)
    return varied(Response(write_rdf(_description(request.base_url), form), content_type=form.content_type))


def _description(address: str) -> list[Quad]:
    service, dataset, default = Iri(address), Iri(f"{address}#dataset"), Iri(f"{address}#union")
    facts: list[tuple[Iri, str, Iri]] = [
        (service, "endpoint", service),
        (service, "supportedLanguage", Iri(f"{_SD}SPARQL11Query")),
        (service, "defaultDataset", dataset),
        (dataset, "defaultGraph", default),
    ]
    shown = {
        "json": "SPARQL_Results_JSON",
        "xml": "SPARQL_Results_XML",
        "csv": "SPARQL_Results_CSV",
        "tsv": "SPARQL_Results_TSV",
        "turtle": "Turtle",
        "ntriples": "N-Triples",
        "rdfxml": "RDF_XML",
        "jsonld": "JSON-LD",
    }
    for form in (*RESULTS, *GRAPHS):
        facts.append((service, "resultFormat", Iri(f"http://www.w3.org/ns/formats/{shown[form.name]}")))
    kinds = [(service, "Service"), (dataset, "Dataset"), (default, "Graph")]
    graph = Iri(address)
    return [
        *(Quad(subject, _TYPE, Iri(_SD + name), graph) for subject, name in kinds),
        *(Quad(subject, Iri(_SD + name), value, graph) for subject, name, value in facts),
    ]


def _read_body() -> tuple[Mapping[str, list[str]], str | None]:
    """Return the parameters of a form, or the query that is the body itself."""
    if request.mimetype == UPDATE:
        raise QueryRefused(say("error.query.updates"))
    if request.mimetype not in (FORM, QUERY):
        raise UnsupportedMediaType(say("error.request.media_type", known=(QUERY, FORM)))
    if request.mimetype_params.get("charset", "utf-8").lower() not in ("utf-8", "utf8"):
        raise UnsupportedMediaType(say("error.request.charset"))
    body = request.get_data(cache=False)
    if request.mimetype == FORM:
        return _read_parameters(body), None
    return {}, _decoded(body)


def _read_parameters(encoded: bytes) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    try:
        pairs = parse_qsl(_decoded(encoded), keep_blank_values=True, errors="strict", max_num_fields=1000)
    except ValueError as error:
        raise BadRequest(say("error.request.parameters")) from error
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadRequest(say("error.request.encoding")) from error


def _dataset(*parameters: Mapping[str, list[str]]) -> Dataset | None:
    default = [iri for each in parameters for iri in each.get("default-graph-uri", ())]
    named = [iri for each in parameters for iri in each.get("named-graph-uri", ())]
    return Dataset(default=tuple(default), named=tuple(named)) if default or named else None


def _one(parameters: Mapping[str, list[str]], name: str) -> str | None:
    return next((value for value in parameters.get(name, ()) if value), None)
