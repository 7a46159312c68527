"""What every VectorIndex does. A test subclasses it and says how to write and open one."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from kg.errors import IndexDamaged
from search.index.vector_index import Details, VectorIndex

if TYPE_CHECKING:
    from numpy.typing import NDArray

DIMENSION = 48


def clustered(count: int, seed: int = 7) -> NDArray[np.float32]:
    """Unit vectors around a few hundred centres in a narrow cone, as texts lie."""
    random = np.random.default_rng(seed)
    centres = np.random.default_rng(1).standard_normal((200, DIMENSION))
    vectors = centres[random.integers(0, 200, count)] + 0.4 * random.standard_normal((count, DIMENSION)) + 1.5
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


class VectorContract(ABC):
    size = 3000
    recall = 1.0
    """Share of the true ten nearest that must be found."""

    @classmethod
    @abstractmethod
    def write(cls, folder: Path, vectors: NDArray[np.float32]) -> Details:
        """Write an index of `vectors` and return the details to open it with."""

    @classmethod
    @abstractmethod
    def open(cls, folder: Path, details: Details) -> VectorIndex:
        """Return the index in `folder`."""

    @pytest.fixture(scope="class")
    @classmethod
    def made(cls, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, NDArray[np.float32], Details]:
        folder, vectors = tmp_path_factory.mktemp("vectors"), clustered(cls.size)
        return folder, vectors, cls.write(folder, vectors)

    @pytest.fixture(scope="class")
    @classmethod
    def index(cls, made: tuple[Path, NDArray[np.float32], Details]) -> Iterator[VectorIndex]:
        opened = cls.open(made[0], made[2])
        yield opened
        opened.close()

    @pytest.fixture(scope="class")
    @classmethod
    def vectors(cls, made: tuple[Path, NDArray[np.float32], Details]) -> NDArray[np.float32]:
        return made[1]

    def found(self, index: VectorIndex, vectors: NDArray[np.float32], mask: NDArray[np.bool_] | None) -> float:
        queries, hit = clustered(40, seed=8), 0
        allowed = np.arange(self.size) if mask is None else np.flatnonzero(mask)
        for query in queries:
            true = set(allowed[np.argsort(-(vectors[allowed] @ query))[:10]].tolist())
            rows, _ = index.search(query, 10, mask)
            hit += len(true & set(rows.tolist()))
        return hit / (10 * len(queries))

    def test_it_knows_its_size(self, index: VectorIndex) -> None:
        assert index.size == self.size

    def test_the_nearest_are_found(self, index: VectorIndex, vectors: NDArray[np.float32]) -> None:
        assert self.found(index, vectors, None) >= self.recall

    @pytest.mark.parametrize("share", [0.01, 0.1, 0.5])
    def test_a_filter_still_fills_the_page(
        self, index: VectorIndex, vectors: NDArray[np.float32], share: float
    ) -> None:
        mask = np.random.default_rng(3).random(self.size) < share
        rows, _ = index.search(vectors[5], 10, mask)
        assert len(rows) == 10
        assert mask[rows].all()
        assert self.found(index, vectors, mask) >= self.recall

    def test_scores_are_inner_products_in_falling_order(self, index: VectorIndex, vectors: NDArray[np.float32]) -> None:
        rows, scores = index.search(vectors[11], 25)
        assert rows[0] == 11
        assert (np.diff(scores) <= 1e-6).all()
        assert np.allclose(scores, vectors[rows] @ vectors[11], atol=2e-3)
        assert np.allclose(index.scores(vectors[11], rows), scores, atol=1e-5)
        assert np.allclose(index.vectors(rows), vectors[rows], atol=2e-3)

    def test_more_than_there_are_gives_all(self, index: VectorIndex, vectors: NDArray[np.float32]) -> None:
        mask = np.zeros(self.size, dtype=np.bool_)
        mask[[3, 7]] = True
        assert sorted(index.search(vectors[0], 10, mask)[0].tolist()) == [3, 7]
        assert len(index.search(vectors[0], 10, np.zeros(self.size, dtype=np.bool_))[0]) == 0
        assert len(index.search(vectors[0], 0)[0]) == 0

    def test_the_spread_is_that_of_all_scores(self, index: VectorIndex, vectors: NDArray[np.float32]) -> None:
        scores = vectors @ vectors[2]
        mean, deviation = index.spread(vectors[2])
        assert mean == pytest.approx(float(scores.mean()), abs=1e-3)
        assert deviation == pytest.approx(float(scores.std()), rel=0.02)

    def test_a_cut_file_is_told(self, made: tuple[Path, NDArray[np.float32], Details], tmp_path: Path) -> None:
        for path in made[0].iterdir():
            (tmp_path / path.name).write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        with pytest.raises(IndexDamaged):
            self.open(tmp_path, made[2])

    def test_a_missing_file_is_told(self, made: tuple[Path, NDArray[np.float32], Details], tmp_path: Path) -> None:
        with pytest.raises(IndexDamaged):
            self.open(tmp_path, made[2])
