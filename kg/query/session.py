"""What a child does with a query: the session that kg.process.child runs for kg.query.workers.

It opens the graph read-only and keeps it open. The request is JSON, the answer the bytes that go to
whoever asked; errors are named in the header, so that nothing of a child is ever unpickled.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from kg.errors import QueryError, QuerySyntaxError, QueryTooLarge, SuyuanError
from kg.messages import Message, say, to_plain
from kg.process import confine
from kg.query.graphs import write_triples
from kg.query.rows import count_rows
from kg.registry import load_place
from kg.store.layout import GenerationFolder

if TYPE_CHECKING:
    import pyoxigraph

    from kg.process.child import Session

OpenFunctions = Callable[[Path], Mapping[str, Callable[..., Any]]]
"""Returns extension functions by IRI, over the engine's terms; gets the generation's folder."""


def open_session(given: Mapping[str, Any]) -> Session:
    """Return a session; `given` has memory (MiB a query may take), rows, bytes, and functions (or None)."""
    return QuerySession(given).answer


class QuerySession:
    """One graph held open, and the limits every query on it is under."""

    def __init__(self, setup: Mapping[str, Any]) -> None:
        self._setup = setup
        self._generation = ""
        self._engine: pyoxigraph.Store | None = None
        self._functions: dict[pyoxigraph.NamedNode, Callable[..., Any]] | None = None
        self._full = 0

    def answer(self, request: Mapping[str, Any], _: bytes) -> tuple[Mapping[str, object], bytes]:
        """Return the header and body of the answer to one request; errors are headers too."""
        try:
            if request["generation"] != self._generation:
                self._open(request["generation"])
            if request["calls"] and self._functions is None:
                self._open_functions()
            body = self._run(request)
        except SuyuanError as error:
            return {"error": type(error).__name__, "said": _plain(error.said)}, b""
        except MemoryError:
            said = say("error.query.memory", allowed=self._setup["memory"])
            return {"error": "QueryTooLarge", "said": to_plain(said)}, b""
        return {"tired": bool(self._full) and confine.address_space() > self._full}, body

    def _open(self, generation: str) -> None:
        from kg.store.oxigraph import open_engine

        self._generation, self._engine = "", None
        confine.lift_memory()
        self._engine = open_engine(GenerationFolder(Path(generation)).graph_path)
        self._generation = generation
        self._functions = None
        self._confine()

    def _open_functions(self) -> None:
        """Open the extension functions named in the setup, `module:attr` called with the generation.

        What they hold (vectors) isn't counted as the query's; few queries call them, so few
        workers hold it.
        """
        import pyoxigraph

        self._functions = {}
        if self._setup["functions"]:
            confine.lift_memory()
            open_functions = cast("OpenFunctions", load_place(self._setup["functions"]))
            made = open_functions(Path(self._generation))
            self._functions = {pyoxigraph.NamedNode(iri): function for iri, function in made.items()}
            self._confine()

    def _confine(self) -> None:
        if memory := self._setup["memory"]:
            confine.limit_memory(memory)
            self._full = confine.address_space() + (memory << 19)

    def _run(self, request: Mapping[str, Any]) -> bytes:
        import pyoxigraph

        assert self._engine is not None
        options: dict[str, Any] = {}
        try:
            if request["dataset"] is not None:
                default, named = request["dataset"]
                options["default_graph"] = [pyoxigraph.NamedNode(iri) for iri in default]
                options["named_graphs"] = [pyoxigraph.NamedNode(iri) for iri in named]
            answer = self._engine.query(
                request["query"], base_iri=request["base"], custom_functions=self._functions or {}, **options
            )
            if isinstance(answer, pyoxigraph.QueryTriples):
                return self._write_graph(answer, request)
            return self._write_results(answer, request)
        except SyntaxError as error:
            raise QuerySyntaxError(str(error)) from error
        except (OSError, RuntimeError, ValueError) as error:
            raise QueryError(say("error.query.failed", reason=str(error))) from error

    def _write_results(self, answer: Any, request: Mapping[str, Any]) -> bytes:
        import pyoxigraph

        form = {
            "json": pyoxigraph.QueryResultsFormat.JSON,
            "xml": pyoxigraph.QueryResultsFormat.XML,
            "csv": pyoxigraph.QueryResultsFormat.CSV,
            "tsv": pyoxigraph.QueryResultsFormat.TSV,
        }
        output = _Limited(self._setup["bytes"])
        answer.serialize(output, format=form[request["format"]])
        body = output.getvalue()
        most = self._setup["rows"]
        rows = isinstance(answer, pyoxigraph.QuerySolutions) and len(body) > most
        if rows and most and count_rows(body, request["format"]) > most:
            raise _too_many(most, "error.query.many.rows")
        return body

    def _write_graph(self, answer: Any, request: Mapping[str, Any]) -> bytes:
        most = self._setup["rows"]
        triples = dict.fromkeys(islice(answer, most + 1) if most else answer)
        if most and len(triples) > most:
            raise _too_many(most, "error.query.many.statements")
        output = _Limited(self._setup["bytes"])
        write_triples(triples, output, request["format"], request["prefixes"])
        return output.getvalue()


class _Limited(BytesIO):
    """A buffer that refuses to grow past `most` bytes; 0 for no limit."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def write(self, part: Any, /) -> int:
        if self._most and self.tell() + len(part) > self._most:
            raise QueryTooLarge(say("error.query.answer", allowed=self._most >> 20))
        return super().write(part)


def _too_many(most: int, code: str) -> QueryTooLarge:
    """Return the error for an answer of more than `most` rows or statements."""
    return QueryTooLarge(say(code, most=most))


def _plain(said: Message | str) -> object:
    return to_plain(said) if isinstance(said, Message) else said
