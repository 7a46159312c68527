"""What is like a project, and what a legal document stands behind.

Two projects are alike as their goals and contents are: each passage of the one is matched with the
nearest of the other, and the shared sentences are shown with the verdict.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from kg.errors import NotFound
from kg.messages import say
from kg.serialise import Digits
from kg.values.place import Place
from kg.values.vocabularies import PassageKind
from search.index.analyze import squeeze
from search.index.opened import OpenIndex
from search.index.passages import Passage
from search.response import AboutRef, DocumentRef

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

KINDS: tuple[PassageKind, ...] = ("goal", "content", "annual_target", "duty")
ENTITIES = ("bud:Project", "bud:Activity", "bud:Duty")
NEIGHBOURS = 40
"""Nearest passages looked at for each of a project: most belong to the project itself."""
SHOWN = 3  # pairs of passages shown as what two projects share
ALIKE = 1.0
"""Standard deviations above the mean similarity of all passages from which two passages are alike."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """A passage as it is quoted."""

    iri: str
    kind: str
    text: str
    source: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """A passage of the one and the passage of the other that says the most alike."""

    own: Quoted
    other: Quoted
    score: Annotated[float, Digits(4)]
    same: Annotated[bool, "word for word"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """One related entity: for a project the best pairs of passages, for a legal document the goals of who cites it."""

    about: AboutRef
    document: DocumentRef
    score: Annotated[float, "0 to 1", Digits(4)]
    shared: tuple[Shared, ...] = ()
    goals: tuple[Quoted, ...] = ()


def find_related(index: OpenIndex, iri: str, limit: int = 10) -> tuple[Related, ...]:
    """Return what is related to `iri`: projects like a project, what a legal document stands behind.

    Raises NotFound where no passage is about it and no passage rests on it.
    """
    if index.facets.under("legal", [iri]):
        return find_goals(index, iri, limit)
    own = _rows_about(index, iri)
    if not len(own):
        raise NotFound(say("error.related.nothing", iri=iri))
    return _alike(index, iri, own, limit)


def find_goals(index: OpenIndex, legal: str, limit: int = 10) -> tuple[Related, ...]:
    """Return the projects that rest on a legal document with the goals and contents printed of them."""
    facets = index.facets
    mask = facets.mask("legal", facets.under("legal", [legal])) & _told(index)
    grouped: dict[str, list[Passage]] = defaultdict(list)
    for passage in index.passages.get(mask.nonzero()[0].tolist()):
        if passage.about is not None:
            grouped[passage.about.iri].append(passage)
    documents = index.passages.documents
    found = [
        Related(
            about=goals[0].about, document=documents[goals[0].document], score=1.0, goals=tuple(map(_quoted, goals))
        )
        for goals in grouped.values()
        if goals[0].about is not None
    ]
    return tuple(sorted(found, key=lambda one: (-(one.about.amount or 0.0), one.about.iri))[:limit])


def _told(index: OpenIndex) -> NDArray[np.bool_]:
    return index.facets.mask("kind", index.facets.under("kind", KINDS))


def _rows_about(index: OpenIndex, iri: str) -> NDArray[np.int64]:
    about = index.facets.mask("about", index.facets.under("about", [iri]))
    told = about & _told(index)
    rows: NDArray[np.int64] = (told if told.any() else about).nonzero()[0]
    return rows


def _alike(index: OpenIndex, iri: str, own: NDArray[np.int64], limit: int) -> tuple[Related, ...]:
    import numpy as np

    if index.vectors is None:
        return ()
    types = index.facets.mask("about_type", index.facets.under("about_type", ENTITIES))
    mask = types & _told(index)
    mask[own] = False
    best: dict[str, dict[int, tuple[float, Passage]]] = defaultdict(dict)
    vectors = index.vectors.vectors(own)
    for place, vector in enumerate(vectors):
        rows, scores = index.vectors.search(np.ascontiguousarray(vector), NEIGHBOURS, mask)
        mean, deviation = index.vectors.spread(vector)
        for passage, score in zip(index.passages.get(rows.tolist()), scores.tolist(), strict=True):
            height = (score - mean) / deviation
            if passage.about is None or passage.about.iri == iri or height < ALIKE:
                continue
            known = best[passage.about.iri].get(place)
            if known is None or known[0] < height:
                best[passage.about.iri][place] = (height, passage)
    passages = index.passages.get(own.tolist())
    found = [_related(index, passages, matches) for matches in best.values()]
    return tuple(sorted(found, key=lambda one: (-one.score, one.about.iri))[:limit])


def _related(index: OpenIndex, own: list[Passage], matches: dict[int, tuple[float, Passage]]) -> Related:
    ranked = sorted(matches.items(), key=lambda match: (-_score(match[1][0]), match[0]))
    pairs = [
        Shared(
            own=_quoted(own[place]),
            other=_quoted(other),
            score=_score(height),
            same=squeeze(own[place].text) == squeeze(other.text),
        )
        for place, (height, other) in ranked
    ]
    _, (_, nearest) = ranked[0]
    assert nearest.about is not None
    score = sum(pair.score for pair in pairs) / max(len(own), len(pairs))
    return Related(
        about=nearest.about,
        document=index.passages.documents[nearest.document],
        score=score,
        shared=tuple(pairs[:SHOWN]),
    )


def _score(height: float) -> float:
    """Return a height above the mean similarity as 0 to 1."""
    return min(height / 6, 1.0)


def _quoted(passage: Passage) -> Quoted:
    return Quoted(iri=passage.iri, kind=passage.kind, text=passage.text, source=passage.source)
