"""The JSON schema of a type, from the fields and marks that kg.serialise writes it by.

Dataclasses become components, named as the class is; their docstrings and the words in `Annotated` are the
descriptions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import is_dataclass
from decimal import Decimal
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from kg.messages import Message
from kg.messages.catalogue import Sayable
from kg.serialise import Part, parts_of, type_name

Schema = dict[str, Any]

_PLAIN: Mapping[Any, Schema] = {
    str: {"type": "string"},
    Message: {"type": "string"},
    # A message among the arguments of another stays in no language (kg.messages.to_plain).
    Sayable: {
        "type": "object",
        "properties": {"code": {"type": "string"}, "arguments": {"type": "object"}},
        "required": ["code", "arguments"],
    },
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    Decimal: {"type": "string", "format": "decimal"},
    NoneType: {"type": "null"},
    object: {},
}


def to_schema(kind: Any, components: dict[str, Schema]) -> Schema:
    """Return the schema of a type; what it refers to is put in `components`.

    >>> to_schema(tuple[int, ...] | None, {})
    {'anyOf': [{'type': 'array', 'items': {'type': 'integer'}}, {'type': 'null'}]}
    """
    if kind in _PLAIN:
        return dict(_PLAIN[kind])
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Literal:
        return {"type": "string", "enum": list(inner)}
    if origin in (Union, UnionType):
        schemas = [to_schema(each, components) for each in inner]
        different = [schema for place, schema in enumerate(schemas) if schema not in schemas[:place]]
        return {"anyOf": different} if len(different) > 1 else different[0]
    if origin in (tuple, list) or (isinstance(origin, type) and issubclass(origin, tuple | list)):
        return _array(inner, components)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": to_schema(inner[1], components)}
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return {"type": "string", "enum": [each.value for each in kind]}
    if is_dataclass(kind):
        return {"$ref": f"#/components/schemas/{_component(kind, components)}"}
    raise TypeError(f"{kind} has no schema")


def _array(inner: tuple[Any, ...], components: dict[str, Schema]) -> Schema:
    array = {"type": "array", "items": to_schema(inner[0], components)}
    if len(inner) > 1 and inner[1] is not Ellipsis:
        return {**array, "minItems": len(inner), "maxItems": len(inner)}
    return array


def _component(kind: Any, components: dict[str, Schema]) -> str:
    """Put a dataclass among the components, once, and return its name."""
    name: str = kind.__name__
    if name in components:
        return name
    described = components[name] = {"type": "object", "description": " ".join((kind.__doc__ or "").split())}
    parts = parts_of(kind)
    properties = {part.name: _property(part, components) for part in parts}
    required = [part.name for part in parts if not part.optional]
    if own := type_name(kind):
        properties = {"type": {"type": "string", "const": own}, **properties}
        required = ["type", *required]
    described |= {"properties": properties, "required": required, "additionalProperties": False}
    if (kind.__doc__ or "").startswith(f"{name}("):
        del described["description"]  # what the library writes where nobody has
    return name


def _property(part: Part, components: dict[str, Schema]) -> Schema:
    kind = float | None if part.number else part.kind
    if part.optional and get_origin(kind) in (Union, UnionType):
        rest = [each for each in get_args(kind) if each is not NoneType]
        kind = rest[0] if len(rest) == 1 else kind
    schema = to_schema(kind, components)
    return {**schema, "description": part.told} if part.told else schema
