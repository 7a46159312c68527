"""The graph seam: what the rest of Suyuan may ask of a triple store.

GraphReader is all the web application ever holds; GraphWriter is held by the ingest, inside
a generation that nobody reads yet. Every implementation passes tests/contract/graph.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from kg.rdf import Iri, Quad, Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Solutions:
    """The answer to a SELECT: rows in order, None where a variable is unbound."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]

    def dicts(self) -> Iterator[dict[str, str]]:
        """Yield each row as variable -> lexical value, unbound variables left out."""
        for row in self.rows:
            pairs = zip(self.variables, row, strict=True)
            yield {name: term.value for name, term in pairs if term is not None}


class GraphReader(Protocol):
    """Reads one version of the graph. Queries see the union of all named graphs as default graph."""

    def select(self, sparql: str, bindings: Mapping[str, Term] | None = None) -> Solutions:
        """Return the solutions of a trusted SELECT, variables in `bindings` replaced by terms.

        Raises QuerySyntaxError. Untrusted queries go through kg.query, never here.
        """

    def ask(self, sparql: str, bindings: Mapping[str, Term] | None = None) -> bool:
        """Return the answer of a trusted ASK."""

    def quads(self, subject: Iri | None = None, graph: Iri | None = None) -> Iterator[Quad]:
        """Yield the quads of a subject, a graph, both or all."""

    def graphs(self) -> tuple[Iri, ...]:
        """Return the names of all graphs, sorted."""

    def count(self) -> int:
        """Return the number of quads."""

    def close(self) -> None:
        """Release the store."""


class GraphWriter(GraphReader, Protocol):
    """Changes the graph: whole named graphs come and go, nothing smaller."""

    def replace_graph(self, graph: Iri, quads: Iterable[Quad]) -> int:
        """Put `quads` in place of everything in `graph`; return how many there are now."""

    def remove_graph(self, graph: Iri) -> None:
        """Remove a graph and all in it; no error if it isn't there."""
