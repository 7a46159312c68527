"""The folder of an index: its manifest, its format, and the proof that its files are those once written.

`index.json` names the model, the numbers of passages and documents, the kind of vector index, and size and
SHA-256 of every other file. It is written last: a folder without it is no index.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

from kg.errors import IndexDamaged
from kg.messages import say
from kg.serialise import Flat, to_json

FORMAT = 1
"""Of the index; raised with each change that an older program would misread."""
MANIFEST = "index.json"
LEXICAL = "lexical"
CHECKED = 64 << 20
"""Bytes up to which an index is compared with its checksums when it is opened (about 0.1 s)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexContents:
    """What an index holds: how many passages of how many documents, and vectors of which model.

    model              None where it was made without one: then there are no vectors and no learned terms
    dimension          of a dense vector; `sparse_dimension` is the number of learned terms, 0 where the model has none
    vectors            what the vector index called `vector_index` keeps of itself
    cuts               by leg the score from which on a passage is relevant (search.index.cuts), None: unknown
    """

    passages: int
    documents: int
    model: str | None = None
    dimension: int = 0
    sparse_dimension: int = 0
    vectors: Mapping[str, object] | None = None
    vector_index: str
    cuts: Mapping[str, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileProof:
    """Size and SHA-256 (hex) of one file."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexManifest:
    """What stands in `index.json`; `files` are named below the folder of the index."""

    format: int = FORMAT
    tantivy: str
    contents: Annotated[IndexContents, Flat()]
    files: Mapping[str, FileProof]


def write_manifest(folder: Path, contents: IndexContents) -> IndexManifest:
    """Write the manifest of an index whose files are all there and return it."""
    manifest = IndexManifest(tantivy=version("tantivy"), contents=contents, files=_measured(folder))
    (folder / MANIFEST).write_text(to_json(manifest, indent=1), "utf-8")
    return manifest


def read_manifest(folder: Path) -> IndexManifest:
    """Return the manifest of the index in `folder`. Raises IndexDamaged: there is none, or of another format."""
    try:
        data = dict(json.loads((folder / MANIFEST).read_text("utf-8")))
        if (found := data.pop("format")) != FORMAT:
            raise IndexDamaged(say("error.index.format", found=found, wanted=FORMAT))
        files = {name: FileProof(**proof) for name, proof in data.pop("files").items()}
        return IndexManifest(tantivy=data.pop("tantivy"), files=files, contents=IndexContents(**data))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise IndexDamaged(say("error.index.none", folder=str(folder), reason=str(error))) from error


def check_files(folder: Path, manifest: IndexManifest, digests: Mapping[str, str] | None = None) -> None:
    """Compare the files of an index with its manifest. Raises IndexDamaged: one is missing, cut or changed.

    Sizes are always compared. Contents are compared with `digests` (file -> SHA-256) where somebody has
    just taken them, else read again where the index is small.
    """
    wanted = manifest.files
    for name, known in wanted.items():
        path = folder / name
        if not path.is_file():
            raise IndexDamaged(say("error.index.file.missing", file=name))
        if path.stat().st_size != known.bytes:
            raise IndexDamaged(say("error.index.file.changed", file=name))
    if digests is None and sum(known.bytes for known in wanted.values()) > CHECKED:
        return
    for name, known in wanted.items():
        found = digest(folder / name) if digests is None else digests.get(name)
        if found != known.sha256:
            raise IndexDamaged(say("error.index.file.damaged", file=name))


def digest(path: Path) -> str:
    """Return the SHA-256 of a file in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _measured(folder: Path) -> dict[str, FileProof]:
    """Return size and SHA-256 of every file below `folder` but the manifest, by relative path."""
    return {
        path.relative_to(folder).as_posix(): FileProof(bytes=path.stat().st_size, sha256=digest(path))
        for path in _files(folder)
    }


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files that belong to an index, sorted; locks and hidden files of its engines don't."""
    for path in sorted(folder.rglob("*")):
        own = path.name != MANIFEST and not path.name.startswith(".") and not path.name.endswith(".lock")
        if own and path.is_file():
            yield path
