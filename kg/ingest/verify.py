"""Proof that a generation is what it says: files, graph, sources, and an index that agrees with the graph."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from kg.errors import SuyuanError
from kg.messages import Message, say
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


VerifyIndex = Callable[[GraphReader, Path, Mapping[str, str]], Iterable[Message]]
"""Says what is wrong between a graph and the index in a folder with files of these checksums.

search.index.verify.verify_index is one.
"""


def find_problems(home: Home, generation: Generation, verify_index: VerifyIndex) -> Iterator[Message]:
    """Yield everything in which a generation differs from its manifest; nothing if it is sound."""
    try:
        manifest = generation.manifest
    except SuyuanError as error:
        yield _of_error(error)
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
        yield _of_error(error)
        return
    try:
        yield from _graph_problems(graph, manifest)
        yield from verify_index(graph, generation.index_path, in_index(there))
    except SuyuanError as error:
        yield _of_error(error)
    finally:
        graph.close()


def _changed_files(generation: Generation, there: Mapping[str, str], manifest: Manifest) -> Iterator[Message]:
    for name, digest in manifest.files.items():
        if name not in there:
            yield say("verify.file.missing", file=name)
        elif there[name] != digest:
            yield say("verify.file.changed", file=name)
    for name in there.keys() - manifest.files.keys() - {generation.manifest_path.name}:
        yield say("verify.file.foreign", file=name)


def _lost_sources(home: Home, manifest: Manifest) -> Iterator[Message]:
    for entry in manifest.documents:
        source = home.sources / entry.sha256
        if not source.is_file():
            yield say("verify.source.missing", file=entry.file)
        elif checksum(source) != entry.sha256:
            yield say("verify.source.changed", file=entry.file)


def _graph_problems(graph: GraphReader, manifest: Manifest) -> Iterator[Message]:
    counted = {row["g"]: int(row["n"]) for row in graph.select(_PER_GRAPH).dicts()}
    for name, count in manifest.graphs.items():
        if counted.get(name, 0) != count:
            yield say("verify.graph.count", graph=name, found=counted.get(name, 0), expected=count)
    for name in counted.keys() - manifest.graphs.keys():
        yield say("verify.graph.foreign", graph=name)
    seen, distinct = (_number(graph, query) for query in (_SEEN, _DISTINCT))
    if not seen == distinct == manifest.triples:
        yield say("verify.triples", seen=seen, distinct=distinct, expected=manifest.triples)
    for entry in manifest.documents:
        if not graph.ask(_DOCUMENT, {"g": Iri(entry.graph), "sha": Literal(entry.sha256)}):
            yield say("verify.document", file=entry.file, graph=entry.graph)


def _of_error(error: SuyuanError) -> Message:
    return say("verify.failed", reason=error.said)


def _number(graph: GraphReader, query: str) -> int:
    return int(next(graph.select(query).dicts())["n"])
