"""Is it alive, is it ready, how is it doing: for whoever keeps it running."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, jsonify

from kg.errors import SuyuanError
from web.metrics import Metrics, resident_bytes
from web.services import services

health = Blueprint("health", __name__)


@health.get("/healthz")
def healthz() -> Response:
    """Say that the process answers."""
    return jsonify({"status": "ok"})


@health.get("/readyz")
def readyz() -> Response:
    """Say whether questions can be answered: 200 with the generation served, else 503 and why."""
    with services().opened() as opened:
        data: dict[str, object] = {"status": "ok", "generation": opened.generation.number}
        try:
            opened.engine()
            data["search"] = "ok"
        except SuyuanError as error:
            data["search"] = error.message
    if (problem := services().problem) is not None:
        data["newer_generation"] = problem.message
    return jsonify(data)


@health.get("/metrics")
def metrics() -> Response:
    """Return the figures since the start in Prometheus' text format."""
    kept: Metrics = current_app.extensions["suyuan.metrics"]
    gauges = {
        "suyuan_generation": float(services().generation_number() or 0),
        "process_resident_memory_bytes": float(resident_bytes()),
    }
    return Response(kept.to_text(gauges), content_type="text/plain; version=0.0.4; charset=utf-8")
