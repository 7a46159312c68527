"""Values as plain data and as JSON: the one way from our types to what is printed or sent.

A dataclass becomes an object with its fields in order; a class variable `type` names it and comes first. Decimals
become strings in plain digits, tuples lists, enumerations their values. Marks in `Annotated` say the rest:

    Flat(*names)   the parts of the field stand in its place: all of them, or those fields and properties that are
                   named, in that order
    Named(name)    the key, where it is no word of Python
    Digits(n)      floats are rounded to n decimals
    KNOWN          left out where it is None or empty
    NUMBER         decimals are written as numbers
    CODED          a message or what is printed: beside its text stand, of a message, its code and arguments, the same
                   in every language, as `<name>_code` and `<name>_arguments`
    "words"        what the field means, for the schema (web.api.schema) alone

What a flat field leaves out where unknown comes after the fields that always stand.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from decimal import Decimal
from enum import Enum
from functools import cache
from operator import attrgetter
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from kg.messages import FIRST, Argument, Message, to_plain


@dataclass(frozen=True, slots=True)
class Digits:
    """Round the floats of a field to so many decimals."""

    places: int


@dataclass(frozen=True, slots=True)
class Named:
    """Write a field under another name than its own."""

    name: str


class Flat:
    """Put the parts of a field in its place; `names` chooses some of them and their order."""

    def __init__(self, *names: str) -> None:
        self.names = names


class Mark(Enum):
    """The marks that need no more than their name."""

    KNOWN = "left out where it is None or empty"
    NUMBER = "decimals are written as numbers"
    CODED = "the code and the arguments of a message stand beside its text"


KNOWN, NUMBER, CODED = Mark.KNOWN, Mark.NUMBER, Mark.CODED


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One key of an object: where its value is found, of which type, and how it is written.

    `aspect` is "code" or "arguments" where the key tells that of a message instead of its text.
    """

    name: str
    path: str
    kind: Any
    told: str = ""
    digits: int | None = None
    number: bool = False
    optional: bool = False
    aspect: str = ""

    def read(self, value: object) -> Any:
        """Return the value of this part of an object."""
        found = attrgetter(self.path)(value)
        if not self.aspect:
            return found
        return to_plain(found)[self.aspect] if isinstance(found, Message) else None

    def write(self, value: Any, language: str) -> Any:
        """Return a value of this part as plain data, messages told in `language`."""
        plain = to_data(value, language)
        if self.number and isinstance(value, Decimal):
            return float(value)
        return plain if self.digits is None else _rounded(plain, self.digits)


@cache
def parts_of(kind: type) -> tuple[Part, ...]:
    """Return the keys that an object of the dataclass `kind` is written with, in order."""
    found = list(_parts(kind))
    return tuple(sorted(found, key=lambda part: part.optional and "." in part.path))


def type_name(kind: type) -> str | None:
    """Return the class variable `type` of a dataclass, None where it has none."""
    name = getattr(kind, "type", None)
    return name if isinstance(name, str) else None


def to_data(value: object, language: str = FIRST) -> Any:
    """Return a value as dictionaries, lists, strings, numbers, booleans and None; a message is told in `language`.

    >>> to_data({"预算": Decimal("5E+2"), "年度": (2020, 2023)})
    {'预算': '500', '年度': [2020, 2023]}
    """
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Mapping):
        return {str(key): to_data(item, language) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [to_data(item, language) for item in value]
    if isinstance(value, Message):
        return value.told(language)
    if is_dataclass(value) and not isinstance(value, type):
        return _object(value, language)
    raise TypeError(f"{type(value).__name__} has no plain form")


def to_json(value: object, *, indent: int | None = None, language: str = FIRST) -> str:
    """Return a value as JSON, Chinese as it is: one line, or indented by so many blanks."""
    return json.dumps(to_data(value, language), ensure_ascii=False, indent=indent)


def _object(value: Any, language: str) -> dict[str, Any]:
    kind: Any = type(value)
    name, steps = _steps(kind)
    data: dict[str, Any] = {} if name is None else {"type": name}
    for part, read in steps:
        found = read(value)
        if not (part.optional and (found is None or (hasattr(found, "__len__") and not found))):
            data[part.name] = part.write(found, language)
    return data


@cache
def _steps(kind: type) -> tuple[str | None, tuple[tuple[Part, Callable[[object], Any]], ...]]:
    # An aspect is rare; for all others the way to the value is made once.
    return type_name(kind), tuple(
        (part, part.read if part.aspect else attrgetter(part.path)) for part in parts_of(kind)
    )


def _rounded(data: Any, digits: int) -> Any:
    if isinstance(data, list):
        return [_rounded(item, digits) for item in data]
    if isinstance(data, dict):
        return {key: _rounded(item, digits) for key, item in data.items()}
    return round(data, digits) if isinstance(data, float) else data


def _parts(kind: type) -> Iterator[Part]:
    hints = get_type_hints(kind, include_extras=True)
    for entry in fields(kind):
        inner, marks = _marks(hints[entry.name])
        flat = next((mark for mark in marks if isinstance(mark, Flat)), None)
        if flat is None:
            yield Part(
                name=next((mark.name for mark in marks if isinstance(mark, Named)), entry.name),
                path=entry.name,
                kind=inner,
                told=next((mark for mark in marks if isinstance(mark, str)), ""),
                digits=next((mark.places for mark in marks if isinstance(mark, Digits)), None),
                number=NUMBER in marks,
                optional=KNOWN in marks,
            )
            if CODED in marks:
                yield from _coded(entry.name)
            continue
        held = {part.name: part for part in parts_of(inner)}
        for name in flat.names or held:
            part = held.get(name) or _computed(inner, name)
            yield replace(part, path=f"{entry.name}.{part.path}")


def _coded(name: str) -> Iterator[Part]:
    for aspect, kind, told in (
        ("code", str, "what the text says, the same in every language; left out where it is printed"),
        ("arguments", Mapping[str, Argument], "what the text names, decimals as strings; left out where it is printed"),
    ):
        yield Part(name=f"{name}_{aspect}", path=name, kind=kind, told=told, optional=True, aspect=aspect)


def _computed(kind: type, name: str) -> Part:
    """Return the key for a property that a flat field names beside its fields."""
    return Part(name=name, path=name, kind=get_type_hints(getattr(kind, name).fget)["return"])


def _marks(hint: Any) -> tuple[Any, tuple[Any, ...]]:
    if get_origin(hint) is Annotated:
        inner, *marks = get_args(hint)
        return inner, tuple(marks)
    return hint, ()
