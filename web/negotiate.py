"""What a client wants to get: media types by the q-values of its Accept header (RFC 9110 §12.5.1)."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Request
from werkzeug.datastructures import MIMEAccept

from kg.query.formats import GRAPHS, Format, find_format, formats_of, refuse
from web.addresses import Link

HTML = "text/html"


def accepted(request: Request) -> MIMEAccept:
    """Return what a request accepts; parameters such as a charset choose nothing here and are left out."""
    return MIMEAccept([(value.partition(";")[0].strip().lower(), liked) for value, liked in request.accept_mimetypes])


def wants_html(request: Request) -> bool:
    """Return whether a person is asking: the header names HTML, and likes nothing else better.

    `*/*` alone is a program.
    """
    accept = accepted(request)
    named = [value for value in accept.values() if "*" not in value]
    liked = accept.quality(HTML)
    return HTML in named and liked > 0 and all(liked >= accept.quality(value) for value in named)


def best_format(accept: MIMEAccept, formats: Sequence[Format]) -> Format:
    """Return the format a client likes best, ours in order where it doesn't care. Raises NotAcceptable."""
    if not accept:
        return formats[0]
    named = set(accept.values())

    def liked(known: Format) -> float:
        # A range such as text/* means what is sent, not the other names a format goes by.
        sent, *others = known.media_types
        return max(accept.quality(media) for media in (sent, *named.intersection(others)))

    best = max(formats, key=liked)
    if liked(best) <= 0:
        raise refuse("error.format.accept", accept.to_header(), formats)
    return best


def wanted_graph_format(request: Request) -> Format:
    """Return the RDF format of `?format=`, or else the one the Accept header likes best.

    Raises NotAcceptable.
    """
    if named := request.args.get("format"):
        return find_format(named, graph=True)
    return best_format(accepted(request), formats_of(graph=True))


def alternatives(address: str, formats: Sequence[Format] = GRAPHS) -> tuple[Link, ...]:
    """Return the name and address of each format that `address` can be had in."""
    return tuple(Link(text=each.name, address=f"{address}?format={each.name}") for each in formats)
