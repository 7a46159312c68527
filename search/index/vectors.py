"""The one place where vector indexes are registered, and the way to write and open one by its name.

Which FAISS index serves which size is a table in search.index.faiss_index.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.registry import Registry
from search.index.vector_index import Details, VectorIndex, Vectors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

VECTORS = Registry[Vectors]("vector index", {"faiss": "search.index.faiss_index:FaissIndex"})
"""What the setting `vectors` may name; `module:attribute` brings another."""


def write_vectors(name: str, folder: Path, vectors: NDArray[np.float32]) -> Details:
    """Write an index of `vectors` into `folder` with the implementation that the setting `vectors` names.

    Returns what the manifest keeps: kind of index and its parameters. Raises BadSetting for an unknown name.
    """
    return VECTORS.load(name).write(folder, vectors)


def open_vectors(name: str, folder: Path, details: Details) -> VectorIndex:
    """Return the index in `folder`. Raises IndexDamaged where a file is missing or broken, BadSetting as above."""
    return VECTORS.load(name).open(folder, details)
