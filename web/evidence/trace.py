"""The page of a trace: why a project was given money, or what rests on a legal document."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from flask import Blueprint, render_template, request

from kg.errors import NotFound
from kg.trace.model import LegalTrace, Trace
from web.addresses import Link, trace_address
from web.api.trace import ask_all
from web.hints import cited_documents, project_names
from web.services import services

views = Blueprint("trace", __name__, template_folder="templates")


@dataclass(frozen=True, slots=True, kw_only=True)
class TracePage:
    """`projects` and `cited` are what to begin with, shown where no name is asked for."""

    name: str
    traces: tuple[Trace, ...] = ()
    legals: tuple[LegalTrace, ...] = ()
    problem: NotFound | None = None
    projects: tuple[Link, ...] = ()
    cited: tuple[Link, ...] = ()


@views.get("/trace")
def show() -> tuple[str, int] | str:
    """Show why a project was given money, or what rests on a legal document."""
    name = request.args.get("name", "").strip()
    if not name:
        return render_template("trace.html", page=begin())
    found, missed = ask_all((partial(services().trace_project, name), partial(services().trace_legal, name)))
    if not found:
        return render_template("trace.html", page=TracePage(name=name, problem=missed)), 404
    page = TracePage(
        name=name,
        traces=tuple(each for each in found if isinstance(each, Trace)),
        legals=tuple(each for each in found if isinstance(each, LegalTrace)),
    )
    return render_template("trace.html", page=page)


def begin() -> TracePage:
    """Return the page with projects and legal documents to begin with."""
    if services().generation_number() is None:
        return TracePage(name="")
    return TracePage(
        name="",
        projects=tuple(Link(text=text, address=trace_address(text)) for text in project_names()),
        cited=tuple(Link(text=text, address=trace_address(iri)) for iri, text in cited_documents().items()),
    )
