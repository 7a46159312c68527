"""The embedder seam: texts -> vectors, whatever model stands behind it.

Every implementation passes tests/contract/embedder.py; search.model.embed names them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]
    SparseRow = tuple[NDArray[np.int32], NDArray[np.float32]]


class Embedder(Protocol):
    """Turns texts into unit vectors of `dimension`; queries and passages may be treated apart.

    A model may also weigh learned terms (`sparse_dimension` > 0); others raise ModelUnavailable
    when asked for `sparse_terms`.
    """

    @property
    def name(self) -> str:
        """The model's name as the manifest keeps it."""

    @property
    def dimension(self) -> int:
        """Length of a dense vector."""

    @property
    def sparse_dimension(self) -> int:
        """Number of learned terms, 0 where the model has none."""

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text, float32, shape (len(texts), dimension)."""

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text, float32, shape (len(texts), dimension)."""

    def sparse_terms(self, texts: Sequence[str]) -> list[SparseRow]:
        """Return per text the term numbers and weights of its learned terms, numbers ascending."""


class OpensEmbedder(Protocol):
    """What is registered: opens the model of a name."""

    @classmethod
    def open(cls, name: str) -> Embedder:
        """Return the model called `name`. Raises ModelUnavailable."""
