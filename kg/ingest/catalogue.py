"""The documents of a generation to be: what comes in, what it replaces, what goes.

A document is its content: the same bytes under two paths are one. A path has one content: new
bytes at a known path replace what it held, unless another path still holds that.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from kg.ingest.reading import Reading
from kg.store.manifest import DocumentEntry


class Catalogue:
    """Starts with the documents of the current generation and takes changes."""

    def __init__(self, entries: Iterable[DocumentEntry]) -> None:
        self._entries = {entry.sha256: entry for entry in entries}
        self._before = dict(self._entries)

    @property
    def entries(self) -> tuple[DocumentEntry, ...]:
        """The documents as they will be, by name and content."""
        return tuple(sorted(self._entries.values(), key=lambda entry: (entry.file, entry.sha256)))

    @property
    def changed(self) -> bool:
        """Whether anything differs from the current generation."""
        return self._entries != self._before

    @property
    def gone(self) -> tuple[DocumentEntry, ...]:
        """The documents of the current generation whose graphs are to be removed."""
        graphs = {entry.graph for entry in self._entries.values()}
        return tuple(entry for entry in self._before.values() if entry.graph not in graphs)

    def find(self, sha256: str) -> DocumentEntry | None:
        """Return the document with this content."""
        return self._entries.get(sha256)

    def put(self, reading: Reading, path: Path, version: str) -> tuple[DocumentEntry, ...]:
        """Take a document in, read by `version`; return those it replaced."""
        known = self._entries.get(reading.sha256)
        self._entries[reading.sha256] = DocumentEntry(
            sha256=reading.sha256, file=reading.file, paths=known.paths if known else (),
            graph=reading.graph, reading=version, title=reading.title, department=reading.department,
            fiscal_year=reading.fiscal_year, kind=reading.kind, pages=reading.pages,
            records=reading.records, quads=reading.quads, issues=reading.issues,
        )  # fmt: skip
        return self.place(reading.sha256, path)

    def place(self, sha256: str, path: Path) -> tuple[DocumentEntry, ...]:
        """Note that `path` holds the content `sha256`; return the documents that thereby go."""
        entry = self._entries[sha256]
        gone = []
        for other in tuple(self._entries.values()):
            if other.sha256 == sha256:
                continue
            left = tuple(held for held in other.paths if not _is_left(other, held, entry, path))
            if left != other.paths:
                if left:
                    self._entries[other.sha256] = replace(other, paths=left)
                else:
                    gone.append(self._entries.pop(other.sha256))
        paths = tuple(sorted({*entry.paths, str(path)}))
        self._entries[sha256] = replace(entry, paths=paths)
        return tuple(gone)

    def remove(self, entry: DocumentEntry) -> None:
        """Take a document out."""
        del self._entries[entry.sha256]


def _is_left(old: DocumentEntry, held: str, new: DocumentEntry, path: Path) -> bool:
    """Tell whether the file at `path` takes the place of what was at `held`.

    It does at the same path, and where a new version has moved to another folder. A name alone
    says little (every department publishes a 部门预算.pdf), so both must be of the same
    department, year and kind, and nothing may be left at the old place.
    """
    if held == str(path):
        return True
    same = (old.department, old.fiscal_year, old.kind) == (new.department, new.fiscal_year, new.kind)
    return same and old.department is not None and Path(held).name == path.name and not Path(held).exists()
