"""Embeddings on disk by model and text, so that a second ingest embeds only what is new.

One SQLite file a model under the cache folder: sha256 of the text -> dense vector and learned
terms. A killed writer leaves the file as it was; a damaged file is set aside and begun anew,
for everything in it can be made again.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from search.model.embedder import Embedder

if TYPE_CHECKING:
    from search.model.embedder import SparseRow, Vectors

BATCH = 64  # texts between two writes to the cache: what an interruption costs
_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS embedding (text BLOB PRIMARY KEY, dense BLOB, terms BLOB, weights BLOB) WITHOUT ROWID"
)


class EmbeddingCache:
    """The embeddings of one model's passages. Close it when done, or use it as a context."""

    def __init__(self, folder: Path, embedder: Embedder) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        safe = re.sub(r"[^\w.-]+", "_", embedder.name)[-80:]
        mark = hashlib.sha256(f"{embedder.name}|{embedder.dimension}|{embedder.sparse_dimension}".encode()).hexdigest()
        self._embedder = embedder
        self._connection = _open(folder / f"{safe}-{mark[:8]}.sqlite")

    def __enter__(self) -> EmbeddingCache:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._connection.close()

    def passages(
        self, texts: Sequence[str], advance: Callable[[int], None] = lambda count: None
    ) -> tuple[Vectors, list[SparseRow], int]:
        """Return dense vectors and learned terms (empty where the model has none), and how many were new.

        Each distinct text is embedded once; `advance` is told of texts as they are done.
        """
        import numpy as np

        keys = [hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest() for text in texts]
        wanted = dict(zip(keys, texts, strict=True))
        known = self._known(list(wanted))
        advance(sum(key in known for key in keys))
        new = [key for key in wanted if key not in known]
        for start in range(0, len(new), BATCH):
            part = new[start : start + BATCH]
            known |= self._embed(part, [wanted[key] for key in part])
            advance(len(part))
        dense = np.zeros((len(keys), self._embedder.dimension), dtype=np.float32)
        rows: list[SparseRow] = []
        for place, key in enumerate(keys):
            vector, terms, weights = known[key]
            dense[place] = np.frombuffer(vector, dtype=np.float32)
            rows.append((np.frombuffer(terms, dtype=np.int32), np.frombuffer(weights, dtype=np.float32)))
        return dense, rows, len(new)

    def _embed(self, keys: list[bytes], texts: list[str]) -> dict[bytes, tuple[bytes, bytes, bytes]]:
        dense = self._embedder.embed_passages(texts)
        sparse = self._embedder.sparse_terms(texts) if self._embedder.sparse_dimension else []
        made: dict[bytes, tuple[bytes, bytes, bytes]] = {}
        for place, key in enumerate(keys):
            terms, weights = (sparse[place][0].tobytes(), sparse[place][1].tobytes()) if sparse else (b"", b"")
            made[key] = (dense[place].tobytes(), terms, weights)
        with self._connection:
            self._connection.executemany(
                "INSERT OR REPLACE INTO embedding VALUES (?, ?, ?, ?)",
                [(key, *value) for key, value in made.items()],
            )
        return made

    def _known(self, keys: list[bytes]) -> dict[bytes, tuple[bytes, bytes, bytes]]:
        found: dict[bytes, tuple[bytes, bytes, bytes]] = {}
        for part in _parts(keys, 500):
            marks = ",".join("?" * len(part))
            query = f"SELECT text, dense, terms, weights FROM embedding WHERE text IN ({marks})"
            for key, dense, terms, weights in self._connection.execute(query, part):
                if len(dense) == 4 * self._embedder.dimension:
                    found[bytes(key)] = (dense, terms, weights)
        return found


def _parts(keys: list[bytes], size: int) -> Iterator[list[bytes]]:
    for start in range(0, len(keys), size):
        yield keys[start : start + size]


def _open(path: Path) -> sqlite3.Connection:
    try:
        return _prepared(path)
    except sqlite3.DatabaseError:
        path.replace(path.with_suffix(".damaged"))
        return _prepared(path)


def _prepared(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=60)
    try:
        connection.execute(_SCHEMA)
        connection.execute("SELECT text FROM embedding LIMIT 1").fetchone()
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection
