"""The five source documents, ingested once without a model and served for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg.settings import Settings
from tests.served import Client, ingest, serve
from tests.shared import DOCUMENTS


@pytest.fixture(scope="session")
def sample_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return ingest(tmp_path_factory.mktemp("home"), *sorted(DOCUMENTS.glob("*.txt")))


@pytest.fixture(scope="session")
def client(sample_settings: Settings) -> Iterator[Client]:
    with serve(sample_settings) as served:
        yield served
