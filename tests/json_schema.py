"""Compares JSON with the part of JSON Schema that the description of the API uses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

TYPES: dict[str, type | tuple[type, ...]] = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "object": dict,
    "array": list,
    "null": type(None),
}


def check(described: dict[str, Any], schema: dict[str, Any], value: Any, where: str) -> None:
    """Fail unless `value` is as `schema` says; `described` is the document its references are in."""
    problem = find_problem(described, schema, value, where)
    assert problem is None, problem


def find_problem(described: dict[str, Any], schema: dict[str, Any], value: Any, where: str) -> str | None:
    """Return where and how `value` is not as `schema` says, None if it is."""
    if "$ref" in schema:
        return find_problem(described, resolve(described, schema["$ref"]), value, where)
    if "anyOf" in schema:
        problems = [find_problem(described, each, value, where) for each in schema["anyOf"]]
        return None if None in problems else " | ".join(map(str, problems))
    if "type" in schema and not any(_is_of(value, name) for name in _names(schema)):
        return f"{where}: {value!r} is not {schema['type']}"
    if "enum" in schema and value not in schema["enum"]:
        return f"{where}: {value!r} is not one of {schema['enum']}"
    if "const" in schema and value != schema["const"]:
        return f"{where}: {value!r} is not {schema['const']}"
    if isinstance(value, dict) and (problem := _find_wrong_names(schema, value)):
        return f"{where}: {problem}"
    found = (find_problem(described, each, part, place) for place, each, part in _parts(schema, value, where))
    return next((problem for problem in found if problem is not None), None)


def references(part: Any) -> Iterator[str]:
    """Yield every `$ref` of a part of the description."""
    if isinstance(part, dict):
        if "$ref" in part:
            yield part["$ref"]
        for value in part.values():
            yield from references(value)
    elif isinstance(part, list):
        for value in part:
            yield from references(value)


def resolve(described: dict[str, Any], reference: str) -> Any:
    """Return what a `$ref` points to."""
    part: Any = described
    for step in reference.removeprefix("#/").split("/"):
        part = part[step]
    return part


def _find_wrong_names(schema: dict[str, Any], value: dict[str, Any]) -> str | None:
    if missing := set(schema.get("required", ())) - set(value):
        return f"{missing} missing"
    unknown = set(value) - set(schema.get("properties", {}))
    return f"{unknown} not described" if unknown and schema.get("additionalProperties") is False else None


def _parts(schema: dict[str, Any], value: Any, where: str) -> Iterator[tuple[str, dict[str, Any], Any]]:
    """Yield place, schema and value of each part of a list or object."""
    if isinstance(value, list):
        for place, part in enumerate(value):
            yield f"{where}[{place}]", schema.get("items", {}), part
    elif isinstance(value, dict):
        others = schema.get("additionalProperties", {})
        for name, part in value.items():
            rest = others if isinstance(others, dict) else {}
            yield f"{where}.{name}", schema.get("properties", {}).get(name, rest), part


def _names(schema: dict[str, Any]) -> list[str]:
    kinds = schema["type"]
    return kinds if isinstance(kinds, list) else [kinds]


def _is_of(value: Any, name: str) -> bool:
    return name == "boolean" if isinstance(value, bool) else isinstance(value, TYPES[name])
