"""/.well-known/void: what is held, told in VoID and DCAT for programs that look for data sets.

Counted in the store once a generation: classes, properties, code schemes, documents.
"""

from __future__ import annotations

from functools import lru_cache

from flask import Blueprint, Response, request

from kg.ids import Ids
from kg.query.formats import GRAPHS
from kg.rdf import XSD, Iri, Literal, Quad, Term
from kg.triples.terms import NAMESPACES
from web.api.operations import Operation, described, format_parameter, text_in
from web.api.rdf import write_rdf
from web.negotiate import wanted_graph_format
from web.queries import rows
from web.sending import varied
from web.services import services

views = Blueprint("api_void", __name__)

VOID, DCAT, DCT = "http://rdfs.org/ns/void#", "http://www.w3.org/ns/dcat#", "http://purl.org/dc/terms/"
PROV = "http://www.w3.org/ns/prov#"
_TYPE = Iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_LICENCE = Iri("https://spdx.org/licenses/MIT")

Fact = tuple[Iri, str, Term]


@views.get("/.well-known/void")
@described(
    get=Operation(
        id="void",
        summary="The data set, described in VoID and DCAT",
        parameters=(format_parameter(*GRAPHS),),
        answer=text_in(*GRAPHS),
        answered="classes, properties, code schemes and documents with their counts, and where to ask",
        errors=(406, 503),
    )
)
def void() -> Response:
    """Return the description of what the current generation holds. Raises NoGeneration."""
    form, number = wanted_graph_format(request), services().generation().number
    facts = _facts(request.url_root, number)
    graph = Iri(request.base_url)
    quads = [Quad(subject, _TYPE if name == "a" else Iri(name), value, graph) for subject, name, value in facts]
    return varied(Response(write_rdf(quads, form), content_type=form.content_type))


@lru_cache(maxsize=4)
def _counted(_home: str, _number: int) -> tuple[tuple[tuple[str, str, str], ...], tuple[str, ...]]:
    """Return (kind of partition, IRI, count) of classes and properties, and the code schemes: once a generation."""
    classes = [("class", row["class"], row["count"]) for row in rows("api/classes")]
    properties = [("property", row["property"], row["count"]) for row in rows("api/properties")]
    return (*classes, *properties), tuple(row["scheme"] for row in rows("api/schemes"))


def _facts(root: str, number: int) -> list[Fact]:
    """Return what is said of the data set at an address."""
    data = Iri(f"{root}.well-known/void#dataset")
    generation = services().generation()
    facts: list[Fact] = [
        (data, "a", Iri(f"{VOID}Dataset")),
        (data, "a", Iri(f"{DCAT}Dataset")),
        (data, f"{DCT}title", Literal("Suyuan: budgets of Chinese government departments", None, "en")),
        (data, f"{DCT}title", Literal("溯源：政府部门预算", None, "zh")),
        (data, f"{DCT}license", _LICENCE),
        (data, f"{DCAT}version", Literal(str(number))),
        (data, f"{VOID}sparqlEndpoint", Iri(f"{root}sparql")),
        (data, f"{VOID}uriSpace", Literal(f"{services().settings.base_iri}id/")),
        (data, f"{VOID}triples", _count(generation.manifest.triples)),
        (data, f"{VOID}documents", _count(len(generation.manifest.documents))),
        *((data, f"{VOID}vocabulary", Iri(space)) for space in NAMESPACES.values()),
        *_access(data, root),
    ]
    parts, schemes = _counted(str(services().home.path), number)
    for kind, iri, count in parts:
        facts += _part(data, kind, iri, "entities" if kind == "class" else "triples", count)
    facts += [(data, f"{DCAT}themeTaxonomy", Iri(scheme)) for scheme in schemes]
    ids = Ids(services().settings.base_iri)
    facts += [(data, f"{PROV}wasDerivedFrom", ids.document(each.sha256)) for each in generation.manifest.documents]
    return facts


def _access(data: Iri, root: str) -> list[Fact]:
    """Return where programs ask, as a DCAT service."""
    service = Iri(f"{root}.well-known/void#sparql")
    return [
        (service, "a", Iri(f"{DCAT}DataService")),
        (service, f"{DCAT}endpointURL", Iri(f"{root}sparql")),
        (service, f"{DCAT}endpointDescription", Iri(f"{root}sparql")),
        (service, f"{DCAT}servesDataset", data),
        (service, f"{DCT}title", Literal("SPARQL 1.1", None, "en")),
    ]


def _part(data: Iri, kind: str, iri: str, counted: str, count: str) -> list[Fact]:
    """Return one partition of the data set, by class or property, with its count."""
    local = iri.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]
    space = next((prefix for prefix, start in NAMESPACES.items() if iri.startswith(start)), "other")
    part = Iri(f"{data.value.partition('#')[0]}#{kind}-{space}-{local}")
    return [
        (data, f"{VOID}{kind}Partition", part),
        (part, f"{VOID}{kind}", Iri(iri)),
        (part, f"{VOID}{counted}", _count(int(count))),
    ]


def _count(number: int) -> Literal:
    return Literal(str(number), f"{XSD}integer")
