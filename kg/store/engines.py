"""The registration point of triple stores: the setting `graph` names one, the manifest of a generation keeps it.

An engine keeps one graph in one folder; what its readers and writers do is kg.store.base's.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kg.registry import Registry

if TYPE_CHECKING:
    from kg.store.base import GraphReader, GraphWriter


class GraphEngine(Protocol):
    """Opens graphs. Every implementation passes tests/contract/graph.py."""

    def open_reader(self, folder: Path) -> GraphReader:
        """Return a reader of the published graph in `folder`. Raises GenerationDamaged."""

    def open_writer(self, folder: Path, source: Path | None = None) -> GraphWriter:
        """Return the only writer of the graph in `folder`, a copy of the published one in `source` if given.

        Raises StoreError.
        """


ENGINES: Registry[GraphEngine] = Registry("graph", {"oxigraph": "kg.store.oxigraph:ENGINE"})
