"""The graph of a generation as one file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import IO

from kg.rdf import Iri, Quad
from kg.store.base import GraphReader
from kg.store.statements import export_quads


def export_graphs(
    graph: GraphReader, file: IO[bytes], kind: str, prefixes: Mapping[str, str], chosen: Sequence[Iri] | None = None
) -> int:
    """Write the graphs `chosen` (all if None), one after the other by name, in a format of FORMATS.

    `prefixes` are the short names of namespaces. Returns how many statements were written; the same
    generation gives the same bytes.
    """

    def quads() -> Iterator[Quad]:
        for name in graph.graphs() if chosen is None else chosen:
            yield from sorted(graph.quads(graph=name))

    return export_quads(quads(), file, kind, prefixes)
