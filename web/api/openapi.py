"""/openapi.json: the description of the API, made from what stands beside the views and from the types they send."""

from __future__ import annotations

import re
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from flask import Blueprint, Response, current_app

from web.api.examples import held_examples
from web.api.operations import Operation, Parameter, described, json_of, operations_of
from web.api.schema import Schema, to_schema
from web.guard import ErrorAnswer
from web.sending import send
from web.services import services

views = Blueprint("api_description", __name__)

ERRORS = {
    400: (
        "BadRequest",
        "the request can't be understood: code bad_search, query_syntax, query_error, model_unavailable or bad_request",
    ),
    403: ("Refused", "an update, LOAD or a foreign SERVICE: code query_refused"),
    404: ("NotFound", "there is no such thing; `near` names the closest"),
    406: ("NotAcceptable", "no such format for this answer"),
    413: ("TooLargeRequest", "the request is larger than 1 MiB"),
    415: ("UnsupportedMediaType", "the body is neither a form nor a query, or not UTF-8"),
    422: ("TooLarge", "the query needs more memory or rows than allowed: code query_too_large"),
    500: ("Fault", "a fault of the server"),
    503: (
        "Unavailable",
        "nothing ingested yet, no index or model to search with, or too many queries; see Retry-After",
    ),
    504: ("Timeout", "the query ran past its deadline and was stopped: code query_timeout"),
}
INFO: dict[str, object] = {
    "title": "Suyuan 溯源",
    "summary": "Government budgets as a knowledge graph: search, SPARQL, traces",
    "description": (
        'Every answer is of one generation of the data. Every error has one shape, `{"error": {"code", "message",'
        ' "hint"}}`; a browser that asks for HTML gets a page instead, except below /api/. Messages are told in'
        " the language of `?lang=`, else of Accept-Language."
    ),
    "license": {"name": "MIT", "identifier": "MIT"},
}


@views.get("/openapi.json")
@described(
    get=Operation(id="openapi", summary="This description", answer=json_of(dict[str, object]), answered="OpenAPI 3.1")
)
def openapi() -> Response:
    """Return the description of this API (OpenAPI 3.1)."""
    schemas: dict[str, Schema] = {}
    paths: dict[str, dict[str, Any]] = {}
    told: set[int] = set()
    for rule in current_app.url_map.iter_rules():
        for method, operation in operations_of(current_app.view_functions[rule.endpoint]).items():
            address = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
            paths.setdefault(address, {})[method] = _operation(operation, schemas, address)
            told |= {*_errors(operation, address)}
    error = {"application/json": {"schema": to_schema(ErrorAnswer, schemas)}}
    responses = {
        name: {"description": why, "content": error} for status, (name, why) in ERRORS.items() if status in told
    }
    description: dict[str, object] = {
        "openapi": "3.1.0",
        "info": {**INFO, "version": installed_version()},
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {"schemas": schemas, "responses": responses},
    }
    return send(description)


@cache
def installed_version() -> str:
    """Return the version of this installation, 0 where it is none."""
    try:
        return version("suyuan")
    except PackageNotFoundError:
        return "0"


def _errors(operation: Operation, address: str) -> list[int]:
    """Return what an operation may answer with; below /api/ an unknown parameter is refused (web.api.strict)."""
    refused = {400} if address.startswith("/api/") else set()
    return sorted({*operation.errors, *refused, 500})


def _operation(operation: Operation, schemas: dict[str, Schema], address: str) -> dict[str, Any]:
    content = {media: {"schema": to_schema(kind, schemas)} for media, kind in operation.answer.items()}
    responses: dict[str, Any] = {"200": {"description": operation.answered, "content": content}}
    if operation.redirects:
        responses["303"] = {"description": operation.redirects}
    for status in _errors(operation, address):
        responses[str(status)] = {"$ref": f"#/components/responses/{ERRORS[status][0]}"}
    told: dict[str, Any] = {"operationId": operation.id, "summary": operation.summary}
    if operation.told:
        told["description"] = operation.told
    told["parameters"] = [_parameter(each, schemas) for each in operation.parameters]
    if operation.body:
        bodies = {
            media: {
                "schema": _form(kind, schemas) if isinstance(kind, tuple) else to_schema(kind, schemas),
                "example": example,
            }
            for media, (kind, example) in operation.body.items()
        }
        told["requestBody"] = {"required": True, "content": bodies}
    return told | {"responses": responses}


def _form(fields: tuple[Parameter, ...], schemas: dict[str, Schema]) -> Schema:
    properties = {each.name: _schema(each, schemas) for each in fields}
    return {"type": "object", "properties": properties, "required": [each.name for each in fields if each.required]}


def _schema(parameter: Parameter, schemas: dict[str, Schema]) -> Schema:
    settings = {word: getattr(services().settings, name) for word, name in parameter.settings.items()}
    return {**to_schema(parameter.kind, schemas), **parameter.limits, **settings}


def _parameter(parameter: Parameter, schemas: dict[str, Schema]) -> dict[str, Any]:
    schema = _schema(parameter, schemas)
    told = {
        "name": parameter.name,
        "in": "path" if parameter.in_path else "query",
        "required": parameter.required or parameter.in_path,
        "schema": schema,
        "description": parameter.told,
    }
    if schema["type"] == "array":
        told |= {"style": "form", "explode": True}
    example = parameter.held(held_examples()) if parameter.held else parameter.example
    return told if example is None else told | {"example": example}
