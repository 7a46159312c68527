"""The five source documents, ingested once without a model and served for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.settings import Settings
from tests.prepared import prepared
from tests.served import Client, ingest, serve, without_model
from tests.shared import DOCUMENTS


@pytest.fixture(scope="session")
def sample_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings of a home with the five documents, searched without a model; don't change it."""

    def build(home: Path) -> None:
        ingest(home, *sorted(DOCUMENTS.glob("*.txt")))

    return without_model(prepared(tmp_path_factory, "five-without-model", build))


@pytest.fixture(scope="session")
def client(sample_settings: Settings) -> Iterator[Client]:
    with serve(sample_settings) as served:
        yield served
