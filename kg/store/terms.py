"""Terms and statements of ours <-> those of the engine."""

from __future__ import annotations

import pyoxigraph

from kg.errors import StoreError
from kg.messages import say
from kg.rdf import XSD, Iri, Literal, Quad, Term


def engine_quad(triple: pyoxigraph.Triple, graph: pyoxigraph.NamedNode | pyoxigraph.DefaultGraph) -> pyoxigraph.Quad:
    """Return a triple as a statement in `graph`."""
    return pyoxigraph.Quad(triple.subject, triple.predicate, triple.object, graph)


def node(iri: Iri) -> pyoxigraph.NamedNode:
    """Return an IRI as the engine's. Raises StoreError if it is none."""
    try:
        return pyoxigraph.NamedNode(iri.value)
    except ValueError as error:
        raise StoreError(say("error.graph.iri", iri=iri.value, reason=str(error))) from error


def term_to_engine(term: Term) -> pyoxigraph.NamedNode | pyoxigraph.Literal:
    """Return a term as the engine's, the digits of a number as they are."""
    if isinstance(term, Iri):
        return node(term)
    if term.language is not None:
        return pyoxigraph.Literal(term.value, language=term.language)
    if term.datatype is not None:
        return pyoxigraph.Literal(term.value, datatype=pyoxigraph.NamedNode(term.datatype))
    return pyoxigraph.Literal(term.value)


def is_iri(text: str) -> bool:
    """Return whether a text from outside can name anything at all."""
    try:
        node(Iri(text))
    except StoreError:
        return False
    return True


def quad_from_engine(quad: pyoxigraph.Quad) -> Quad:
    """Return a statement of the engine as ours. Raises StoreError for blank nodes and quoted triples."""
    subject, graph = term_from_engine(quad.subject), term_from_engine(quad.graph_name)
    if isinstance(subject, Iri) and isinstance(graph, Iri):
        return Quad(subject, Iri(quad.predicate.value), term_from_engine(quad.object), graph)
    raise StoreError(say("error.graph.subject", statement=str(quad)))


def term_from_engine(term: object) -> Term:
    """Return a term of the engine as ours. Raises StoreError for one that is neither IRI nor literal."""
    if isinstance(term, pyoxigraph.NamedNode):
        return Iri(term.value)
    if isinstance(term, pyoxigraph.Literal):
        plain = term.language is not None or term.datatype.value == XSD + "string"
        return Literal(term.value, None if plain else term.datatype.value, term.language)
    raise StoreError(say("error.graph.term", term=str(term)))


def quad_to_engine(quad: Quad) -> pyoxigraph.Quad:
    """Return a quad as the engine's."""
    return engine_quad(triple_to_engine(quad), node(quad.graph))


def triple_to_engine(quad: Quad) -> pyoxigraph.Triple:
    """Return the statement of a quad, without its graph."""
    return pyoxigraph.Triple(node(quad.subject), node(quad.predicate), term_to_engine(quad.object))
