"""Writing that survives a power cut: synced trees, atomic files and links, checksums."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

_ENGINE_LOGS = ("LOG", "LOCK")


def data_files(folder: Path) -> Iterator[Path]:
    """Yield every file below `folder`, sorted, without the logs and locks of the engine."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith(_ENGINE_LOGS):
            yield path


def checksums(folder: Path, known: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return path below `folder` -> sha256 of every data file, in order of the path.

    Files in `known` (path -> sha256) have just been hashed by who wrote them, and are not read again.
    """
    known = known or {}
    names = {path.relative_to(folder).as_posix(): path for path in data_files(folder)}
    return {name: known.get(name) or checksum(path) for name, path in names.items()}


def checksum(path: Path) -> str:
    """Return the sha256 of a file's bytes in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_synced(path: Path, data: bytes) -> None:
    """Put `data` into the file `path` in one step: it holds the old bytes or the new, never a part."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    with beside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    sync(path.parent)


def link_synced(link: Path, target: str) -> None:
    """Point the symbolic link `link` to `target` in one step."""
    beside = link.with_name(f".{link.name}.{os.getpid()}")
    beside.unlink(missing_ok=True)
    beside.symlink_to(target)
    beside.replace(link)
    sync(link.parent)


def sync_tree(folder: Path) -> None:
    """Force every file and folder below `folder`, and itself, to the disk."""
    for path in folder.rglob("*"):
        sync(path)
    sync(folder)


def sync(path: Path) -> None:
    """Force one file or folder to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
