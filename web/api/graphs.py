"""/graphs: the SPARQL 1.1 Graph Store HTTP Protocol; anybody reads any graph, curators write graphs of their own.

A graph is named by `?graph=<IRI>`, by its path (`/graphs/a/b` is `<base>id/graph/curated/a/b`), or `?default`: the
graph that curators need no name for. What a query sees as default graph, the union of all, is nobody's to write.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import quote

from flask import Blueprint, Response, request

from kg.errors import NoGeneration, NotAcceptable, NotFound
from kg.ids import Ids
from kg.messages import say
from kg.query.formats import Format, find_format
from kg.rdf import Iri, Quad
from kg.store.blanks import read_rdf, with_blanks
from kg.store.terms import is_iri
from web.api.rdf import write_triples_as
from web.guard import BadRequest, UnsupportedMediaType
from web.negotiate import wanted_graph_format
from web.sending import varied
from web.services import services
from web.writing import allowed_writer

views = Blueprint("graphs", __name__)


@views.get("/graphs")
@views.get("/graphs/<path:name>")
def read(name: str | None = None) -> Response:
    """Return a graph as it was sent. Raises NotFound where it holds nothing."""
    graph, base = _named(name), services().settings.base_iri
    quads: tuple[Quad, ...] = ()
    with suppress(NoGeneration), services().graph() as reader:
        quads = tuple(reader.quads(graph=graph))
    if not quads:
        raise NotFound(say("error.graph.unknown", graph=graph.value[:200]))
    form = wanted_graph_format(request)
    return varied(Response(write_triples_as(with_blanks(quads, base), form), content_type=form.content_type))


@views.put("/graphs")
@views.put("/graphs/<path:name>")
def replace(name: str | None = None) -> Response:
    """Put what is sent in place of a graph."""
    curate, graph = allowed_writer(), _named(name)
    sent = tuple(_sent(graph))
    return _done(curate(graph, lambda _: sent))


@views.post("/graphs")
@views.post("/graphs/<path:name>")
def add(name: str | None = None) -> Response:
    """Add what is sent to a graph; without a name to a new one, whose IRI is told in Location."""
    curate = allowed_writer()
    unnamed = name is None and not {"graph", "default"} & set(request.args)
    graph = _new() if unnamed else _named(name)
    sent = tuple(_sent(graph))
    response = _done(curate(graph, lambda held: (*held, *sent)))
    if unnamed:
        response.status_code = 201
        response.headers["Location"] = graph.value
    return response


@views.delete("/graphs")
@views.delete("/graphs/<path:name>")
def remove(name: str | None = None) -> Response:
    """Remove a graph. Raises NotFound where it holds nothing."""
    curate, graph = allowed_writer(), _named(name)
    if curate(graph, lambda _: ()):
        raise NotFound(say("error.graph.unknown", graph=graph.value[:200]))
    return _done(False)


def _done(new: bool) -> Response:
    return Response(status=201 if new else 204)


def _ids() -> Ids:
    return Ids(services().settings.base_iri)


def _new() -> Iri:
    return _ids().curated_graph(hashlib.sha256(request.get_data()).hexdigest()[:16])


def _named(name: str | None) -> Iri:
    """Return the graph a request names, in one way. Raises BadRequest."""
    if name is not None:
        return _ids().curated_graph(quote(name, safe="/:@!$&'()*+,;=~"))
    named = request.args.getlist("graph")
    if "default" in request.args and not named:
        return _ids().curated_graph("default")
    if len(named) != 1 or "default" in request.args or not is_iri(named[0]):
        raise BadRequest(say("error.graph.name"))
    return Iri(named[0])


def _sent(graph: Iri) -> Iterator[Quad]:
    """Yield the statements of the body, or of each file of a form."""
    base = services().settings.base_iri
    if request.mimetype == "multipart/form-data":
        for file in request.files.values():
            yield from read_rdf(file.read(), _format(file.mimetype).name, graph, base)
    else:
        yield from read_rdf(request.get_data(), _format(request.mimetype).name, graph, base)


def _format(media_type: str) -> Format:
    try:
        return find_format(media_type, graph=True)
    except NotAcceptable as error:
        raise UnsupportedMediaType(error.said) from error
