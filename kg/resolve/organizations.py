"""One node for a body that documents call by its short and by its full name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.ids import Ids, fold_name
from kg.rdf import Iri, Quad
from kg.resolve.merging import merge_quads
from kg.store.base import GraphReader
from kg.store.queries import load_query

_SHORTEST = 4
"""Characters of a name that identifies a body by itself; shorter ones (财政局) are common to all places."""


@dataclass(frozen=True, slots=True)
class Body:
    """A department, unit or issuer as some document names it. `kind` is the step in its IRI."""

    iri: Iri
    kind: str
    name: str
    regions: frozenset[str]


def organization_quads(reader: GraphReader, ids: Ids) -> Iterator[Quad]:
    """Yield the links from short names to the one full name each can only mean."""
    bodies = read_bodies(reader)
    for body in bodies:
        fuller = find_fuller(body, bodies)
        if fuller is not None:
            yield from merge_quads(reader, ids, body.iri, fuller.iri, body.name)


def read_bodies(reader: GraphReader) -> list[Body]:
    """Return every body with the regions documents put it in, sorted by IRI."""
    names: dict[Iri, str] = {}
    regions: dict[Iri, set[str]] = {}
    for iri, _, name, region in reader.select(load_query("ontology", "organizations")).rows:
        if isinstance(iri, Iri) and name is not None:
            names.setdefault(iri, name.value)
            regions.setdefault(iri, set()).update([region.value] if region is not None else [])
    return [
        Body(iri, iri.value.rsplit("/", 2)[-2], fold_name(name), frozenset(regions[iri]))
        for iri, name in sorted(names.items())
    ]


def find_fuller(body: Body, bodies: list[Body]) -> Body | None:
    """Return the one body whose full name ends with this one's, None where there is none or a choice.

    龙岗区信访局 is 深圳市龙岗区信访局 if no other region's 龙岗区信访局 is known; a name without
    any place (信访局) proves nothing.
    """
    if len(body.name) < _SHORTEST or not any(mark in body.name[:-2] for mark in "省市区县州盟旗"):
        return None
    found = [
        other
        for other in bodies
        if other.kind == body.kind
        and other.name != body.name
        and other.name.endswith(body.name)
        and not (body.regions and other.regions and body.regions.isdisjoint(other.regions))
    ]
    longest = max(found, key=lambda other: (len(other.name), other.name), default=None)
    if longest is None or any(not longest.name.endswith(other.name) for other in found):
        return None
    return longest
