"""What a search answers: hits with their reasons and places, facets, and how the query was understood.

`to_data` gives the JSON of /api/search; keys once published keep their names.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.values.place import Place
from search.request import Filters


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

    def to_data(self) -> dict[str, object]:
        return {
            "iri": self.iri,
            "file": self.file,
            "sha256": self.sha256,
            "title": self.title,
            "department": self.department,
            "year": self.year,
            "kind": self.kind,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutRef:
    """The entity a passage is about; `type` is a prefixed name such as bud:Project."""

    iri: str
    type: str
    label: str
    amount: float | None = None

    def to_data(self) -> dict[str, object]:
        data: dict[str, object] = {"iri": self.iri, "type": self.type, "label": self.label}
        if self.amount is not None:
            data["amount"] = self.amount
        return data


@dataclass(frozen=True, slots=True, kw_only=True)
class LegReason:
    """Where one leg ranked a hit (from 1) and the score it gave; `terms` are words it matched."""

    rank: int
    score: float
    terms: tuple[str, ...] = ()

    def to_data(self) -> dict[str, object]:
        data: dict[str, object] = {"rank": self.rank, "score": round(self.score, 4)}
        if self.terms:
            data["terms"] = list(self.terms)
        return data


@dataclass(frozen=True, slots=True, kw_only=True)
class Highlight:
    """Characters start…end (end not included) of the hit's text that match the query, or stand for it."""

    start: int
    end: int
    term: str

    def to_data(self) -> dict[str, object]:
        return {"start": self.start, "end": self.end, "term": self.term}


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    legs: dict[str, LegReason] = field(default_factory=dict)
    exact: tuple[str, ...] = ()
    highlights: tuple[Highlight, ...] = ()
    sentence: tuple[int, int] | None = None

    def to_data(self, text: str) -> dict[str, object]:
        data: dict[str, object] = {name: reason.to_data() for name, reason in self.legs.items()}
        if self.exact:
            data["exact"] = list(self.exact)
        data["highlights"] = [highlight.to_data() for highlight in self.highlights]
        if self.sentence is not None:
            start, end = self.sentence
            data["sentence"] = {"start": start, "end": end, "text": text[start:end]}
        return data


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One passage (for an identifier, the entity). `also_in`: where the same text is printed again."""

    iri: str
    kind: str
    text: str
    context: str
    score: float
    why: Why
    document: DocumentRef
    source: Place
    about: AboutRef | None = None
    also_in: tuple[tuple[str, Place], ...] = ()

    def to_data(self) -> dict[str, object]:
        return {
            "iri": self.iri,
            "kind": self.kind,
            "text": self.text,
            "context": self.context,
            "score": round(self.score, 4),
            "why": self.why.to_data(self.text),
            "document": self.document.to_data(),
            "source": self.source.to_data(),
            "about": self.about.to_data() if self.about else None,
            "also_in": [{"iri": iri, "source": place.to_data()} for iri, place in self.also_in],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """A part of the query that became a filter, an exact match or an expansion.

    `id` undoes it (`ignore=id`); `start`…`end` are characters of the query text.
    """

    id: str
    kind: str
    text: str
    start: int
    end: int
    effect: str
    label: str
    iri: str | None = None
    filters: Filters = field(default_factory=Filters)

    def to_data(self) -> dict[str, object]:
        return {
            "id": self.id,
            "kind": self.kind,
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "effect": self.effect,
            "label": self.label,
            "iri": self.iri,
            "filters": self.filters.to_data(),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetValue:
    value: str
    label: str
    count: int
    parent: str | None = None

    def to_data(self) -> dict[str, object]:
        data: dict[str, object] = {"value": self.value, "label": self.label, "count": self.count}
        if self.parent is not None:
            data["parent"] = self.parent
        return data


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResponse:
    text: str
    filters: Filters
    mode: str
    total: int
    took_ms: float
    generation: int
    hits: tuple[Hit, ...]
    understood: tuple[Understood, ...] = ()
    rest: str = ""
    facets: dict[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    notices: tuple[str, ...] = ()
    expanded: tuple[str, ...] = ()

    def to_data(self) -> dict[str, object]:
        """Return the JSON of /api/search."""
        return {
            "query": {
                "text": self.text,
                "filters": self.filters.to_data(),
                "mode": self.mode,
                "rest": self.rest,
                "understood": [part.to_data() for part in self.understood],
                "expanded": list(self.expanded),
            },
            "total": self.total,
            "took_ms": round(self.took_ms, 1),
            "generation": self.generation,
            "hits": [hit.to_data() for hit in self.hits],
            "facets": {name: [value.to_data() for value in values] for name, values in self.facets.items()},
            "notices": list(self.notices),
        }
