"""Prove that an index and the graph it was made of agree."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kg.errors import SearchError
from kg.store.base import GraphReader
from search.index.opened import OpenIndex
from search.index.passages import PassageStore
from search.index.read_graph import read_graph


def verify_index(graph: GraphReader, folder: Path, digests: Mapping[str, str] | None = None) -> list[str]:
    """Return what is wrong between `graph` and the index in `folder`, nothing if they agree.

    Every file is compared with its checksum (with `digests`, file -> SHA-256, where they have just been
    taken), every passage of the graph looked for, and each leg asked for its number of passages.
    """
    try:
        index = OpenIndex.open(folder, digests=digests)
    except SearchError as error:
        return [error.message]
    with index:
        return [*_compare(graph, index.passages), *index.disagreements()]


def _compare(graph: GraphReader, store: PassageStore) -> list[str]:
    wanted = {passage.iri: passage for passage in read_graph(graph).passages}
    held = {passage.iri: passage for passage in store.get(range(store.count()))}
    problems = [f"passage {iri} is in the graph but not in the index" for iri in sorted(wanted.keys() - held.keys())]
    problems += [f"passage {iri} is in the index but not in the graph" for iri in sorted(held.keys() - wanted.keys())]
    problems += [
        f"passage {iri} has another text in the index than in the graph"
        for iri in sorted(wanted.keys() & held.keys())
        if wanted[iri].text != held[iri].text
    ]
    return problems
