"""What is held, as data: documents with their coverage, findings with their places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any

from kg.messages import read_message
from kg.rdf import Term
from web.language import tell
from web.queries import rows as ask

SEVERITIES = ("error", "rounding", "notice")
"""From grave to slight."""

_PLACE = ("page", "line", "col", "row", "table", "section")
_WHOLE = frozenset(("page", "line", "col", "row", "year", "count", "numbers", "accounted"))


def read_documents() -> list[dict[str, Any]]:
    """Return every document held, by department, year and file."""
    rows = ask("api/documents")
    return [_document(list(group)) for _, group in groupby(rows, itemgetter("iri"))]


def read_findings(chosen: Mapping[str, Term]) -> list[dict[str, Any]]:
    """Return the findings, gravest first; `chosen` may bind document, severity and kind."""
    rows = ask("evidence/findings", chosen)
    found = [_finding(list(group)) for _, group in groupby(rows, itemgetter("iri"))]
    return sorted(found, key=lambda finding: SEVERITIES.index(finding["severity"]))


def _document(group: list[dict[str, str]]) -> dict[str, Any]:
    first = group[0]
    counts = {row["severity"]: int(row["count"]) for row in group if "severity" in row}
    return {
        **_some(first, ("iri", "title", "file", "sha256", "kind", "year")),
        "department": {"iri": first.get("departmentIri"), "label": first.get("department")},
        "region": {"iri": first.get("regionIri"), "label": first.get("region")},
        "amount_unit": first.get("unit"),
        "coverage": {**_some(first, ("numbers", "accounted")), "share": first.get("coverage")},
        "findings": {severity: counts.get(severity, 0) for severity in SEVERITIES},
    }


def _finding(group: list[dict[str, str]]) -> dict[str, Any]:
    first = group[0]
    places = [_some(row, _PLACE) for row in group if "order" in row]
    return {
        **_some(first, ("iri", "kind", "severity")),
        "message": tell(message := read_message(first["code"], first["arguments"])),
        "code": message.code,
        "arguments": dict(message.arguments),
        **_some(first, ("expected", "actual")),
        "repaired": first.get("repaired") == "true",
        "document": {"iri": first["document"], **_some(first, ("file", "sha256", "title"))},
        "places": places,
    }


def _some(row: Mapping[str, str], names: Iterable[str]) -> dict[str, Any]:
    """Return the values of `names`, None where unbound, whole numbers as such."""
    found = {name: row.get(name) for name in names}
    return {name: int(value) if value and name in _WHOLE else value for name, value in found.items()}
