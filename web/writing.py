"""Who may write: whoever has the token of the settings. Without one nobody, and nothing can be changed by HTTP."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable, Sequence

from flask import current_app, request

from kg.errors import SuyuanError
from kg.messages import say
from kg.rdf import Iri, Quad
from web.services import services

Edit = Callable[[Sequence[Quad]], Iterable[Quad]]
"""Gets what a graph holds and returns what it shall hold."""

Curate = Callable[[Iri, Edit], bool]
"""Publishes a generation with a curators' graph edited; returns whether the graph is new.

suyuan.pipeline.curate is one; what stands above this package is handed down.
"""


class Unauthorized(SuyuanError):
    """A change without the token, or with another."""

    code = "unauthorized"


class WritingOff(SuyuanError):
    """A change where no token is set, so that nobody may change anything."""

    code = "writing_off"


def allowed_writer() -> Curate:
    """Return what changes graphs, for a request that has the token. Raises Unauthorized and WritingOff."""
    token = services().settings.write_token
    curate: Curate | None = current_app.extensions.get("suyuan.curate")
    if not token or curate is None:
        raise WritingOff(say("error.writing.off"))
    kind, _, sent = request.headers.get("Authorization", "").partition(" ")
    # A header is bytes that WSGI shows as Latin-1. Compared in a time that tells nothing of how much of it is right.
    right = hmac.compare_digest(sent.strip(" ").encode("latin-1", "replace"), token.encode())
    if kind.lower() != "bearer" or not right:
        raise Unauthorized(say("error.writing.token"))
    return curate
