"""Ask the legs for their best passages, then score every candidate on every leg and fuse.

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
from search.request import Mode

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Rows = NDArray[np.int64]

DEPTH, WHOLE = 300, 1000
"""Passages taken from each leg; a filter that leaves fewer than WHOLE passages has all of them scored."""
DEFINED = 1.5
"""Standard deviations that a definition of terms must be better by than another passage."""
_DEFINITION = re.compile(r"指什么|什么是|是什么|含义|定义|名词|解释|definition|define|what is|mean", re.IGNORECASE)
LARGE, CHECKED = 50_000, 150
"""In an index of more than LARGE passages the lexical leg scores this many of what only the others found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Rows ascending, each leg's scores of them, the fused score of each."""

    rows: Rows
    legs: tuple[fuse.Leg, ...]
    scores: NDArray[np.float32]

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
    rows = legs.rows()
    scored = legs.scored(rows)
    total = fuse.total(scored, _prior(index, plan, rows)) if scored else np.zeros(len(rows), dtype=np.float32)
    return Candidates(rows=rows, legs=tuple(scored), scores=total)


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
        self._found: dict[int, float] = {}

    def rows(self) -> Rows:
        """Return the rows to score, ascending."""
        import numpy as np

        mask = self._restriction.mask
        whole = mask is not None and self._restriction.count <= WHOLE
        found: list[Rows] = [np.flatnonzero(mask)] if mask is not None and whole else []
        if self._dense is not None and self._index.vectors is not None and not whole:
            found.append(self._index.vectors.search(self._dense, DEPTH, mask)[0])
        if self._sparse is not None and not whole:
            found.append(_best(self._sparse, mask, self._spread))
        if self._lexical:
            found.append(self._lexical_rows())
        rows = np.unique(np.concatenate(found)) if found else np.zeros(0, dtype=np.int64)
        if self._dense is None and self._sparse is None:
            rows = np.array(sorted(set(rows.tolist()) & self._found.keys()), dtype=np.int64)
        return rows

    def scored(self, rows: Rows) -> list[fuse.Leg]:
        """Return every leg's scores of `rows`."""
        import numpy as np

        legs = []
        if self._dense is not None and self._index.vectors is not None:
            raw = self._index.vectors.scores(self._dense, rows)
            legs.append(fuse.standard("dense", raw, self._index.vectors.spread(self._dense), fuse.WEIGHTS.dense))
        if self._sparse is not None:
            legs.append(fuse.standard("sparse", self._sparse[rows], self._spread, fuse.WEIGHTS.sparse))
        if self._lexical:
            self._found |= self._index.lexical.scores(self._plan.lexical, self._unscored(rows, legs))
            raw = np.array([self._found.get(row, 0.0) for row in rows.tolist()], dtype=np.float32)
            legs.append(fuse.share("lexical", raw, fuse.WEIGHTS.lexical))
        return legs

    def _unscored(self, rows: Rows, legs: list[fuse.Leg]) -> list[int]:
        """Return the rows that the lexical leg has yet to score: all, in a large index the best of the other legs."""
        import numpy as np

        missing = np.array([row not in self._found for row in rows.tolist()], dtype=np.bool_)
        if self._index.size > LARGE and legs and np.count_nonzero(missing) > CHECKED:
            scores = np.where(missing, fuse.total(legs), -1.0)
            return [int(row) for row in rows[np.argsort(-scores, kind="stable")[:CHECKED]]]
        return [int(row) for row in rows[missing]]

    def _lexical_rows(self) -> Rows:
        """Return the best rows of the lexical leg; what its marks can't say is sifted from more rows."""
        import numpy as np

        wanted, mask = DEPTH, self._restriction.mask
        query = self._plan.lexical.restricted(self._restriction.marks)
        while True:
            rows, scores = self._index.lexical.search(query, wanted)
            kept = np.ones(len(rows), dtype=np.bool_) if mask is None else mask[rows]
            if len(rows) < wanted or np.count_nonzero(kept) >= DEPTH or wanted >= 100 * DEPTH:
                break
            wanted *= 10
        self._found = dict(zip(rows[kept].tolist(), scores[kept].tolist(), strict=True))
        return rows[kept][:DEPTH]

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


def _best(scores: NDArray[np.float32], mask: NDArray[np.bool_] | None, spread: tuple[float, float]) -> Rows:
    import numpy as np

    # Two deviations above the mean leave enough of a large index, and sorting little is cheap.
    for least in (max(spread[0] + 2 * spread[1], 0.0), 0.0):
        rows = np.flatnonzero(scores > least)
        if mask is not None:
            rows = rows[mask[rows]]
        if len(rows) >= DEPTH:
            break
    if len(rows) > DEPTH:
        rows = rows[np.argpartition(-scores[rows], DEPTH - 1)[:DEPTH]]
    return rows.astype(np.int64)
