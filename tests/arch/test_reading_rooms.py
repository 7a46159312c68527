"""The rooms of kg/read and which may know which: readers end in assemble, pages know no format."""

from __future__ import annotations

from pathlib import Path

from tests.arch.imports import imports_of
from tests.shared import ROOT

READ = ROOT / "kg/read"
ALLOWED: dict[str, set[str]] = {
    "assemble": set(),
    "page": {"assemble"},
    "plain": {"assemble"},
    "office": {"assemble"},
    "scan": {"assemble", "page"},
    "html": {"assemble", "page"},
    "pdf": {"assemble", "page", "scan"},
}
"""Room -> the other rooms it may import from. What lies in no room (formats, sniff) knows none."""


def room_of(path: Path) -> str:
    parts = path.relative_to(READ).parts
    return parts[0] if len(parts) > 1 else ""


def entered(path: Path) -> set[str]:
    """Return the rooms of kg/read that a module imports from, its own left out."""
    names = [name.split(".") for name in imports_of(path)]
    return {name[2] for name in names if name[:2] == ["kg", "read"] and len(name) > 2} & ALLOWED.keys() - {
        room_of(path)
    }


def test_every_room_is_in_the_table() -> None:
    assert {path.name for path in READ.iterdir() if (path / "__init__.py").exists()} == ALLOWED.keys()


def test_rooms_import_only_what_the_table_allows() -> None:
    strange = {
        path.relative_to(ROOT).as_posix(): sorted(wrong)
        for path in READ.rglob("*.py")
        if (wrong := entered(path) - ALLOWED.get(room_of(path), set()))
    }
    assert strange == {}


def test_every_arrow_of_the_table_is_used() -> None:
    used: dict[str, set[str]] = {room: set() for room in ALLOWED}
    for path in READ.rglob("*.py"):
        if room_of(path):
            used[room_of(path)] |= entered(path)
    assert used == ALLOWED
