"""Oxigraph on disk keeps the contract of the graph seam."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import GenerationDamaged, StoreError
from kg.store.base import GraphReader, GraphWriter
from kg.store.engines import ENGINES
from kg.store.oxigraph import OxigraphReader, OxigraphWriter
from tests.contract.graph import ONE, GraphContract, sentences


class TestOxigraph(GraphContract):
    def open_writer(self, folder: Path) -> GraphWriter:
        return ENGINES.load("oxigraph").open_writer(folder)

    def open_reader(self, folder: Path) -> GraphReader:
        return ENGINES.load("oxigraph").open_reader(folder)


def test_a_missing_or_damaged_store_is_told(tmp_path: Path) -> None:
    with pytest.raises(GenerationDamaged, match="no graph"):
        OxigraphReader.open(tmp_path / "nothing")
    writer = OxigraphWriter.open(tmp_path / "graph")
    writer.replace_graph(ONE, sentences(ONE))
    writer.close()
    for part in (tmp_path / "graph").glob("*.sst"):
        part.write_bytes(b"")
    with pytest.raises(GenerationDamaged):
        OxigraphReader.open(tmp_path / "graph").count()


def test_two_writers_of_one_store_are_refused(tmp_path: Path) -> None:
    writer = OxigraphWriter.open(tmp_path / "graph")
    with pytest.raises(StoreError):
        OxigraphWriter.open(tmp_path / "graph")
    writer.close()
