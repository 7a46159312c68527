"""/id/…: one address for each entity, as a page or as RDF; /ontology: the vocabulary, as RDF."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from urllib.parse import quote

from flask import Blueprint, Response, g, make_response, render_template, request

from kg.errors import NotFound
from kg.ids import encode_segment
from kg.messages import say
from kg.query.formats import GRAPHS
from kg.rdf import Iri, Literal, Quad
from kg.store.base import GraphReader
from kg.store.queries import load_query
from kg.store.terms import is_iri
from kg.triples.terms import BUD
from web.addresses import Link
from web.api.operations import Operation, Parameter, described, format_parameter, text_in
from web.api.rdf import write_rdf
from web.negotiate import alternatives, wanted_graph_format, wants_html
from web.pages.compare import figure_text
from web.pages.department import Department, read_department
from web.pages.describe import Entity, describe
from web.sending import varied
from web.services import services

views = Blueprint("entity", __name__, template_folder="templates")

DEPARTMENT = Iri(f"{BUD}Department")
LONGEST_TOLD = 200
"""Characters of a wrong address that its error repeats."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityPage:
    """An entity; `department` is told of one that is a department."""

    entity: Entity
    formats: tuple[Link, ...]
    department: Department | None = None


@views.get("/id/<path:name>")
@described(
    get=Operation(
        id="entity",
        summary="An entity: a page for browsers, RDF for programs",
        parameters=(
            Parameter(
                name="name",
                told="the rest of its IRI, slashes included",
                in_path=True,
                held=lambda held: held.entity,
            ),
            format_parameter(*GRAPHS),
        ),
        answer=text_in(*GRAPHS, "text/html"),
        answered="what is said of the entity",
        errors=(404, 406, 503),
    )
)
def show(name: str) -> Response:
    """Show an entity as the client likes it: a page, Turtle, N-Triples, RDF/XML or JSON-LD."""
    base = f"{services().settings.base_iri}id/"
    with services().graph() as graph:
        iri, quads = _find(graph, base, name)
        if not wants_html(request) or "format" in request.args:
            form = wanted_graph_format(request)
            return varied(Response(write_rdf(quads, form), content_type=form.content_type))
        is_department = any(quad.object == DEPARTMENT for quad in quads)
        entity = describe(graph, iri, quads, g.language, incoming=not is_department or "all" in request.args)
    formats = alternatives("/id/" + quote(iri[len(base) :], safe="/:@!$&'()*+,;=~"))
    department = read_department(iri) if is_department else None
    page = EntityPage(entity=entity, formats=formats, department=department)
    return varied(make_response(render_template("entity.html", page=page, figure_text=figure_text)))


@views.get("/ontology")
@described(
    get=Operation(
        id="ontology",
        summary="The vocabulary",
        parameters=(format_parameter(*GRAPHS),),
        answer=text_in(*GRAPHS, "text/plain"),
        answered="classes and properties with labels in Chinese and English; plain text for browsers",
        errors=(406,),
    )
)
def ontology() -> Response:
    """Return the vocabulary; a browser gets its source to read."""
    from ontology import load_vocabulary, vocabulary_path

    if wants_html(request) and "format" not in request.args:
        text = vocabulary_path().read_bytes()
        return varied(Response(text, content_type="text/plain; charset=utf-8"))
    form = wanted_graph_format(request)
    if form.name == "turtle":
        body = vocabulary_path().read_bytes()
    else:
        names = {"ntriples": "nt", "rdfxml": "xml", "jsonld": "json-ld"}
        body = load_vocabulary().serialize(format=names[form.name], encoding="utf-8")
    return varied(Response(body, content_type=form.content_type))


def _find(graph: GraphReader, base: str, name: str) -> tuple[str, list[Quad]]:
    """Return the IRI that a path means and what is said of it. Raises NotFound with near matches."""
    for spelled in _spellings(name):
        iri = base + spelled
        if is_iri(iri) and (quads := list(graph.quads(subject=Iri(iri)))):
            return iri, quads
    near = _near(graph, base, name)
    code = "error.entity.near" if near else "error.entity.nothing"
    raise NotFound(say(code, iri=f"{base}{name[:LONGEST_TOLD]}"), near=near)


def _spellings(name: str) -> Iterator[str]:
    """Yield what the IRI may be that a client's decoded path `name` came from, each once."""
    segments = name.split("/")
    encoded, folded = map(_encoded, segments), map(encode_segment, segments)
    yield from dict.fromkeys((name, "/".join(encoded), "/".join(folded)))


def _encoded(segment: str) -> str:
    """Percent-encode what an IRI can't hold, which the server has decoded on the way in."""
    return re.sub(r"[\x00-\x20\"<>\\^`{|}%]", lambda match: quote(match[0], safe=""), segment)


def _near(graph: GraphReader, base: str, name: str) -> tuple[str, ...]:
    kind, _, wanted = name.partition("/")
    if not re.fullmatch(r"[a-z-]+", kind) or not wanted:
        return ()
    start = f"{base}{kind}/"
    rows = graph.select(load_query("web.pages", "same_kind"), {"start": Literal(start)}).dicts()
    names = {row["iri"][len(start) :]: row["iri"] for row in rows}
    close = get_close_matches(wanted, names, n=5, cutoff=0.5)
    ends = [each for each in names if each.endswith("/" + wanted.rsplit("/", 1)[-1])]
    return tuple(names[each] for each in dict.fromkeys([*ends[:5], *close]))[:5]
