"""Versions of the code as hashes of its files: what was made by other code is made again."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from kg.read.formats import LIBRARIES

_ROOT = Path(__file__).parents[2]  # where the five packages lie
_CODE = frozenset({".py", ".tsv", ".csv", ".json", ".ttl", ".rq", ".txt", ".jsonld"})
READING = (
    "kg/errors.py",
    "kg/settings.py",
    "kg/rdf.py",
    "kg/ids.py",
    "kg/serialise.py",
    "kg/messages",
    "kg/text",
    "kg/values",
    "kg/lexicon",
    "kg/blocks.py",
    "kg/issues.py",
    "kg/records.py",
    "kg/read",
    "kg/extract",
    "kg/audit",
    "kg/triples",
)
"""What has a say in the quads of a document: the stages, and every room they know (tests/arch/test_rooms.py)."""


@cache
def reading_version() -> str:
    """Return 16 hex digits that change with the code and the libraries that turn a file into quads."""
    digest = hashlib.sha256()
    for library in LIBRARIES:
        digest.update(f"{library} {_installed(library)}\n".encode())
    for place in READING:
        _add(digest, _ROOT / place)
    return digest.hexdigest()[:16]


@cache
def code_version(wiring: Path) -> str:
    """Return 16 hex digits that change with any code that has a say in a generation; `wiring` calls the stages."""
    digest = hashlib.sha256(reading_version().encode())
    for place in ("kg", "ontology", "search"):
        _add(digest, _ROOT / place)
    digest.update(wiring.read_bytes())
    return digest.hexdigest()[:16]


def _add(digest: hashlib._Hash, place: Path) -> None:
    """Add a file, or the code and tables of a folder, by path and content."""
    files = [place] if place.is_file() else sorted(path for path in place.rglob("*") if path.suffix in _CODE)
    for path in files:
        digest.update(path.relative_to(_ROOT).as_posix().encode())
        digest.update(path.read_bytes())


def _installed(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "none"
