"""The named queries of the pages and the API, each beside the views that ask it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.rdf import Term
from kg.store.queries import load_query
from web.services import services

_ONLY = re.compile(r"^.*# only \?(\w+) *\n", re.MULTILINE)


def rows(name: str, bindings: Mapping[str, Term] | None = None) -> list[dict[str, str]]:
    """Return the rows of a query over the current generation; `pages/counts` is web/pages/queries/counts.rq.

    Unbound variables are left out.
    """
    folder, _, query = name.partition("/")
    return services().rows(load_query(f"web.{folder}", query), bindings)


def narrowed_rows(name: str, bindings: Mapping[str, Term]) -> list[dict[str, str]]:
    """Return the rows of a query whose lines that end in `# only ?x` hold only where `x` is bound."""
    folder, _, query = name.partition("/")
    return services().rows(narrowed(load_query(f"web.{folder}", query), bindings), bindings)


def narrowed(sparql: str, bindings: Mapping[str, Term]) -> str:
    """Return a query without the lines that ask for what is not bound.

    >>> narrowed("  ?a bud:code ?c . # only ?c\\n  ?a bud:amount ?b .\\n", {})
    '  ?a bud:amount ?b .\\n'
    """
    return _ONLY.sub(lambda line: line[0] if line[1] in bindings else "", sparql)
