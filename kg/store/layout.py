"""Where a generation keeps what: the one place that knows the names in its folder.

0007/  graph/  index/  manifest.json
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

GRAPH, INDEX, MANIFEST = "graph", "index", "manifest.json"


class GenerationFolder:
    """The folder of one generation, published or to be. It need not be there."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def number(self) -> int:
        """The number in its name, counted from 1; 0 where the name is none.

        >>> GenerationFolder(Path("generations/0007")).number
        7
        """
        return int(self.path.name) if self.path.name.isdigit() else 0

    @property
    def graph_path(self) -> Path:
        """The folder of its graph."""
        return self.path / GRAPH

    @property
    def index_path(self) -> Path:
        """The folder of its index."""
        return self.path / INDEX

    @property
    def manifest_path(self) -> Path:
        """Its manifest: what it says of itself. Without one it is no generation."""
        return self.path / MANIFEST


def name_of(number: int) -> str:
    """Return what the folder of a generation of that number is called.

    >>> name_of(7)
    '0007'
    """
    return f"{number:04d}"


def in_index(files: Mapping[str, str]) -> dict[str, str]:
    """Return what `files` (path below the generation -> checksum) says of the index, by path below the index.

    >>> in_index({"graph/CURRENT": "a", "index/lexical/meta.json": "b"})
    {'lexical/meta.json': 'b'}
    """
    start = f"{INDEX}/"
    return {name.removeprefix(start): digest for name, digest in files.items() if name.startswith(start)}


def of_index(files: Mapping[str, str]) -> dict[str, str]:
    """Return `files` (path below the index -> checksum) by path below the generation: the reverse of `in_index`.

    >>> of_index({"lexical/meta.json": "b"})
    {'index/lexical/meta.json': 'b'}
    """
    return {f"{INDEX}/{name}": digest for name, digest in files.items()}
