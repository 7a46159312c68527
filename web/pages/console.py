"""The SPARQL page: a form, the answer as a table with links, and the competency questions as examples."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from flask import Blueprint, g, render_template, request

from kg.errors import QueryError
from kg.messages import FIRST
from ontology import competency_paths
from web.addresses import entity_address
from web.services import services

console = Blueprint("console", __name__, template_folder="templates")

LONGEST_TEXT = 400


@console.get("/query")
def query() -> tuple[str, int] | str:
    """Show the form and, if there is a query, its answer."""
    text = request.args.get("query", "").strip()
    if not text:
        first = examples()[0]["text"] if examples() else ""
        return render_template("query.html", query=first, examples=examples())
    try:
        answer = services().query(text, accept="application/sparql-results+json, text/turtle;q=0.9")
    except QueryError as error:
        problem = f"{error.message} {error.hint}".strip()
        return render_template("query.html", query=text, problem=problem, examples=examples()), 400
    if "json" not in answer.media_type:
        return render_template("query.html", query=text, document=answer.body.decode(), examples=examples())
    table = to_table(json.loads(answer.body))
    return render_template("query.html", query=text, table=table, examples=examples())


def to_table(results: dict[str, Any]) -> dict[str, Any]:
    """Return SPARQL JSON results as variables and rows of cells with text and address."""
    if "boolean" in results:
        return {"variables": ["ASK"], "rows": [[{"text": str(results["boolean"]).lower(), "address": None}]]}
    variables = results["head"]["vars"]
    rows = [[to_cell(binding.get(name)) for name in variables] for binding in results["results"]["bindings"]]
    return {"variables": variables, "rows": rows}


def to_cell(term: dict[str, str] | None) -> dict[str, str | None]:
    """Return one term as a cell: an IRI is linked and shown by its last steps, a long text is cut."""
    if term is None:
        return {"text": "", "address": None}
    value = term["value"]
    if term["type"] == "uri":
        return {"text": value.split("/id/", 1)[-1], "address": entity_address(value)}
    return {"text": value if len(value) <= LONGEST_TEXT else value[:LONGEST_TEXT] + "…", "address": None}


def examples() -> list[dict[str, str]]:
    """Return the competency questions with their queries, the question in Chinese on Chinese pages, else in English."""
    line = 0 if g.language == FIRST else 1
    return [{"title": text.splitlines()[line].lstrip("# "), "text": text} for text in load_examples()]


@cache
def load_examples() -> tuple[str, ...]:
    """Return the competency queries; the first comment asks in Chinese, the second in English."""
    return tuple(path.read_text("utf-8") for path in competency_paths())
