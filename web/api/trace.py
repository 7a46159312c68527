"""/api/trace: why money was given, and what rests on a legal document."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from flask import Blueprint, Response, request

from kg.errors import BadSearch, NotFound
from kg.messages import say
from kg.trace.model import LegalTrace, Trace
from web.api.operations import Operation, Parameter, described, json_of
from web.api.parameters import one_each, whole
from web.sending import send
from web.services import services

views = Blueprint("api_trace", __name__)


LAST_YEAR = 9999  # the last that four digits write


@dataclass(frozen=True, slots=True, kw_only=True)
class Traces:
    """Traces of projects, newest year first, and of the legal document."""

    traces: tuple[Trace | LegalTrace, ...]


@views.get("/api/trace")
@described(
    get=Operation(
        id="trace",
        summary="Why was this money given? And what rests on a legal document?",
        told="Give one of project, legal and name.",
        parameters=(
            Parameter(
                name="project", told="name or IRI of a project, activity or duty", held=lambda held: held.project
            ),
            Parameter(name="legal", told="number, title or IRI of a legal document"),
            Parameter(name="name", told="either of them"),
            Parameter(name="year", told="year of the project", kind=int, limits={"minimum": 0, "maximum": LAST_YEAR}),
            Parameter(name="department", told="part of the name of its department"),
        ),
        answer=json_of(Traces),
        answered="traces of projects, newest year first, or of the legal document",
        errors=(400, 404, 503),
    )
)
def found() -> Response:
    """Return why a project got its money (`project=`) or what rests on a document (`legal=`)."""
    one_each("name", "project", "legal", "year", "department")
    name, project, legal = (request.args.get(key, "").strip() for key in ("name", "project", "legal"))
    if sum(map(bool, (name, project, legal))) != 1:
        raise BadSearch(say("error.trace.name"))
    year, department = whole("year", LAST_YEAR), request.args.get("department") or None
    asked: list[Callable[[], Iterable[Trace | LegalTrace]]] = []
    if project or name:
        asked.append(partial(services().trace_project, project or name, year=year, department=department))
    if legal or name:
        asked.append(partial(services().trace_legal, legal or name))
    traces, missed = ask_all(asked)
    if missed is not None and not traces:
        raise missed
    return send(Traces(traces=traces))


def ask_all(
    asked: Iterable[Callable[[], Iterable[Trace | LegalTrace]]],
) -> tuple[tuple[Trace | LegalTrace, ...], NotFound | None]:
    """Return what all of `asked` find, and what to say if that is nothing: the names near any of them."""
    traces: list[Trace | LegalTrace] = []
    missed: list[NotFound] = []
    for ask in asked:
        try:
            traces += ask()
        except NotFound as error:
            missed.append(error)
    if not missed:
        return tuple(traces), None
    near = tuple(dict.fromkeys(other for error in missed for other in error.near))
    return tuple(traces), NotFound(missed[0].said, near=near)
