"""A home folder opened for asking: graph, search, queries and traces of its current generation.

What asks (the public API, the web application) leases a generation and sees that one until it gives
it back; the next lease sees the newest. Nothing is opened before it is asked for; threads may share one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from operator import itemgetter
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from kg.errors import NotFound, SearchError, SuyuanError
from kg.messages import say
from kg.query import Dataset, QueryAnswer, QueryService
from kg.query.service import Choice
from kg.settings import Settings
from kg.store.base import GraphReader
from kg.store.generations import Generation, Home
from kg.store.serving import Serving
from kg.store.terms import is_iri

if TYPE_CHECKING:
    from kg.trace import LegalTrace, Trace
    from search.engine import SearchEngine
    from search.model.embedder import Embedder
    from search.rank.related import Related
    from search.request import SearchRequest
    from search.response import SearchResponse


class Opened:
    """The graph of one generation, and its search engine once somebody searches."""

    def __init__(self, generation: Generation, asked: OpenHome) -> None:
        self.generation = generation
        self.reader: GraphReader = generation.open_graph()
        self._asked = asked
        self._engine: SearchEngine | SuyuanError | None = None
        self._lock = Lock()

    def engine(self) -> SearchEngine:
        """Return the search engine. Raises IndexDamaged or ModelMismatch, the same each time."""
        with self._lock:
            if self._engine is None:
                self._engine = self._open_engine()
        if isinstance(self._engine, SuyuanError):
            raise self._engine
        return self._engine

    def close(self) -> None:
        """Release graph and index."""
        self.reader.close()
        if self._engine is not None and not isinstance(self._engine, SuyuanError):
            self._engine.close()
        self._asked.forget(self)

    def _open_engine(self) -> SearchEngine | SuyuanError:
        from search.engine import SearchEngine

        settings = self._asked.settings
        try:
            return SearchEngine.open(self.generation, settings, self._asked.embedder())
        except SearchError as error:
            return error


class OpenHome:
    """What may be asked of a home folder, which may still be empty. Close it at the end."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.home = Home(settings.home)
        self._serving = Serving(self.home, self._open)
        self._opened: dict[Path, Opened] = {}
        self._lock = Lock()
        self._queries: QueryService | None = None
        self._embedder: tuple[Embedder | None] | None = None

    @contextmanager
    def opened(self) -> Iterator[Opened]:
        """Hold the current generation for the block. Raises NoGeneration before the first ingest."""
        with self._serving.lease() as opened:
            yield opened

    @contextmanager
    def graph(self) -> Iterator[GraphReader]:
        """Hold the graph, for our own queries only."""
        with self.opened() as opened:
            yield opened.reader

    def search(self, wanted: SearchRequest) -> SearchResponse:
        """Return the answer to a search. Raises SearchError."""
        with self.opened() as opened:
            return opened.engine().search(wanted)

    def related(self, iri: str, limit: int) -> tuple[Related, ...]:
        """Return what is related to a project or a legal document. Raises NotFound, SearchError."""
        with self.opened() as opened:
            return opened.engine().related(iri, limit)

    def query(
        self,
        sparql: str,
        *,
        format: str | None = None,
        choose: Choice = itemgetter(0),
        dataset: Dataset | None = None,
        client: str | None = None,
    ) -> QueryAnswer:
        """Return the answer to anybody's SPARQL query; parameters and errors as of QueryService.run."""
        with self.opened() as opened:
            return self.queries().run(
                sparql,
                format=format,
                choose=choose,
                dataset=dataset,
                generation_path=opened.generation.path,
                client=client,
            )

    def trace_project(self, name: str, *, year: int | None = None, department: str | None = None) -> tuple[Trace, ...]:
        """Return why each project of that name or IRI was given money. Raises NotFound with near matches."""
        from kg.trace import trace_project

        _refuse_broken_iri(name)
        with self.graph() as graph:
            return trace_project(graph, name, year=year, department=department)

    def trace_legal(self, name: str) -> tuple[LegalTrace, ...]:
        """Return what rests on a legal document (its number, title or IRI). Raises NotFound."""
        from kg.trace import trace_legal

        _refuse_broken_iri(name)
        with self.graph() as graph:
            return (trace_legal(graph, name),)

    def trace(
        self, name: str, *, year: int | None = None, department: str | None = None
    ) -> tuple[Trace | LegalTrace, ...]:
        """Return the traces of the projects of that name, else of the legal document with that title or number.

        Raises NotFound with the projects near it: half a name most likely means a project.
        """
        from kg.trace.finding import canonical_number

        try:
            return self.trace_project(name, year=year, department=department)
        except NotFound:
            with suppress(NotFound):
                (legal,) = self.trace_legal(name)
                asked = canonical_number(name) or name.strip("《》")
                if asked in (legal.legal.iri, legal.legal.label, legal.legal.number):
                    return (legal,)
            raise

    def queries(self) -> QueryService:
        """Return the service that runs everybody's queries."""
        with self._lock:
            if self._queries is None:
                from search.sparql.similarity import open_functions
                from search.sparql.sparql_service import make_rewriter

                rewrite = make_rewriter(self.engine_for)
                self._queries = QueryService(self.home.link, self.settings, rewrite=rewrite, functions=open_functions)
            return self._queries

    def embedder(self) -> Embedder | None:
        """Return the model of the settings, loaded once; None if it can't be: search is lexical then."""
        from search.model.embed import open_embedder

        with self._lock:
            if self._embedder is None:
                try:
                    self._embedder = (open_embedder(self.settings.model),)
                except SearchError:
                    self._embedder = (None,)
            return self._embedder[0]

    def engine_for(self, generation_path: Path) -> SearchEngine:
        """Return the search engine of a generation that a request has open."""
        return self._opened[Path(generation_path)].engine()

    def warm(self) -> None:
        """Open the current generation and start the query workers, so that the first request needn't wait.

        Does nothing before the first ingest.
        """
        if self.home.current_name() is not None:
            self.queries().warm()
            # What is broken is said to whoever asks for it, and the rest is served.
            with suppress(SuyuanError), self._serving.lease() as opened:
                opened.engine()

    @property
    def problem(self) -> SuyuanError | None:
        """Why the newest generation is not the one served; None if it is."""
        return self._serving.problem

    def forget(self, opened: Opened) -> None:
        """Take a closed generation out of those that are open."""
        self._opened.pop(opened.generation.path, None)

    def close(self) -> None:
        """Stop the workers and release the generation."""
        if self._queries is not None:
            self._queries.close()
        self._serving.close()

    def _open(self, generation: Generation) -> Opened:
        opened = Opened(generation, self)
        self._opened[generation.path] = opened
        return opened


def _refuse_broken_iri(name: str) -> None:
    """Raise NotFound for what looks like an IRI and is none; the graph couldn't even be asked for it."""
    if "://" in name and not is_iri(name):
        raise NotFound(say("error.entity.no_iri", name=name[:200]))
