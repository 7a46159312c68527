"""What every Embedder does. A test subclasses it and says how to open one."""

from __future__ import annotations

from abc import ABC, abstractmethod

import numpy as np
import pytest

from kg.errors import ModelUnavailable
from search.model.embedder import Embedder


class EmbedderContract(ABC):
    related = (
        "the budget of the petition office",
        "money for the petition office",
        "a recipe for noodle soup",
    )
    """A question, a passage that answers it, one that doesn't."""

    @classmethod
    @abstractmethod
    def open_embedder(cls) -> Embedder:
        """Return an embedder, opened once a test class."""

    @pytest.fixture(scope="class")
    @classmethod
    def embedder(cls) -> Embedder:
        return cls.open_embedder()

    def test_vectors_have_the_stated_dimension_and_length_one(self, embedder: Embedder) -> None:
        vectors = embedder.embed_passages(["信访稳定备用金", "劝返工作经费", ""])
        assert vectors.shape == (3, embedder.dimension)
        assert vectors.dtype == np.float32
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-3)

    def test_the_same_text_gives_the_same_vector_alone_and_among_others(self, embedder: Embedder) -> None:
        alone = embedder.embed_passages(["保障经费、化解矛盾"])
        among = embedder.embed_passages(["公务接待费", "保障经费、化解矛盾", "x" * 400])
        assert float(alone[0] @ among[1]) > 0.995

    def test_a_question_is_nearer_to_its_answer(self, embedder: Embedder) -> None:
        question, answer, other = self.related
        asked = embedder.embed_queries([question])[0]
        near, far = embedder.embed_passages([answer, other]) @ asked
        assert near > far

    def test_no_texts_give_no_vectors(self, embedder: Embedder) -> None:
        assert embedder.embed_queries([]).shape == (0, embedder.dimension)

    def test_control_characters_and_long_texts_are_taken(self, embedder: Embedder) -> None:
        vectors = embedder.embed_queries(["\x00\x01\x02", "信访" * 5000])
        assert np.isfinite(vectors).all()

    def test_learned_terms_are_ascending_or_refused(self, embedder: Embedder) -> None:
        if not embedder.sparse_dimension:
            with pytest.raises(ModelUnavailable, match="learned terms"):
                embedder.sparse_terms(["信访"])
            return
        ((numbers, weights),) = embedder.sparse_terms(["信访大厅"])
        assert len(numbers) == len(weights) > 0
        assert (np.diff(numbers) > 0).all()
        assert numbers.min() >= 0
        assert numbers.max() < embedder.sparse_dimension
        assert (weights > 0).all()

    def test_it_has_a_name(self, embedder: Embedder) -> None:
        assert embedder.name.strip()
