"""Is it alive, is it ready, how is it doing: for whoever keeps it running."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from flask import Blueprint, Response, current_app

from kg.errors import SuyuanError
from kg.serialise import KNOWN
from web.api.operations import Operation, described, json_of, text_in
from web.metrics import Metrics, resident_bytes
from web.sending import send
from web.services import services

views = Blueprint("health", __name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alive:
    """The process answers."""

    status: str = "ok"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """Questions are answered from this generation."""

    status: str = "ok"
    generation: int
    search: Annotated[str, "ok, or why search doesn't answer"]
    newer_generation: Annotated[str | None, "why a newer generation is not served", KNOWN] = None


@views.get("/healthz")
@described(get=Operation(id="alive", summary="Does the process answer?", answer=json_of(Alive), answered="yes"))
def healthz() -> Response:
    """Say that the process answers."""
    return send(Alive())


@views.get("/readyz")
@described(
    get=Operation(
        id="ready",
        summary="Can questions be answered?",
        answer=json_of(Ready),
        answered="yes, from this generation",
        errors=(503,),
    )
)
def readyz() -> Response:
    """Say whether questions can be answered: 200 with the generation served, else 503 and why."""
    with services().opened() as opened:
        number, search = opened.generation.number, "ok"
        try:
            opened.engine()
        except SuyuanError as error:
            search = error.message
    problem = services().problem
    return send(
        Ready(generation=number, search=search, newer_generation=problem.message if problem is not None else None)
    )


@views.get("/metrics")
@described(
    get=Operation(
        id="metrics",
        summary="Figures for Prometheus",
        answer=text_in("text/plain"),
        answered="text exposition format 0.0.4",
    )
)
def metrics() -> Response:
    """Return the figures since the start in Prometheus' text format."""
    kept: Metrics = current_app.extensions["suyuan.metrics"]
    load = services().queries().load()
    gauges = {
        "suyuan_queries_running": float(load.running),
        "suyuan_queries_waiting": float(load.waiting),
        "suyuan_generation": float(services().generation_number() or 0),
        "process_resident_memory_bytes": float(resident_bytes()),
    }
    return Response(kept.to_text(gauges), content_type="text/plain; version=0.0.4; charset=utf-8")
