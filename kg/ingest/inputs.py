"""The files an ingest is asked to read: those named, and those of known kinds in folders named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputRefused, LimitExceeded, UnreadableInput
from kg.settings import Settings
from kg.store.disk import checksum

SUFFIXES = frozenset({
    ".txt", ".pdf", ".html", ".htm", ".docx", ".doc", ".rtf", ".xlsx", ".xls",
    ".png", ".jpg", ".jpeg", ".tif", ".tiff",
})  # fmt: skip
_MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A file to read. `path` is absolute, `sha256` of its bytes in hex."""

    path: Path
    sha256: str

    @property
    def name(self) -> str:
        """The bare name."""
        return self.path.name


def find_files(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield every file named, and those of known suffixes below every folder named, each once.

    Files in a folder come sorted; hidden files and folders are left out. A path that does not
    exist is yielded too: it is refused when it is opened.
    """
    seen: set[Path] = set()
    for path in paths:
        for file in _files_below(path) if path.is_dir() else [path]:
            if file.absolute() not in seen:
                seen.add(file.absolute())
                yield file.absolute()


def _files_below(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.suffix.lower() in SUFFIXES and not hidden and path.is_file():
            yield path


def identify(path: Path, settings: Settings) -> Input | InputRefused:
    """Return a file with the hash of its bytes, or why it can't be opened."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        name = path.name.encode(errors="backslashreplace").decode()
        return UnreadableInput(name, "its path is not valid UTF-8", hint="rename it")
    try:
        if not path.exists():
            return UnreadableInput(path.name, "no such file")
        if not path.is_file():
            return UnreadableInput(path.name, "not a file")
        size = path.stat().st_size
        if size > settings.read_max_bytes * _MEBIBYTE:
            allowed = f"more than the {settings.read_max_bytes} allowed"
            return LimitExceeded(path.name, f"{size / _MEBIBYTE:.0f} MiB, {allowed}")
        return Input(path=path, sha256=checksum(path))
    except OSError as error:
        return UnreadableInput(path.name, f"it can't be opened: {error.strerror}")
