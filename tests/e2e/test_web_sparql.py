"""/sparql as the SPARQL 1.1 Protocol wants it, and the questions it is there for."""

from __future__ import annotations

import csv
import io
import json
import threading
from dataclasses import replace
from urllib.parse import quote, urlencode

import pytest
import rdflib

from kg.settings import Settings
from tests.served import BROWSER, Client, serve

ASK = "ASK { ?p a bud:Project }"
LABELS = "SELECT DISTINCT ?label { ?p a bud:Project ; rdfs:label ?label } ORDER BY ?label LIMIT 5"
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"


def post(client: Client, body: str | bytes, content_type: str | None, path: str = "/sparql") -> tuple[int, str]:
    headers = {} if content_type is None else {"Content-Type": content_type}
    got = client.send("POST", path, headers=headers, body=body.encode() if isinstance(body, str) else body)
    return got.status, got.error["code"] if got.status >= 400 else json.dumps(got.data()["boolean"])


# The questions of the trade


def test_which_projects_rest_on_a_legal_document(client: Client) -> None:
    rows = client.rows(
        "SELECT DISTINCT ?year ?project { ?p a bud:Project ; rdfs:label ?project ; bud:fiscalYear ?year ;"
        " bud:legalBasis/bud:documentNumber '深龙信〔2016〕2号' } ORDER BY ?year"
    )
    assert rows == [("2020", "信访稳定备用金")]


def test_everything_under_a_function_code_in_a_year(client: Client) -> None:
    rows = client.rows(
        "SELECT DISTINCT ?department ?measure ?amount { ?o a bud:Observation ; bud:fiscalYear 2020 ;"
        " bud:functionCode/skos:notation '2010308' ; bud:department/rdfs:label ?department ;"
        " bud:measure ?measure ; bud:amount ?amount ; bud:stage 'budget' }"
    )
    assert {department for department, _, _ in rows} == {"深圳市龙岗区信访局", "广州市信访局"}
    assert all(float(amount) >= 0 for _, _, amount in rows)


def test_a_project_over_the_years(client: Client) -> None:
    rows = client.rows(
        "SELECT ?year ?amount { ?p a bud:Project ; rdfs:label '信访稳定备用金' ; bud:fiscalYear ?year ;"
        " bud:amount ?amount } ORDER BY ?year"
    )
    assert [(year, float(amount)) for year, amount in rows] == [("2020", 5_000_000.0), ("2023", 5_000_000.0)]


def test_indicators_with_target_and_actual_value(client: Client) -> None:
    rows = client.rows(
        "SELECT DISTINCT ?label ?target ?actual { ?i a bud:Indicator ; bud:fiscalYear 2021 ;"
        " rdfs:label ?label ; bud:targetText ?target ; bud:actualText ?actual }"
    )
    assert len(rows) >= 5
    assert any("15个工作日" in target and "15个工作日" in actual for _, target, actual in rows)


def test_documents_of_an_issuer_that_projects_cite(client: Client) -> None:
    rows = client.rows(
        "SELECT DISTINCT ?title { ?p a bud:Project ; bud:legalBasis ?d . ?d bud:issuer/rdfs:label ?issuer ;"
        " rdfs:label ?title FILTER(STRENDS(?issuer, '深圳市信访局')) }"
    )
    titles = " ".join(title for (title,) in rows)
    assert "市网上信访信息系统区级数据中心建设有关问题的通知" in titles
    assert "全市信访接待场所规范化建设督导检查的通知" in titles


# The protocol


def test_a_query_is_taken_in_each_of_its_three_forms(client: Client) -> None:
    assert client.query(ASK).data()["boolean"] is True
    assert post(client, urlencode({"query": ASK}), FORM) == (200, "true")
    assert post(client, ASK, DIRECT) == (200, "true")
    assert post(client, ASK, f"{DIRECT}; charset=utf-8") == (200, "true")


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/json", "application/sparql-results+json"),
        ("text/csv", "text/csv"),
        ("application/sparql-results+xml;q=0.9,text/csv;q=0.5", "application/sparql-results+xml"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        ("text/*;q=0.4", "text/csv"),
    ],
)
def test_results_come_in_the_type_the_client_likes_best(client: Client, accept: str, media_type: str) -> None:
    got = client.query(LABELS, accept)
    assert (got.status, got.media_type) == (200, media_type)
    assert "Accept" in got.headers["Vary"].split(", ")
    if media_type == "text/csv":
        rows = list(csv.reader(io.StringIO(got.body.decode(), newline="")))
        assert rows[0] == ["label"] and len(rows) == 6


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
@pytest.mark.parametrize(
    ("accept", "media_type", "parser"),
    [
        ("", "text/turtle", "turtle"),
        ("application/n-triples", "application/n-triples", "nt"),
        ("application/rdf+xml", "application/rdf+xml", "xml"),
        ("application/ld+json", "application/ld+json", "json-ld"),
    ],
)
def test_graphs_come_in_the_type_the_client_likes_best(
    client: Client, accept: str, media_type: str, parser: str
) -> None:
    got = client.query("CONSTRUCT { ?p rdfs:label ?label } { ?p a bud:Project ; rdfs:label ?label }", accept)
    assert (got.status, got.media_type) == (200, media_type)
    assert len(rdflib.Graph().parse(data=got.body, format=parser)) >= 20


def test_a_format_can_be_named_in_the_address(client: Client) -> None:
    assert client.get("/sparql", query=LABELS, format="tsv").media_type == "text/tab-separated-values"
    assert client.get("/sparql", query=LABELS, format="turtle").status == 406


def test_named_graphs_of_the_request_are_the_dataset(client: Client) -> None:
    inside = "?p rdfs:label '信访稳定备用金' ; bud:fiscalYear 2020"
    (graph,) = client.rows(f"SELECT DISTINCT ?g {{ GRAPH ?g {{ {inside} }} }}")[0]
    count = "SELECT (COUNT(*) AS ?n) { ?p a bud:Project ; bud:fiscalYear ?year }"

    def counted(**dataset: str) -> int:
        got = client.get("/sparql", accept="", query=count, **dataset)
        return int(got.data()["results"]["bindings"][0]["n"]["value"])

    assert 0 < counted(**{"default-graph-uri": graph}) < counted()
    assert counted(**{"named-graph-uri": graph}) == 0
    assert client.get("/sparql", query=count, **{"default-graph-uri": "no iri"}).error["code"] == "query_error"
    body = urlencode({"query": ASK, "default-graph-uri": "http://example.org/none"})
    assert post(client, body, FORM) == (200, "false")


@pytest.mark.parametrize(
    ("body", "content_type", "status", "code"),
    [
        (ASK, "text/plain", 415, "unsupported_media_type"),
        (ASK, None, 415, "unsupported_media_type"),
        (ASK.encode("utf-16"), f"{DIRECT}; charset=UTF-16", 415, "unsupported_media_type"),
        (ASK.encode("utf-16"), DIRECT, 400, "bad_request"),
        ("query=%FF%FE", FORM, 400, "bad_request"),
        ("", FORM, 400, "bad_request"),
        (urlencode([("query", ASK), ("query", ASK)]), FORM, 400, "bad_request"),
        ("", DIRECT, 400, "query_syntax"),
        ("ASK {", DIRECT, 400, "query_syntax"),
        ("DROP ALL", DIRECT, 403, "query_refused"),
        ("DROP ALL", "application/sparql-update", 403, "query_refused"),
        (urlencode({"update": "DROP ALL"}), FORM, 403, "query_refused"),
        (urlencode({"query": "ASK { SERVICE <http://127.0.0.1/> {} }"}), FORM, 403, "query_refused"),
        ("SELECT (bud:nothing(1) AS ?x) {}", DIRECT, 400, "query_error"),
        ("ASK { # " + "x" * 250_000 + "\n}", DIRECT, 422, "query_too_large"),
        ("ASK { # " + "x" * 1_100_000 + "\n}", DIRECT, 413, "request_too_large"),
    ],
)
def test_a_wrong_request_gets_its_status_and_one_shape_of_error(
    client: Client, body: str | bytes, content_type: str | None, status: int, code: str
) -> None:
    assert post(client, body, content_type) == (status, code)


@pytest.mark.parametrize(
    ("body", "content_type", "said", "words"),
    [
        (ASK, "text/plain", "error.request.media_type", "application/sparql-query"),
        (ASK, f"{DIRECT}; charset=UTF-16", "error.request.charset", "查询要用 UTF-8 发送"),
        (ASK.encode("utf-16"), DIRECT, "error.request.encoding", "查询不是 UTF-8"),
        ("query=%FF%FE", FORM, "error.request.parameters", "参数不是 URL 编码的 UTF-8"),
        ("", FORM, "error.request.one_query", "发一个查询"),
    ],
)
def test_what_is_wrong_with_a_request_is_told_in_the_language_asked_for(
    client: Client, body: str | bytes, content_type: str, said: str, words: str
) -> None:
    sent = body.encode() if isinstance(body, str) else body
    got = client.send("POST", "/sparql?lang=zh", headers={"Content-Type": content_type}, body=sent)
    assert got.error["message_code"] == said
    assert words in got.error["message"]


def test_other_methods_are_not_allowed_and_updates_not_taken_by_get(client: Client) -> None:
    for method in ("PUT", "DELETE", "PATCH"):
        got = client.send(method, f"/sparql?query={quote(ASK)}")
        assert (got.status, got.error["code"]) == (405, "method_not_allowed")
        assert "GET" in got.headers["Allow"]
    assert client.get("/sparql", update="CLEAR ALL").status == 403
    assert client.query(ASK, "image/png").error["code"] == "not_acceptable"


def test_the_trailing_slash_makes_no_difference(client: Client) -> None:
    assert client.get("/sparql/", query=ASK).status == 200
    assert post(client, ASK, DIRECT, "/sparql/") == (200, "true")


def test_without_a_query_a_program_gets_the_service_description(client: Client) -> None:
    got = client.get("/sparql", "text/turtle")
    graph = rdflib.Graph().parse(data=got.body, format="turtle")
    space = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    ((service, endpoint),) = graph.subject_objects(space.endpoint)
    assert service == endpoint == rdflib.URIRef(f"http://127.0.0.1:{client.port}/sparql")
    assert (service, rdflib.RDF.type, space.Service) in graph
    assert client.get("/sparql", "application/rdf+xml").media_type == "application/rdf+xml"


def test_a_browser_is_led_to_the_query_page_with_its_query(client: Client) -> None:
    assert client.get("/sparql", BROWSER).headers["Location"].endswith("/query")
    got = client.query(ASK, BROWSER)
    assert (got.status, got.headers["Location"]) == (303, f"/query?{urlencode({'query': ASK})}")
    assert client.get("/sparql", BROWSER, query=ASK, format="json").status == 200


# Limits


def test_a_cross_product_ends_at_the_deadline_while_others_are_answered(sample_settings: Settings) -> None:
    with serve(replace(sample_settings, query_timeout=2.0)) as client:
        ended: list[tuple[int, str]] = []

        def ask_for_too_much() -> None:
            got = client.query(CROSS)
            ended.append((got.status, got.error["code"]))

        crosses = [threading.Thread(target=ask_for_too_much) for _ in range(3)]
        for thread in crosses:
            thread.start()
        answered = 0
        while any(thread.is_alive() for thread in crosses):
            assert client.query(ASK).data()["boolean"] is True
            assert client.get("/healthz").status == 200
            answered += 1
        for thread in crosses:  # all have ended; their last words are heard before the server goes
            thread.join()
        assert ended == [(504, "query_timeout")] * 3
        assert answered > 1
