"""An index opened for reading: its manifest checked, its legs memory-mapped."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kg.messages import Message, say
from search.facets.columns import Facets
from search.index.layout import LEXICAL, IndexContents, check_files, read_manifest
from search.index.lexical import LexicalIndex
from search.index.names import Names
from search.index.passages import PassageStore
from search.index.sparse import SparseIndex
from search.index.vector_index import VectorIndex
from search.index.vectors import open_vectors


class OpenIndex:
    """The parts of one index. `vectors` and `sparse` are None where it was made without such a model."""

    def __init__(
        self,
        contents: IndexContents,
        passages: PassageStore,
        facets: Facets,
        names: Names,
        lexical: LexicalIndex,
        vectors: VectorIndex | None,
        sparse: SparseIndex | None,
    ) -> None:
        self.contents = contents
        self.passages = passages
        self.facets = facets
        self.names = names
        self.lexical = lexical
        self.vectors = vectors
        self.sparse = sparse

    @classmethod
    def open(cls, folder: Path, *, digests: Mapping[str, str] | None = None) -> OpenIndex:
        """Return the index in `folder`. Raises IndexDamaged: a file missing, cut or changed.

        Sizes are always compared with the manifest, contents where the index is small or
        `digests` (file -> SHA-256) have just been taken.
        """
        manifest = read_manifest(folder)
        check_files(folder, manifest, digests)
        contents = manifest.contents
        size, vectors = contents.passages, contents.vectors
        return cls(
            contents,
            PassageStore.open(folder),
            Facets.open(folder),
            Names.open(folder),
            LexicalIndex.open(folder / LEXICAL, size),
            open_vectors(contents.vector_index, folder, vectors) if vectors else None,
            SparseIndex.open(folder, size) if contents.sparse_dimension else None,
        )

    def __enter__(self) -> OpenIndex:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def size(self) -> int:
        """Number of passages."""
        return self.contents.passages

    @property
    def model(self) -> str | None:
        """Name of the model the vectors were made with, None without vectors."""
        return self.contents.model

    def disagreements(self) -> list[Message]:
        """Return where the parts hold different numbers of passages."""
        held = {"store": self.passages.count(), "facets": self.facets.size}
        if self.vectors is not None:
            held["vectors"] = self.vectors.size
        return [
            say("error.index.rows", part=name, found=count, expected=self.size)
            for name, count in held.items()
            if count != self.size
        ]

    def close(self) -> None:
        """Release the files."""
        self.passages.close()
        if self.vectors is not None:
            self.vectors.close()
