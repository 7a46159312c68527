"""The vector seam: nearest passages of a query vector, all or within a set of rows.

Every implementation passes tests/contract/vectors.py; search.index.vectors names them.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Rows = NDArray[np.int64]
    Scores = NDArray[np.float32]
    Mask = NDArray[np.bool_]

Details = Mapping[str, object]


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


class Vectors(Protocol):
    """One way to keep vectors: writes the files of an index, and opens them."""

    @staticmethod
    def write(folder: Path, vectors: NDArray[np.float32]) -> Details:
        """Write the files for `vectors` into `folder`; return what the manifest keeps: kind and parameters."""

    @staticmethod
    def open(folder: Path, details: Details) -> VectorIndex:
        """Return the index in `folder`. Raises IndexDamaged where a file is missing or broken."""
