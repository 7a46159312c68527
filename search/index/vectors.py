"""The vector seam: nearest passages of a query vector, all or within a set of rows.

Every implementation passes tests/contract/vectors.py. Which FAISS index serves which size is a
table in search.index.faiss_index.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kg.errors import SuyuanError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Rows = NDArray[np.int64]
    Scores = NDArray[np.float32]
    Mask = NDArray[np.bool_]


class VectorIndex(Protocol):
    """Unit vectors by row number; scores are inner products (cosines)."""

    @property
    def size(self) -> int:
        """Number of vectors."""

    def search(self, query: Scores, count: int, within: Mask | None = None) -> tuple[Rows, Scores]:
        """Return up to `count` rows nearest to `query` among those `within` marks, best first, and scores."""

    def scores(self, query: Scores, rows: Rows) -> Scores:
        """Return the exact scores of some rows."""

    def vectors(self, rows: Rows) -> NDArray[np.float32]:
        """Return the vectors of some rows."""

    def spread(self, query: Scores) -> tuple[float, float]:
        """Return mean and standard deviation of the scores that `query` has with all rows."""

    def close(self) -> None:
        """Release the files."""


def write_vectors(name: str, folder: Path, vectors: NDArray[np.float32]) -> dict[str, object]:
    """Write an index of `vectors` into `folder` with the implementation that the setting `vectors` names.

    Returns what the manifest keeps: kind of index and its parameters.
    """
    _known(name)
    from search.index.faiss_index import write_faiss

    return write_faiss(folder, vectors)


def open_vectors(name: str, folder: Path, details: dict[str, object]) -> VectorIndex:
    """Return the index in `folder`. Raises IndexDamaged where a file is missing or broken."""
    _known(name)
    from search.index.faiss_index import FaissIndex

    return FaissIndex.open(folder, details)


def _known(name: str) -> None:
    if name != "faiss":
        raise SuyuanError(f"SUYUAN_VECTORS={name!r} is unknown", hint="faiss is the one there is")
