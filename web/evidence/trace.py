"""Pages of evidence: the trace of a project or legal document, and what the audit found."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any

from flask import Blueprint, render_template, request

from kg.errors import NotFound
from kg.messages import read_message
from kg.rdf import Iri, Literal, Term
from web.addresses import this_search, this_search_and, trace_address
from web.api.rdf import is_iri
from web.language import code_label, translate
from web.queries import rows
from web.services import services

evidence = Blueprint("evidence", __name__, template_folder="templates")

MOST_FINDINGS = 300
FINDING = ("iri", "kind", "severity", "expected", "actual")
PLACE = ("page", "line", "col", "row", "table", "section")


@evidence.get("/trace")
def trace() -> tuple[str, int] | str:
    """Show why a project was given money, or what rests on a legal document."""
    name = request.args.get("name", "").strip()
    if not name:
        return render_template("trace.html", name="", traces=[], legals=[], **trace_hints())
    traces, legals, missed = [], [], None
    try:
        traces = [found.to_data() for found in services().trace_project(name)]
    except NotFound as error:
        missed = error
    try:
        legals = [found.to_data() for found in services().trace_legal(name)]
    except NotFound as error:
        near = (*(missed.near if missed else ()), *error.near)
        missed = NotFound(error.message, near=tuple(dict.fromkeys(near)))
    if not traces and not legals:
        return render_template("trace.html", name=name, traces=[], legals=[], problem=missed), 404
    return render_template("trace.html", name=name, traces=traces, legals=legals)


def trace_hints() -> dict[str, list[dict[str, str]]]:
    """Return projects and legal documents to begin with."""
    if services().generation_number() is None:
        return {"projects": [], "legal_hints": []}
    projects = dict.fromkeys(row["text"] for row in rows("pages/projects"))
    cited = {row["iri"]: row["text"] for row in rows("pages/cited")}
    return {
        "projects": [{"text": text, "address": trace_address(text)} for text in projects],
        "legal_hints": [{"text": text, "address": trace_address(iri)} for iri, text in cited.items()],
    }


@evidence.get("/findings")
def findings() -> str:
    """List what the audit found, gravest first, narrowed by document, severity and kind."""
    if services().generation_number() is None:
        return render_template("findings.html", findings=[], chips=[])
    chosen: dict[str, Term] = {
        name: Literal(request.args[name]) for name in ("severity", "kind") if request.args.get(name)
    }
    if document := request.args.get("document"):
        if not is_iri(document):
            raise NotFound(f"there is no document {document[:200]!r}")
        chosen["document"] = Iri(document)
    found = [gather(list(group)) for _, group in groupby(rows("evidence/findings", chosen), itemgetter("iri"))]
    return render_template("findings.html", findings=found[:MOST_FINDINGS], chips=finding_chips())


def gather(group: list[dict[str, str]]) -> dict[str, Any]:
    """Return one finding with its places from its rows."""
    first = group[0]
    document = {name: first.get(name) for name in ("file", "sha256", "title")} | {"iri": first.get("document")}
    places = [{name: row.get(name) for name in PLACE} for row in group if row.get("order")]
    return {
        **{name: first.get(name) for name in FINDING},
        "message": read_message(first["code"], first["arguments"]),
        "repaired": first.get("repaired") == "true",
        "document": document,
        "places": places,
    }


def finding_chips() -> list[Mapping[str, object]]:
    """Return the severities and kinds there are, each with its count and the list narrowed to it."""
    chips: list[Mapping[str, object]] = []
    for row in rows("evidence/finding_counts"):
        name, value = row["dimension"], row["value"]
        on = request.args.get(name) == value
        text = code_label("severity" if name == "severity" else "finding", value)
        address = this_search(without=[(name, value)]) if on else this_search_and(name, value)
        chips.append({"text": text, "count": row["count"], "on": on, "address": address})
    if request.args.get("document"):
        chosen = [("document", request.args["document"])]
        everything = this_search(without=chosen)
        chips.append({"text": translate("findings.all"), "count": "", "on": False, "address": everything})
    return chips
