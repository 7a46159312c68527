"""Vectors in FAISS: exact up to EXACT_LIMIT rows, inverted lists with 8-bit codes and exact re-scoring above.

`vectors.npy` keeps the vectors themselves (memory-mapped), `moments.npz` their mean and covariance,
`vectors.faiss` the inverted lists. The e5 vectors lie in a narrow cone, so the lists are made of
what is left after their mean is taken away; for inner products the order stays the same.
"""

from __future__ import annotations

import math
import os
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import IndexDamaged
from kg.messages import say

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from search.index.vector_index import Details, Mask, Rows, Scores

EXACT_LIMIT = 50_000
"""Vectors searched one by one: up to here that takes a few milliseconds and is exact."""
GATHER_LIMIT = 20_000  # a filter that leaves fewer rows is scanned exactly: measured in bench/search.py
RESCORE = 100  # candidates taken from the coded lists beyond the rows wanted
TRAINING = 64  # training vectors a list


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The index that serves a size: `lists` 0 means exact; `probes` lists are read for a query."""

    kind: str
    lists: int
    probes: int


def choose(size: int) -> Choice:
    """Return the index for `size` rows.

    >>> choose(1_000).kind, choose(1_000_000).lists
    ('exact', 4096)
    """
    if size <= EXACT_LIMIT:
        return Choice(kind="exact", lists=0, probes=0)
    lists = min(4096, 2 ** round(math.log2(4 * math.sqrt(size))))
    return Choice(kind="lists", lists=lists, probes=max(16, lists // 32))


def _moments(vectors: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    import numpy as np

    if not len(vectors):
        return np.zeros(vectors.shape[1], dtype=np.float32), np.zeros((vectors.shape[1],) * 2, dtype=np.float32)
    mean = vectors.mean(axis=0, dtype=np.float64)
    product = np.zeros((vectors.shape[1],) * 2, dtype=np.float64)
    for start in range(0, len(vectors), 65_536):
        part = vectors[start : start + 65_536]
        product += part.T @ part
    return mean.astype(np.float32), (product / len(vectors) - np.outer(mean, mean)).astype(np.float32)


def _write_lists(path: Path, vectors: NDArray[np.float32], mean: NDArray[np.float32], choice: Choice) -> None:
    import faiss
    import numpy as np

    quiet_threads(os.cpu_count() or 1)
    dimension = vectors.shape[1]
    quantizer = faiss.IndexFlatIP(dimension)
    index = faiss.IndexIVFScalarQuantizer(
        quantizer, dimension, choice.lists, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT, False
    )
    index.cp.niter = 8
    rows = np.random.default_rng(0).permutation(len(vectors))[: TRAINING * choice.lists]
    index.train(vectors[np.sort(rows)] - mean)
    for start in range(0, len(vectors), 65_536):
        index.add(vectors[start : start + 65_536] - mean)
    faiss.write_index(index, str(path))


class FaissIndex:
    """A VectorIndex over the files it writes; safe to share between threads."""

    def __init__(
        self, vectors: NDArray[np.float32], moments: tuple[NDArray[np.float32], ...], lists: Any, probes: int
    ) -> None:
        self._vectors = vectors
        self._mean, self._covariance = moments
        self._lists = lists
        self._probes = probes

    @staticmethod
    def write(folder: Path, vectors: NDArray[np.float32]) -> Details:
        """Write the files for `vectors` and return the manifest's part."""
        import numpy as np

        choice = choose(len(vectors))
        exact = choice.kind == "exact"
        np.save(folder / "vectors.npy", vectors if exact else vectors.astype(np.float16))
        mean, covariance = _moments(vectors)
        np.savez(folder / "moments.npz", mean=mean, covariance=covariance)
        if not exact:
            _write_lists(folder / "vectors.faiss", vectors, mean, choice)
        return {"kind": choice.kind, "lists": choice.lists, "probes": choice.probes, "rows": len(vectors)}

    @classmethod
    def open(cls, folder: Path, details: Details) -> FaissIndex:
        """Return the index in `folder`, memory-mapped. Raises IndexDamaged."""
        import numpy as np

        quiet_threads()
        try:
            vectors = np.asarray(np.load(folder / "vectors.npy", mmap_mode="r"))
            with np.load(folder / "moments.npz") as saved:
                moments = (saved["mean"], saved["covariance"])
            lists = _read_lists(folder / "vectors.faiss") if details["kind"] == "lists" else None
        except (OSError, ValueError, EOFError, KeyError, RuntimeError) as error:
            raise IndexDamaged(say("error.index.unreadable", part="vectors", reason=str(error))) from error
        if len(vectors) != details["rows"] or vectors.shape[1] != len(moments[0]):
            expected = int(str(details["rows"]))
            raise IndexDamaged(say("error.index.rows", part="vectors", found=len(vectors), expected=expected))
        return cls(vectors, moments, lists, int(str(details["probes"])))

    @property
    def size(self) -> int:
        return len(self._vectors)

    def search(self, query: Scores, count: int, within: Mask | None = None) -> tuple[Rows, Scores]:
        import numpy as np

        if count < 1 or not self.size:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        left = self.size if within is None else int(np.count_nonzero(within))
        if self._lists is None or left <= max(GATHER_LIMIT, count):
            rows = None if within is None else np.flatnonzero(within)
            return self._exact(query, count, rows)
        found = self._probe(query, count + RESCORE, within, left / self.size)
        return self._best(query, count, found)

    def scores(self, query: Scores, rows: Rows) -> Scores:
        import numpy as np

        return np.asarray(self.vectors(rows) @ query, dtype=np.float32)

    def vectors(self, rows: Rows) -> NDArray[np.float32]:
        import numpy as np

        return np.asarray(self._vectors[rows], dtype=np.float32)

    def spread(self, query: Scores) -> tuple[float, float]:
        return float(query @ self._mean), math.sqrt(max(float(query @ self._covariance @ query), 1e-12))

    def close(self) -> None:
        self._lists = None

    def _exact(self, query: Scores, count: int, rows: Rows | None) -> tuple[Rows, Scores]:
        import faiss
        import numpy as np

        vectors = np.ascontiguousarray(self._vectors if rows is None else self._vectors[rows], dtype=np.float32)
        count = min(count, len(vectors))
        if not count:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        scores, places = faiss.knn(query[None, :], vectors, count, metric=faiss.METRIC_INNER_PRODUCT)
        found = places[0] if rows is None else rows[places[0]]
        return found.astype(np.int64), scores[0]

    def _probe(self, query: Scores, count: int, within: Mask | None, share: float) -> Rows:
        import numpy as np

        faiss: Any = import_module("faiss")  # its own types don't know the wrappers it adds when loaded

        # A thinner filter leaves fewer neighbours a list, so more lists are read.
        probes = min(self._lists.nlist, round(self._probes * min(8.0, share**-0.5)))
        keep: dict[str, Any] = {}
        if within is not None:
            bits = np.packbits(within, bitorder="little")
            keep["sel"] = faiss.IDSelectorBitmap(bits)
        parameters = faiss.SearchParametersIVF(nprobe=probes, **keep)
        found = self._lists.search(query[None, :], count, params=parameters)[1][0]
        return np.asarray(found[found >= 0], dtype=np.int64)

    def _best(self, query: Scores, count: int, rows: Rows) -> tuple[Rows, Scores]:
        import numpy as np

        scores = self.scores(query, np.sort(rows))
        rows = np.sort(rows)
        order = np.argsort(-scores, kind="stable")[:count]
        return rows[order], scores[order]


def quiet_threads(count: int = 1) -> None:
    """Let FAISS work with `count` threads that wait without spinning.

    One a search: a server has other requests for the other cores, and threads that wait for one another in
    a busy loop starve when the machine has anything else to do.
    """
    os.putenv("OMP_WAIT_POLICY", "PASSIVE")
    import faiss

    faiss.omp_set_num_threads(count)


def _read_lists(path: Path) -> Any:
    import faiss

    return faiss.read_index(str(path), faiss.IO_FLAG_MMAP | faiss.IO_FLAG_READ_ONLY)
