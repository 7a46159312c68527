"""Which rows a query is answered by, whatever they are sorted or narrowed by.

A row is relevant if a leg of a model gives it at least the leg's cut (search.index.cuts), or if it holds half of
the words asked for, any of them where no model tells what else may be meant. All this is told by query and row
alone, so what a facet counts is what a click on it gives.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from search.index.opened import OpenIndex
from search.query.plan import Plan
from search.query.restrict import Restriction

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Rows = NDArray[np.int64]
    Scores = NDArray[np.float32]

LARGE = 50_000
"""Passages up to which all of them are scored by all legs; of a larger index the best of each leg."""
DEPTH, WHOLE = 300, 1000
"""Passages taken from each leg of a larger index; a filter that leaves fewer than WHOLE has all of them scored."""

HELD = 0.5
"""Share of the words of a query that a passage has to hold where models look for the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relevant:
    """Rows ascending; `exact` is false where a leg was asked for its best only, and more may be relevant."""

    rows: Rows
    exact: bool = True


def is_scored_whole(index: OpenIndex, restriction: Restriction) -> bool:
    """Return whether every row that may be found is scored by every leg."""
    return index.size <= LARGE or restriction.count <= WHOLE


def find_relevant(
    index: OpenIndex, plan: Plan, restriction: Restriction, dense: Scores | None, sparse: Scores | None, words: bool
) -> Relevant:
    """Return the relevant rows: `dense` is the query's vector, `sparse` its scores of all rows, None for a leg unasked.

    `words` tells whether the lexical leg is asked. A plan of filters alone is answered by all they leave.
    """
    import numpy as np

    mask = restriction.mask
    if plan.only_filters and mask is not None:
        return Relevant(rows=np.flatnonzero(mask))
    whole = is_scored_whole(index, restriction)
    found: list[tuple[Rows, bool]] = []
    cuts = index.contents.cuts or {}
    if dense is not None and index.vectors is not None:
        if whole and "dense" in cuts:
            rows = np.arange(index.size) if mask is None else np.flatnonzero(mask)
            found.append((rows[index.vectors.scores(dense, rows) >= cuts["dense"]], True))
        else:
            rows, scores = index.vectors.search(dense, DEPTH, mask)
            found.append(_above(rows, scores, cuts.get("dense")))
    if sparse is not None:
        found.append(_of_sparse(sparse, mask, cuts.get("sparse")))
    if words:
        share = 0.0 if dense is None and sparse is None else HELD
        found.append(_of_words(index, plan, restriction, share, whole))
    rows = np.unique(np.concatenate([each for each, _ in found])) if found else np.zeros(0, dtype=np.int64)
    return Relevant(rows=rows, exact=all(exact for _, exact in found))


def _above(rows: Rows, scores: Scores, cut: float | None) -> tuple[Rows, bool]:
    """Return the best rows that reach the cut, and whether none but them does."""
    kept = rows if cut is None else rows[scores >= cut]
    return kept, len(rows) < DEPTH or len(kept) < len(rows)


def _of_sparse(scores: Scores, mask: NDArray[np.bool_] | None, cut: float | None) -> tuple[Rows, bool]:
    import numpy as np

    rows = np.flatnonzero(scores >= cut if cut is not None else scores > 0)
    if mask is not None:
        rows = rows[mask[rows]]
    if cut is not None or len(rows) <= DEPTH:
        return rows, True
    return rows[np.argpartition(-scores[rows], DEPTH - 1)[:DEPTH]], False


def _of_words(index: OpenIndex, plan: Plan, restriction: Restriction, share: float, whole: bool) -> tuple[Rows, bool]:
    """Return the rows that hold the words; what the marks can't say is sifted by the mask."""
    most = None if whole or not restriction.exact_marks else DEPTH
    rows = index.lexical.matching(plan.telling if share else sorted(plan.wanted), share, restriction.marks, most)
    exact = most is None or len(rows) < most
    return (rows if restriction.mask is None else rows[restriction.mask[rows]]), exact
