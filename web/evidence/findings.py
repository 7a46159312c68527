"""The page of findings: what the audit found, with links to the cells it found it in."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template, request

from kg.errors import NotFound
from kg.messages import say
from kg.rdf import Iri, Literal, Term
from kg.store.terms import is_iri
from web.addresses import this_search, this_search_and
from web.api.findings import HeldFinding, read_findings
from web.language import code_label, translate
from web.queries import rows
from web.services import services

views = Blueprint("findings", __name__, template_folder="templates")

MOST = 300  # findings on one page


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A way to narrow the list, or to widen it again where it is `on`."""

    text: str
    address: str
    count: str = ""
    on: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingsPage:
    findings: tuple[HeldFinding, ...] = ()
    chips: tuple[Chip, ...] = ()


@views.get("/findings")
def show() -> str:
    """List what the audit found, gravest first, narrowed by document, severity and kind."""
    if services().generation_number() is None:
        return render_template("findings.html", page=FindingsPage())
    chosen: dict[str, Term] = {
        name: Literal(request.args[name]) for name in ("severity", "kind") if request.args.get(name)
    }
    if document := request.args.get("document"):
        if not is_iri(document):
            raise NotFound(say("error.document.unknown", name=document[:200]))
        chosen["document"] = Iri(document)
    page = FindingsPage(findings=read_findings(chosen)[:MOST], chips=tuple(_chips()))
    return render_template("findings.html", page=page)


def _chips() -> list[Chip]:
    """Return the severities and kinds there are, each with its count and the list narrowed to it."""
    chips = []
    for row in rows("evidence/finding_counts"):
        name, value = row["dimension"], row["value"]
        on = request.args.get(name) == value
        text = code_label("severity" if name == "severity" else "finding", value)
        address = this_search(without=[(name, value)]) if on else this_search_and(name, value)
        chips.append(Chip(text=text, count=row["count"], on=on, address=address))
    if document := request.args.get("document"):
        chips.append(Chip(text=translate("findings.all"), address=this_search(without=[("document", document)])))
    return chips
