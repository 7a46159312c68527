"""/api/search and /api/related: hits with their reasons, and what is like a project."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Blueprint, Response, request

from kg.errors import BadSearch
from kg.messages import say
from kg.serialise import parts_of
from search.facets.catalogue import ASKED, BOUNDS, Filters
from search.rank.related import Related
from search.request import MODES, SORTS, SearchRequest
from search.response import SearchResponse
from web.api.operations import Operation, Parameter, count_parameter, described, json_of
from web.api.parameters import one_each, whole_or
from web.language import spoken_language
from web.sending import send
from web.services import services

views = Blueprint("api_search", __name__)

# hits sent unless asked otherwise, the most sent at once, the last that can be skipped to
PAGE, LONGEST_PAGE, FURTHEST = 10, 100, 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedAnswer:
    """What is related to an entity, the most alike first."""

    iri: str
    related: tuple[Related, ...]


def filter_parameters() -> tuple[Parameter, ...]:
    """Return the parameters that restrict a search, from the fields of Filters and the examples of the facets."""
    examples = {facet.name: [facet.example] for facet in ASKED}
    return tuple(
        Parameter(
            name=part.name,
            told=part.told,
            kind=float if part.number else tuple[str, ...],
            example=examples.get(part.name),
        )
        for part in parts_of(Filters)
    )


@views.get("/api/search")
@described(
    get=Operation(
        id="search",
        summary="Search goals, contents, duties, indicators and legal bases",
        parameters=(
            Parameter(
                name="q",
                told="what to look for, in Chinese or English; identifiers, years, names and amounts are understood",
                example="方便群众反映诉求的项目",
                settings={"maxLength": "search_max_query"},
            ),
            Parameter(
                name="limit",
                told="hits a page",
                kind=int,
                limits={"minimum": 0, "default": PAGE},
                settings={"maximum": "search_max_limit"},
            ),
            count_parameter("offset", "hits to skip", FURTHEST, 0),
            Parameter(name="mode", told="which legs are asked", limits={"enum": list(MODES), "default": MODES[0]}),
            Parameter(name="sort", told="order of the hits", limits={"enum": list(SORTS), "default": SORTS[0]}),
            *filter_parameters(),
            Parameter(
                name="raw",
                told="take the text as it stands, understand nothing",
                limits={"enum": ["1", "true", "yes", "on"]},
            ),
            Parameter(
                name="ignore",
                told="id or kind of an understood part to take as plain text",
                kind=tuple[str, ...],
            ),
            Parameter(
                name="where",
                told="a SPARQL pattern (or SELECT) that binds passages, entities they are about, or documents",
            ),
        ),
        answer=json_of(SearchResponse),
        answered="the hits, best first, each with its reason and place",
        errors=(400, 403, 422, 503, 504),
    )
)
def find() -> Response:
    """Return the hits of a search (DESIGN §6); `where=` restricts it by a SPARQL pattern."""
    one_each("q", "limit", "offset", "mode", "sort", "raw", "where", *(bound.name for bound in BOUNDS))
    wanted = read_request()
    if pattern := request.args.get("where", "").strip():
        wanted = replace(wanted, within=_bound(pattern))
    return send(services().search(wanted))


@views.get("/api/related")
@described(
    get=Operation(
        id="related",
        summary="Which projects are most like this one? Which goals does this legal document stand behind?",
        told="Give the IRI of a project, an activity or a legal document.",
        parameters=(
            Parameter(
                name="iri",
                told="IRI of a project, activity or legal document",
                required=True,
                held=lambda held: held.legal,
            ),
            count_parameter("limit", "how many at most", LONGEST_PAGE, PAGE),
        ),
        answer=json_of(RelatedAnswer),
        answered="the most alike first, with the sentences they share; for a legal document the projects that rest on"
        " it with their goals",
        errors=(400, 404, 503),
    )
)
def related() -> Response:
    """Return the projects most like a project, or the goals that a legal document stands behind (`iri=`)."""
    one_each("iri", "limit")
    iri = request.args.get("iri", "").strip()
    if not iri:
        raise BadSearch(say("error.related.iri"))
    found = services().related(iri, whole_or("limit", PAGE, LONGEST_PAGE))
    return send(RelatedAnswer(iri=iri, related=found))


def read_request() -> SearchRequest:
    """Return the search that the address asks for. Raises BadSearch."""
    settings = services().settings
    wanted = SearchRequest.from_params(
        request.args.to_dict(flat=False),
        max_query=settings.search_max_query,
        max_limit=settings.search_max_limit,
    )
    return replace(wanted, language=spoken_language())


def _bound(pattern: str) -> frozenset[str]:
    """Return the IRIs that a SPARQL pattern binds, asked as anybody's query."""
    from search.sparql.where import bound_query, iris_of

    return iris_of(services().ask(bound_query(pattern), format="json").body)
