"""`bud:similarity(?passage, "text")`: the cosine of a passage (or the best about an entity) and a text.

Opened in each query worker. The text usually arrives as a vector already (search.sparql.sparql_service);
a passage that the index doesn't know, or a text without a model to embed it, gives no value.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import IndexDamaged
from kg.store.layout import GenerationFolder
from kg.triples.terms import NAMESPACES
from search.facets.columns import Facets
from search.index.layout import read_manifest
from search.index.passages import PassageStore
from search.index.vector_index import VectorIndex
from search.index.vectors import open_vectors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SIGN = "vector:"
CACHED = 100_000  # entities whose rows are remembered within one query


def encode_vector(vector: NDArray[np.float32]) -> str:
    """Return a vector as a string that stands for its text."""
    return SIGN + base64.b85encode(vector.astype("float32").tobytes()).decode("ascii")


def open_functions(generation: Path) -> dict[str, Callable[..., Any]]:
    """Return the extension functions over the index of a generation, by IRI; none where it has no vectors."""
    folder = GenerationFolder(generation).index_path
    try:
        contents = read_manifest(folder).contents
    except IndexDamaged:
        return {}
    if not contents.vectors or contents.model is None:
        return {}
    vectors = open_vectors(contents.vector_index, folder, contents.vectors)
    similarity = Similarity(vectors, PassageStore.open(folder), Facets.open(folder), contents.model)
    return {NAMESPACES["bud"] + "similarity": similarity}


class Similarity:
    """The function, called with the engine's terms, returning one of them or None."""

    def __init__(self, vectors: VectorIndex, store: PassageStore, facets: Facets, model: str) -> None:
        self._vectors = vectors
        self._store = store
        self._facets = facets
        self._model = model
        self._rows = lru_cache(maxsize=CACHED)(self._find_rows)
        self._query = lru_cache(maxsize=64)(self._embed)

    def __call__(self, passage: Any = None, text: Any = None) -> Any:
        import numpy as np
        import pyoxigraph

        if not isinstance(passage, pyoxigraph.NamedNode) or not isinstance(text, pyoxigraph.Literal):
            return None
        rows, query = self._rows(passage.value), self._query(text.value)
        if not rows or query is None:
            return None
        score = float(self._vectors.scores(query, np.array(rows, dtype=np.int64)).max())
        return pyoxigraph.Literal(round(score, 6))

    def _find_rows(self, iri: str) -> tuple[int, ...]:
        own = self._store.rows_of([iri])
        if own:
            return tuple(own.values())
        about = self._facets.under("about", [iri])
        return tuple(int(row) for number in about for row in self._facets.rows("about", number))

    def _embed(self, text: str) -> NDArray[np.float32] | None:
        import numpy as np

        from kg.errors import ModelUnavailable
        from search.model.embed import open_embedder

        if text.startswith(SIGN):
            return np.frombuffer(base64.b85decode(text.removeprefix(SIGN)), dtype=np.float32)
        try:
            embedder = open_embedder(self._model)
        except ModelUnavailable:
            return None
        return None if embedder is None else embedder.embed_queries([text])[0]
