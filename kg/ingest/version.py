"""Versions of the code as hashes of its files: what was made by other code is made again."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from kg.read.formats import LIBRARIES

_ROOT = Path(__file__).parents[2]
_CODE = frozenset({".py", ".tsv", ".csv", ".json", ".ttl", ".rq", ".txt", ".jsonld"})
# What of kg has no say in the quads of a document.
_BEHIND = ("store", "query", "runners", "commands", "resolve", "trace", "ingest")
_BESIDE = ("cli.py", "pipeline.py", "progress.py", "codes.py", "run.py", "settings.py")


@cache
def reading_version() -> str:
    """Return 16 hex digits that change with the code and the libraries that turn a file into quads."""
    digest = hashlib.sha256()
    for library in LIBRARIES:
        digest.update(f"{library} {_installed(library)}\n".encode())
    for path in _code_files("kg"):
        parts = path.relative_to(_ROOT / "kg").parts
        if parts[0].removesuffix(".py") not in _BEHIND and path.name not in _BESIDE:
            _add(digest, path)
    return digest.hexdigest()[:16]


@cache
def code_version() -> str:
    """Return 16 hex digits that change with any code that has a say in a generation."""
    digest = hashlib.sha256(reading_version().encode())
    for package in ("kg", "ontology", "search"):
        for path in _code_files(package):
            _add(digest, path)
    return digest.hexdigest()[:16]


def _code_files(package: str) -> list[Path]:
    return sorted(path for path in (_ROOT / package).rglob("*") if path.suffix in _CODE)


def _add(digest: hashlib._Hash, path: Path) -> None:
    digest.update(path.relative_to(_ROOT).as_posix().encode())
    digest.update(path.read_bytes())


def _installed(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "none"
