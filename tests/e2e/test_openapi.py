"""The description of the API is complete and true: each route is in it, and each answer is as it says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from kg.settings import Settings
from tests.json_schema import check, references, resolve
from tests.served import Client, ingest, serve, without_model
from tests.texts import HEAD, table

PAGES = {"home", "search", "console", "trace", "findings", "source", "graphs", "compare", "amounts", None}
"""Blueprints the description leaves out: pages for people, and graphs, whose clients know the protocol; None has the
static files."""


@pytest.fixture(scope="module")
def described(client: Client) -> dict[str, Any]:
    return dict(client.get("/openapi.json").data())


def operations(described: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def test_every_route_of_the_api_is_described_and_nothing_else(
    described: dict[str, Any], sample_settings: Settings
) -> None:
    from web.app import create_app

    app = create_app(sample_settings)
    served = {
        (rule.rule.replace("<path:name>", "{name}"), method.lower())
        for rule in app.url_map.iter_rules()
        if (rule.endpoint.split(".")[0] if "." in rule.endpoint else None) not in PAGES
        for method in rule.methods or ()
        if method not in ("HEAD", "OPTIONS")
    }
    assert served == {(path, method) for path, method, _ in operations(described)}


def test_the_description_holds_together(described: dict[str, Any]) -> None:
    assert described["openapi"].startswith("3.1.") and described["info"]["version"][0].isdigit()
    text = json.dumps(described)
    parts = described["components"]
    for kind in ("schemas", "responses"):
        for name in parts[kind]:
            assert f'"#/components/{kind}/{name}"' in text, f"{name} is never used"
    for reference in references(described):
        assert resolve(described, reference)
    names = [operation["operationId"] for _, _, operation in operations(described)]
    assert len(names) == len(set(names)) >= 12


def test_every_operation_answers_its_example_as_described(described: dict[str, Any], client: Client) -> None:
    answer_examples(described, client)


PROJECT, RULES = "业务用房修缮", "审办〔2023〕7号"
ELSEWHERE = HEAD + table(
    "项目支出绩效目标表",
    [
        ["项目名称", "项目金额", "项目内容", "申报依据"],
        [PROJECT, "48", "修缮业务用房的屋面与管线。", f"《某区业务用房管理办法》（{RULES}）"],
    ],
)


def test_the_examples_are_of_what_is_held_and_follow_it(tmp_path: Path) -> None:
    (tmp_path / "预算.txt").write_text(ELSEWHERE, "utf-8")
    with serve(without_model(tmp_path / "home")) as client:
        before = dict(client.get("/openapi.json").data())
        assert examples_of(before, "/api/trace") == examples_of(before, "/api/related") == {}
        ingest(tmp_path / "home", tmp_path / "预算.txt")
        described = dict(client.get("/openapi.json").data())
        assert examples_of(described, "/api/trace") == {"project": PROJECT}
        assert examples_of(described, "/api/related")["iri"].endswith(f"/id/legal/{RULES}")
        for got in answer_examples(described, client):
            assert got.status == 200, got.text


def examples_of(described: dict[str, Any], path: str) -> dict[str, Any]:
    parameters = described["paths"][path]["get"]["parameters"]
    return {each["name"]: each["example"] for each in parameters if "example" in each}


def answer_examples(described: dict[str, Any], client: Client) -> list[Any]:
    """Return the answers to every example of the description, each checked against it."""
    answers = []
    for path, method, operation in operations(described):
        for got in examples(client, path, method, operation):
            expected = operation["responses"][str(got.status)]
            assert got.media_type in expected["content"], (path, got.status, got.media_type)
            if got.media_type == "application/json":
                check(described, expected["content"][got.media_type]["schema"], got.data(), path)
            answers.append(got)
    assert len(answers) >= 13
    return answers


@pytest.mark.parametrize(
    ("path", "parameters"),
    [
        ("/api/search", {"q": "2020年龙岗 深龙信〔2016〕2号", "limit": 50}),
        ("/api/search", {"q": "2010308", "limit": 5}),
        ("/api/search", {"q": "信访工作目标", "limit": 50, "mode": "lexical", "year": "2020-2023"}),
        ("/api/trace", {"legal": "深龙信〔2016〕2号"}),
        ("/api/findings", {"limit": 1000}),
    ],
)
def test_answers_in_all_their_variety_are_as_described(
    described: dict[str, Any], client: Client, path: str, parameters: dict[str, Any]
) -> None:
    got = client.get(path, accept="", **parameters)
    answer = described["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    check(described, answer, got.data(), path)


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/api/search?limit=x", "get", 400),
        ("/api/trace?project=none", "get", 404),
        ("/sparql?query=x", "get", 400),
        ("/api/trace", "get", 400),
        ("/sparql?update=x", "get", 403),
        ("/sparql", "post", 415),
        ("/id/nothing", "get", 404),
        ("/id/code/function/201?format=png", "get", 406),
        ("/ontology?format=png", "get", 406),
        ("/api/findings?document=none", "get", 404),
        ("/api/search?q=x&where=%7B", "get", 400),
    ],
)
def test_every_error_is_described_and_has_the_one_shape(
    described: dict[str, Any], client: Client, path: str, method: str, status: int
) -> None:
    got = client.send(method.upper(), path)
    template = path.split("?")[0] if not path.startswith("/id/") else "/id/{name}"
    response = described["paths"][template][method]["responses"][str(status)]
    assert got.status == status
    content = resolve(described, response["$ref"])["content"]
    check(described, content["application/json"]["schema"], got.data(), path)


def examples(client: Client, path: str, method: str, operation: dict[str, Any]) -> Iterator[Any]:
    """Yield the answers to an operation's examples."""
    sent = {each["name"]: each["example"] for each in operation["parameters"] if "example" in each}
    if "{name}" in path:
        yield client.get(path.replace("{name}", str(sent["name"])))
    elif method == "get":
        yield client.get(path, accept="", **sent)
    else:
        for media_type, content in operation["requestBody"]["content"].items():
            example = content["example"]
            body = example if isinstance(example, str) else urlencode(example)
            yield client.send("POST", path, headers={"Content-Type": media_type}, body=body.encode())
