"""The graph on disk: GraphReader and GraphWriter over pyoxigraph.

The engine's own union of named graphs is a bag: a triple that stands in two documents' graphs
(a department's name) is matched twice, and sums come out too large. So the writer keeps the
set union in the default graph, where every query looks unless it says GRAPH.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pyoxigraph

from kg.errors import GenerationDamaged, QuerySyntaxError, StoreError
from kg.messages import say
from kg.rdf import Iri, Quad, Term
from kg.store.base import Solutions
from kg.store.terms import (
    engine_quad,
    node,
    quad_from_engine,
    term_from_engine,
    term_to_engine,
    triple_to_engine,
)

_BEFORE_GROUP = re.compile(r"(?:<[^<>\s]*>|#[^\n]*|[^{<#])*")


def open_engine(folder: Path) -> pyoxigraph.Store:
    """Return the engine over a published store, read-only; any number of processes may share one.

    Query it without the engine's union option: the default graph already is the union.
    Raises GenerationDamaged if there is none or it can't be opened.
    """
    if not (folder / "CURRENT").is_file():
        raise GenerationDamaged(say("error.damaged.no_graph", path=str(folder)))
    try:
        return pyoxigraph.Store.read_only(str(folder))
    except (OSError, RuntimeError, ValueError) as error:
        raise GenerationDamaged(say("error.damaged.graph", path=str(folder), reason=str(error))) from error


class OxigraphReader:
    """A GraphReader. Hold it as long as its generation is current, then `close`."""

    def __init__(self, engine: pyoxigraph.Store) -> None:
        self._engine: pyoxigraph.Store | None = engine

    @classmethod
    def open(cls, folder: Path) -> OxigraphReader:
        """Return a reader of the published store in `folder`; errors as of open_engine."""
        return cls(open_engine(folder))

    @property
    def engine(self) -> pyoxigraph.Store:
        """The open engine. Raises StoreError after `close`."""
        if self._engine is None:
            raise StoreError(say("error.graph.closed"))
        return self._engine

    def select(self, sparql: str, bindings: Mapping[str, Term] | None = None) -> Solutions:
        """Return the solutions of a trusted SELECT, variables in `bindings` replaced by terms."""
        answer = self._query(sparql, bindings)
        if not isinstance(answer, pyoxigraph.QuerySolutions):
            raise QuerySyntaxError(say("error.query.form", form="SELECT"))
        names = tuple(variable.value for variable in answer.variables)
        rows = tuple(
            tuple(None if row[place] is None else term_from_engine(row[place]) for place in range(len(names)))
            for row in answer
        )
        return Solutions(variables=names, rows=rows)

    def ask(self, sparql: str, bindings: Mapping[str, Term] | None = None) -> bool:
        """Return the answer of a trusted ASK."""
        answer = self._query(sparql, bindings)
        if not isinstance(answer, pyoxigraph.QueryBoolean):
            raise QuerySyntaxError(say("error.query.form", form="ASK"))
        return bool(answer)

    def quads(self, subject: Iri | None = None, graph: Iri | None = None) -> Iterator[Quad]:
        """Yield the quads of a subject, a graph, both or all; the union is not told twice."""
        where = None if graph is None else node(graph)
        about = None if subject is None else node(subject)
        for quad in self.engine.quads_for_pattern(about, None, None, where):
            if not isinstance(quad.graph_name, pyoxigraph.DefaultGraph):
                yield quad_from_engine(quad)

    def graphs(self) -> tuple[Iri, ...]:
        """Return the names of all graphs, sorted."""
        return tuple(sorted(Iri(name.value) for name in self.engine.named_graphs()))

    def count(self) -> int:
        """Return the number of quads in named graphs."""
        answer = self.select("SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }")
        return int(next(answer.dicts())["n"])

    def close(self) -> None:
        """Release the store."""
        self._engine = None

    def _query(self, sparql: str, bindings: Mapping[str, Term] | None) -> object:
        try:
            return self.engine.query(_bind(sparql, bindings or {}))
        except SyntaxError as error:
            raise QuerySyntaxError(say("error.query.engine", complaint=str(error))) from error
        except (OSError, RuntimeError) as error:
            raise StoreError(say("error.query.failed", reason=str(error))) from error


class OxigraphWriter(OxigraphReader):
    """A GraphWriter over a store that nobody else has open. What it wrote is on disk after `close`."""

    @classmethod
    def open(cls, folder: Path, source: Path | None = None) -> OxigraphWriter:
        """Return a writer of the store in `folder`, made if it isn't there. Raises StoreError.

        A new one starts as a copy of the published store in `source`: hard links, milliseconds.
        """
        if source is not None:
            open_engine(source).backup(str(folder))
        try:
            return cls(pyoxigraph.Store(str(folder)))
        except (OSError, RuntimeError) as error:
            raise StoreError(say("error.graph.unwritable", path=str(folder), reason=str(error))) from error

    def replace_graph(self, graph: Iri, quads: Iterable[Quad]) -> int:
        """Put `quads` in place of everything in `graph`; return how many there are now.

        Raises StoreError for a quad of another graph or an IRI that is none; the store then
        holds the graph as it was.
        """
        name = node(graph)
        new = set()
        for quad in quads:
            if quad.graph != graph:
                raise StoreError(say("error.graph.other", given=quad.graph.value, graph=graph.value))
            new.add(triple_to_engine(quad))
        old = {quad.triple for quad in self.engine.quads_for_pattern(None, None, None, name)}
        self._withdraw(old - new, name)
        places = (name, pyoxigraph.DefaultGraph())
        self.engine.bulk_extend(engine_quad(triple, place) for triple in new - old for place in places)
        if not new:
            self.engine.remove_graph(name)
        return len(new)

    def remove_graph(self, graph: Iri) -> None:
        """Remove a graph and all in it; no error if it isn't there."""
        self.replace_graph(graph, ())

    def close(self) -> None:
        """Write everything to disk and release the store."""
        if self._engine is not None:
            self._engine.flush()
            self._engine.optimize()
        super().close()

    def _withdraw(self, triples: Iterable[pyoxigraph.Triple], name: pyoxigraph.NamedNode) -> None:
        """Take triples out of a graph, and out of the union where no other graph holds them."""
        for triple in triples:
            self.engine.remove(engine_quad(triple, name))
            holders = self.engine.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
            if all(isinstance(quad.graph_name, pyoxigraph.DefaultGraph) for quad in holders):
                self.engine.remove(engine_quad(triple, pyoxigraph.DefaultGraph()))


class OxigraphEngine:
    """The GraphEngine `oxigraph`."""

    def open_reader(self, folder: Path) -> OxigraphReader:
        """Return a reader of the published graph in `folder`; errors as of open_engine."""
        return OxigraphReader.open(folder)

    def open_writer(self, folder: Path, source: Path | None = None) -> OxigraphWriter:
        """Return the only writer of the graph in `folder`. Raises StoreError."""
        return OxigraphWriter.open(folder, source)


ENGINE = OxigraphEngine()


def _bind(sparql: str, bindings: Mapping[str, Term]) -> str:
    """Return the query with `bindings` as a VALUES block at the start of its outer group.

    The engine's own substitutions refuse variables that aren't projected. Terms are written by
    the engine, so no value can break out of its quotes.
    """
    if not bindings:
        return sparql
    found = _BEFORE_GROUP.match(sparql)
    at = found.end() if found else len(sparql)
    if at >= len(sparql):
        raise QuerySyntaxError(say("error.query.no_pattern"))
    names = " ".join(f"?{name}" for name in bindings)
    terms = " ".join(str(term_to_engine(term)) for term in bindings.values())
    return f"{sparql[: at + 1]} VALUES ({names}) {{ ({terms}) }} {sparql[at + 1 :]}"
