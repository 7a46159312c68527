"""What a generation says of itself: its documents, counts and checksums, as manifest.json.

No dates: the same documents and the same code make the same manifest.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import GenerationDamaged
from kg.messages import say

FORMAT = 1
"""Of the manifest; raised with each change that an older program would misread."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentEntry:
    """One document of a generation.

    sha256    of its bytes; the name of its copy under `sources/`
    file      the bare name it was first ingested under
    paths     every path that held these bytes, absolute; the content is one document all the same
    graph     the IRI of its named graph
    reading   the version of the code that read it; another version reads it again
    pages     None for formats without pages
    records, quads, issues   how many it gave
    """

    sha256: str
    file: str
    paths: tuple[str, ...]
    graph: str
    reading: str
    title: str = ""
    department: str | None = None
    fiscal_year: int | None = None
    kind: str = ""
    pages: int | None = None
    records: int = 0
    quads: int = 0
    issues: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The contents of one generation.

    format    of this file; another one is not read
    graphs    named graph -> number of quads, for every graph in the store
    codes     those of the code lists, which change with the code only
    triples   the number of distinct triples, which is what queries see
    index     what the index builder says of its index (model, dimension, passages, …)
    files     path below the generation -> sha256, for every file that must not change
    code      the version of the code that derived links and index, and the model it did so with
    """

    format: int = FORMAT
    number: int
    base_iri: str
    engine: str
    code: str
    documents: tuple[DocumentEntry, ...] = ()
    graphs: Mapping[str, int] = field(default_factory=dict)
    codes: tuple[str, ...] = ()
    triples: int = 0
    index: Mapping[str, object] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)

    def document(self, sha256: str) -> DocumentEntry | None:
        """Return the document with these bytes, None if there is none."""
        return next((entry for entry in self.documents if entry.sha256 == sha256), None)


def read_manifest(path: Path) -> Manifest:
    """Return the manifest in the file `path`. Raises GenerationDamaged if there is none to be read."""
    try:
        data = json.loads(path.read_text("utf-8"))
        if data.pop("format") != FORMAT:
            raise GenerationDamaged(say("error.home.version", path=str(path)))
        documents = tuple(DocumentEntry(**{**entry, "paths": tuple(entry["paths"])}) for entry in data.pop("documents"))
        return Manifest(documents=documents, codes=tuple(data.pop("codes")), **data)
    except OSError as error:
        raise GenerationDamaged(say("error.damaged.unreadable", path=str(path), reason=error.strerror)) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise GenerationDamaged(say("error.damaged.content", path=str(path), reason=str(error))) from error
