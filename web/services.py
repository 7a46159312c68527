"""What views may ask for: the graph, search, queries and traces of one generation a request.

A request sees one generation from its first question to its last; the next request sees the newest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from operator import itemgetter

from flask import current_app, g, has_app_context, request

from kg.errors import NoGeneration
from kg.query import Dataset, QueryAnswer
from kg.query.service import Choice
from kg.rdf import Term
from kg.store.generations import Generation
from search.home import Opened, OpenHome


class Services(OpenHome):
    """The services of one application; threads share them."""

    def generation_number(self) -> int | None:
        """Return the number of the generation this request sees, None before the first ingest."""
        try:
            with self.opened() as opened:
                return opened.generation.number
        except NoGeneration:
            return None

    def generation(self) -> Generation:
        """Return the generation this request sees. Raises NoGeneration before the first ingest."""
        with self.opened() as opened:
            return opened.generation

    @contextmanager
    def opened(self) -> Iterator[Opened]:
        """Hold the generation this request sees. Raises NoGeneration before the first ingest."""
        if not has_app_context():
            with super().opened() as opened:
                yield opened
            return
        if "suyuan_opened" not in g:
            g.suyuan_lease = ExitStack()
            g.suyuan_opened = g.suyuan_lease.enter_context(super().opened())
        yield g.suyuan_opened

    def ask(
        self,
        sparql: str,
        *,
        format: str | None = None,
        choose: Choice = itemgetter(0),
        dataset: Dataset | None = None,
    ) -> QueryAnswer:
        """Return the answer to a query of whoever sent this request, out of the share of that address."""
        return self.query(sparql, format=format, choose=choose, dataset=dataset, client=request.remote_addr or "")

    def rows(self, sparql: str, bindings: Mapping[str, Term] | None = None) -> list[dict[str, str]]:
        """Return the rows of one of our own queries, unbound variables left out."""
        with self.graph() as graph:
            return list(graph.select(sparql, bindings).dicts())


def services() -> Services:
    """Return the services of the application that answers this request."""
    found: Services = current_app.extensions["suyuan"]
    return found


def release(_: BaseException | None = None) -> None:
    """Give back the generation that a request has held, at its end."""
    lease: ExitStack | None = g.pop("suyuan_lease", None)
    g.pop("suyuan_opened", None)
    if lease is not None:
        lease.close()
