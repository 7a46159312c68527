"""Send an answer: as JSON from its type, or with the headers of one that depends on what the client accepts."""

from __future__ import annotations

from flask import Response, g, make_response
from werkzeug import Response as BaseResponse

from kg.serialise import to_json


def send(answer: object, status: int = 200) -> Response:
    """Return an answer of ours as JSON, messages in the language of the request."""
    return Response(to_json(answer, language=g.language) + "\n", status, content_type="application/json")


def varied(response: BaseResponse) -> Response:
    """Return a response that says that it depends on the Accept header."""
    sent = make_response(response)
    sent.vary.add("Accept")
    return sent
