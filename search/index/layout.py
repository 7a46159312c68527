"""The folder of an index: its manifest, its format, and the proof that its files are those once written.

`index.json` names the model, the numbers of passages and documents, the kind of vector index, and size and
SHA-256 of every other file. It is written last: a folder without it is no index.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from kg.errors import IndexDamaged
from kg.messages import say

FORMAT = 1
MANIFEST = "index.json"
LEXICAL = "lexical"
CHECKED = 64 << 20
"""Bytes up to which an index is compared with its checksums when it is opened (about 0.1 s)."""


def write_manifest(folder: Path, details: Mapping[str, object]) -> dict[str, Any]:
    """Write the manifest of an index whose files are all there and return it: `details`, and the files."""
    manifest = {"format": FORMAT, "tantivy": version("tantivy"), **details, "files": _measured(folder)}
    (folder / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1), "utf-8")
    return manifest


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of the index in `folder`. Raises IndexDamaged: there is none, or of another format."""
    try:
        details = dict(json.loads((folder / MANIFEST).read_text("utf-8")))
        if details["format"] != FORMAT:
            raise IndexDamaged(say("error.index.format", found=details["format"], wanted=FORMAT))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexDamaged(say("error.index.none", folder=str(folder), reason=str(error))) from error
    return details


def check_files(folder: Path, details: Mapping[str, Any], digests: Mapping[str, str] | None = None) -> None:
    """Compare the files of an index with its manifest. Raises IndexDamaged: one is missing, cut or changed.

    Sizes are always compared. Contents are compared with `digests` (file -> SHA-256) where somebody has
    just taken them, else read again where the index is small.
    """
    wanted = details.get("files", {})
    for name, known in wanted.items():
        path = folder / name
        if not path.is_file():
            raise IndexDamaged(say("error.index.file.missing", file=name))
        if path.stat().st_size != known["bytes"]:
            raise IndexDamaged(say("error.index.file.changed", file=name))
    if digests is None and sum(known["bytes"] for known in wanted.values()) > CHECKED:
        return
    for name, known in wanted.items():
        found = digest(folder / name) if digests is None else digests.get(name)
        if found != known["sha256"]:
            raise IndexDamaged(say("error.index.file.damaged", file=name))


def digest(path: Path) -> str:
    """Return the SHA-256 of a file in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _measured(folder: Path) -> dict[str, dict[str, Any]]:
    """Return size and SHA-256 of every file below `folder` but the manifest, by relative path."""
    return {
        path.relative_to(folder).as_posix(): {"bytes": path.stat().st_size, "sha256": digest(path)}
        for path in _files(folder)
    }


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files that belong to an index, sorted; locks and hidden files of its engines don't."""
    for path in sorted(folder.rglob("*")):
        own = path.name != MANIFEST and not path.name.startswith(".") and not path.name.endswith(".lock")
        if own and path.is_file():
            yield path
