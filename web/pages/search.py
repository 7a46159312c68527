"""The search page: the hits with their reasons and places, how the query was understood, and ways to narrow it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template, request
from markupsafe import Markup, escape

from kg.errors import SearchError
from search.response import FacetValue, Hit, SearchResponse
from web.addresses import Link, this_search, this_search_and
from web.api.search import read_request
from web.language import code_label
from web.services import services

views = Blueprint("search", __name__, template_folder="templates")

FACETS = ("year", "department", "region", "kind", "function_code", "economic_code", "legal_kind", "amount")
SHOWN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A value of a facet, how many hits have it, and the search narrowed to it."""

    text: str
    count: int
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    name: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """`chips` lead to the search without what they name; `answer` is None before a search and after a wrong one."""

    text: str
    problem: str | None = None
    answer: SearchResponse | None = None
    chips: tuple[Link, ...] = ()
    facets: tuple[Facet, ...] = ()
    previous: str | None = None
    next: str | None = None


@views.get("/search")
def find() -> tuple[str, int] | str:
    """Show the hits of a search, how it was understood, and ways to narrow it down."""
    text = request.args.get("q", "").strip()
    if not text and not any(request.args.get(name) for name in FACETS):
        return render_template("search.html", page=SearchPage(text=""))
    try:
        wanted = read_request()
        answer = services().search(wanted)
    except SearchError as error:
        problem = f"{error.message} {error.hint}".strip()
        return render_template("search.html", page=SearchPage(text=text, problem=problem)), 400
    after = wanted.offset + wanted.limit
    page = SearchPage(
        text=text,
        answer=answer,
        chips=chips(answer),
        facets=facets(answer),
        previous=this_search(offset=max(0, wanted.offset - wanted.limit)) if wanted.offset else None,
        next=this_search(offset=after) if after < answer.total else None,
    )
    return render_template("search.html", page=page)


@views.app_template_filter("highlight")
def highlight(hit: Hit) -> Markup:
    """Return a hit's text, escaped, its matched terms marked; tabs between cells become spaces."""
    shown, done = Markup(), 0
    for span in sorted(hit.why.highlights, key=lambda span: (span.start, -span.end)):
        if span.start < done:
            continue
        marked = Markup("<mark>{}</mark>").format(hit.text[span.start : span.end])
        shown += escape(hit.text[done : span.start]) + marked
        done = span.end
    return Markup((shown + escape(hit.text[done:])).replace("\t", Markup("&emsp;")))


def chips(answer: SearchResponse) -> tuple[Link, ...]:
    """Return what the query was understood as and the filters chosen, each with the search without it."""
    understood = [Link(text=part.label, address=this_search_and("ignore", part.id)) for part in answer.query.understood]
    chosen = [
        Link(text=value, address=this_search(without=[(name, value)]))
        for name, value in request.args.items(multi=True)
        if name in (*FACETS, "legal", "document", "min_amount", "max_amount") and value
    ]
    return (*understood, *chosen)


def facets(answer: SearchResponse) -> tuple[Facet, ...]:
    """Return the facets that still divide the result, each value with the search narrowed to it."""
    return tuple(
        Facet(name=name, choices=tuple(_choice(name, value) for value in answer.facets[name][:SHOWN]))
        for name in FACETS
        if len(answer.facets.get(name, ())) > 1
    )


def _choice(name: str, value: FacetValue) -> Choice:
    return Choice(text=facet_text(name, value), count=value.count, address=this_search_and(name, value.value))


def facet_text(name: str, value: FacetValue) -> str:
    """Return how a facet's value is shown: codes of our own in the page's language, names as they are."""
    groups = {"kind": "passage", "legal_kind": "legal"}
    return code_label(groups[name], value.value) if name in groups else value.label
