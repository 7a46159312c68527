"""The formats of answers: their names, media types, and which one an Accept header asks for.

SELECT and ASK are answered as SPARQL 1.1 results in JSON, XML, CSV or TSV; CONSTRUCT and
DESCRIBE as RDF in Turtle, N-Triples, RDF/XML or JSON-LD.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.errors import NotAcceptable


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
    for known in GRAPHS if graph else RESULTS:
        if wanted == known.name or wanted in known.media_types:
            return known
    raise _refusal(f"{name} is no format of this answer", GRAPHS if graph else RESULTS)


def choose_format(accept: str, *, graph: bool) -> Format:
    """Return the format an Accept header likes best (RFC 9110 §12.5.1); ours in order where it doesn't care.

    An empty header accepts everything. Raises NotAcceptable, naming what there is.

    >>> choose_format("text/csv;q=0.5, application/sparql-results+xml", graph=False).name
    'xml'
    """
    known = GRAPHS if graph else RESULTS
    named = {name for name, _ in _ranges(accept)}
    best, best_quality = None, 0.0
    for each in known:
        # A range such as text/* means what is sent, not the other names a format goes by.
        media_types = [each.media_types[0], *(name for name in each.media_types if name in named)]
        quality = max(quality_of(accept, media) for media in media_types)
        if quality > best_quality:
            best, best_quality = each, quality
    if best is None:
        raise _refusal(f"nothing that {accept!r} accepts can be sent for this", known)
    return best


def quality_of(accept: str, media_type: str) -> float:
    """Return how much an Accept header likes a media type, 0 (refused) to 1; the most specific range decides.

    >>> quality_of("text/*;q=0.3, text/html;q=0.7, */*;q=0.1", "text/html")
    0.7
    """
    if not accept.strip():
        return 1.0
    kind = media_type.split("/", 1)[0]
    ranks = {media_type: 2, f"{kind}/*": 1, "*/*": 0}
    found = [(ranks[name], quality) for name, quality in _ranges(accept) if name in ranks]
    return max(found)[1] if found else 0.0


def _ranges(accept: str) -> Iterator[tuple[str, float]]:
    for part in accept.split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        quality = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip().lower() == "q":
                try:
                    quality = min(max(float(value), 0.0), 1.0)
                except ValueError:
                    quality = 0.0
        if name:
            yield name.lower() if name != "*" else "*/*", quality


def _refusal(message: str, known: Sequence[Format]) -> NotAcceptable:
    names = ", ".join(f"{each.name} ({each.media_types[0]})" for each in known)
    return NotAcceptable(message, hint=f"formats: {names}")
