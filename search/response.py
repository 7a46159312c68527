"""What a search answers: hits with their reasons and places, facets, and how the query was understood.

These types are the JSON of /api/search, written by kg.serialise; keys once published keep their names.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from kg.serialise import KNOWN, Digits
from kg.values.place import Place
from kg.values.vocabularies import PassageKind
from search.facets.catalogue import Filters
from search.facets.facet import FacetValue
from search.request import Mode

HitKind = PassageKind | Literal["entity"]
Effect = Literal["filter", "exclude", "exact", "expansion"]
"""What an understood part does to the search."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRef:
    iri: str
    file: str
    sha256: str
    title: str
    department: str
    year: int | None
    kind: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutRef:
    """The entity a passage is about."""

    iri: str
    type: Annotated[str, "a prefixed name such as bud:Project"]
    label: str
    amount: Annotated[float | None, "元", KNOWN] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LegReason:
    """Where one leg ranked a hit and the score it gave."""

    rank: Annotated[int, "from 1"]
    score: Annotated[float, Digits(4)]
    terms: Annotated[tuple[str, ...], "words it matched", KNOWN] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Highlight:
    """Characters start…end (end not included) of the hit's text that match the query, or stand for it."""

    start: int
    end: int
    term: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """The sentence of the hit's text that matches best: its characters start…end (end not included)."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Why a hit was found: by which legs, and which of its characters match."""

    dense: Annotated[LegReason | None, "by meaning", KNOWN] = None
    sparse: Annotated[LegReason | None, "by words a model weighs", KNOWN] = None
    lexical: Annotated[LegReason | None, "by words", KNOWN] = None
    exact: Annotated[tuple[str, ...], "parts of the query that the hit holds as they are", KNOWN] = ()
    highlights: tuple[Highlight, ...] = ()
    sentence: Annotated[Sentence | None, KNOWN] = None

    @property
    def legs(self) -> tuple[tuple[str, LegReason], ...]:
        """The legs that found it, by name."""
        legs = (("dense", self.dense), ("sparse", self.sparse), ("lexical", self.lexical))
        return tuple((name, reason) for name, reason in legs if reason is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """Where the text of a hit is printed again."""

    iri: str
    source: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One passage; for an identifier, the entity."""

    iri: str
    kind: Annotated[HitKind, "kind of passage, `entity` where an identifier named it"]
    text: str
    context: Annotated[str, "department · year · what it is about"]
    score: Annotated[float, Digits(4)]
    why: Why
    document: DocumentRef
    source: Place
    about: AboutRef | None = None
    also_in: Annotated[tuple[Copy, ...], "where the same text is printed again"] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """A part of the query, its characters start…end, that became a filter, an exact match or an expansion."""

    id: Annotated[str, "undoes it when sent as `ignore`"]
    kind: str
    text: str
    start: int
    end: int
    effect: Annotated[Effect, "filter, exclude, exact or expansion"]
    label: str
    iri: str | None = None
    filters: Filters = field(default_factory=Filters)


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """How the query was understood."""

    text: str
    filters: Filters
    mode: Mode
    rest: Annotated[str, "what was searched as text"] = ""
    understood: tuple[Understood, ...] = ()
    expanded: Annotated[tuple[str, ...], "words searched besides"] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResponse:
    """One page of hits, best first."""

    query: Query
    total: Annotated[int, "hits: passages relevant to the query, near-copies once"]
    took_ms: Annotated[float, Digits(1)]
    generation: int
    hits: tuple[Hit, ...]
    facets: dict[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    exact: Annotated[bool, "false: total and facets are at least so many, and the order is of these"] = True
    notices: Annotated[tuple[str, ...], "what the reader should know of this answer"] = ()
    notice_codes: Annotated[tuple[str, ...], "what each notice says, the same in every language"] = ()
