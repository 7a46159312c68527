"""Search inside SPARQL, and a search restricted by a SPARQL pattern, over a real graph and real workers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import BadSearch, QueryRefused, QuerySyntaxError, QueryTooLarge
from kg.query import QueryService
from kg.settings import Settings
from search.engine import SearchEngine
from search.request import SearchRequest
from search.sparql.similarity import open_functions
from search.sparql.sparql_service import make_rewriter
from search.sparql.where import bound_query, iris_of
from tests.search_graph import FUND_2020, FUND_2023, HALL, ID, open_engine, write_generation

SETTINGS = Settings(query_workers=1, query_at_once=2)
AID = 'SERVICE bud:search { ?p bud:query "生活困难 救助" ; bud:limit 3 ; bud:score ?score }'


@pytest.fixture(scope="module")
def generation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("generation")
    write_generation(folder, SETTINGS, folder / "cache")
    return folder


@pytest.fixture(scope="module")
def engine(generation: Path) -> Iterator[SearchEngine]:
    with open_engine(generation, SETTINGS) as opened:
        yield opened


@pytest.fixture(scope="module")
def service(generation: Path, engine: SearchEngine) -> Iterator[QueryService]:
    rewrite = make_rewriter(lambda path: engine)
    service = QueryService(generation, SETTINGS, rewrite=rewrite, functions=open_functions)
    yield service
    service.close()


def rows(service: QueryService, query: str) -> list[dict[str, str]]:
    body = json.loads(service.run(query, format="json").body)
    return [{name: term["value"] for name, term in row.items()} for row in body["results"]["bindings"]]


def ends(found: list[dict[str, str]], name: str = "p") -> list[str]:
    return [row[name][-4:] for row in found if name in row]


def test_a_block_binds_passages_and_scores_for_any_pattern(service: QueryService) -> None:
    query = f"SELECT ?p ?score ?amount {{ {AID} ?p bud:about ?project . ?project a bud:Project ; bud:amount ?amount }}"
    found = rows(service, query + " ORDER BY DESC(?score)")
    assert ends(found)[:2] in (["0000", "0006"], ["0006", "0000"])
    assert all(0 < float(row["score"]) < 1 for row in found)
    assert {row["amount"] for row in found} <= {"5000000", "6000000", "900000"}


@pytest.mark.parametrize(
    "pattern",
    [
        "OPTIONAL { %s }", "{ %s } UNION { ?p a bud:Nothing }", "{ SELECT ?p ?score { %s } }",
        "GRAPH ?g { %s ?p bud:text ?t }", "FILTER EXISTS { ?s ?o ?v } %s", "{ { %s } }",
    ],
)  # fmt: skip
def test_a_block_stands_wherever_a_pattern_may(service: QueryService, pattern: str) -> None:
    assert set(ends(rows(service, f"SELECT DISTINCT ?p {{ {pattern % AID} }}"))) == {"0000", "0006", "0009"} or set(
        ends(rows(service, f"SELECT DISTINCT ?p {{ {pattern % AID} }}"))
    ) >= {"0000", "0006"}


def test_several_blocks_stand_in_one_query(service: QueryService) -> None:
    two = 'SERVICE <https://w3id.org/suyuan/ontology#search> { ?q bud:query "安保服务" ; bud:limit 1 }'
    found = rows(service, f"SELECT ?p ?q {{ {AID} {two} }}")
    assert set(ends(found, "q")) == {"0012"}


@pytest.mark.parametrize(
    "query",
    [
        'SELECT ?text ?p {{ VALUES ?text {{ "法律顾问" "劝返任务" }} {block} }}',
        'SELECT ?text ?p {{ {block} VALUES (?text) {{ ("法律顾问") ("劝返任务") }} }}',
        'SELECT ?text ?p {{ VALUES (?x ?text) {{ (1 "法律顾问") (2 "劝返任务"@zh) }} OPTIONAL {{ {block} }} }}',
        'SELECT ?text ?p {{ {block} }} VALUES ?text {{ "法律顾问" "劝返任务" }}',
    ],
)
def test_values_bind_the_text(service: QueryService, query: str) -> None:
    block = "SERVICE bud:search { ?p bud:query ?text ; bud:limit 1 }"
    found = {row["text"]: row["p"][-4:] for row in rows(service, query.format(block=block)) if "p" in row}
    assert found.get("法律顾问") == "0008"
    assert found.get("劝返任务", "0009") == "0009"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ('bud:kind "indicator"', {"0007"}),
        ("bud:year 2023", {"0006", "0007", "0008", "0009"}),
        ('bud:department "西河市信访局"', {"0010", "0011", "0012", "0013"}),
        ('bud:region "东山" ; bud:year 2023 ; bud:kind "reason", "content"', {"0006", "0008", "0009"}),
        ('bud:functionCode "201" ; bud:year 2023', {"0006", "0007"}),
        ('bud:legal "甲信〔2016〕2号"', {"0000", "0002"}),
    ],
)
def test_a_block_takes_filters(service: QueryService, said: str, expected: set[str]) -> None:
    found = rows(service, f'SELECT ?p {{ SERVICE bud:search {{ ?p bud:query "信访" ; bud:limit 50 ; {said} }} }}')
    assert set(ends(found)) == expected


def test_a_least_score_leaves_less(service: QueryService) -> None:
    block = 'SERVICE bud:search {{ ?p bud:query "生活困难 救助" ; bud:limit 50 ; bud:mode "hybrid" ; bud:minScore {least} }}'
    every, some, none = (
        len(rows(service, f"SELECT ?p {{ {block.format(least=least)} }}")) for least in ("0", "0.4", "1.0")
    )
    assert every > some > none == 0


def test_similarity_ranks_passages_and_entities(service: QueryService) -> None:
    query = (
        'SELECT ?s (bud:similarity(?s, "来访接待厅的保安和物业") AS ?near) '
        f"{{ VALUES ?s {{ <{HALL}> <{FUND_2020}> <{FUND_2023}> }} }} ORDER BY DESC(?near)"
    )
    assert rows(service, query)[0]["s"] == HALL
    unknown = f'ASK {{ FILTER(BOUND(?x)) BIND(bud:similarity(<{ID}nothing>, "x") AS ?x) }}'
    assert json.loads(service.run(unknown, format="json").body)["boolean"] is False


@pytest.mark.parametrize(
    "query",
    [
        'SELECT ("SERVICE bud:search { ?p }" AS ?t) { }',
        "SELECT ?t { BIND(1 AS ?t) } # SERVICE bud:search { ?p bud:query",
        "SELECT ?t { BIND(<urn:SERVICE/bud:search{}> AS ?t) }".replace("{}", ""),
    ],
)
def test_what_only_looks_like_a_block_is_left_alone(service: QueryService, query: str) -> None:
    assert len(rows(service, query)) == 1


@pytest.mark.parametrize(
    ("block", "told"),
    [
        ("{ ?p bud:limit 3 }", "bud:query is missing"),
        ('{ bud:query "x" }', "begins with the variable"),
        ("{ }", "begins with the variable"),
        ('{ ?p bud:query "x" ; bud:colour "red" }', "'bud:colour' is unknown"),
        ('{ ?p bud:query "x" ; bud:limit 0 }', "whole number"),
        ('{ ?p bud:query "x" ; bud:limit "many" }', "whole number"),
        ('{ ?p bud:query "x" ; bud:score 0.5 }', "bud:minScore"),
        ('{ ?p bud:query "x" ; bud:mode "fuzzy" }', "hybrid"),
        ("{ ?p bud:query ?unbound }", "VALUES ?unbound"),
        ('{ ?p bud:query "x" . ?other bud:limit 3 }', "one variable only"),
        ('{ ?p bud:query "x" bud:limit 3 }', "semicolon"),
        ("{ ?p bud:query }", "has no value"),
    ],
)
def test_wrong_use_is_told_with_its_place_and_an_example(service: QueryService, block: str, told: str) -> None:
    with pytest.raises(QuerySyntaxError, match=told.replace("?", r"\?")) as raised:
        service.run(f"SELECT *\n{{ SERVICE bud:search {block} }}")
    assert raised.value.message.startswith("line 2, column ")
    assert "SERVICE bud:search" in raised.value.hint


def test_another_service_is_still_refused(service: QueryService) -> None:
    with pytest.raises(QueryRefused):
        service.run(f"SELECT * {{ {AID} SERVICE <http://127.0.0.1/sparql> {{ ?s ?p ?o }} }}")


def test_searches_in_one_query_are_bounded(service: QueryService) -> None:
    with pytest.raises(QueryTooLarge, match="20 searches"):
        service.run("SELECT * { " + AID * 21 + " }")


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("?project bud:amount ?amount FILTER(?amount > 5500000)", {"0006", "0007"}),
        ("{ ?passage bud:passageKind \"reason\" }", {"0004", "0009"}),
        (f"SELECT ?x {{ VALUES ?x {{ <{HALL}> }} }}", {"0010", "0011", "0012"}),
        ("PREFIX b: <https://w3id.org/suyuan/ontology#> ?project a b:Project ; b:fiscalYear 2020", {"0000", "0002", "0010", "0011", "0012"}),
        ("?project a bud:Nothing", set()),
    ],
)  # fmt: skip
def test_a_pattern_restricts_a_search(
    service: QueryService, engine: SearchEngine, pattern: str, expected: set[str]
) -> None:
    within = iris_of(service.run(bound_query(pattern), format="json").body)
    found = engine.search(SearchRequest(text="信访", within=within, limit=50))
    assert {hit.iri[-4:] for hit in found.hits} == expected


def test_a_pattern_without_a_variable_is_told() -> None:
    with pytest.raises(BadSearch, match="no variable"):
        bound_query("<urn:a> a <urn:b>")
