"""Queries run in processes that are killed, replaced and confined, over a real store on disk."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from operator import itemgetter
from pathlib import Path
from xml.etree import ElementTree

import pytest
import rdflib

from kg.errors import (
    NotAcceptable,
    QueryError,
    QueryRefused,
    QuerySyntaxError,
    QueryTimeout,
    QueryTooLarge,
    StoreError,
)
from kg.query import Dataset, QueryService
from kg.query.tokens import Kind, Token, tokenise
from kg.rdf import XSD, Iri, Literal, Quad
from kg.settings import Settings
from kg.store.oxigraph import OxigraphWriter

GRAPH = Iri("http://e/g")
NAME = Iri("http://www.w3.org/2000/01/rdf-schema#label")
AMOUNT = Iri("https://w3id.org/suyuan/ontology#amount")
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
SIMPLE = "SELECT ?name { <http://e/1> rdfs:label ?name }"


def write_store(generation: Path, mark: str = "") -> Path:
    generation.mkdir(exist_ok=True)
    writer = OxigraphWriter.open(generation / "graph")
    quads = [Quad(Iri(f"http://e/{i}"), NAME, Literal(f"项目{i}{mark}"), GRAPH) for i in range(2000)]
    quads += [Quad(Iri("http://e/1"), AMOUNT, Literal("12.5", f"{XSD}decimal"), GRAPH)]
    quads += [Quad(Iri("http://e/1"), NAME, Literal('"quoted", <b>\nsecond line', None, "en"), GRAPH)]
    writer.replace_graph(GRAPH, quads)
    other = Iri("http://e/other")
    writer.replace_graph(other, [Quad(Iri("http://e/x"), NAME, Literal("elsewhere"), other)])
    writer.close()
    return generation


@pytest.fixture(scope="module")
def generation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_store(tmp_path_factory.mktemp("generation"))


@pytest.fixture(scope="module")
def service(generation: Path) -> Iterator[QueryService]:
    settings = Settings(query_timeout=20.0, query_memory=300, query_max_rows=2500, query_max_bytes=1)
    with_limits = QueryService(generation, settings)
    yield with_limits
    with_limits.close()


@pytest.fixture
def hasty(generation: Path) -> Iterator[QueryService]:
    service = QueryService(generation, Settings(query_timeout=1.5))
    yield service
    service.close()


def values(service: QueryService, sparql: str, dataset: Dataset | None = None) -> list[list[str]]:
    answer = json.loads(service.run(sparql, format="json", dataset=dataset).body)
    names = answer["head"]["vars"]
    return [[row[name]["value"] for name in names if name in row] for row in answer["results"]["bindings"]]


# Results


def test_a_select_is_answered_in_each_result_format(service: QueryService) -> None:
    query = "SELECT ?amount ?name { <http://e/1> bud:amount ?amount ; rdfs:label ?name } ORDER BY ?name"
    rows = [["12.5", '"quoted", <b>\nsecond line'], ["12.5", "项目1"]]
    assert values(service, query) == rows
    xml = service.run(query, format="xml")
    space = "{http://www.w3.org/2005/sparql-results#}"
    results = ElementTree.fromstring(xml.body).iter(f"{space}result")
    found = [[binding[0].text for binding in row] for row in results]
    assert (xml.media_type, found) == ("application/sparql-results+xml", rows)
    plain = service.run(query, format="csv")
    assert plain.media_type == "text/csv; charset=utf-8"
    assert list(csv.reader(io.StringIO(plain.body.decode(), newline=""))) == [["amount", "name"], *rows]
    tabs = service.run(query, format="tsv")
    assert tabs.media_type == "text/tab-separated-values; charset=utf-8"
    first = '12.5\t"\\"quoted\\", <b>\\nsecond line"@en'
    assert tabs.body.decode().split("\n")[:2] == ["?amount\t?name", first]


def test_an_ask_is_answered_yes_or_no(service: QueryService) -> None:
    assert json.loads(service.run("ASK { ?s bud:amount 12.50 }").body)["boolean"] is True
    assert b"<boolean>false</boolean>" in service.run("ASK { ?s bud:amount 13 }", format="xml").body


@pytest.mark.parametrize(
    ("name", "parser", "media_type"),
    [
        ("turtle", "turtle", "text/turtle; charset=utf-8"),
        ("ntriples", "nt", "application/n-triples"),
        ("rdfxml", "xml", "application/rdf+xml"),
        ("jsonld", "json-ld", "application/ld+json"),
    ],
)
@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_a_graph_is_answered_in_each_rdf_format(service: QueryService, name: str, parser: str, media_type: str) -> None:
    answer = service.run("DESCRIBE <http://e/1>", format=name)
    assert answer.media_type == media_type
    graph = rdflib.Graph().parse(data=answer.body, format=parser)
    expected = {("12.5", None), ("项目1", None), ('"quoted", <b>\nsecond line', "en")}
    assert {(str(value), getattr(value, "language", None)) for value in graph.objects()} == expected


def test_a_constructed_graph_names_a_statement_once_and_only_prefixes_in_use(service: QueryService) -> None:
    body = service.run("CONSTRUCT { <a> rdfs:label 'x' } { ?s rdfs:label ?o }", format="turtle").body.decode()
    assert body.count("@prefix") == 1 and body.count("rdfs:label") == 1
    assert "<https://w3id.org/suyuan/id/a>" in body  # relative to the data's own address


def test_who_asks_chooses_of_the_formats_an_answer_can_have(service: QueryService) -> None:
    assert service.run(SIMPLE, choose=itemgetter(2)).format.name == "csv"
    assert service.run("DESCRIBE <http://e/1>", choose=itemgetter(-1)).format.name == "jsonld"
    assert service.run("DESCRIBE <http://e/1>").format.name == "turtle"
    with pytest.raises(NotAcceptable, match="turtle"):
        service.run(SIMPLE, format="turtle")


def test_the_default_graph_is_the_union_and_a_dataset_narrows_it(service: QueryService) -> None:
    named = "SELECT ?name { <http://e/x> rdfs:label ?name }"
    assert values(service, named) == [["elsewhere"]]
    assert values(service, "SELECT ?g { GRAPH ?g { <http://e/x> ?p ?o } }") == [["http://e/other"]]
    assert values(service, named.replace("{ <", "FROM <http://e/g> { <")) == []
    assert values(service, named, Dataset(default=("http://e/g",))) == []
    assert values(service, named, Dataset(default=("http://e/other",))) == [["elsewhere"]]
    assert values(service, named, Dataset(named=("http://e/other",))) == []
    both = named.replace("{ <", "FROM <http://e/other> { <")
    assert values(service, both, Dataset(default=("http://e/g",))) == []  # the request's dataset goes first


# Limits


def test_a_query_past_its_deadline_is_stopped_while_others_are_answered(hasty: QueryService) -> None:
    caught: list[BaseException] = []

    def ask_for_too_much() -> None:
        try:
            hasty.run(CROSS)
        except QueryTimeout as error:
            caught.append(error)

    assert values(hasty, SIMPLE)
    crosses = [threading.Thread(target=ask_for_too_much) for _ in range(3)]
    for thread in crosses:
        thread.start()
    answered = 0
    while any(thread.is_alive() for thread in crosses):
        assert len(values(hasty, SIMPLE)) == 2
        answered += 1
        time.sleep(0.02)
    assert len(caught) == 3 and answered > 3
    assert len(values(hasty, SIMPLE)) == 2


def test_a_killed_query_leaves_no_process_behind(hasty: QueryService) -> None:
    assert values(hasty, SIMPLE)
    before = _children()
    with pytest.raises(QueryTimeout, match=r"1\.5 s"):
        hasty.run(CROSS)
    assert len(_children()) < len(before)


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT (GROUP_CONCAT(STR(?c); SEPARATOR='" + "x" * 200 + "') AS ?all) { ?a ?b ?c . ?d ?e ?f }",
        "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?c ?f",
    ],
)
def test_a_query_that_needs_too_much_memory_is_refused_and_the_next_one_answered(
    service: QueryService, sparql: str
) -> None:
    with pytest.raises(QueryTooLarge, match="memory"):
        service.run(sparql)
    assert len(values(service, SIMPLE)) == 2


@pytest.mark.parametrize("name", ["json", "xml", "csv", "tsv"])
def test_an_answer_of_too_many_rows_is_refused_whole(service: QueryService, name: str) -> None:
    query = "SELECT ?a { { ?a ?b ?c } UNION { ?c ?b ?a } } LIMIT "
    assert service.run(f"{query}2500", format=name).body
    with pytest.raises(QueryTooLarge, match="2,500 rows"):
        service.run(f"{query}2501", format=name)


def test_an_answer_of_too_many_statements_or_bytes_is_refused_whole(service: QueryService) -> None:
    with pytest.raises(QueryTooLarge, match="2,500 statements"):
        service.run("CONSTRUCT { ?s ?p ?o . ?o2 ?p ?s } { ?s ?p ?o BIND(IRI(CONCAT('x:', STR(?s))) AS ?o2) }")
    wide = "SELECT (CONCAT(?c, '" + "宽" * 500 + "') AS ?wide) { ?a ?b ?c } LIMIT 2400"
    with pytest.raises(QueryTooLarge, match="1 MiB"):
        service.run(wide)


def test_a_query_that_recurses_too_deep_is_refused_and_the_next_one_answered(service: QueryService) -> None:
    with pytest.raises(QueryTooLarge):
        service.run("SELECT * {" + "MINUS { ?s ?p ?o }" * 5000 + "}")
    assert len(values(service, SIMPLE)) == 2


# Errors


@pytest.mark.parametrize(
    ("sparql", "place"),
    [
        ("SELECT ?o {\n?s ?p ?o } LIMIT 2 LIMIT 3", "line 2, column 20: 'LIMIT'"),
        ("ASK {} ; ASK {}", "column 8: ';'"),
        ("SELECT ?s { ?s ?p ?o", "ends too early"),
        ("SELECT ?项目 { '中' ?p }", "column 21: '}'"),
        ("SELECT ?s { ?s ?p ?o LIMIT 2", "column 22: 'LIMIT'"),
        ("SELECT ?a ?b { ?a ?b ?c } GROUP BY ?a", "unbound"),
        ("SELECT * { ?s ?p ?o BIND(1 AS ?o) }", "as a whole"),
        ("SELECT * { ?s ?p ?o } ORDER", "ends too early"),
        ("SELECT * { ?s ?p ?o } GROUP BY ?s", "not authorized with GROUP BY"),
    ],
)
def test_a_syntax_error_names_the_place_in_the_query_as_sent(service: QueryService, sparql: str, place: str) -> None:
    with pytest.raises(QuerySyntaxError, match=place.replace("}", r"\}")):
        service.run(sparql)


def test_a_query_that_fails_while_it_runs_is_an_error_of_the_query(service: QueryService) -> None:
    with pytest.raises(QueryError, match="custom function"):
        service.run("SELECT ?x { BIND(bud:nothing(1) AS ?x) }")


def test_updates_and_foreign_services_are_refused_before_a_worker_sees_them(service: QueryService) -> None:
    with pytest.raises(QueryRefused):
        service.run("INSERT DATA { <http://e/a> <http://e/b> 1 }")
    with pytest.raises(QueryRefused):
        service.run("SELECT * { SERVICE <http://127.0.0.1:9/> {} }")


def test_a_generation_without_a_graph_is_said_to_be_none(service: QueryService, tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        service.run(SIMPLE, generation_path=tmp_path)
    assert len(values(service, SIMPLE)) == 2


# Workers


def test_a_worker_that_died_between_two_queries_is_replaced(hasty: QueryService) -> None:
    before = _children()
    assert values(hasty, SIMPLE)
    for pid in _children() - before:
        os.kill(pid, signal.SIGKILL)
    time.sleep(0.1)
    assert len(values(hasty, SIMPLE)) == 2


def test_a_worker_follows_to_another_generation(tmp_path: Path) -> None:
    first, second = write_store(tmp_path / "0001"), write_store(tmp_path / "0002", mark="新")
    service = QueryService(first, Settings(query_workers=1))
    try:
        query = "SELECT ?name { <http://e/2> rdfs:label ?name }"
        assert values(service, query) == [["项目2"]]
        pids = _children()
        answer = service.run(query, format="csv", generation_path=second)
        assert answer.body.decode().split() == ["name", "项目2新"]
        assert _children() == pids
    finally:
        service.close()


def test_a_worker_can_open_no_socket_even_if_the_engine_were_fooled(generation: Path) -> None:
    service = QueryService(generation, Settings(), functions=outside)
    try:
        answer = values(service, "SELECT (bud:outside() AS ?x) {}")
        assert answer == [["PermissionError"]]
    finally:
        service.close()


def outside(generation: Path) -> dict[str, Callable[[], object]]:
    """Extension functions of the test above, loaded in the worker."""
    import socket

    import pyoxigraph

    def call() -> pyoxigraph.Literal:
        try:
            socket.create_connection(("127.0.0.1", 9), timeout=1)
        except OSError as error:
            return pyoxigraph.Literal(type(error).__name__)
        return pyoxigraph.Literal("connected")

    assert (generation / "graph").is_dir()
    return {"https://w3id.org/suyuan/ontology#outside": call}


def test_a_rewriter_sees_the_tokens_before_the_guard(generation: Path) -> None:
    def rewrite(tokens: tuple[Token, ...], path: Path) -> tuple[Token, ...]:
        assert path == generation
        at = tokens.index(Token(Kind.WORD, "SERVICE"))
        end = tokens.index(Token(Kind.MARK, "}"), at)
        return (*tokens[:at], *tokenise("VALUES ?s { <http://e/1> <http://e/2> }"), *tokens[end + 1 :])

    service = QueryService(generation, Settings(), rewrite=rewrite)
    try:
        query = "SELECT ?s { SERVICE bud:search { ?s bud:query '中' } ?s bud:amount ?amount }"
        assert values(service, query) == [["http://e/1"]]
    finally:
        service.close()


def _children() -> set[int]:
    """Return the processes this one has started that still run."""
    tasks = Path(f"/proc/{os.getpid()}/task")
    return {int(pid) for task in tasks.iterdir() for pid in (task / "children").read_text().split()}


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("department/%E6%B2%B3%E6%B9%BE%E6%A1%A3%E6%A1%88%E5%B1%80", "department/河湾档案局"),
        ("department/Cafe\u0301", "department/Café"),
        ("project/Web%202.0", "project/Web%202.0"),
        ("department/河湾档案局", "department/河湾档案局"),
        ("department/%E6%B2%B3/", "department/%E6%B2%B3/"),
    ],
)
def test_an_iri_of_ours_is_asked_for_as_it_is_stored(service: QueryService, sent: str, stored: str) -> None:
    base = "https://w3id.org/suyuan/id/"
    allowed, _ = service.check(f"ASK {{ <{base}{sent}> ?p ?o }}")
    assert [token.value for token in allowed.tokens if token.kind is Kind.IRI] == [f"{base}{stored}"]


def test_an_iri_of_others_is_left_as_it_was_sent(service: QueryService) -> None:
    allowed, _ = service.check("ASK { <https://example.org/%E6%B2%B3> ?p ?o }")
    assert "https://example.org/%E6%B2%B3" in [token.value for token in allowed.tokens]
