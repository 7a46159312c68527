"""The rooms of search and which may know which: facets know nobody, the index no query, ranking no parameter."""

from __future__ import annotations

from pathlib import Path

from tests.arch.imports import imports_of
from tests.shared import ROOT

SEARCH = ROOT / "search"
ALLOWED: dict[str, set[str]] = {
    "facets": set(),
    "request": {"facets"},
    "response": {"facets", "request"},
    "model": set(),
    "index": {"facets", "model", "response"},
    "query": {"facets", "index", "response"},
    "rank": {"index", "model", "query", "request", "response"},
    "engine": {"index", "model", "query", "rank", "request", "response"},
    "sparql": {"engine", "facets", "index", "model", "request"},
    "home": {"engine", "model", "rank", "request", "response", "sparql"},
    "evaluation": {"engine", "request", "response"},
}
"""Room, or file in none, -> the others it may import from, which all stand above it: so there is no circle."""


def room_of(path: Path) -> str:
    return path.relative_to(SEARCH).parts[0].removesuffix(".py")


def used() -> dict[str, set[str]]:
    """Return what each room imports from others of search."""
    found: dict[str, set[str]] = {}
    for path in SEARCH.rglob("*.py"):
        names = [name.split(".") for name in imports_of(path)]
        others = {name[1] for name in names if name[0] == "search" and len(name) > 1} - {room_of(path)}
        found.setdefault(room_of(path), set()).update(others)
    del found["__init__"]
    return found


def test_rooms_import_what_the_table_allows_and_all_of_it() -> None:
    assert used() == ALLOWED


def test_a_room_knows_only_rooms_above_it() -> None:
    order = list(ALLOWED)
    assert all(order.index(other) < order.index(room) for room, others in ALLOWED.items() for other in others)
