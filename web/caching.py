"""What a client that has an answer already needn't get again: ETag by generation, and 304.

An answer follows from its address, what the client likes, the program and the generation; so the tag is known
before the answer is, and a client that has it costs nothing. It is weak: the same answer may be packed or not.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

from flask import Flask, Response, g, make_response, request

from kg.errors import SuyuanError
from kg.ingest.version import code_version
from web.language import COOKIE, PROGRAMS
from web.services import services

NOT_KEPT = ("/healthz", "/readyz", "/metrics", "/static/")
"""What tells of this moment, and files that have a tag of their own."""

DEPENDS_ON = ("Accept", "Accept-Language", "Host")
_OF_THE_MOMENT = re.compile(r"now|rand|uuid|bnode|\\", re.IGNORECASE)


def install(app: Flask) -> None:
    """Give every answer of `app` that follows from the generation its tag."""
    # The rest of the program stands beside this file; what the generations depend on is added to it.
    made = hashlib.sha256(f"{_program()} {app.extensions['suyuan'].settings}".encode()).hexdigest()

    @app.before_request
    def spare() -> Response | None:
        g.tag = _tag(made)
        # `*` says nothing of the answer a client has.
        if g.tag and not request.if_none_match.star_tag and request.if_none_match.contains_weak(g.tag):
            response = make_response("", 304)
            response.headers.pop("Content-Type", None)
            return response
        return None

    @app.after_request
    def mark(response: Response) -> Response:
        tag = g.get("tag")
        if tag and response.status_code in (200, 304):
            response.set_etag(tag, weak=True)
            response.headers.setdefault("Cache-Control", "no-cache")
        if not request.path.startswith(NOT_KEPT):
            _say_what_it_depends_on(response)
        return response


def _say_what_it_depends_on(response: Response) -> None:
    response.vary.add("Accept")
    response.vary.add("Accept-Language")
    if not request.path.startswith(PROGRAMS):
        response.vary.add("Cookie")


def _tag(made: str) -> str | None:
    """Return the tag of the answer to this request; None where it doesn't follow from the generation alone."""
    if request.method not in ("GET", "HEAD") or request.path.startswith(NOT_KEPT):
        return None
    if "query" in request.args and _OF_THE_MOMENT.search(request.args["query"]):
        return None
    try:
        number = services().generation_number()
    except SuyuanError:
        return None  # whoever needs the generation says what is wrong with it
    if number is None:
        return None
    liked = [request.headers.get(name, "") for name in DEPENDS_ON]
    said = "\n".join([made, request.full_path, *liked, request.cookies.get(COOKIE, "")])
    return f"{number}-{hashlib.sha256(said.encode()).hexdigest()[:12]}"


@cache
def _program() -> str:
    """Return what changes with the code of pages and answers, and of what they come from."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(path.read_bytes())
    return digest.hexdigest() + code_version(Path(__file__))
