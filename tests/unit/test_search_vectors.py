"""The FAISS index, exact and with inverted lists, against the contract."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from kg.errors import SuyuanError
from search.index import faiss_index
from search.index.vector_index import Details, VectorIndex
from search.index.vectors import open_vectors, write_vectors
from tests.contract.vectors import VectorContract

if TYPE_CHECKING:
    from numpy.typing import NDArray


class TestExact(VectorContract):
    @classmethod
    def write(cls, folder: Path, vectors: NDArray[np.float32]) -> Details:
        details = write_vectors("faiss", folder, vectors)
        assert details["kind"] == "exact"
        return details

    @classmethod
    def open(cls, folder: Path, details: Details) -> VectorIndex:
        return open_vectors("faiss", folder, details)


class TestInvertedLists(VectorContract):
    size = 6000
    recall = 0.97

    @pytest.fixture(autouse=True, scope="class")
    @classmethod
    def small_limits(cls) -> Iterator[None]:
        patch = pytest.MonkeyPatch()
        patch.setattr(faiss_index, "EXACT_LIMIT", 1000)
        patch.setattr(faiss_index, "GATHER_LIMIT", 100)
        patch.setattr(faiss_index, "TRAINING", 12)
        yield
        patch.undo()

    @classmethod
    def write(cls, folder: Path, vectors: NDArray[np.float32]) -> Details:
        details = write_vectors("faiss", folder, vectors)
        assert details["kind"] == "lists"
        return details

    @classmethod
    def open(cls, folder: Path, details: Details) -> VectorIndex:
        return open_vectors("faiss", folder, details)


def test_the_index_grows_with_its_size() -> None:
    sizes = [1_000, 100_000, 1_000_000]
    choices = [faiss_index.choose(size) for size in sizes]
    assert [choice.kind for choice in choices] == ["exact", "lists", "lists"]
    assert choices[1].lists < choices[2].lists


def test_an_unknown_index_is_named(tmp_path: Path) -> None:
    with pytest.raises(SuyuanError, match="vector index 'nonsense'"):
        write_vectors("nonsense", tmp_path, np.zeros((1, 4), dtype=np.float32))
