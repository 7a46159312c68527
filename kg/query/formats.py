"""The formats of answers: their names and media types.

SELECT and ASK are answered as SPARQL 1.1 results in JSON, XML, CSV or TSV; CONSTRUCT and
DESCRIBE as RDF in Turtle, N-Triples, RDF/XML or JSON-LD.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.errors import NotAcceptable
from kg.messages import say


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """`name` is what the command line takes, `media_types` the first of which is sent."""

    name: str
    media_types: tuple[str, ...]
    is_graph: bool

    @property
    def content_type(self) -> str:
        """The value of a Content-Type header."""
        sent = self.media_types[0]
        return f"{sent}; charset=utf-8" if sent.startswith("text/") else sent


_XML = ("application/xml", "text/xml")
RESULTS = (
    Format(name="json", media_types=("application/sparql-results+json", "application/json"), is_graph=False),
    Format(name="xml", media_types=("application/sparql-results+xml", *_XML), is_graph=False),
    Format(name="csv", media_types=("text/csv",), is_graph=False),
    Format(name="tsv", media_types=("text/tab-separated-values",), is_graph=False),
)
GRAPHS = (
    Format(name="turtle", media_types=("text/turtle", "application/x-turtle"), is_graph=True),
    Format(name="ntriples", media_types=("application/n-triples", "text/plain"), is_graph=True),
    Format(name="rdfxml", media_types=("application/rdf+xml", *_XML), is_graph=True),
    Format(name="jsonld", media_types=("application/ld+json", "application/json"), is_graph=True),
)
_ALIASES = {
    "ttl": "turtle",
    "nt": "ntriples",
    "n-triples": "ntriples",
    "rdf": "rdfxml",
    "rdf/xml": "rdfxml",
    "json-ld": "jsonld",
}


def find_format(name: str, *, graph: bool) -> Format:
    """Return the format of that name or media type for a graph or for results.

    `json` and `xml` of a graph are JSON-LD and RDF/XML. Raises NotAcceptable.

    >>> find_format("json", graph=True).name, find_format("text/csv", graph=False).name
    ('jsonld', 'csv')
    """
    wanted = name.strip().lower()
    wanted = _ALIASES.get(wanted, wanted)
    if graph:
        wanted = {"json": "jsonld", "xml": "rdfxml"}.get(wanted, wanted)
    for known in formats_of(graph=graph):
        if wanted == known.name or wanted in known.media_types:
            return known
    raise refuse("error.format.name", name, formats_of(graph=graph))


def formats_of(*, graph: bool) -> tuple[Format, ...]:
    """Return the formats that a graph, or that results, can be sent in; the first where nobody cares."""
    return GRAPHS if graph else RESULTS


def refuse(code: str, asked: str, known: Sequence[Format]) -> NotAcceptable:
    """Return the error for a format there is none of, with those there are."""
    names = tuple(f"{each.name} ({each.media_types[0]})" for each in known)
    return NotAcceptable(say(code, asked=asked, formats=names))
