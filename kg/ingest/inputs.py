"""The files an ingest is asked to read: those named, and those of known kinds in folders named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputRefused, LimitExceeded, UnreadableInput
from kg.ingest.report import Outcome, skipped
from kg.messages import Message, say
from kg.read.formats import SEARCHED, find_by_suffix
from kg.settings import MEBIBYTE, Settings
from kg.store.disk import checksum

_LOCK = "~$"
"""How Word and Excel begin the name of the lock they keep beside an open file."""

_PACKED_BESIDE = frozenset({"__MACOSX"})
"""Folders that packers add, with a shadow of each file under the file's own name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A file to read. `path` is absolute, `sha256` of its bytes in hex."""

    path: Path
    sha256: str

    @property
    def name(self) -> str:
        """The bare name."""
        return self.path.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The files to read, absolute, each once; and what the folders hold besides, each with the reason."""

    files: tuple[Path, ...]
    passed: tuple[Outcome, ...]


def find_files(paths: Iterable[Path]) -> Found:
    """Return every file named, and those of known suffixes below every folder named.

    Files in a folder come sorted. What is passed over there is named by its path below the folder: a
    hidden folder as a whole, any other file by itself. A path that does not exist is among the files: it
    is refused when it is opened.
    """
    files: dict[Path, None] = {}
    passed: dict[str, Outcome] = {}
    for path in paths:
        if not path.is_dir():
            files[path.absolute()] = None
            continue
        for found, reason in _walk(path):
            if reason is None:
                files[found.absolute()] = None
                continue
            name = _printable(found.relative_to(path).as_posix())
            passed[str(found.absolute())] = skipped(name, reason)
    left = (outcome for place, outcome in passed.items() if Path(place) not in files)
    return Found(files=tuple(files), passed=tuple(left))


def _walk(folder: Path) -> Iterator[tuple[Path, Message | None]]:
    """Yield the files below a folder in order, and why each is passed over, None if it isn't."""
    pending = [folder]
    while pending:
        path = pending.pop()
        reason = _why_passed(path) if path != folder else None
        if reason is not None or not path.is_dir():
            yield path, reason
            continue
        try:
            pending.extend(sorted(path.iterdir(), reverse=True))
        except OSError as error:
            yield path, say("error.input.unopened", reason=error.strerror)


def _why_passed(path: Path) -> Message | None:
    """Return why a file or folder within a folder isn't read, None if it is."""
    is_folder = path.is_dir()
    if path.name.startswith("."):
        return say("outcome.hidden_folder" if is_folder else "outcome.hidden_file")
    if is_folder:
        if path.is_symlink():
            return say("outcome.link")
        return say("outcome.packed_beside") if path.name in _PACKED_BESIDE else None
    if path.name.startswith(_LOCK):
        return say("outcome.lock")
    if path.suffix.lower() not in SEARCHED:
        return _why_not_searched(path)
    return None if path.is_file() else say("error.input.no_file")


def _why_not_searched(path: Path) -> Message:
    known = find_by_suffix(path.name)
    suffix = path.suffix.lower()
    if known is not None and known.reader:
        return say("outcome.named_only", ending=suffix)
    if known is not None and known.hint is not None:
        return say("outcome.no_reader.advised", ending=suffix, advice=known.hint)
    return say("outcome.no_reader", ending=suffix)


def _printable(name: str) -> str:
    return name.encode(errors="backslashreplace").decode()


def identify(path: Path, settings: Settings) -> Input | InputRefused:
    """Return a file with the hash of its bytes, or why it can't be opened."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return UnreadableInput(_printable(path.name), say("error.input.path"))
    try:
        if not path.exists():
            return UnreadableInput(path.name, say("error.input.missing"))
        if not path.is_file():
            return UnreadableInput(path.name, say("error.input.no_file"))
        size = path.stat().st_size
        if size > settings.read_max_bytes * MEBIBYTE:
            said = say("error.input.large", size=f"{size / MEBIBYTE:.0f}", allowed=str(settings.read_max_bytes))
            return LimitExceeded(path.name, said)
        return Input(path=path, sha256=checksum(path))
    except OSError as error:
        return UnreadableInput(path.name, say("error.input.unopened", reason=error.strerror))
