"""Proof that a generation is what it says: files, graph, sources, and an index that agrees with the graph."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from kg.errors import SuyuanError
from kg.rdf import Iri, Literal
from kg.store.base import GraphReader
from kg.store.disk import checksum, checksums
from kg.store.generations import Generation, Home
from kg.store.layout import in_index
from kg.store.manifest import Manifest

_PER_GRAPH = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
_SEEN = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
_DISTINCT = "SELECT (COUNT(*) AS ?n) WHERE { SELECT DISTINCT ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } } }"
_DOCUMENT = "ASK { GRAPH ?g { ?document <https://w3id.org/suyuan/ontology#sha256> ?sha } }"


VerifyIndex = Callable[[GraphReader, Path, Mapping[str, str]], Iterable[str]]
"""Says what is wrong between a graph and the index in a folder with files of these checksums.

search.index.verify.verify_index is one.
"""


def find_problems(home: Home, generation: Generation, verify_index: VerifyIndex) -> Iterator[str]:
    """Yield everything in which a generation differs from its manifest; nothing if it is sound."""
    try:
        manifest = generation.manifest
    except SuyuanError as error:
        yield error.message
        return
    yield from _lost_sources(home, manifest)
    there = checksums(generation.path)
    changed = tuple(_changed_files(generation, there, manifest))
    yield from changed
    if changed:
        # The engines trust their files: over damaged ones they may answer nonsense or never end.
        return
    try:
        graph = generation.open_graph()
    except SuyuanError as error:
        yield error.message
        return
    try:
        yield from _graph_problems(graph, manifest)
        yield from verify_index(graph, generation.index_path, in_index(there))
    except SuyuanError as error:
        yield error.message
    finally:
        graph.close()


def _changed_files(generation: Generation, there: Mapping[str, str], manifest: Manifest) -> Iterator[str]:
    for name, digest in manifest.files.items():
        if name not in there:
            yield f"{name} is missing"
        elif there[name] != digest:
            yield f"{name} has changed since it was published"
    for name in there.keys() - manifest.files.keys() - {generation.manifest_path.name}:
        yield f"{name} does not belong here"


def _lost_sources(home: Home, manifest: Manifest) -> Iterator[str]:
    for entry in manifest.documents:
        source = home.sources / entry.sha256
        if not source.is_file():
            yield f"the source of {entry.file} is missing"
        elif checksum(source) != entry.sha256:
            yield f"the source of {entry.file} has changed"


def _graph_problems(graph: GraphReader, manifest: Manifest) -> Iterator[str]:
    counted = {row["g"]: int(row["n"]) for row in graph.select(_PER_GRAPH).dicts()}
    for name, count in manifest.graphs.items():
        if counted.get(name, 0) != count:
            yield f"graph {name} holds {counted.get(name, 0)} statements, not {count}"
    for name in counted.keys() - manifest.graphs.keys():
        yield f"graph {name} does not belong here"
    seen, distinct = (_number(graph, query) for query in (_SEEN, _DISTINCT))
    if not seen == distinct == manifest.triples:
        yield f"queries see {seen} triples of {distinct}; published were {manifest.triples}"
    for entry in manifest.documents:
        if not graph.ask(_DOCUMENT, {"g": Iri(entry.graph), "sha": Literal(entry.sha256)}):
            yield f"{entry.file} is not described in its graph {entry.graph}"


def _number(graph: GraphReader, query: str) -> int:
    return int(next(graph.select(query).dicts())["n"])
