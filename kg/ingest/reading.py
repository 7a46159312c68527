"""What reading one file gave, kept under `cache/documents` so that it needn't be read twice.

An entry is one folder, named by the content, the file's name and the code that read it; it
appears in one rename, so a process that dies leaves no half of one.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, cast

from kg.issues import Issue
from kg.rdf import Quad
from kg.records import Record
from kg.serialise import to_json
from kg.store.statements import read_quads, write_quads


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """The audited records of one file, what could not be understood, and the seconds by stage."""

    records: tuple[Record, ...]
    issues: tuple[Issue, ...]
    pages: int | None
    seconds: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Facts about one document as read. `seconds` by stage: read, extract, audit, triples."""

    sha256: str
    file: str
    graph: str
    title: str
    department: str | None
    fiscal_year: int | None
    kind: str
    pages: int | None
    records: int
    quads: int
    issues: int
    seconds: Mapping[str, float] = field(default_factory=dict)


class ReadingCache:
    """The readings of one version of the code, base IRI included."""

    def __init__(self, folder: Path, version: str) -> None:
        self._folder = folder
        self._version = version

    def load(self, sha256: str, file: str) -> Reading | None:
        """Return what reading these bytes under this name gave, None if they weren't read yet."""
        try:
            data = json.loads((self._place(sha256, file) / "reading.json").read_text("utf-8"))
            return Reading(**data)
        except (OSError, ValueError, TypeError):
            return None

    def quads(self, reading: Reading) -> Iterator[Quad]:
        """Yield the quads of a reading."""
        with gzip.open(self._place(reading.sha256, reading.file) / "graph.nq.gz", "rb") as file:
            yield from read_quads(cast("IO[bytes]", file))

    def keep(self, reading: Reading, quads: Iterable[Quad]) -> None:
        """Put a reading where `load` finds it."""
        place = self._place(reading.sha256, reading.file)
        draft = place.with_name(f".{place.name}.{os.getpid()}")
        draft.mkdir(parents=True)
        with gzip.open(draft / "graph.nq.gz", "wb", compresslevel=1) as file:
            write_quads(quads, cast("IO[bytes]", file))
        (draft / "reading.json").write_text(to_json(reading), "utf-8")
        shutil.rmtree(place, ignore_errors=True)
        draft.rename(place)

    def prune(self) -> None:
        """Remove the readings of other versions and what dead processes left."""
        if not self._folder.is_dir():
            return
        for path in self._folder.iterdir():
            if not path.name.endswith(f"-{self._version}"):
                shutil.rmtree(path, ignore_errors=True)

    def _place(self, sha256: str, file: str) -> Path:
        name = hashlib.sha256(file.encode("utf-8", "surrogateescape")).hexdigest()[:8]
        return self._folder / f"{sha256[:32]}-{name}-{self._version}"
