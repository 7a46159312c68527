"""The learned-sparse leg: an inverted list of learned terms, on disk, read through memory maps.

Per term the rows that have it and its weight in each, in one byte against the term's largest weight.
A query adds up its terms' lists: exact dot products, one float a passage.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import IndexDamaged
from kg.messages import say

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from search.model.embedder import SparseRow

DEPTH = 64
"""Query terms that count, heaviest first: the rest changed no figure and cost half the time."""
BUDGET = 600_000
"""Entries of the lists a query may read, about five milliseconds."""
FILES = ("sparse-offsets.npy", "sparse-rows.npy", "sparse-weights.npy", "sparse-scales.npy")


def write_sparse(folder: Path, rows: Sequence[SparseRow], dimension: int) -> None:
    """Write the inverted lists of `rows` (term numbers and weights per passage) into `folder`."""
    import numpy as np

    lengths = np.array([len(numbers) for numbers, _ in rows], dtype=np.int64)
    terms = np.concatenate([numbers for numbers, _ in rows]) if rows else np.zeros(0, dtype=np.int32)
    weights = np.concatenate([values for _, values in rows]) if rows else np.zeros(0, dtype=np.float32)
    owners = np.repeat(np.arange(len(rows), dtype=np.int32), lengths)
    write_lists(folder, terms, owners, weights, dimension)


def write_lists(
    folder: Path,
    terms: NDArray[np.int32],
    owners: NDArray[np.int32],
    weights: NDArray[np.float32],
    dimension: int,
) -> None:
    """Write inverted lists from parallel arrays: passage owners[i] has terms[i] with weights[i]."""
    import numpy as np

    order = np.argsort(terms, kind="stable")
    offsets = np.zeros(dimension + 1, dtype=np.int64)
    np.cumsum(np.bincount(terms, minlength=dimension), out=offsets[1:])
    scales = np.zeros(dimension, dtype=np.float32)
    np.maximum.at(scales, terms, weights)
    scales /= 255.0
    ordered = terms[order]
    small = np.rint(weights[order] / np.where(scales[ordered] > 0, scales[ordered], 1.0)).astype(np.uint8)
    arrays: list[NDArray[Any]] = [offsets, owners[order], small, scales]
    for name, array in zip(FILES, arrays, strict=True):
        np.save(folder / name, array)


class SparseIndex:
    """The opened lists."""

    def __init__(self, arrays: list[NDArray[Any]], size: int) -> None:
        self._offsets, self._rows, self._weights, self._scales = arrays
        self._size = size

    @classmethod
    def open(cls, folder: Path, size: int) -> SparseIndex:
        """Return the lists of `size` passages in `folder`. Raises IndexDamaged."""
        import numpy as np

        try:
            arrays = [np.asarray(np.load(folder / name, mmap_mode="r")) for name in FILES]
        except (OSError, ValueError, EOFError) as error:
            raise IndexDamaged(say("error.index.unreadable", part="sparse", reason=str(error))) from error
        return cls(arrays, size)

    def scores(self, query: SparseRow, depth: int = DEPTH, budget: int = BUDGET) -> NDArray[np.float32]:
        """Return the dot product of `query` with every passage; only its `depth` heaviest terms count.

        Entries read are bounded by `budget`: in a large index the commonest terms, which tell least, are left out.
        """
        import numpy as np

        total = np.zeros(self._size, dtype=np.float32)
        numbers, weights = query
        heaviest = np.argsort(-weights, kind="stable")[:depth]
        numbers, weights = numbers[heaviest], weights[heaviest]
        lengths = self._offsets[numbers + 1] - self._offsets[numbers]
        telling = weights * np.log((self._size + 1) / (lengths + 0.5))
        for place in np.argsort(-telling, kind="stable").tolist():
            term, length = int(numbers[place]), int(lengths[place])
            if not length or length > budget:
                continue
            budget -= length
            low = int(self._offsets[term])
            step = np.float32(weights[place] * self._scales[term])
            total[self._rows[low : low + length]] += self._weights[low : low + length] * step
        return total
