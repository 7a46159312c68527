"""Facets as people meet them: in the API, on the page, on the command line, in SPARQL and in the words of a query."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest

import suyuan
from kg.settings import Settings
from search.facets.catalogue import SHOWN
from tests.e2e.command import Command
from tests.served import Client

PREFIX = "PREFIX bud: <https://w3id.org/suyuan/ontology#> "
# The self-evaluation of a project is the only sample of its stage.
EVALUATED = "002_f385ac392f5d94c6.txt"


def facets_of(client: Client, **parameters: object) -> dict[str, dict[str, int]]:
    found = client.get("/api/search", **parameters).data()["facets"]
    return {name: {value["value"]: value["count"] for value in values} for name, values in found.items()}


@pytest.mark.parametrize("name", ["amount_band", "economic_code"])
def test_amounts_and_economic_codes_divide_a_result_on_the_api_and_on_the_page(client: Client, name: str) -> None:
    counted = facets_of(client, q="物业管理费", limit=50)[name]
    assert len(counted) > 1
    for language, heading in ((one, facet.title[one]) for facet in SHOWN if facet.name == name for one in ("zh", "en")):
        page = client.get("/search", q="物业管理费", lang=language).text
        block = page.partition(f"<h3>{heading}</h3>")[2].partition("</ul>")[0]
        links = [unquote(link) for link in re.findall(r'href="([^"]+)"', block)]
        assert links and all(f"{name}=" in link for link in links)
        value = links[0].partition(f"{name}=")[2]
        assert value in counted
    narrowed = client.get("/api/search", q="物业管理费", **{name: value}).data()
    assert narrowed["query"]["filters"] == {name: [value]}
    assert narrowed["total"] > 0


@pytest.mark.parametrize(("name", "heading"), [("function_code", "功能科目"), ("economic_code", "经济科目")])
def test_a_code_stands_before_its_name_on_the_page_so_that_no_two_lines_are_equal(
    client: Client, name: str, heading: str
) -> None:
    page = client.get("/search", q="公务用车", limit=50, lang="zh").text
    block = page.partition(f"<h3>{heading}</h3>")[2].partition("</ul>")[0]
    lines = re.findall(r'href="([^"]+)">([^<]+)</a>', block)
    assert len(lines) > 1
    for address, text in lines:
        assert re.match(r"(\w+)( |$)", text)[1] == re.search(rf"{name}=(\w+)", address)[1]  # type: ignore[index]


def test_every_facet_that_is_shown_narrows_the_search_it_is_shown_for(client: Client) -> None:
    counted = facets_of(client, q="信访", limit=50)
    assert list(counted) == [facet.name for facet in SHOWN]
    for name, values in counted.items():
        for value in list(values)[:2]:
            found = client.get("/api/search", q="信访", **{name: value})
            assert found.status == 200, found.text
            assert 0 < found.data()["total"] < 1000, (name, value)
            assert not found.data()["notices"] or "model" in found.data()["notices"][0]


@pytest.mark.parametrize("said", ["evaluation", "自评", "self-evaluation"])
def test_a_stage_is_asked_for_by_its_value_or_its_name(client: Client, said: str) -> None:
    found = client.get("/api/search", q="信访", document_stage=said, limit=50).data()
    assert found["query"]["filters"] == {"document_stage": ["evaluation"]}
    assert {hit["document"]["file"] for hit in found["hits"]} == {EVALUATED}


def test_an_unknown_stage_is_refused_with_those_there_are(client: Client) -> None:
    error = client.get("/api/search", q="信访", document_stage="草案").error
    assert "document_stage" in error["message"] and "决算" in error["hint"]


def test_a_stage_in_a_query_is_understood_and_can_be_undone(client: Client) -> None:
    asked = client.get("/api/search", q="信访 自评", limit=50).data()
    part = next(part for part in asked["query"]["understood"] if part["kind"] == "document_stage")
    assert (part["text"], part["effect"]) == ("自评", "filter")
    assert {hit["document"]["file"] for hit in asked["hits"]} == {EVALUATED}
    page = client.get("/search", q="信访 自评").text
    assert "自评 ×" in page and "ignore=document_stage" in page
    undone = client.get("/api/search", q="信访 自评", ignore=part["id"], limit=50).data()
    assert undone["query"]["filters"] == {} and undone["total"] > asked["total"]


def test_a_stage_no_document_has_is_searched_as_a_word(client: Client) -> None:
    assert client.get("/api/search", q="决算").data()["query"]["filters"] == {}


def test_a_stage_is_shown_and_chosen_on_the_page_in_both_languages(client: Client) -> None:
    for language, heading, value in (("zh", "文件阶段", "自评"), ("en", "Document stage", "Self-evaluation")):
        page = client.get("/search", q="信访", lang=language).text
        assert f"<h3>{heading}</h3>" in page
        assert f">{value}</a>" in page.partition(f"<h3>{heading}</h3>")[2].partition("</ul>")[0]
        chosen = client.get("/search", q="信访", document_stage="evaluation", lang=language).text
        assert f"{heading}: {value} ×" in chosen


def test_a_search_in_sparql_takes_a_stage_a_code_and_bounds(client: Client) -> None:
    block = 'SELECT DISTINCT ?file {{ SERVICE bud:search {{ ?p bud:query "信访" ; bud:limit 50 ; {said} }} ?p bud:inDocument/bud:file ?file }}'
    assert client.rows(PREFIX + block.format(said='bud:documentStage "自评"')) == [(EVALUATED,)]
    every = client.rows(PREFIX + block.format(said="bud:mode 'lexical'"))
    for said in (
        'bud:economicCode "302"',
        "bud:minAmount 100000 ; bud:maxAmount 1000000",
        'bud:document "' + EVALUATED + '"',
    ):
        some = client.rows(PREFIX + block.format(said=said))
        assert some and set(some) <= set(every), said


def test_a_document_is_named_by_its_file(client: Client) -> None:
    found = client.get("/api/search", q="信访", document=EVALUATED, limit=50).data()
    assert {hit["document"]["file"] for hit in found["hits"]} == {EVALUATED}


def test_the_description_of_the_api_has_every_facet(client: Client) -> None:
    described = client.get("/openapi.json").data()["paths"]["/api/search"]["get"]["parameters"]
    assert {facet.name for facet in SHOWN} | {"min_amount", "max_amount"} <= {each["name"] for each in described}


def test_the_command_line_takes_a_stage_and_names_every_facet(sample_settings: Settings) -> None:
    command = Command(home=sample_settings.home)
    found = command.run("search", "信访", "--document-stage", "自评", "--json").data()
    assert {hit["document"]["file"] for hit in found["hits"]} == {EVALUATED}
    told = command.run("search", "--help").out
    assert all("--" + facet.name.replace("_", "-") in told for facet in SHOWN)


def test_the_python_api_takes_a_stage(sample_settings: Settings) -> None:
    with suyuan.open(sample_settings.home, sample_settings) as home:
        found = home.search("信访", document_stage="自评")
    assert {hit.document.file for hit in found.hits} == {EVALUATED}
