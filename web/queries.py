"""The named queries of the pages and the API, each beside the views that ask it."""

from __future__ import annotations

from collections.abc import Mapping

from kg.rdf import Term
from kg.store.queries import load_query
from web.services import services


def rows(name: str, bindings: Mapping[str, Term] | None = None) -> list[dict[str, str]]:
    """Return the rows of a query over the current generation; `pages/counts` is web/pages/queries/counts.rq.

    Unbound variables are left out.
    """
    folder, _, query = name.partition("/")
    return services().rows(load_query(f"web.{folder}", query), bindings)
