"""The named queries of the pages and the API, each beside the views that ask it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from kg.rdf import Term
from web.services import services


@cache
def load_query(name: str) -> str:
    """Return the text of a query; `pages/counts` is web/pages/queries/counts.rq."""
    folder, _, query = name.partition("/")
    return (files("web") / folder / "queries" / f"{query}.rq").read_text("utf-8")


def rows(name: str, bindings: Mapping[str, Term] | None = None) -> list[dict[str, str]]:
    """Return the rows of a named query over the current generation, unbound variables left out."""
    return services().rows(load_query(name), bindings)
