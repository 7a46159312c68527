"""An index opened for reading: its manifest checked, its legs memory-mapped."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kg.errors import IndexDamaged
from search.facets.columns import Facets
from search.index.lexical import LexicalIndex
from search.index.names import Names
from search.index.passages import PassageStore
from search.index.sparse import SparseIndex
from search.index.vectors import VectorIndex, open_vectors

CHECKED = 64 << 20
"""Bytes up to which an index is compared with its checksums when it is opened (about 0.1 s)."""


class OpenIndex:
    """The parts of one index. `vectors` and `sparse` are None where it was made without such a model."""

    def __init__(
        self,
        details: dict[str, Any],
        passages: PassageStore,
        facets: Facets,
        names: Names,
        lexical: LexicalIndex,
        vectors: VectorIndex | None,
        sparse: SparseIndex | None,
    ) -> None:
        self.details = details
        self.passages = passages
        self.facets = facets
        self.names = names
        self.lexical = lexical
        self.vectors = vectors
        self.sparse = sparse

    @classmethod
    def open(cls, folder: Path, *, whole: bool = False) -> OpenIndex:
        """Return the index in `folder`. Raises IndexDamaged: a file missing, cut or changed.

        Sizes are always compared with the manifest, contents where the index is small or for `whole`.
        """
        details = _details(folder)
        _check(folder, details, whole=whole)
        size = int(details["passages"])
        vectors = details.get("vectors")
        return cls(
            details,
            PassageStore.open(folder),
            Facets.open(folder),
            Names.open(folder),
            LexicalIndex.open(folder / "lexical", size),
            open_vectors(str(details["vector_index"]), folder, vectors) if vectors else None,
            SparseIndex.open(folder, size) if details.get("sparse_dimension") else None,
        )

    def __enter__(self) -> OpenIndex:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def size(self) -> int:
        """Number of passages."""
        return int(self.details["passages"])

    @property
    def model(self) -> str | None:
        """Name of the model the vectors were made with, None without vectors."""
        name = self.details.get("model")
        return None if name is None else str(name)

    def disagreements(self) -> list[str]:
        """Return where the parts hold different numbers of passages."""
        held = {"store": self.passages.count(), "facets": self.facets.size}
        if self.vectors is not None:
            held["vectors"] = self.vectors.size
        return [
            f"the {name} of the index hold {count} passages, not {self.size}"
            for name, count in held.items()
            if count != self.size
        ]

    def close(self) -> None:
        """Release the files."""
        self.passages.close()
        if self.vectors is not None:
            self.vectors.close()


def _details(folder: Path) -> dict[str, Any]:
    from search.index.build import FORMAT, MANIFEST

    try:
        details = json.loads((folder / MANIFEST).read_text("utf-8"))
        if details["format"] != FORMAT:
            raise IndexDamaged(
                f"the index has format {details['format']}, this version reads {FORMAT}",
                hint="suyuan ingest --rebuild",
            )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexDamaged(f"there is no readable index in {folder}: {error}", hint="suyuan verify") from error
    return dict(details)


def _check(folder: Path, details: dict[str, Any], *, whole: bool) -> None:
    from search.index.build import checksums

    wanted = details.get("files", {})
    for name, known in wanted.items():
        path = folder / name
        if not path.is_file():
            raise IndexDamaged(f"the index file {name} is missing", hint="suyuan verify, then suyuan rollback")
        if path.stat().st_size != known["bytes"]:
            raise IndexDamaged(f"the index file {name} is cut or changed", hint="suyuan verify, then suyuan rollback")
    if whole or sum(known["bytes"] for known in wanted.values()) <= CHECKED:
        found = checksums(folder)
        for name, known in wanted.items():
            if found[name]["sha256"] != known["sha256"]:
                raise IndexDamaged(f"the index file {name} is damaged", hint="suyuan verify, then suyuan rollback")
