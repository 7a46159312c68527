"""The JSON API: search, trace, documents, findings, and what holds for every answer."""

from __future__ import annotations

import re

import pytest

from kg.settings import Settings
from tests.served import BROWSER, Client, serve

PROJECT = "信访稳定备用金"


def test_search_finds_with_reason_place_and_generation(client: Client) -> None:
    data = client.get("/api/search", q=PROJECT, limit=5).data()
    assert (data["generation"], len(data["hits"])) == (1, 5) and data["total"] >= 5
    hit = data["hits"][0]
    assert "备用金" in hit["text"] + hit["context"]
    assert hit["why"].keys() & {"lexical", "exact"} and hit["source"]["line"] >= 1
    assert hit["document"]["file"].endswith(".txt") and "/id/" in hit["iri"]


def test_search_filters_and_pages(client: Client) -> None:
    narrowed = client.get("/api/search", q="信访", year=2021, limit=100).data()
    assert {hit["document"]["year"] for hit in narrowed["hits"]} == {2021}
    whole = [hit["iri"] for hit in client.get("/api/search", q="信访", limit=20).data()["hits"]]
    pages = [client.get("/api/search", q="信访", limit=10, offset=offset).data() for offset in (0, 10)]
    assert [hit["iri"] for page in pages for hit in page["hits"]] == whole


def test_search_is_restricted_by_a_sparql_pattern(client: Client) -> None:
    pattern = "?passage bud:about ?p . ?p a bud:Project ; bud:amount ?amount FILTER(?amount > 500000)"
    data = client.get("/api/search", q="信访", where=pattern, limit=100).data()
    assert 0 < data["total"] < client.get("/api/search", q="信访", limit=1).data()["total"]
    assert all(hit["about"]["amount"] > 500000 for hit in data["hits"])
    outside = "?s ?p ?o . SERVICE <http://127.0.0.1/> { ?s ?p ?o }"
    refused = client.get("/api/search", q="信访", where=outside)
    assert (refused.status, refused.error["code"]) == (403, "query_refused")


@pytest.mark.parametrize(
    ("parameters", "part"),
    [
        ({"q": "x", "limit": "1000"}, "limit"),
        ({"q": "x", "limit": "ten"}, "limit"),
        ({"q": "x", "mode": "magic"}, "mode"),
        ({"q": "x" * 1001}, "characters"),
        ({"q": "x", "year": "last"}, "year"),
        ({"q": ["a", "b"]}, "q is given"),
    ],
)
def test_a_search_that_makes_no_sense_is_told_which_parameter(
    client: Client, parameters: dict[str, object], part: str
) -> None:
    got = client.get("/api/search", accept="", **parameters)
    assert (got.status, got.error["code"]) == (400, "bad_search")
    assert part in got.error["message"]


def test_a_search_by_meaning_without_a_model_is_refused_with_what_to_do(client: Client) -> None:
    got = client.get("/api/search", q="信访", mode="dense")
    assert (got.status, got.error["code"]) == (400, "model_unavailable")
    assert "mode=lexical" in got.error["hint"] and "Retry-After" not in got.headers


def test_a_trace_goes_from_the_money_to_its_basis_with_evidence(client: Client) -> None:
    traces = client.get("/api/trace", project=PROJECT).data()["traces"]
    assert [trace["project"]["year"] for trace in traces] == [2023, 2020]
    steps = {step["step"]: step["items"] for step in traces[1]["steps"]}
    assert steps["department"][0]["label"] == "深圳市龙岗区信访局"
    basis = steps["legal_basis"][0]
    assert "深龙信〔2016〕2号" in basis["label"] + str(basis["detail"])
    assert basis["evidence"][0]["source"]["line"] >= 1 and "备用金" in basis["evidence"][0]["text"]
    assert len(client.get("/api/trace", project=PROJECT, year=2020).data()["traces"]) == 1


def test_what_a_trace_says_comes_with_its_code_and_what_is_printed_without(client: Client) -> None:
    for language, word in (("zh", "预算"), ("en", "budget")):
        steps = client.get("/api/trace", project=PROJECT, year=2020, lang=language).data()["traces"][0]["steps"]
        (amount,) = next(step["items"] for step in steps if step["step"] == "amount")
        assert (amount["detail"].split(" · ")[:2], amount["detail_code"]) == (["2020", word], "step.parts")
        assert amount["detail_arguments"]["parts"][1] == {"code": "stage.budget", "arguments": {}}
        assert "label_code" not in amount and "label_arguments" not in amount


def test_a_trace_goes_back_from_a_legal_document(client: Client) -> None:
    (trace,) = client.get("/api/trace", legal="深龙信[2016]2号").data()["traces"]
    assert trace["legal"]["number"] == "深龙信〔2016〕2号"
    assert [project["label"] for project in trace["projects"]] == [PROJECT]
    assert float(trace["projects"][0]["amount"]) == 5_000_000
    assert client.get("/api/trace", name="深龙信〔2016〕2号").data()["traces"][-1]["legal"] == trace["legal"]


def test_an_unknown_project_is_not_found_and_near_matches_are_named(client: Client) -> None:
    got = client.get("/api/trace", project="信访稳定备用")
    assert (got.status, got.error["code"]) == (404, "not_found")
    assert PROJECT in got.error["near"]
    assert client.get("/api/trace", legal="深龙信〔2016〕99号").error["near"]
    assert client.get("/api/trace", project="http://no iri").error["code"] == "not_found"
    assert client.get("/api/trace").error["code"] == "bad_search"
    assert client.get("/api/trace", project="a", legal="b").status == 400


def test_documents_tell_department_year_coverage_and_findings(client: Client) -> None:
    data = client.get("/api/documents").data()
    assert data["total"] == len(data["documents"]) == 5
    by_file = {document["file"][:3]: document for document in data["documents"]}
    assert by_file["003"]["department"]["label"] == "广州市信访局" and by_file["003"]["year"] == 2020
    for document in data["documents"]:
        coverage = document["coverage"]
        assert coverage["numbers"] >= coverage["accounted"] > 0 and 0 < float(coverage["share"]) <= 1
        assert set(document["findings"]) == {"error", "rounding", "notice"}


def test_findings_are_narrowed_and_paged_gravest_first(client: Client) -> None:
    data = client.get("/api/findings").data()
    severities = ("error", "rounding", "notice")
    order = [severities.index(finding["severity"]) for finding in data["findings"]]
    assert order == sorted(order) and data["total"] >= len(order) > 10
    errors = client.get("/api/findings", severity="error").data()
    assert {finding["severity"] for finding in errors["findings"]} == {"error"}
    file = errors["findings"][0]["document"]["file"]
    of_file = client.get("/api/findings", severity="error", document=file).data()
    assert {finding["document"]["file"] for finding in of_file["findings"]} == {file}
    second = client.get("/api/findings", severity="error", limit=1, offset=1).data()
    assert (second["total"], second["findings"]) == (errors["total"], errors["findings"][1:2])
    assert client.get("/api/findings", severity="fatal").error["code"] == "bad_search"
    assert client.get("/api/findings", document="none.txt").error["near"]
    assert client.get("/api/findings", limit="-1").status == 400


# What holds for every answer


@pytest.mark.parametrize(
    "path", ["/", "/api/documents", "/sparql", "/nothing", "/api/search?limit=x", "/static/suyuan.css"]
)
def test_every_answer_carries_the_headers_that_keep_browsers_safe(client: Client, path: str) -> None:
    headers = client.get(path, BROWSER).headers
    policy = headers["Content-Security-Policy"]
    assert {"default-src 'none'", "frame-ancestors 'none'"} <= set(policy.split("; "))
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff" and headers["Referrer-Policy"]


@pytest.mark.parametrize("path", ["/", "/search?q=信访", "/trace", "/documents", "/findings", "/query", "/nothing"])
def test_pages_have_no_inline_script_or_style(client: Client, path: str) -> None:
    page = client.get(path, BROWSER).text
    assert "<html" in page
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", page)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", page))


def test_other_sites_may_read_the_api_but_not_the_pages(client: Client) -> None:
    for path in ("/api/documents", "/sparql", "/id/code/function/201", "/openapi.json", "/api/nothing"):
        assert client.get(path).headers["Access-Control-Allow-Origin"] == "*", path
    assert "Access-Control-Allow-Origin" not in client.get("/", BROWSER).headers
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    preflight = client.send("OPTIONS", "/sparql", headers=asked)
    assert preflight.status == 200 and "POST" in preflight.headers["Access-Control-Allow-Methods"]


def test_an_error_is_a_page_for_a_browser_and_json_for_a_program(client: Client) -> None:
    assert client.get("/nothing").error["code"] == "not_found"
    page = client.get("/nothing", BROWSER)
    assert (page.status, page.media_type) == (404, "text/html") and "404" in page.text
    assert client.get("/api/nothing", BROWSER).error["code"] == "not_found"
    assert client.send("POST", "/api/search").error["code"] == "method_not_allowed"


def test_health_readiness_and_figures(client: Client) -> None:
    assert client.get("/healthz").data() == {"status": "ok"}
    assert client.get("/readyz").data() == {"status": "ok", "generation": 1, "search": "ok"}
    client.get("/nothing")
    figures = client.get("/metrics")
    assert figures.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    lines = figures.text.splitlines()
    assert "suyuan_generation 1" in lines
    ready = re.compile(r'suyuan_requests_total\{route="/readyz",method="GET",status="200"\} \d+')
    assert any(ready.fullmatch(line) for line in lines)
    assert any(line.startswith('suyuan_errors_total{code="not_found"}') for line in lines)
    shape = re.compile(r'# (HELP|TYPE) \w+ .+|\w+(\{(\w+="[^"]*",?)+\})? [0-9.e+-]+')
    assert all(shape.fullmatch(line) for line in lines)


def test_before_the_first_ingest_everything_says_so(tmp_path_factory: pytest.TempPathFactory) -> None:
    settings = Settings(home=tmp_path_factory.mktemp("empty"), model="none")
    with serve(settings) as client:
        assert client.get("/healthz").status == 200
        for path in ("/readyz", "/api/search?q=x", "/api/documents", "/sparql?query=ASK{}", "/id/code/x"):
            got = client.get(path)
            assert (got.status, got.error["code"]) == (503, "no_generation"), path
            assert "ingest" in got.error["hint"] and got.headers["Retry-After"]
            assert str(settings.home) not in got.text
        assert client.get("/", BROWSER).status == 200
        assert client.get("/metrics").status == 200
