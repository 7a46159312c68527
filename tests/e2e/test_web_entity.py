"""/id/…: one address for each entity, in the form the client asks for."""

from __future__ import annotations

import json
import re
from html import unescape
from urllib.parse import quote

import pytest
import rdflib

from tests.served import BROWSER, Client

DATA = "https://w3id.org/suyuan/id/"
PROJECT = "project/深圳市龙岗区信访局/2020/信访稳定备用金"
BUD = rdflib.Namespace("https://w3id.org/suyuan/ontology#")
FORMS = [
    ("text/turtle", "text/turtle", "turtle"),
    ("application/n-triples", "application/n-triples", "nt"),
    ("application/rdf+xml", "application/rdf+xml", "xml"),
    ("application/ld+json", "application/ld+json", "json-ld"),
    ("application/json", "application/ld+json", "json-ld"),
    ("*/*", "text/turtle", "turtle"),
    ("", "text/turtle", "turtle"),
]


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_all_formats_of_an_entity_say_the_same(client: Client) -> None:
    graphs = []
    for accept, media_type, parser in FORMS:
        got = client.get(f"/id/{PROJECT}", accept)
        assert (got.status, got.media_type) == (200, media_type)
        assert "Accept" in got.headers["Vary"].split(", ")
        graphs.append(rdflib.Graph().parse(data=got.body, format=parser))
    facts = set(graphs[0])
    assert all(set(graph) == facts for graph in graphs)
    project = rdflib.URIRef(DATA + PROJECT)
    assert {str(subject) for subject, _, _ in facts} == {DATA + PROJECT}
    assert (project, rdflib.RDF.type, BUD.Project) in graphs[0]
    assert [float(str(amount)) for amount in graphs[0].objects(project, BUD.amount)] == [5_000_000]


def test_json_ld_uses_the_context_of_the_vocabulary(client: Client) -> None:
    data = json.loads(client.get(f"/id/{PROJECT}", "application/ld+json").body)
    assert data["label"] == "信访稳定备用金" and "@context" in data


def test_a_browser_gets_the_page_of_the_same_address(client: Client) -> None:
    got = client.get(f"/id/{PROJECT}", BROWSER)
    assert (got.status, got.media_type) == (200, "text/html")
    assert "信访稳定备用金使用管理办法" in got.text and "?format=turtle" in got.text
    assert "5,000,000 元（500 万元）" in got.text and "是否" not in got.text
    english = client.get(f"/id/{PROJECT}", BROWSER, lang="en").text
    assert "amount" in english.lower()
    assert client.get(f"/id/{PROJECT}", BROWSER, format="turtle").media_type == "text/turtle"


def test_every_kind_of_entity_has_a_page_and_data(client: Client) -> None:
    kinds = client.rows("SELECT ?type (SAMPLE(?s) AS ?one) { ?s a ?type } GROUP BY ?type")
    shown = [(kind, iri) for kind, iri in kinds if iri.startswith(DATA)]
    assert len(shown) >= 12
    for kind, iri in shown:
        path = f"/id/{iri.removeprefix(DATA)}".replace("%", "%25")
        assert client.get(path).status == 200, (kind, iri)
        assert client.get(path, BROWSER).status == 200, (kind, iri)


def test_an_address_written_a_little_differently_still_leads_there(client: Client) -> None:
    wide = PROJECT.replace("2020", "２０２０")
    assert client.get(f"/id/{wide}").status == 200


def test_an_unknown_entity_is_not_found_and_near_matches_are_named(client: Client) -> None:
    got = client.get("/id/project/深圳市龙岗区信访局/2020/信访备用金")
    assert (got.status, got.error["code"]) == (404, "not_found")
    assert DATA + PROJECT in got.error["near"]
    code = client.get("/id/code/function/2010309")
    assert f"{DATA}code/function/2010308" in code.error["near"]
    page = client.get("/id/project/深圳市龙岗区信访局/2020/信访备用金", BROWSER)
    assert page.status == 404 and "信访稳定备用金" in page.text
    assert "near" not in client.get("/id/nothing").error
    assert client.get("/id/").status == 404


@pytest.mark.parametrize("path", ["a%20b", "%00", "%3Cscript%3E", "%FF", "x" * 5000, "project/%7B", "a%5Cb"])
def test_what_can_be_no_iri_is_not_found_either(client: Client, path: str) -> None:
    got = client.send("GET", f"/id/{path}")
    assert (got.status, got.error["code"]) == (404, "not_found")
    assert len(got.body) < 2000


def test_a_format_there_is_none_of_is_not_acceptable(client: Client) -> None:
    assert client.get(f"/id/{PROJECT}", "image/png").error["code"] == "not_acceptable"
    assert client.get(f"/id/{PROJECT}", format="csv").status == 406


def test_the_vocabulary_is_served_in_each_format_and_readable_for_people(client: Client) -> None:
    turtle = client.get("/ontology")
    graph = rdflib.Graph().parse(data=turtle.body, format="turtle")
    other = rdflib.Graph().parse(data=client.get("/ontology", "application/n-triples").body, format="nt")
    assert len(graph) == len(other) > 300
    assert (BUD.Project, rdflib.RDF.type, rdflib.OWL.Class) in graph
    assert client.get("/ontology", BROWSER).media_type == "text/plain"


def test_a_node_without_a_name_is_called_by_its_text_and_terms_by_names_of_the_language(client: Client) -> None:
    ((passage, text),) = client.rows("SELECT ?p ?text { ?p a bud:Passage ; bud:text ?text } ORDER BY ?p LIMIT 1")
    page = client.get(f"/id/{passage.removeprefix(DATA)}", BROWSER).text
    heading = unescape(page[page.index("<h1>") + 4 : page.index("</h1>")])
    assert heading[:8] == " ".join(text.split())[:8]
    code = client.get("/id/code/function/2010308", BROWSER).text
    assert "上级科目" in code and "skos:" not in code
    assert "broader" in client.get("/id/code/function/2010308", BROWSER, lang="en").text


COUNTED = """PREFIX bud: <https://w3id.org/suyuan/ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?d ?p (COUNT(DISTINCT ?g) AS ?goals) (COUNT(DISTINCT ?b) AS ?reasons) (COUNT(DISTINCT ?i) AS ?indicators) {
  ?p a bud:Project ; bud:department ?d .
  OPTIONAL { ?p bud:goal ?g } OPTIONAL { ?p bud:legalBasis ?b } OPTIONAL { ?i a bud:Indicator ; bud:owner ?p }
} GROUP BY ?d ?p"""


def test_a_department_counts_what_its_projects_have(client: Client) -> None:
    rows = json.loads(client.query(COUNTED, "application/json").text)["results"]["bindings"]
    counted = {(row["d"]["value"], row["p"]["value"]): [int(row[name]["value"]) for name in ("goals", "reasons", "indicators")] for row in rows}  # fmt: skip
    for kind in range(3):
        (department, project), numbers = max(counted.items(), key=lambda entry: entry[1][kind])
        assert numbers[kind] > 0
        page = client.get("/id/" + department.removeprefix(DATA), BROWSER, lang="en").text
        (line,) = [row for row in page.split("<tr>") if f'href="/id/{quote(project.removeprefix(DATA))}"' in row]
        assert [int(found) for found in re.findall(r'class="num"[^>]*>(\d+)</td>', line)] == numbers
