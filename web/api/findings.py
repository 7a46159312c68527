"""What the audit found, with the cells it found it in; /api/findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Annotated

from flask import Blueprint, Response, request

from kg.errors import BadSearch
from kg.messages import read_message, say
from kg.rdf import Iri, Term
from kg.rdf import Literal as Text
from kg.store.queries import load_query
from kg.trace.model import DocumentName
from kg.values.place import Place
from kg.values.vocabularies import FINDING_KINDS, SEVERITIES, FindingKind, Severity, word_of
from web.api.documents import find_document
from web.api.operations import Operation, Parameter, count_parameter, described, json_of
from web.api.parameters import one_each, whole_or
from web.language import tell
from web.sending import send
from web.services import services

views = Blueprint("api_findings", __name__)

# findings sent unless asked otherwise, the most sent at once, the last that can be skipped to
PAGE, LONGEST_PAGE, FURTHEST = 100, 1000, 1_000_000_000
Row = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldFinding:
    """Something that doesn't add up, and the cells it was found in."""

    iri: str
    kind: FindingKind
    severity: Severity
    message: Annotated[str, "in the language asked for"]
    code: Annotated[str, "stable, whatever the language: audit.sum.codes …"]
    arguments: Annotated[Mapping[str, object], "what the message names, decimals as strings"]
    expected: Decimal | None
    actual: Decimal | None
    repaired: bool
    document: DocumentName
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """A page of the findings, the gravest first; `total` counts all that were asked for."""

    total: int
    offset: int
    findings: tuple[HeldFinding, ...]


@views.get("/api/findings")
@described(
    get=Operation(
        id="findings",
        summary="What does not add up",
        parameters=(
            Parameter(name="document", told="IRI, file name or sha256"),
            Parameter(name="severity", told="how grave", kind=Severity),
            Parameter(name="kind", told="kind of finding", kind=FindingKind),
            count_parameter("limit", "findings a page", LONGEST_PAGE, PAGE),
            count_parameter("offset", "findings to skip", FURTHEST, 0),
        ),
        answer=json_of(Findings),
        answered="the gravest first",
        errors=(400, 404, 503),
    )
)
def held() -> Response:
    """Return what doesn't add up, narrowed by `document`, `severity` and `kind`, page by page."""
    one_each("document", "severity", "kind", "limit", "offset")
    chosen: dict[str, Term] = {}
    if severity := request.args.get("severity"):
        if severity not in SEVERITIES:
            raise BadSearch(say("error.search.choice", name="severity", text=severity, known=SEVERITIES))
        chosen["severity"] = Text(severity)
    if kind := request.args.get("kind"):
        chosen["kind"] = Text(kind)
    if document := request.args.get("document"):
        chosen["document"] = Iri(find_document(document).iri)
    limit, offset = whole_or("limit", PAGE, LONGEST_PAGE), whole_or("offset", 0, FURTHEST)
    found = read_findings(chosen)
    return send(Findings(total=len(found), offset=offset, findings=found[offset : offset + limit]))


def read_findings(chosen: Mapping[str, Term]) -> tuple[HeldFinding, ...]:
    """Return the findings, gravest first; `chosen` may bind document, severity and kind. Raises NoGeneration."""
    groups = groupby(services().rows(load_query("ontology", "findings"), chosen), itemgetter("iri"))
    found = (_held([*group]) for _, group in groups)
    return tuple(sorted(found, key=lambda finding: SEVERITIES.index(finding.severity)))


def _held(group: list[Row]) -> HeldFinding:
    first = group[0]
    message = read_message(first["code"], first["arguments"])
    return HeldFinding(
        iri=first["iri"],
        kind=word_of(first["kind"], FINDING_KINDS, "bud:findingKind"),
        severity=word_of(first["severity"], SEVERITIES, "bud:severity"),
        message=tell(message),
        code=message.code,
        arguments=message.arguments,
        expected=_decimal(first, "expected"),
        actual=_decimal(first, "actual"),
        repaired=first.get("repaired") == "true",
        document=DocumentName(
            iri=first["document"], file=first["file"], sha256=first["sha256"], title=first.get("title")
        ),
        places=tuple(Place.from_row(row) for row in group if "order" in row),
    )


def _decimal(row: Row, name: str) -> Decimal | None:
    return Decimal(row[name]) if name in row else None
