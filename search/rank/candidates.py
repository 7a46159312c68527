"""Score every relevant passage (search.rank.relevance) on every leg and fuse.

A passage that one leg found is scored by the others too, so a fused score never rests on which
leg happened to stop first; the same query gives the same order whatever page is asked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from search.index.opened import OpenIndex
from search.model.embedder import Embedder
from search.query.plan import Plan
from search.query.restrict import Restriction
from search.rank import fuse
from search.rank.relevance import DEPTH, LARGE, Relevant, find_relevant, is_scored_whole
from search.request import Mode

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Rows = NDArray[np.int64]

DEFINED = 1.5
"""Standard deviations that a definition of terms must be better by than another passage."""
_DEFINITION = re.compile(r"指什么|什么是|是什么|含义|定义|名词|解释|definition|define|what is|mean", re.IGNORECASE)
CHECKED = 150
"""In a large index the lexical leg scores this many of what only the others found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Rows ascending, each leg's scores of them, the fused score of each; `exact` unless more may be relevant."""

    rows: Rows
    legs: tuple[fuse.Leg, ...]
    scores: NDArray[np.float32]
    exact: bool = True

    def place(self, row: int) -> int:
        """Return the place of `row` among the rows."""
        import numpy as np

        return int(np.searchsorted(self.rows, row))


def find_candidates(
    index: OpenIndex, embedder: Embedder | None, plan: Plan, restriction: Restriction, mode: Mode
) -> Candidates:
    """Return the candidates of `plan` among the rows that `restriction` leaves."""
    import numpy as np

    if restriction.empty or not plan.text or not index.size:
        rows = np.flatnonzero(restriction.mask) if restriction.mask is not None else np.zeros(0, dtype=np.int64)
        return Candidates(rows=rows, legs=(), scores=np.zeros(len(rows), dtype=np.float32))
    legs = _Legs(index, embedder if mode != "lexical" else None, plan, restriction, mode)
    relevant = legs.relevant()
    rows = relevant.rows
    scored = legs.scored(rows)
    total = fuse.total(scored, _prior(index, plan, rows)) if scored else np.zeros(len(rows), dtype=np.float32)
    return Candidates(rows=rows, legs=tuple(scored), scores=total, exact=relevant.exact)


def _prior(index: OpenIndex, plan: Plan, rows: Rows) -> NDArray[np.float32]:
    """Return a step down for definitions of terms, which hold every word of the field, unless they are asked for."""
    import numpy as np

    if _DEFINITION.search(plan.text):
        return np.zeros(len(rows), dtype=np.float32)
    defined = index.facets.under("kind", ["explanation"])
    marked = np.zeros(len(rows), dtype=np.bool_)
    for number in defined:
        marked |= np.isin(rows, index.facets.rows("kind", number))
    return np.where(marked, -DEFINED, 0.0).astype(np.float32)


class _Legs:
    """The legs of one query over one restriction."""

    def __init__(
        self, index: OpenIndex, embedder: Embedder | None, plan: Plan, restriction: Restriction, mode: Mode
    ) -> None:
        self._index = index
        self._plan = plan
        self._restriction = restriction
        self._dense = _dense_query(embedder, plan) if embedder and index.vectors is not None else None
        self._sparse = self._sparse_scores(embedder, plan) if embedder and index.sparse is not None else None
        self._spread = (0.0, 1.0)
        if self._sparse is not None:
            self._spread = (float(self._sparse.mean()), float(self._sparse.std()))
        self._lexical = mode != "dense" and bool(plan.lexical.terms)

    def relevant(self) -> Relevant:
        """Return the rows to score and count."""
        return find_relevant(self._index, self._plan, self._restriction, self._dense, self._sparse, words=self._lexical)

    def scored(self, rows: Rows) -> list[fuse.Leg]:
        """Return every leg's scores of `rows`."""
        legs = []
        if self._dense is not None and self._index.vectors is not None:
            raw = self._index.vectors.scores(self._dense, rows)
            legs.append(fuse.standard("dense", raw, self._index.vectors.spread(self._dense), fuse.WEIGHTS.dense))
        if self._sparse is not None:
            legs.append(fuse.standard("sparse", self._sparse[rows], self._spread, fuse.WEIGHTS.sparse))
        if self._lexical:
            legs.append(fuse.share("lexical", self._words_scored(rows, legs), fuse.WEIGHTS.lexical))
        return legs

    def _words_scored(self, rows: Rows, legs: list[fuse.Leg]) -> NDArray[np.float32]:
        """Return the lexical scores of `rows`; of many in a large index those of the best of the other legs."""
        import numpy as np

        raw = np.zeros(self._index.size, dtype=np.float32)
        query = self._plan.lexical.restricted(self._restriction.marks)
        whole = is_scored_whole(self._index, self._restriction)
        found, scores = self._index.lexical.search(query, self._index.size if self._index.size <= LARGE else DEPTH)
        raw[found] = scores
        if self._index.size > LARGE:
            missing = rows[raw[rows] == 0]
            if legs and not whole and len(missing) > CHECKED:
                fused = fuse.total(legs)[raw[rows] == 0]
                missing = missing[np.argsort(-fused, kind="stable")[:CHECKED]]
            for row, score in self._index.lexical.scores(self._plan.lexical, missing.tolist()).items():
                raw[row] = score
        return np.asarray(raw[rows], dtype=np.float32)

    def _sparse_scores(self, embedder: Embedder, plan: Plan) -> NDArray[np.float32]:
        import numpy as np

        assert self._index.sparse is not None
        terms = embedder.sparse_terms([plan.text, *plan.variants])
        scores = [self._index.sparse.scores(row) for row in terms]
        if len(scores) == 1:
            return scores[0]
        return np.asarray(sum(scores[1:], start=scores[0]) / len(scores), dtype=np.float32)


def _dense_query(embedder: Embedder, plan: Plan) -> NDArray[np.float32]:
    import numpy as np

    vectors = embedder.embed_queries([plan.text, *plan.variants])
    mean = vectors.mean(axis=0)
    return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), dtype=np.float32)
