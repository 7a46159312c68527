"""Every template is filled from its typed page: a name the page doesn't have fails, and nothing it has is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, template_rendered
from flask.testing import FlaskClient
from jinja2 import StrictUndefined, UndefinedError
from markupsafe import escape

from kg.settings import Settings
from tests.served import BROWSER
from tests.shared import ROOT
from web.app import create_app

PAGES = (
    "/",
    "/documents",
    "/search",
    "/search?q=信访稳定备用金",
    "/search?q=2010308&limit=1&offset=1",
    "/search?year=last",
    "/search?q=信访&department=nobody",
    "/trace",
    "/trace?name=信访稳定备用金",
    "/trace?name=深龙信〔2016〕2号",
    "/trace?name=信访稳定备用",
    "/findings",
    "/findings?severity=error",
    "/findings?kind=percent&sort=gap&page=2",
    "/findings?year=1999",
    "/findings?document=https://w3id.org/suyuan/id/nothing",
    "/amounts",
    "/amounts?figure=138,845.78 万元&code=201&kind=expenditure&sort=name&page=9",
    "/amounts?low=much",
    "/compare",
    "/compare?of=深圳市龙岗区信访局&of=广州市信访局 2020&of=没有的局 2001",
    "/compare?group=three_public&year=2020",
    "/query",
    "/query?query=SELECT ?p { ?p a bud:Project } LIMIT 3",
    "/query?query=ASK { ?p a bud:Project }",
    "/query?query=CONSTRUCT { ?p a bud:Project } { ?p a bud:Project } LIMIT 3",
    "/query?query=SELECT",
    "/id/code/function/2010308",
    "/id/project/深圳市龙岗区信访局/2020/信访稳定备用金",
    "/id/department/深圳市龙岗区信访局?sort=year",
    "/id/department/深圳市龙岗区信访局?all=1",
    "/id/code/function/2010309",
    "/nothing",
)


@pytest.fixture(scope="module")
def app(sample_settings: Settings) -> Iterator[Flask]:
    made = create_app(sample_settings)
    yield made
    made.extensions["suyuan"].close()


@pytest.fixture(scope="module")
def browser(app: Flask) -> FlaskClient:
    return app.test_client()


def pages_of(browser: FlaskClient) -> Iterator[str]:
    yield from PAGES
    held = browser.get("/api/documents").get_json()["documents"]
    findings = browser.get("/api/findings?limit=1").get_json()["findings"]
    yield f"/source/{held[0]['sha256']}?line=3&col=2"
    yield f"/findings?document={held[0]['iri']}"
    yield f"/id/{findings[0]['iri'].split('/id/', 1)[1]}"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_template_is_filled_and_asks_for_nothing_unknown(app: Flask, browser: FlaskClient, language: str) -> None:
    rendered: set[str] = set()

    def remember(_: Flask, template: Any, **__: object) -> None:
        rendered.add(template.name)

    with template_rendered.connected_to(remember, app):
        for path in pages_of(browser):
            got = browser.get(path, headers={"Accept": BROWSER, "Cookie": f"lang={language}"})
            assert got.status_code in (200, 400, 404) and got.mimetype == "text/html", (path, got.status_code)
    assert app.jinja_env.undefined is StrictUndefined
    written = {path.name for path in (ROOT / "web").rglob("*.html")}
    parts = {"base.html", "macros.html", "documents_table.html", "chart.html", "department.html"}
    assert rendered == written - parts and len(rendered) >= 9


def test_pages_of_an_empty_home_are_filled_too(tmp_path: Path) -> None:
    empty = create_app(Settings(home=tmp_path, model="none"))
    for path in ("/", "/documents", "/search", "/trace", "/findings", "/query", "/compare", "/amounts"):
        assert empty.test_client().get(path, headers={"Accept": BROWSER}).status_code == 200, path
    empty.extensions["suyuan"].close()


def test_an_unknown_name_in_a_template_fails_aloud(app: Flask) -> None:
    with app.test_request_context(), pytest.raises(UndefinedError):
        app.jinja_env.from_string("{{ answer.notice }}").render(answer=object())


@pytest.mark.parametrize("query", ["信访&department=nobody", "信访稳定备用金", "1999年 信访"])
def test_every_notice_of_an_answer_stands_on_the_page(browser: FlaskClient, query: str) -> None:
    notices = browser.get(f"/api/search?q={query}&lang=zh").get_json()["notices"]
    page = browser.get(f"/search?q={query}", headers={"Accept": BROWSER}).get_data(as_text=True)
    shown = re.findall(r'<p class="notice">(.*?)</p>', page, re.DOTALL)
    assert notices and len([text for text in shown if text]) >= len(notices)
    assert {str(escape(notice)) for notice in notices} <= set(shown)
