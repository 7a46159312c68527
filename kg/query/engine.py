"""The engine that answers queries, and all that a query session knows of it: open a graph, ask it, write the answer.

Its classes and errors stay in here (and in kg.query.graphs, which writes its triples): another engine is another
module of this form. Imported in the children that query, for the engine takes a while to load.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import pyoxigraph

from kg.errors import QueryError, QuerySyntaxError
from kg.messages import say
from kg.store.oxigraph import open_engine

_FORMATS = {
    "json": pyoxigraph.QueryResultsFormat.JSON,
    "xml": pyoxigraph.QueryResultsFormat.XML,
    "csv": pyoxigraph.QueryResultsFormat.CSV,
    "tsv": pyoxigraph.QueryResultsFormat.TSV,
}

Graphs = tuple[list[str], list[str]]
"""IRIs of the graphs that are the default graph together, and of those that can be named."""


class Engine:
    """One graph, opened to be read."""

    def __init__(self, folder: Path) -> None:
        self._store = open_engine(folder)
        self._functions: dict[pyoxigraph.NamedNode, Callable[..., Any]] = {}

    def use(self, functions: Mapping[str, Callable[..., Any]]) -> None:
        """Let queries call these functions, by IRI, over the engine's terms, from now on."""
        self._functions = {pyoxigraph.NamedNode(iri): function for iri, function in functions.items()}

    def ask(self, sparql: str, base: str | None, graphs: Graphs | None) -> Answer:
        """Return the answer to a query, worked out as it is written; asked and written inside `told`."""
        options: dict[str, Any] = {}
        if graphs is not None:
            default, named = graphs
            options["default_graph"] = [pyoxigraph.NamedNode(iri) for iri in default]
            options["named_graphs"] = [pyoxigraph.NamedNode(iri) for iri in named]
        return Answer(self._store.query(sparql, base_iri=base, custom_functions=self._functions, **options))


class Answer:
    """The answer to one query: triples, rows or a boolean. It can be read once."""

    def __init__(self, answer: Any) -> None:
        self._answer = answer

    @property
    def is_graph(self) -> bool:
        """Whether these are triples, of CONSTRUCT or DESCRIBE."""
        return isinstance(self._answer, pyoxigraph.QueryTriples)

    @property
    def has_rows(self) -> bool:
        """Whether these are rows, of SELECT."""
        return isinstance(self._answer, pyoxigraph.QuerySolutions)

    def triples(self) -> Iterator[pyoxigraph.Triple]:
        """Yield the triples, some of them twice, as kg.query.graphs writes them."""
        yield from self._answer

    def write(self, output: IO[bytes], format: str) -> None:
        """Write rows or a boolean in one of the formats json, xml, csv and tsv."""
        self._answer.serialize(output, format=_FORMATS[format])


@contextmanager
def told() -> Iterator[None]:
    """Turn what the engine raises into QuerySyntaxError and QueryError."""
    try:
        yield
    except SyntaxError as error:
        raise QuerySyntaxError(str(error)) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(say("error.query.failed", reason=str(error))) from error
