"""The passages as search keeps them: one row number each, everything a hit shows, in one SQLite file.

Row numbers follow (document, place, IRI), so the same graph gives the same rows. The store is
read by row for hits and by IRI for SPARQL.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import IndexDamaged
from kg.messages import say
from kg.serialise import to_data
from kg.values.place import Place
from kg.values.vocabularies import PASSAGE_KINDS, PassageKind, word_of
from search.response import AboutRef, DocumentRef

FILE = "passages.sqlite"
_SCHEMA = """
CREATE TABLE passage (
    row INTEGER PRIMARY KEY, iri TEXT NOT NULL, document INTEGER NOT NULL, data TEXT NOT NULL
);
CREATE TABLE document (number INTEGER PRIMARY KEY, data TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One passage. `document` is the number of its DocumentRef; `twins` the first row of its near-copies."""

    row: int
    iri: str
    text: str
    kind: PassageKind
    context: str
    document: int
    source: Place
    about: AboutRef | None = None


def write_passages(folder: Path, documents: Sequence[DocumentRef], passages: Iterable[Passage]) -> None:
    """Write the store into `folder`; an unfinished file is worthless, so no journal is kept."""
    connection = sqlite3.connect(folder / FILE)
    try:
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
        with connection:
            connection.executemany(
                "INSERT INTO document VALUES (?, ?)",
                [(number, _json(to_data(document))) for number, document in enumerate(documents)],
            )
            connection.executemany("INSERT INTO passage VALUES (?, ?, ?, ?)", map(_record, passages))
            connection.execute("CREATE UNIQUE INDEX passage_iri ON passage (iri)")
    finally:
        connection.close()


class PassageStore:
    """The opened store; calls from several threads wait for one another (a page takes 0.1 ms)."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._lock = threading.Lock()
        rows = connection.execute("SELECT data FROM document ORDER BY number").fetchall()
        self.documents = tuple(DocumentRef(**json.loads(data)) for (data,) in rows)

    @classmethod
    def open(cls, folder: Path) -> PassageStore:
        """Return the store in `folder`. Raises IndexDamaged."""
        path = folder / FILE
        try:
            if not path.is_file():
                raise IndexDamaged(say("error.index.missing", file=FILE))
            connection = sqlite3.connect(f"{path.resolve().as_uri()}?immutable=1", uri=True, check_same_thread=False)
            return cls(connection)
        except (sqlite3.DatabaseError, ValueError, TypeError) as error:
            raise IndexDamaged(say("error.index.unreadable", part=FILE, reason=str(error))) from error

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def count(self) -> int:
        """Return the number of passages."""
        return int(self._ask("SELECT COUNT(*) FROM passage")[0][0])

    def get(self, rows: Sequence[int]) -> list[Passage]:
        """Return the passages of `rows` in that order."""
        found: dict[int, Passage] = {}
        for part in _parts(rows):
            marks = ",".join("?" * len(part))
            for row, iri, document, data in self._ask(
                f"SELECT row, iri, document, data FROM passage WHERE row IN ({marks})",
                [int(row) for row in part],
            ):
                found[row] = _passage(row, iri, document, data)
        return [found[int(row)] for row in rows]

    def rows_of(self, iris: Sequence[str]) -> dict[str, int]:
        """Return the rows of passages by IRI; unknown IRIs are left out."""
        found: dict[str, int] = {}
        for part in _parts(iris):
            marks = ",".join("?" * len(part))
            found.update(self._ask(f"SELECT iri, row FROM passage WHERE iri IN ({marks})", list(part)))
        return found

    def iris(self) -> list[str]:
        """Return all IRIs in row order."""
        return [iri for (iri,) in self._ask("SELECT iri FROM passage ORDER BY row")]

    def _ask(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        try:
            with self._lock:
                return self._connection.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise IndexDamaged(say("error.index.unreadable", part=FILE, reason=str(error))) from error


def _record(passage: Passage) -> tuple[int, str, int, str]:
    data = {
        "text": passage.text,
        "kind": passage.kind,
        "context": passage.context,
        "source": to_data(passage.source),
        "about": to_data(passage.about),
    }
    return passage.row, passage.iri, passage.document, _json(data)


def _passage(row: int, iri: str, document: int, text: str) -> Passage:
    data = json.loads(text)
    about = AboutRef(**data["about"]) if data["about"] else None
    return Passage(
        row=row,
        iri=iri,
        text=data["text"],
        kind=word_of(data["kind"], PASSAGE_KINDS, iri),
        context=data["context"],
        document=document,
        source=Place.from_data(data["source"]),
        about=about,
    )


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _parts(items: Sequence[Any], size: int = 500) -> Iterable[Sequence[Any]]:
    return (items[start : start + size] for start in range(0, len(items), size))
