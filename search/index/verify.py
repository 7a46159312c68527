"""Prove that an index and the graph it was made of agree."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kg.errors import SearchError
from kg.messages import Message, say
from kg.store.base import GraphReader
from search.index.opened import OpenIndex
from search.index.passages import PassageStore
from search.index.read_graph import read_graph


def verify_index(graph: GraphReader, folder: Path, digests: Mapping[str, str] | None = None) -> list[Message]:
    """Return what is wrong between `graph` and the index in `folder`, nothing if they agree.

    Every file is compared with its checksum (with `digests`, file -> SHA-256, where they have just been
    taken), every passage of the graph looked for, and each leg asked for its number of passages.
    """
    try:
        index = OpenIndex.open(folder, digests=digests)
    except SearchError as error:
        return [say("verify.failed", reason=error.said)]
    with index:
        return [*_compare(graph, index.passages), *index.disagreements()]


def _compare(graph: GraphReader, store: PassageStore) -> list[Message]:
    wanted = {passage.iri: passage for passage in read_graph(graph).passages}
    held = {passage.iri: passage for passage in store.get(range(store.count()))}
    problems = [say("verify.passage.lost", iri=iri) for iri in sorted(wanted.keys() - held.keys())]
    problems += [say("verify.passage.foreign", iri=iri) for iri in sorted(held.keys() - wanted.keys())]
    problems += [
        say("verify.passage.text", iri=iri)
        for iri in sorted(wanted.keys() & held.keys())
        if wanted[iri].text != held[iri].text
    ]
    return problems
