"""The order of hits: best first, near-copies folded into the best of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from search.index.opened import OpenIndex
from search.rank.candidates import Candidates

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Rows in the order shown, and for each the near-copies folded into it; `matched` are the rows of both."""

    matched: NDArray[np.int64]
    rows: tuple[int, ...]
    copies: dict[int, tuple[int, ...]]


def order_rows(index: OpenIndex, candidates: Candidates, sort: str, least: float) -> Order:
    """Return the candidates of `least` score at least: by score, or by amount or year, largest first.

    Ties go by row, so the order is the same for every page.
    """
    import numpy as np

    scores = candidates.scores.astype(np.float64)
    rows = candidates.rows
    kept = np.flatnonzero(scores >= least)
    first = _first_keys(index, rows, sort)
    order = kept[np.lexsort((rows[kept], -scores[kept], -first[kept]))]
    shown: list[int] = []
    copies: dict[int, list[int]] = defaultdict(list)
    heads: dict[int, int] = {}
    for row in rows[order].tolist():
        twin = int(index.facets.twins[row])
        if twin in heads:
            copies[heads[twin]].append(row)
        else:
            heads[twin] = row
            shown.append(row)
    return Order(
        matched=rows[kept], rows=tuple(shown), copies={row: tuple(sorted(found)) for row, found in copies.items()}
    )


def _first_keys(index: OpenIndex, rows: NDArray[np.int64], sort: str) -> NDArray[np.float64]:
    import numpy as np

    if sort == "amount":
        return np.nan_to_num(np.asarray(index.facets.amounts[rows], dtype=np.float64), nan=-1.0)
    if sort == "year":
        years = np.full(index.size, -1.0)
        for number, label in enumerate(index.facets.labels("year")):
            years[index.facets.rows("year", number)] = float(label.value)
        return years[rows]
    return np.zeros(len(rows))
