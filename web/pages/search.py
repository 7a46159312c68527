"""The pages people read: home, search, documents. Each parses the request, asks one service, renders."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, render_template, request
from flask.blueprints import BlueprintSetupState
from markupsafe import Markup, escape

from kg.errors import SearchError
from search.request import SearchRequest
from web.addresses import entity_address, place_text, source_address, this_search, this_search_and, trace_address
from web.language import code_label
from web.queries import rows
from web.services import services

pages = Blueprint("pages", __name__, template_folder="templates")

FACETS = ("year", "department", "region", "kind", "function_code", "economic_code", "legal_kind", "amount")
SHOWN = 8


@pages.record_once
def give_links(state: BlueprintSetupState) -> None:
    """Give every template, macros included, the functions that make addresses."""
    state.app.jinja_env.globals.update(
        entity_address=entity_address,
        source_address=source_address,
        place_text=place_text,
        trace_address=trace_address,
        highlight=highlight,
    )


@pages.app_context_processor
def give_generation() -> dict[str, object]:
    """Tell every page the number of the generation it shows."""
    return {"generation": services().generation_number()}


def highlight(hit: Mapping[str, Any]) -> Markup:
    """Return a hit's text, escaped, its matched terms marked; tabs between cells become spaces."""
    text, shown, done = str(hit["text"]), Markup(), 0
    for span in sorted(hit["why"].get("highlights", ()), key=lambda span: (span["start"], -span["end"])):
        if span["start"] < done:
            continue
        matched = text[span["start"] : span["end"]]
        shown += escape(text[done : span["start"]]) + Markup("<mark>{}</mark>").format(matched)
        done = span["end"]
    return Markup((shown + escape(text[done:])).replace("\t", Markup("&emsp;")))


@pages.get("/")
def home() -> str:
    """Show the search box, what is held, and where to begin."""
    if services().generation_number() is None:
        return render_template("home.html", hints=[], cards=[], documents=[])
    counts = rows("pages/counts")[0]
    addresses = {
        "documents": "/documents",
        "errors": "/findings?severity=error",
        "projects": "/trace",
        "legal": "/trace",
    }
    cards = [
        {"name": name, "count": int(counts[name]), "address": addresses.get(name, "/query")}
        for name in ("documents", "projects", "observations", "legal", "indicators", "errors")
    ]
    return render_template("home.html", hints=hints(), cards=cards, documents=rows("pages/documents"))


def hints() -> list[dict[str, str]]:
    """Return a few things to begin with, from what is held: projects with money, documents they rest on."""
    projects = list(dict.fromkeys(row["text"] for row in rows("pages/projects")))[:4]
    cited = list(dict.fromkeys(row["text"] for row in rows("pages/cited")))[:3]
    return [{"text": text, "address": f"/search?q={text}"} for text in (*projects, *cited)]


@pages.get("/documents")
def documents() -> str:
    """List the documents held."""
    held = rows("pages/documents") if services().generation_number() is not None else []
    return render_template("documents.html", documents=held)


@pages.get("/search")
def search() -> tuple[str, int] | str:
    """Show the hits of a search, how it was understood, and ways to narrow it down."""
    settings = services().settings
    text = request.args.get("q", "").strip()
    if not text and not any(request.args.get(name) for name in FACETS):
        return render_template("search.html", query={"text": ""}, answer=None)
    try:
        wanted = SearchRequest.from_params(
            request.args.to_dict(flat=False),
            max_query=settings.search_max_query,
            max_limit=settings.search_max_limit,
        )
        answer = services().search(wanted).to_data()
    except SearchError as error:
        problem = f"{error.message} {error.hint}".strip()
        return render_template("search.html", query={"text": text}, problem=problem), 400
    after = wanted.offset + wanted.limit
    return render_template(
        "search.html",
        query={"text": text},
        answer=answer,
        chips=chips(answer),
        facets=facets(answer),
        previous_page=this_search(offset=max(0, wanted.offset - wanted.limit)) if wanted.offset else None,
        next_page=this_search(offset=after) if after < answer["total"] else None,  # type: ignore[operator]
    )


def chips(answer: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return what the query was understood as and the filters chosen, each with the search without it."""
    understood = [
        {"text": part["label"], "without": this_search_and("ignore", part["id"])}
        for part in answer["query"]["understood"]
    ]
    chosen = [
        {"text": value, "without": this_search(without=[(name, value)])}
        for name, value in request.args.items(multi=True)
        if name in (*FACETS, "legal", "document", "min_amount", "max_amount") and value
    ]
    return understood + chosen


def facets(answer: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the facets that still divide the result, each value with the search narrowed to it."""
    shown = []
    for name in FACETS:
        values = answer.get("facets", {}).get(name, ())
        if len(values) > 1:
            shown.append(
                {
                    "name": name,
                    "values": [
                        {
                            "text": facet_text(name, value),
                            "count": value["count"],
                            "address": this_search_and(name, value["value"]),
                        }
                        for value in values[:SHOWN]
                    ],
                }
            )
    return shown


def facet_text(name: str, value: Mapping[str, Any]) -> str:
    """Return how a facet's value is shown: codes of our own in the page's language, names as they are."""
    groups = {"kind": "passage", "legal_kind": "legal"}
    return code_label(groups[name], value["value"]) if name in groups else str(value["label"])
