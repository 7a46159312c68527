"""The documents held, with their department, year, coverage and findings; /api/documents."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Annotated

from flask import Blueprint, Response

from kg.errors import NotFound
from kg.messages import say
from web.api.operations import Operation, described, json_of
from web.queries import rows
from web.sending import send

views = Blueprint("api_documents", __name__)

Row = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An entity and what it is called; both None where the document names none."""

    iri: str | None
    label: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldCoverage:
    """How many numbers the tables print, and how many of them ended in the graph."""

    numbers: int | None
    accounted: int | None
    share: Annotated[Decimal | None, "0 to 1"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingCounts:
    """How many findings a document has, by severity."""

    error: int = 0
    rounding: int = 0
    notice: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldDocument:
    """A document of the current generation."""

    iri: str
    title: str | None
    file: str
    sha256: str
    kind: str | None
    year: int | None
    department: Named
    region: Named
    amount_unit: str | None
    coverage: HeldCoverage
    findings: FindingCounts


@dataclass(frozen=True, slots=True, kw_only=True)
class Documents:
    """All documents held, by department, year and file."""

    total: int
    documents: tuple[HeldDocument, ...]


@views.get("/api/documents")
@described(
    get=Operation(
        id="documents",
        summary="The documents held",
        answer=json_of(Documents),
        answered="by department, year and file",
        errors=(503,),
    )
)
def held() -> Response:
    """Return the documents held, with department, year, coverage and findings."""
    found = read_documents()
    return send(Documents(total=len(found), documents=found))


def read_documents() -> tuple[HeldDocument, ...]:
    """Return every document held, by department, year and file. Raises NoGeneration."""
    found = groupby(rows("api/documents"), itemgetter("iri"))
    return tuple(_held([*group]) for _, group in found)


def find_document(name: str) -> HeldDocument:
    """Return the document of that IRI, file name or SHA-256. Raises NotFound."""
    known = read_documents()
    for each in known:
        if name in (each.iri, each.file, each.sha256):
            return each
    raise NotFound(say("error.document.unknown", name=name[:200]), near=tuple(each.file for each in known[:5]))


def _held(group: list[Row]) -> HeldDocument:
    first = group[0]
    counts = {row["severity"]: int(row["count"]) for row in group if "severity" in row}
    return HeldDocument(
        iri=first["iri"],
        title=first.get("title"),
        file=first["file"],
        sha256=first["sha256"],
        kind=first.get("kind"),
        year=_whole(first, "year"),
        department=Named(iri=first.get("departmentIri"), label=first.get("department")),
        region=Named(iri=first.get("regionIri"), label=first.get("region")),
        amount_unit=first.get("unit"),
        coverage=HeldCoverage(
            numbers=_whole(first, "numbers"),
            accounted=_whole(first, "accounted"),
            share=Decimal(first["coverage"]) if "coverage" in first else None,
        ),
        findings=FindingCounts(**counts),
    )


def _whole(row: Row, name: str) -> int | None:
    return int(row[name]) if name in row else None
