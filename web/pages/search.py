"""The search page: the hits with their reasons and places, how the query was understood, and ways to narrow it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, g, render_template, request
from markupsafe import Markup, escape

from kg.errors import SearchError
from search.facets.catalogue import ASKED, BOUNDS, BY_NAME, SHOWN
from search.facets.facet import Facet, FacetValue, Operator
from search.response import Hit, SearchResponse
from web.addresses import Link, this_search, this_search_and
from web.api.search import read_request
from web.language import facet_label, facet_title, translate
from web.services import services

views = Blueprint("search", __name__, template_folder="templates")

MOST = 8
"""Values of a facet that a page shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A value of a facet, how many hits have it, and the search narrowed to it."""

    text: str
    count: int
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A facet under its heading."""

    title: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """`chips` lead to the search without what they name; `answer` is None before a search and after a wrong one."""

    text: str
    problem: str | None = None
    answer: SearchResponse | None = None
    chips: tuple[Link, ...] = ()
    facets: tuple[Shown, ...] = ()
    previous: str | None = None
    next: str | None = None


@views.get("/search")
def find() -> tuple[str, int] | str:
    """Show the hits of a search, how it was understood, and ways to narrow it down."""
    text = request.args.get("q", "").strip()
    if not text and not any(request.args.get(facet.name) for facet in ASKED):
        return render_template("search.html", page=SearchPage(text=""))
    try:
        wanted = read_request()
        answer = services().search(wanted)
    except SearchError as error:
        problem = f"{error.told(g.language)} {error.hinted(g.language)}".strip()
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
    understood = [
        Link(
            text=translate("search.without", label=part.label) if part.effect == "exclude" else part.label,
            address=this_search_and("ignore", part.id),
        )
        for part in answer.query.understood
    ]
    chosen = [
        Link(text=chosen_text(name, value), address=this_search(without=[(name, value)]))
        for name, value in request.args.items(multi=True)
        if name in (*BY_NAME, *(bound.name for bound in BOUNDS)) and value
    ]
    return (*understood, *chosen)


def chosen_text(name: str, value: str) -> str:
    """Return how a filter that was chosen is shown: its heading and its value."""
    facet = BY_NAME.get(name)
    if facet is None:
        return f"{facet_title(next(bound for bound in BOUNDS if bound.name == name))}: {value}"
    return f"{facet_title(facet)}: {facet_label(facet, value)}"


def facets(answer: SearchResponse) -> tuple[Shown, ...]:
    """Return the facets that still divide the result, each value with the search narrowed to it."""
    return tuple(
        Shown(title=facet_title(facet), choices=tuple(_choice(facet, value) for value in values[:MOST]))
        for facet in SHOWN
        if len(values := answer.facets.get(facet.name, ())) > 1
    )


def _choice(facet: Facet, value: FacetValue) -> Choice:
    own = facet.group or facet.labels()
    text = facet_label(facet, value.value) if own else _with_code(facet, value)
    return Choice(text=text, count=value.count, address=this_search_and(facet.name, value.value))


def _with_code(facet: Facet, value: FacetValue) -> str:
    """Return the label of a value; a code's has the code before it, for two codes may have one name."""
    is_code = facet.operator is Operator.PREFIX and value.label != value.value
    return f"{value.value} {value.label}" if is_code else value.label
