"""Our own queries: files `<package>/queries/<name>.rq`, one loader for all, and the fragment they share.

A place is never spelled out in a query. The comment `#place`, at the end of a line, stands for it:
in the projection for its variables, `#place ?node` in a pattern for what binds them where they are
known, `#place ?node has page row` for what asks for some of its parts, `#place order` for its numbers
in the order of places.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from kg.values.place import NUMBERS, PREDICATES

_DIRECTIVE = re.compile(r"#place(?: (?P<order>order)| (?P<node>\?\w+)(?: has (?P<parts>[\w ]+?))?)? *$", re.MULTILINE)


@cache
def load_query(package: str, name: str) -> str:
    """Return the text of `<package>/queries/<name>.rq` with its places filled in. Raises FileNotFoundError."""
    return fill_places((files(package) / "queries" / f"{name}.rq").read_text("utf-8"))


def fill_places(sparql: str) -> str:
    """Return a query with each `#place` replaced by what it stands for.

    >>> fill_places("ORDER BY ?file #place order")
    'ORDER BY ?file ?page ?line ?row ?col'
    >>> fill_places("#place ?cell has page row")
    '?cell bud:page ?page . ?cell bud:row ?row .'
    """
    return _DIRECTIVE.sub(_fragment, sparql)


def _fragment(directive: re.Match[str]) -> str:
    node = directive["node"]
    if directive["order"]:
        return " ".join(f"?{name}" for name in NUMBERS)
    if node is None:
        return " ".join(f"?{name}" for name in PREDICATES)
    if directive["parts"]:
        return " ".join(f"{node} {PREDICATES[name]} ?{name} ." for name in directive["parts"].split())
    return " ".join(f"OPTIONAL {{ {node} {predicate} ?{name} }}" for name, predicate in PREDICATES.items())
