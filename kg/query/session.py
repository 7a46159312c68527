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

from kg.errors import QueryTooLarge, SuyuanError
from kg.messages import Message, say, to_plain
from kg.process import confine
from kg.query.graphs import write_triples
from kg.query.rows import count_rows
from kg.registry import load_place
from kg.store.layout import GenerationFolder

if TYPE_CHECKING:
    from kg.process.child import Session
    from kg.query.engine import Answer, Engine

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
        self._engine: Engine | None = None
        self._has_functions = False
        self._full = 0

    def answer(self, request: Mapping[str, Any], _: bytes) -> tuple[Mapping[str, object], bytes]:
        """Return the header and body of the answer to one request; errors are headers too."""
        try:
            if request["generation"] != self._generation:
                self._open(request["generation"])
            if request["calls"] and not self._has_functions:
                self._open_functions()
            body = self._run(request)
        except SuyuanError as error:
            return {"error": type(error).__name__, "said": _plain(error.said)}, b""
        except MemoryError:
            said = say("error.query.memory", allowed=self._setup["memory"])
            return {"error": "QueryTooLarge", "said": to_plain(said)}, b""
        return {"tired": bool(self._full) and confine.address_space() > self._full}, body

    def _open(self, generation: str) -> None:
        from kg.query.engine import Engine

        self._generation, self._engine = "", None
        confine.lift_memory()
        self._engine = Engine(GenerationFolder(Path(generation)).graph_path)
        self._generation = generation
        self._has_functions = False
        self._confine()

    def _open_functions(self) -> None:
        """Open the extension functions named in the setup, `module:attr` called with the generation.

        What they hold (vectors) isn't counted as the query's; few queries call them, so few
        workers hold it.
        """
        assert self._engine is not None
        if self._setup["functions"]:
            confine.lift_memory()
            open_functions = cast("OpenFunctions", load_place(self._setup["functions"]))
            self._engine.use(open_functions(Path(self._generation)))
            self._confine()
        self._has_functions = True

    def _confine(self) -> None:
        if memory := self._setup["memory"]:
            confine.limit_memory(memory)
            self._full = confine.address_space() + (memory << 19)

    def _run(self, request: Mapping[str, Any]) -> bytes:
        from kg.query.engine import told

        assert self._engine is not None
        with told():
            answer = self._engine.ask(request["query"], request["base"], request["dataset"])
            return self._write_graph(answer, request) if answer.is_graph else self._write_results(answer, request)

    def _write_results(self, answer: Answer, request: Mapping[str, Any]) -> bytes:
        output = _Limited(self._setup["bytes"])
        answer.write(output, request["format"])
        body = output.getvalue()
        most = self._setup["rows"]
        rows = answer.has_rows and len(body) > most
        if rows and most and count_rows(body, request["format"]) > most:
            raise _too_many(most, "error.query.many.rows")
        return body

    def _write_graph(self, answer: Answer, request: Mapping[str, Any]) -> bytes:
        most = self._setup["rows"]
        triples = dict.fromkeys(islice(answer.triples(), most + 1) if most else answer.triples())
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
