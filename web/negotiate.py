"""What a client wants to get: media types by the q-values of its Accept header (RFC 9110 §12.5.1)."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Request

from kg.query.formats import GRAPHS, Format, choose_format, find_format, quality_of
from web.addresses import Link

HTML = "text/html"


def wants_html(request: Request) -> bool:
    """Return whether a person is asking: the header names HTML, and likes nothing else better.

    `*/*` alone is a program.
    """
    accept = request.headers.get("Accept", "")
    if HTML not in accept.lower():
        return False
    wanted = quality_of(accept, HTML)
    others = (each for each in accept.split(",") if "/" in each and "*" not in each)
    names = [other.split(";")[0].strip().lower() for other in others]
    return wanted > 0 and all(wanted >= quality_of(accept, name) for name in names)


def wanted_graph_format(request: Request) -> Format:
    """Return the RDF format of `?format=`, or else the one the Accept header likes best.

    Raises NotAcceptable.
    """
    if named := request.args.get("format"):
        return find_format(named, graph=True)
    return choose_format(request.headers.get("Accept", ""), graph=True)


def alternatives(address: str, formats: Sequence[Format] = GRAPHS) -> tuple[Link, ...]:
    """Return the name and address of each format that `address` can be had in."""
    return tuple(Link(text=each.name, address=f"{address}?format={each.name}") for each in formats)
