"""Namespaces, terms and literals of the graphs, in the form the quads carry them."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from kg.rdf import XSD, Iri, Literal

BUD = "https://w3id.org/suyuan/ontology#"
NAMESPACES = {
    "bud": BUD,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": XSD,
    "owl": "http://www.w3.org/2002/07/owl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "org": "http://www.w3.org/ns/org#",
    "dcterms": "http://purl.org/dc/terms/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "prov": "http://www.w3.org/ns/prov#",
    "eli": "http://data.europa.eu/eli/ontology#",
    "oa": "http://www.w3.org/ns/oa#",
    "qb": "http://purl.org/linked-data/cube#",
    "schema": "https://schema.org/",
    "cids": "https://ontology.commonapproach.org/cids#",
    "epo": "http://data.europa.eu/a4g/ontology#",
    "cpsv": "http://purl.org/vocab/cpsv#",
    "sh": "http://www.w3.org/ns/shacl#",
}


@cache
def term(name: str) -> Iri:
    """Return the term of a prefixed name.

    >>> term("bud:amount").value
    'https://w3id.org/suyuan/ontology#amount'
    """
    prefix, local = name.split(":", 1)
    return Iri(NAMESPACES[prefix] + local)


def text(value: str) -> Literal:
    """Return a plain string."""
    return Literal(value)


def integer(value: int) -> Literal:
    """Return an xsd:integer."""
    return Literal(str(value), f"{XSD}integer")


def boolean(value: bool) -> Literal:
    """Return an xsd:boolean."""
    return Literal("true" if value else "false", f"{XSD}boolean")


def decimal(value: Decimal) -> Literal:
    """Return an xsd:decimal in its one normal form, so that equal numbers are equal terms.

    >>> decimal(Decimal("5000000.00")).value, decimal(Decimal("-0.0")).value, decimal(Decimal("12.50")).value
    ('5000000', '0', '12.5')
    """
    plain = format(value, "f")
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return Literal("0" if plain == "-0" else plain, f"{XSD}decimal")
