"""What an Accept header asks for: page or data, and in which of our formats (RFC 9110 §12.5.1)."""

from __future__ import annotations

import pytest
from flask import Flask, request

from kg.errors import NotAcceptable
from kg.query.formats import GRAPHS, RESULTS
from tests.served import BROWSER
from web.negotiate import accepted, best_format, wants_html


@pytest.fixture(scope="module")
def app() -> Flask:
    return Flask("negotiating")


@pytest.mark.parametrize(
    ("accept", "wanted"),
    [
        (BROWSER, True),
        ("text/html", True),
        ("TEXT/HTML;level=1", True),
        ("text/html;q=0.8, text/turtle;q=0.8", True),
        ("text/html;q=0.8, text/turtle", False),
        ("text/html;q=0", False),
        ("*/*", False),
        ("text/*", False),
        ("application/json", False),
        ("", False),
        ("nonsense", False),
    ],
)
def test_a_page_is_for_who_names_html_and_likes_nothing_better(app: Flask, accept: str, wanted: bool) -> None:
    with app.test_request_context(headers={"Accept": accept}):
        assert wants_html(request) is wanted


@pytest.mark.parametrize(
    ("accept", "results", "graph"),
    [
        ("", "json", "turtle"),
        ("*/*", "json", "turtle"),
        ("text/html, text/csv;q=0.9, */*;q=0.1", "csv", "turtle"),
        ("text/csv;q=0.5, application/sparql-results+xml", "xml", None),
        ("application/json; charset=utf-8", "json", "jsonld"),
        ("text/xml", "xml", "rdfxml"),
        ("text/*;q=0.4", "csv", "turtle"),
        ("application/*", "json", "ntriples"),
        ("text/turtle;q=0, */*", "json", "ntriples"),
        ("text/plain", None, "ntriples"),
        ("image/png", None, None),
        ("nonsense", None, None),
    ],
)
def test_the_format_liked_best_is_sent(app: Flask, accept: str, results: str | None, graph: str | None) -> None:
    with app.test_request_context(headers={"Accept": accept}):
        for formats, name in ((RESULTS, results), (GRAPHS, graph)):
            if name is None:
                with pytest.raises(NotAcceptable, match="accepts can be sent"):
                    best_format(accepted(request), formats)
            else:
                assert best_format(accepted(request), formats).name == name
