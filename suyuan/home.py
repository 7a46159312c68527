"""The public Python API: a home folder that is opened, filled, asked and checked.

What the command line does, as functions that return typed answers; the pages and the HTTP API ask
through the same `search.home.OpenHome`. Nothing heavy is imported before it is needed.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import fields, replace
from decimal import Decimal
from pathlib import Path
from typing import IO, TYPE_CHECKING

from kg.errors import BadSearch
from kg.messages import Message, say
from kg.settings import Settings

if TYPE_CHECKING:
    from kg.ingest.report import Report
    from kg.progress import Progress
    from kg.query import QueryAnswer
    from kg.store.generations import Generation
    from kg.store.manifest import DocumentEntry
    from kg.trace import LegalTrace, Trace
    from search.home import OpenHome
    from search.rank.related import Related
    from search.request import SearchRequest
    from search.response import SearchResponse
    from suyuan.findings import Audited

Place = str | os.PathLike[str]
Filter = str | int | Decimal | Iterable[str | int]
_NOT_ASKED = {"text", "filters", "within", "min_score"}


class Home:
    """A home folder. It need not exist before the first ingest; threads may share one. Close it at the end.

    Each question goes to the generation that is current when it is asked, so it sees what another process
    has published in the meantime. Whatever asks raises NoGeneration before the first ingest.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._asked: OpenHome | None = None

    def __enter__(self) -> Home:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop the query processes and release graph and index; twice is no error."""
        if self._asked is not None:
            self._asked.close()
            self._asked = None

    def ingest(self, paths: Place | Iterable[Place], progress: Progress | None = None) -> Report:
        """Take files and folders in and publish a generation if anything has changed.

        A file that can't be read is refused in the report and the others go on. Raises StoreLocked, StoreError.
        """
        from suyuan import pipeline

        chosen = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
        return pipeline.ingest([Path(path) for path in chosen], self.settings, progress)

    def remove(self, names: str | Iterable[str], progress: Progress | None = None) -> Report:
        """Take documents out, named by file name, path, title, IRI or the first digits of the sha256.

        Raises NotFound with near matches before anything is changed; StoreLocked.
        """
        from suyuan import pipeline

        return pipeline.remove([names] if isinstance(names, str) else names, self.settings, progress)

    def documents(self) -> tuple[DocumentEntry, ...]:
        """Return the documents of the current generation, by name."""
        return self.generation().manifest.documents

    def search(self, text: str = "", **filters: Filter) -> SearchResponse:
        """Return the hits for plain Chinese or English.

        `filters` are the parameters of the search page and of /api/search (department, region, year, kind,
        function_code, min_amount, limit, offset, mode, sort, raw …); several values of one are alternatives.
        Raises BadSearch for one that is unknown or makes no sense, IndexDamaged, ModelMismatch.
        """
        return self._open().search(self._request(text, filters))

    def related(self, iri: str, limit: int = 10) -> tuple[Related, ...]:
        """Return the projects most like a project, or the goals a legal document stands behind. Raises NotFound."""
        return self._open().related(iri, limit)

    def query(self, sparql: str, format: str | None = None) -> QueryAnswer:
        """Return the answer to a SPARQL query, read-only and under the limits of the settings.

        `format` is one of json, xml, csv and tsv, for a graph one of turtle, ntriples, rdfxml and jsonld; json
        and turtle if none is given. Raises QuerySyntaxError, QueryRefused, QueryTimeout, QueryTooLarge,
        NotAcceptable.
        """
        return self._open().query(sparql, format=format)

    def trace(
        self, name: str, *, year: int | None = None, department: str | None = None
    ) -> tuple[Trace | LegalTrace, ...]:
        """Return why each project of that name or IRI was given money, step by step with its evidence.

        Where no project but a legal document is called so, what rests on it. Raises NotFound with near matches.
        """
        return self._open().trace(name, year=year, department=department)

    def trace_legal(self, name: str) -> LegalTrace:
        """Return what rests on a legal document: its number, title or IRI. Raises NotFound."""
        (found,) = self._open().trace_legal(name)
        return found

    def findings(self) -> tuple[Audited, ...]:
        """Return what does not add up in each document, counted by severity."""
        from suyuan.findings import of_home

        return of_home(self.settings)

    def verify(self) -> tuple[Message, ...]:
        """Return every problem of the current generation; none if files, graph, passages and vectors agree."""
        from suyuan import pipeline

        return pipeline.verify(self.settings)

    def export(self, output: Place | IO[bytes], format: str = "nquads", document: str | None = None) -> int:
        """Write the graph, or that of one document, to a file; return how many statements it has.

        `format` is nquads or trig (with the names of graphs), turtle or ntriples (merged, nothing twice).
        Raises NotFound for an unknown document.
        """
        from kg.ingest.lookup import find_document
        from kg.rdf import Iri
        from kg.store.export import export_graphs
        from kg.triples.terms import NAMESPACES

        generation = self.generation()
        chosen = None
        if document is not None:
            chosen = [Iri(find_document(document, generation.manifest.documents).graph)]
        with ExitStack() as stack:
            graph = generation.open_graph()
            stack.callback(graph.close)
            if isinstance(output, str | os.PathLike):
                output = stack.enter_context(Path(output).open("wb"))
            return export_graphs(graph, output, format, NAMESPACES, chosen)

    def rollback(self, number: int | None = None) -> Generation:
        """Return the generation that serves now: the one before, or the one of that number. Raises NotFound."""
        from suyuan import pipeline

        return pipeline.rollback(self.settings, number)

    def generation(self) -> Generation:
        """Return the generation that serves."""
        from kg.store import generations

        return generations.Home(self.settings.home).current()

    def _open(self) -> OpenHome:
        if self._asked is None:
            from search.home import OpenHome

            self._asked = OpenHome(self.settings)
        return self._asked

    def _request(self, text: str, filters: dict[str, Filter]) -> SearchRequest:
        from search.facets.catalogue import Filters
        from search.request import SearchRequest

        known = {entry.name for kind in (Filters, SearchRequest) for entry in fields(kind)} - _NOT_ASKED
        if unknown := sorted(filters.keys() - known):
            raise BadSearch(say("error.search.parameter", unknown=tuple(unknown), known=tuple(sorted(known))))
        given = {name: [value] if isinstance(value, str | int | Decimal) else value for name, value in filters.items()}
        return SearchRequest.from_params(
            {"q": [text], **{name: [str(value) for value in values] for name, values in given.items()}},
            max_query=self.settings.search_max_query,
            max_limit=self.settings.search_max_limit,
        )


def open_home(path: Place | None = None, settings: Settings | None = None) -> Home:
    """Return the home folder at `path`, to be closed or used as a context manager.

    Settings are those of the environment (`SUYUAN_…`) if none are given; `path` stands above theirs.
    """
    chosen = settings or Settings.from_environment()
    return Home(chosen if path is None else replace(chosen, home=Path(path)))
