"""The SPARQL page: a form, the answer as a table with links, and the competency questions as examples."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from flask import Blueprint, g, render_template, request

from kg.errors import QueryBusy, QueryError
from kg.messages import FIRST
from ontology import competency_paths
from web.addresses import entity_address
from web.services import services

views = Blueprint("console", __name__, template_folder="templates")

LONGEST_TEXT = 400  # characters of a cell of a result; the whole stands in CSV and JSON


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    text: str
    address: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer to a query as a table."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A query to begin with and the question it answers."""

    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsolePage:
    """The form with its query; the answer is a table, or a `document` of Turtle, or there was a problem."""

    query: str
    examples: tuple[Example, ...]
    problem: str | None = None
    table: Answer | None = None
    document: str | None = None


@views.get("/query")
def query() -> tuple[str, int] | str:
    """Show the form and, if there is a query, its answer."""
    text = request.args.get("query", "").strip()
    known = examples()
    if not text:
        first = known[0].text if known else ""
        return render_template("query.html", page=ConsolePage(query=first, examples=known))
    try:
        answer = services().ask(text)
    except QueryBusy:
        raise
    except QueryError as error:
        problem = f"{error.told(g.language)} {error.hinted(g.language)}".strip()
        return render_template("query.html", page=ConsolePage(query=text, problem=problem, examples=known)), 400
    if "json" not in answer.media_type:
        page = ConsolePage(query=text, document=answer.body.decode(), examples=known)
    else:
        page = ConsolePage(query=text, table=to_table(json.loads(answer.body)), examples=known)
    return render_template("query.html", page=page)


def to_table(results: dict[str, Any]) -> Answer:
    """Return SPARQL JSON results as variables and rows of cells with text and address."""
    if "boolean" in results:
        return Answer(variables=("ASK",), rows=((Cell(text=str(results["boolean"]).lower()),),))
    variables = results["head"]["vars"]
    rows = (tuple(to_cell(binding.get(name)) for name in variables) for binding in results["results"]["bindings"])
    return Answer(variables=tuple(variables), rows=tuple(rows))


def to_cell(term: dict[str, str] | None) -> Cell:
    """Return one term as a cell: an IRI is linked and shown by its last steps, a long text is cut."""
    if term is None:
        return Cell(text="")
    value = term["value"]
    if term["type"] == "uri":
        return Cell(text=value.split("/id/", 1)[-1], address=entity_address(value))
    return Cell(text=value if len(value) <= LONGEST_TEXT else value[:LONGEST_TEXT] + "…")


def examples() -> tuple[Example, ...]:
    """Return the competency questions with their queries, the question in Chinese on Chinese pages, else in English."""
    line = 0 if g.language == FIRST else 1
    return tuple(Example(title=text.splitlines()[line].lstrip("# "), text=text) for text in load_examples())


@cache
def load_examples() -> tuple[str, ...]:
    """Return the competency queries; the first comment asks in Chinese, the second in English."""
    return tuple(path.read_text("utf-8") for path in competency_paths())
