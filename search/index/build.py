"""Build the index of a generation from its graph, and prove that the two agree.

The index is a function of the graph and the model: passages with their facts come by SPARQL,
vectors from the model or its cache. `build_index` is what the ingest calls.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.settings import Settings
from kg.store.base import GraphReader
from search.facets.columns import write_facets
from search.facets.marks import find_marks
from search.index.lexical import LexicalEntry, write_lexical
from search.index.names import write_names
from search.index.near_copies import find_twins
from search.index.passages import Passage, PassageStore, write_passages
from search.index.read_graph import GraphContent, read_graph
from search.index.sparse import write_sparse
from search.index.vectors import write_vectors
from search.model.embed import Embedder, open_embedder
from search.model.embedding_cache import EmbeddingCache

if TYPE_CHECKING:
    from kg.progress import Progress

FORMAT = 1
MANIFEST = "index.json"


def build_index(
    graph: GraphReader, folder: Path, settings: Settings, *, cache: Path, progress: Progress | None = None
) -> dict[str, object]:
    """Write the index of `graph` into `folder` (made if missing, empty) and return its part of the manifest.

    The part names the model, its dimension, the number of passages, how many texts were embedded anew, and
    the kind of vector index. Raises ModelUnavailable where the model of the settings can't be loaded.
    """
    folder.mkdir(parents=True, exist_ok=True)
    content = read_graph(graph)
    embedder = open_embedder(settings.model)
    write_passages(folder, content.documents, content.passages)
    write_names(folder, content)
    _write_lexical(folder, content)
    details: dict[str, object] = {
        "passages": len(content.passages), "documents": len(content.documents), "model": None, "dimension": 0,
        "sparse_dimension": 0, "embedded": 0, "vectors": None, "vector_index": settings.vectors,
    }  # fmt: skip
    if embedder is not None:
        details |= _write_vectors(folder, content.passages, embedder, settings, cache, progress)
    return finish_index(folder, details)


def finish_index(folder: Path, details: dict[str, object]) -> dict[str, object]:
    """Write the manifest of an index whose files are all there; return it without the checksums."""
    details = {"format": FORMAT, "tantivy": version("tantivy"), **details}
    manifest = {**details, "files": checksums(folder)}
    (folder / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1), "utf-8")
    return details


def _write_lexical(folder: Path, content: GraphContent) -> None:
    import numpy as np

    marks = find_marks(content)
    twins = find_twins([(passage.document, passage.text) for passage in content.passages])
    amounts = np.array(
        [
            math.nan if passage.about is None or passage.about.amount is None else passage.about.amount
            for passage in content.passages
        ],
        dtype=np.float64,
    )
    numbers = write_facets(folder, len(content.passages), marks, amounts, twins)
    of_row: list[list[str]] = [[] for _ in content.passages]
    for name, values in marks.items():
        for row, label in values:
            of_row[row].append(f"{name}:{numbers[name][label.value]}")
    write_lexical(
        folder / "lexical",
        (
            LexicalEntry(row=passage.row, text=lexical_text(passage), marks=tuple(of_row[passage.row]))
            for passage in content.passages
        ),
    )


def lexical_text(passage: Passage) -> str:
    """Return what the lexical leg reads of a passage: its context, then its text."""
    return f"{passage.context}\n{passage.text}"


def _write_vectors(
    folder: Path,
    passages: Sequence[Passage],
    embedder: Embedder,
    settings: Settings,
    cache: Path,
    progress: Progress | None,
) -> dict[str, object]:
    if progress is not None:
        progress.stage("embed", len(passages))
    with EmbeddingCache(cache, embedder) as known:
        advance = progress.advance if progress is not None else lambda count: None
        dense, sparse, new = known.passages([passage.text for passage in passages], advance)
    if embedder.sparse_dimension:
        write_sparse(folder, sparse, embedder.sparse_dimension)
    return {
        "model": embedder.name,
        "dimension": embedder.dimension,
        "sparse_dimension": embedder.sparse_dimension,
        "embedded": new,
        "vectors": write_vectors(settings.vectors, folder, dense),
    }


def checksums(folder: Path) -> dict[str, dict[str, Any]]:
    """Return size and sha256 of every file below `folder` but the manifest, by relative path."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if (
            path.is_file()
            and path.name != MANIFEST
            and not path.name.startswith(".")
            and not path.name.endswith(".lock")
        ):
            with path.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
            found[path.relative_to(folder).as_posix()] = {"bytes": path.stat().st_size, "sha256": digest}
    return found


def verify_index(graph: GraphReader, folder: Path) -> list[str]:
    """Return what is wrong between `graph` and the index in `folder`, nothing if they agree.

    Every file is read and compared with its checksum, every passage of the graph looked for, and
    each leg asked for its number of passages.
    """
    from kg.errors import SearchError
    from search.index.opened import OpenIndex

    try:
        index = OpenIndex.open(folder, whole=True)
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
