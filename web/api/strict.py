"""Parameters that an address of the API doesn't know are refused: a filter misspelled would be a filter left out."""

from __future__ import annotations

from difflib import get_close_matches

from flask import Flask, current_app, request

from kg.messages import say
from web.api.operations import operations_of
from web.guard import BadRequest

EVERYWHERE = ("lang",)
"""Parameters that every address takes."""


def install(app: Flask) -> None:
    """Have `app` refuse what no operation below /api/ declares."""
    app.before_request(refuse_unknown)


def refuse_unknown() -> None:
    """Raise BadRequest, with the nearest name there is, for a parameter that this operation doesn't declare."""
    if request.endpoint is None or not request.path.startswith("/api/"):
        return
    method = "get" if request.method == "HEAD" else request.method.lower()
    operation = operations_of(current_app.view_functions[request.endpoint]).get(method)
    if operation is None:
        return
    known = [each.name for each in operation.parameters if not each.in_path] + [*EVERYWHERE]
    for name in request.args:
        if name not in known:
            near = tuple(get_close_matches(name, known, n=3, cutoff=0.5))
            raise BadRequest(say("error.request.unknown", name=name[:100], known=tuple(known)), near=near)
