"""What a search asks for: text, filters, mode, order and page.

`SearchRequest.from_params` reads the query string of /api/search and the options of the command
line alike; a value that makes no sense raises BadSearch naming its parameter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

from kg.errors import LOGGED, BadSearch
from kg.messages import say
from kg.values.vocabularies import Word
from search.facets.catalogue import ASKED, BOUNDS, Filters
from search.facets.parse import read_amount

Mode = Literal["hybrid", "dense", "lexical"]
MODES: tuple[Mode, ...] = get_args(Mode)
"""Which legs are asked; the first where nothing is said."""

Sort = Literal["relevance", "amount", "year"]
SORTS: tuple[Sort, ...] = get_args(Sort)
"""The order of the hits; the first where nothing is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """One search. `ignore` holds ids or kinds of understood parts to treat as plain text; `raw` all.

    `within` restricts to passages with these IRIs, or about entities with these IRIs (from `where=`).
    What the reader should know of the answer is told in `language`.
    """

    text: str
    filters: Filters = field(default_factory=Filters)
    limit: int = 10
    offset: int = 0
    mode: Mode = "hybrid"
    sort: Sort = "relevance"
    raw: bool = False
    ignore: tuple[str, ...] = ()
    within: frozenset[str] | None = None
    min_score: float = 0.0
    language: str = LOGGED

    @classmethod
    def from_params(
        cls, params: Mapping[str, Sequence[str]], *, max_query: int = 1000, max_limit: int = 100
    ) -> SearchRequest:
        """Return the request that query parameters (name -> values) describe.

        Raises BadSearch for an unknown mode or order, a number that is none, a page beyond `max_limit`,
        a text longer than `max_query` characters. Unknown parameters are left to the caller.
        """
        text = clean_text(_one(params, "q", ""), max_query)
        filters = _filters(params)
        return cls(
            text=text,
            filters=filters,
            limit=_bounded(params, "limit", 10, 0, max_limit),
            offset=_bounded(params, "offset", 0, 0, 1_000_000),
            mode=_choice(params, "mode", MODES),
            sort=_choice(params, "sort", SORTS),
            raw=_one(params, "raw", "").lower() in ("1", "true", "yes", "on"),
            ignore=_many(params, "ignore"),
            language=_one(params, "language", LOGGED),
        )


def clean_text(text: str, longest: int) -> str:
    """Return the query without control characters, blanks squeezed.

    Raises BadSearch where it is longer than `longest` characters.

    >>> clean_text("劝返\\x00 经费\\n", 100)
    '劝返 经费'
    """
    if len(text) > longest:
        raise BadSearch(say("error.search.long", length=len(text), allowed=longest))
    kept = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(kept.split())


def _one(params: Mapping[str, Sequence[str]], name: str, default: str) -> str:
    values = [value for value in params.get(name, ()) if value.strip()]
    return values[-1] if values else default


def _many(params: Mapping[str, Sequence[str]], name: str) -> tuple[str, ...]:
    parts = (part.strip() for value in params.get(name, ()) for part in re.split(r"[,，]", value))
    return tuple(dict.fromkeys(part for part in parts if part))


def _filters(params: Mapping[str, Sequence[str]]) -> Filters:
    values = {
        facet.name: [value for text in _many(params, facet.name) for value in facet.parse(facet.name, text)]
        for facet in ASKED
    }
    bounds = {bound.name: read_amount(bound.name, _one(params, bound.name, "")) for bound in BOUNDS}
    for facet in ASKED:
        lowest, highest = ([bounds[b.name] for b in facet.bounds if b.lower is lower] for lower in (True, False))
        if any(low is not None and high is not None and low > high for low in lowest for high in highest):
            lower, upper = (bound.name for bound in sorted(facet.bounds, key=lambda bound: not bound.lower))
            raise BadSearch(say("error.search.bounds", lower=lower, upper=upper))
    return Filters.of({**values, **bounds})


def _bounded(params: Mapping[str, Sequence[str]], name: str, default: int, low: int, high: int) -> int:
    text = _one(params, name, str(default))
    try:
        number = int(text)
    except ValueError as error:
        raise BadSearch(say("error.search.range.no_number", name=name, text=text, low=low, high=high)) from error
    if not low <= number <= high:
        raise BadSearch(say("error.search.range.outside", name=name, number=number, low=low, high=high))
    return number


def _choice(params: Mapping[str, Sequence[str]], name: str, allowed: tuple[Word, ...]) -> Word:
    text = _one(params, name, allowed[0])
    for word in allowed:
        if word == text:
            return word
    raise BadSearch(say("error.search.choice", name=name, text=text, known=allowed))
