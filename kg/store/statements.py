"""Quads as text: N-Quads in and out, and the formats of an export."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import IO

import pyoxigraph

from kg.errors import NotAcceptable
from kg.messages import say
from kg.rdf import Quad
from kg.store.terms import quad_from_engine, quad_to_engine, triple_to_engine

FORMATS: Mapping[str, pyoxigraph.RdfFormat] = {
    "nquads": pyoxigraph.RdfFormat.N_QUADS,
    "trig": pyoxigraph.RdfFormat.TRIG,
    "turtle": pyoxigraph.RdfFormat.TURTLE,
    "ntriples": pyoxigraph.RdfFormat.N_TRIPLES,
}
"""The formats of an export; the last two have no graphs, so their statements are told once."""


def write_quads(quads: Iterable[Quad], file: IO[bytes]) -> None:
    """Write quads as N-Quads, in their order."""
    pyoxigraph.serialize(map(quad_to_engine, quads), file, pyoxigraph.RdfFormat.N_QUADS)


def read_quads(file: IO[bytes]) -> Iterator[Quad]:
    """Yield the quads of an N-Quads file."""
    for quad in pyoxigraph.parse(file, pyoxigraph.RdfFormat.N_QUADS):
        yield quad_from_engine(quad)


def export_quads(quads: Iterable[Quad], file: IO[bytes], name: str, prefixes: Mapping[str, str] | None = None) -> int:
    """Write quads in the format `name` of FORMATS; return how many were written. Raises NotAcceptable."""
    kind = FORMATS.get(name)
    if kind is None:
        raise NotAcceptable(say("error.format.name", asked=name, formats=tuple(FORMATS)))
    told = _Counted(quads if kind.supports_datasets else _once(quads))
    names = dict(prefixes or {})
    if kind.supports_datasets:
        pyoxigraph.serialize(map(quad_to_engine, told), file, kind, prefixes=names)
    else:
        pyoxigraph.serialize(map(triple_to_engine, told), file, kind, prefixes=names)
    return told.count


class _Counted:
    """Quads that count themselves as they pass."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._quads = quads
        self.count = 0

    def __iter__(self) -> Iterator[Quad]:
        for quad in self._quads:
            self.count += 1
            yield quad


def _once(quads: Iterable[Quad]) -> Iterator[Quad]:
    """Yield one quad a triple, whichever graph it comes from first."""
    seen = set()
    for quad in quads:
        if quad[:3] not in seen:
            seen.add(quad[:3])
            yield quad
