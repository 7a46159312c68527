"""What holds for every request: one shape of errors, limits, and the headers that keep browsers safe."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from typing import Annotated

from flask import Flask, Response, current_app, g, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from kg.errors import LOGGED, NotFound, SuyuanError
from kg.messages import Message, say
from kg.serialise import KNOWN
from web.language import asked_language
from web.metrics import Metrics
from web.negotiate import wants_html
from web.sending import send
from web.services import services

MAX_BODY = 1 << 20
"""Bytes a request may carry; a query has a few hundred, a long VALUES list some ten thousand."""

STATUS = {
    "bad_request": 400,
    "unsupported_media_type": 415,
    "unauthorized": 401,
    "writing_off": 403,
    "graph_refused": 403,
    "bad_graph": 400,
    "not_found": 404,
    "input_refused": 400,
    "query_syntax": 400,
    "query_refused": 403,
    "query_error": 400,
    "query_timeout": 504,
    "query_too_large": 422,
    "query_busy": 503,
    "not_acceptable": 406,
    "broken_worker": 500,
    "bad_search": 400,
    "model_unavailable": 400,
    "model_mismatch": 503,
    "index_damaged": 503,
    "no_generation": 503,
    "generation_damaged": 503,
    "store_error": 503,
    "store_locked": 503,
}
"""The HTTP status of each error code; what isn't named is a fault of ours, 500."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
OPEN_PATHS = ("/api/", "/sparql", "/id/", "/ontology", "/openapi.json", "/.well-known/")
"""What other sites' pages may read; it is public and nothing can be changed."""

_NAMES = {
    400: "bad_request",
    404: "not_found",
    405: "method_not_allowed",
    406: "not_acceptable",
    413: "request_too_large",
    414: "address_too_long",
    415: "unsupported_media_type",
}
_MESSAGES = {
    404: say("error.http.nothing"),
    405: say("error.http.method"),
    413: say("error.http.body", allowed=MAX_BODY >> 20),
}
_log = logging.getLogger("suyuan.web")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What went wrong."""

    code: Annotated[str, "stable, for programs"]
    message: Annotated[str, "what happened, in the language asked for"]
    hint: Annotated[str, "what can be done about it; may be empty"]
    message_code: Annotated[str | None, "what the message says, the same in every language", KNOWN] = None
    near: Annotated[tuple[str, ...], "closest names or IRIs there are", KNOWN] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorAnswer:
    """The one shape of every error."""

    error: Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorPage:
    status: int
    message: str
    hint: str
    near: tuple[str, ...]


def install(app: Flask, metrics: Metrics) -> None:
    """Put the guard around every request of `app`."""
    app.config.update(MAX_CONTENT_LENGTH=MAX_BODY, MAX_FORM_MEMORY_SIZE=MAX_BODY, MAX_FORM_PARTS=100)
    app.register_error_handler(SuyuanError, on_error)
    app.register_error_handler(HTTPException, on_http_error)
    app.register_error_handler(Exception, on_fault)

    @app.before_request
    def start() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def finish(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if request.path.startswith(OPEN_PATHS):
            response.headers["Access-Control-Allow-Origin"] = "*"
            response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, POST, OPTIONS"
            response.headers["Access-Control-Allow-Headers"] = "Accept, Accept-Language, Content-Type, If-None-Match"
            response.headers["Access-Control-Expose-Headers"] = "ETag, Retry-After, Allow"
        route = str(request.url_rule) if request.url_rule else "(none)"
        metrics.count_request(route, request.method, response.status_code, time.perf_counter() - g.started)
        return response


def on_error(error: SuyuanError) -> Response:
    """Answer one of our own errors, with near matches where it has some."""
    codes = (str(vars(kind).get("code")) for kind in type(error).__mro__)
    status = next((STATUS[code] for code in codes if code in STATUS), 500)
    near = error.near if isinstance(error, NotFound | BadRequest) else ()
    response = answer(status, error, near=near)
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    if status == 503:
        response.headers["Retry-After"] = "5"
    return response


def on_http_error(error: HTTPException) -> Response:
    """Answer an error of the HTTP layer in our shape; redirects pass."""
    status = error.code or 500
    if status < 400:
        return make_response(error.get_response())
    said = _MESSAGES.get(status) or error.description or error.name
    response = answer(status, HttpError(said, _NAMES.get(status, f"http_{status}")))
    if status == 405 and (allowed := getattr(error, "valid_methods", None)):
        response.headers["Allow"] = ", ".join(sorted(allowed))
    return response


def on_fault(error: Exception) -> Response:
    """Answer a fault of ours: the log has it, the client learns nothing of the inside."""
    _log.error("%s %s failed", request.method, request.path, exc_info=error)
    return answer(500, HttpError(say("error.http.fault"), "internal_error"))


class BadRequest(SuyuanError):
    """A request that doesn't say what it asks for in a form that can be read."""

    code = "bad_request"

    def __init__(self, said: Message | str, *, near: tuple[str, ...] = ()) -> None:
        super().__init__(said)
        self.near = near


class UnsupportedMediaType(SuyuanError):
    """A body of another media type or encoding than its address takes."""

    code = "unsupported_media_type"


class HttpError(SuyuanError):
    """What the HTTP layer refused, or a fault of ours, under a code of its own."""

    def __init__(self, said: Message | str, code: str) -> None:
        super().__init__(said)
        self.code = code


def answer(status: int, error: SuyuanError, *, near: tuple[str, ...] = ()) -> Response:
    """Return an error: as a page for a person's browser, else as `{"error": {code, message, hint}}`.

    A page speaks its own language, anything else the one that the request asks for, else English.
    """
    metrics: Metrics = current_app.extensions["suyuan.metrics"]
    metrics.count_error(error.code)
    if wants_html(request) and not request.path.startswith("/api/"):
        message, hint = _told(error, g.language)
        page = _page(ErrorPage(status=status, message=message, hint=hint, near=near))
        if page is not None:
            return make_response(page, status)
    message, hint = _told(error, asked_language() or LOGGED)
    said = error.said.code if isinstance(error.said, Message) else None
    problem = Problem(code=error.code, message=message, hint=hint, message_code=said, near=near)
    return send(ErrorAnswer(error=problem), status)


def _told(error: SuyuanError, language: str) -> tuple[str, str]:
    """Return message and hint; where the files lie is nobody's business outside."""
    place = say("error.http.home").told(language)
    return error.told(language).replace(str(services().home.path), place), error.hinted(language)


def _page(page: ErrorPage) -> str | None:
    """Return the error page; None if even that fails, so that the client gets an answer at all."""
    try:
        return render_template("error.html", page=page)
    except Exception:
        _log.exception("the error page failed")
        return None
