"""Build the index of a generation from its graph; `build_index` is what the ingest calls.

The index is a function of the graph and the model: passages with their facts come by SPARQL,
vectors from the model or its cache.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.settings import Settings
from kg.store.base import GraphReader
from search.facets.columns import write_facets
from search.index.cuts import learn_cuts
from search.index.layout import LEXICAL, IndexContents, IndexManifest, write_manifest
from search.index.lexical import LexicalEntry, write_lexical
from search.index.marks import find_facts, find_marks
from search.index.names import write_names
from search.index.near_copies import find_twins
from search.index.passages import Passage, write_passages
from search.index.read_graph import GraphContent, read_graph
from search.index.sparse import SparseIndex, write_sparse
from search.index.vector_index import Details
from search.index.vectors import write_vectors
from search.model.embed import open_embedder
from search.model.embedder import Embedder
from search.model.embedding_cache import EmbeddingCache

if TYPE_CHECKING:
    from kg.progress import Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltIndex:
    """The manifest of an index, and how many texts had to be embedded for it, which depends on what was cached."""

    manifest: IndexManifest
    embedded: int


def build_index(
    graph: GraphReader, folder: Path, settings: Settings, *, cache: Path, progress: Progress | None = None
) -> BuiltIndex:
    """Write the index of `graph` into `folder` (made if missing, empty).

    Raises ModelUnavailable where the model of the settings can't be loaded.
    """
    folder.mkdir(parents=True, exist_ok=True)
    content = read_graph(graph)
    embedder = open_embedder(settings.model)
    write_passages(folder, content.documents, content.passages)
    write_names(folder, content)
    _write_lexical(folder, content)
    contents = IndexContents(
        passages=len(content.passages), documents=len(content.documents), vector_index=settings.vectors
    )
    embedded = 0
    if embedder is not None:
        vectors, cuts, embedded = _write_vectors(folder, content.passages, embedder, settings, cache, progress)
        contents = replace(
            contents,
            model=embedder.name,
            dimension=embedder.dimension,
            sparse_dimension=embedder.sparse_dimension,
            vectors=vectors,
            cuts=cuts,
        )
    return BuiltIndex(manifest=write_manifest(folder, contents), embedded=embedded)


def _write_lexical(folder: Path, content: GraphContent) -> None:
    import numpy as np

    facts = list(find_facts(content))
    marks = find_marks(facts)
    twins = find_twins([(passage.document, passage.text) for passage in content.passages])
    amounts = np.array([math.nan if each.amount is None else each.amount for each in facts], dtype=np.float64)
    numbers = write_facets(folder, len(content.passages), marks, amounts, twins)
    of_row: list[list[str]] = [[] for _ in content.passages]
    for name, values in marks.items():
        for row, label in values:
            of_row[row].append(f"{name}:{numbers[name][label.value]}")
    write_lexical(
        folder / LEXICAL,
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
) -> tuple[Details, Mapping[str, float] | None, int]:
    """Write dense vectors and learned terms; return what the vector index keeps, the cuts, how many texts were new."""
    if progress is not None:
        progress.stage("embed", len(passages))
    with EmbeddingCache(cache, embedder) as known:
        advance = progress.advance if progress is not None else lambda count: None
        dense, sparse, new = known.passages([passage.text for passage in passages], advance)
    if embedder.sparse_dimension:
        write_sparse(folder, sparse, embedder.sparse_dimension)
    learned = SparseIndex.open(folder, len(passages)) if embedder.sparse_dimension else None
    return write_vectors(settings.vectors, folder, dense), learn_cuts(embedder, dense, learned), new
