"""The rooms of kg: who may name whom. What isn't in the table is no arrow; what nobody needs leaves the table."""

from __future__ import annotations

from kg.ingest.version import READING
from tests.arch.imports import circles, modules, named, reached
from tests.shared import ROOT

ROOMS = {
    # What everybody may use, and what it uses itself: errors are told by the catalogue of messages.
    "errors": "messages",
    "serialise": "messages",
    "settings": "errors messages",
    "registry": "settings messages",
    "ids": "rdf",
    # Values, and the words they are told by.
    "values": "text lexicon serialise",
    "issues": "values messages serialise",
    "blocks": "values messages",
    "records": "values messages serialise",
    # Bytes to blocks, blocks to records, records to quads.
    "read": "errors messages settings text values lexicon blocks",
    "extract": "messages text values lexicon blocks issues records read",
    "audit": "text values lexicon blocks messages records extract",
    "triples": "rdf ids text values lexicon messages records extract",
    # What is kept, and what asks it.
    "store": "errors messages registry serialise rdf values",
    "resolve": "rdf ids values lexicon triples store",
    "trace": "errors messages serialise rdf ids text values triples store resolve",
    "process": "errors messages settings registry",
    "query": "errors messages settings registry rdf ids lexicon triples store process",
    "ingest": "errors messages settings rdf serialise issues records read store",
}
"""Room -> the rooms it may name; a room that is not a key names none."""


def arrows() -> dict[str, set[str]]:
    """Return the rooms of kg that each of them names, in imports or strings."""
    found: dict[str, set[str]] = {}
    for name, path in modules().items():
        layer, _, inner = name.partition(".")
        if layer == "kg" and inner:
            room = inner.partition(".")[0]
            others = {other.split(".")[1] for other in named(path) if other.startswith("kg.")}
            found.setdefault(room, set()).update(others - {room})
    return found


def test_rooms_name_those_in_the_table_and_no_others() -> None:
    allowed = {room: set(others.split()) for room, others in ROOMS.items()}
    found = {room: others for room, others in arrows().items() if others}
    assert {room: others - allowed.get(room, set()) for room, others in found.items()} == {
        room: set() for room in found
    }


def test_no_arrow_of_the_table_is_stale() -> None:
    found = arrows()
    assert {room: set(others.split()) - found.get(room, set()) for room, others in ROOMS.items()} == {
        room: set() for room in ROOMS
    }


def test_no_arrow_leads_back() -> None:
    assert circles(arrows()) == []


def test_the_version_of_readings_counts_the_stages_and_all_that_they_know() -> None:
    stages = {"read", "extract", "audit", "triples"}
    known = stages.union(*(reached(stage, arrows()) for stage in stages))
    assert {place.removeprefix("kg/").removesuffix(".py") for place in READING} == known
    assert [place for place in READING if not (ROOT / place).exists()] == []
