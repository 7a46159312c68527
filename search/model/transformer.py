"""Any embedding model by name or folder, through sentence-transformers (seconds to import, so only here)."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import ModelUnavailable
from kg.messages import say

if TYPE_CHECKING:
    from search.model.embedder import SparseRow, Vectors

BATCH = 32  # texts embedded at once: more gains nothing on a processor and takes memory


class TransformerEmbedder:
    """A sentence-transformers model. Prompts named `query` and `passage`/`document` of the model are used."""

    def __init__(self, model: Any, name: str) -> None:
        self._model = model
        self._name = name
        self._lock = threading.Lock()

    @classmethod
    def open(cls, name: str) -> TransformerEmbedder:
        """Return the model called `name`: a folder, a model carried by a package of that name, or a hub name.

        Raises ModelUnavailable where there is no such model, or no network to fetch it over.
        """
        try:
            from sentence_transformers import SentenceTransformer

            return cls(SentenceTransformer(str(carried_folder(name) or name), device="cpu"), name)
        except Exception as error:  # the library raises whatever its hub client and torch raise
            reason = f"{type(error).__name__}: {str(error)[:200]}"
            raise ModelUnavailable(say("error.model.load", name=name, reason=reason)) from error

    @property
    def name(self) -> str:
        return self._name

    @property
    def dimension(self) -> int:
        found = getattr(self._model, "get_embedding_dimension", None) or self._model.get_sentence_embedding_dimension
        return int(found())

    @property
    def sparse_dimension(self) -> int:
        return 0

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self._embed(texts, ("query",))

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return self._embed(texts, ("passage", "document"))

    def sparse_terms(self, texts: Sequence[str]) -> list[SparseRow]:
        raise ModelUnavailable(say("error.model.no_terms", name=self._name))

    def _embed(self, texts: Sequence[str], prompts: tuple[str, ...]) -> Vectors:
        import numpy as np

        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        known = getattr(self._model, "prompts", None) or {}
        prompt = next((name for name in prompts if known.get(name)), None)
        with self._lock:
            vectors = self._model.encode(
                [text or " " for text in texts],
                batch_size=BATCH,
                prompt_name=prompt,
                normalize_embeddings=True,
                show_progress_bar=False,
                convert_to_numpy=True,
            )
        return np.asarray(vectors, dtype=np.float32)


def carried_folder(name: str) -> Path | None:
    """Return the folder of the model that the Python package `name` carries, None if it carries none."""
    package = name.replace("-", "_")
    if "/" in name or not package.isidentifier() or find_spec(package) is None:
        return None
    root = Path(str(import_module(package).__file__)).parent
    found = sorted(path.parent for path in root.rglob("modules.json")) or sorted(
        path.parent for path in root.rglob("config.json")
    )
    return found[0] if found else None
