"""Write triples of the engine as RDF, declaring the prefixes that are used and no others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import IO, TYPE_CHECKING

from kg.rdf import XSD

if TYPE_CHECKING:
    import pyoxigraph

_UNWRITTEN = (f"{XSD}string", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString")


def write_triples(
    triples: Iterable[pyoxigraph.Triple], output: IO[bytes], name: str, prefixes: Mapping[str, str]
) -> None:
    """Write `triples` to `output` in one of the formats turtle, ntriples, rdfxml and jsonld."""
    import pyoxigraph

    formats = {
        "turtle": pyoxigraph.RdfFormat.TURTLE,
        "ntriples": pyoxigraph.RdfFormat.N_TRIPLES,
        "rdfxml": pyoxigraph.RdfFormat.RDF_XML,
        "jsonld": pyoxigraph.RdfFormat.JSON_LD,
    }
    triples = list(triples)
    pyoxigraph.serialize(triples, output, format=formats[name], prefixes=_used(prefixes, triples))


def _used(prefixes: Mapping[str, str], triples: Iterable[pyoxigraph.Triple]) -> dict[str, str]:
    import pyoxigraph

    found = set()
    for triple in triples:
        for term in triple:
            name = term.datatype if isinstance(term, pyoxigraph.Literal) else term
            iri = getattr(name, "value", "")
            if iri not in _UNWRITTEN:
                found.add(iri[: max(iri.rfind("#"), iri.rfind("/")) + 1])
    return {prefix: iri for prefix, iri in prefixes.items() if iri in found}
