"""What a view does, declared beside it: parameters, answers and errors, as /openapi.json tells them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from kg.query.formats import Format
from web.api.examples import Held

View = TypeVar("View", bound=Callable[..., object])
Content = Mapping[str, Any]
"""Media type -> the type of what is sent: `str` for text, `object` for anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One parameter of an address; `kind` is its type, `limits` more words of JSON Schema (minimum, default …).

    `settings` are such words whose value is a setting: word -> its name. `held` chooses the example from what is
    held, for a parameter whose every fixed example most homes would know nothing of.
    """

    name: str
    told: str
    kind: Any = str
    required: bool = False
    in_path: bool = False
    example: object = None
    held: Callable[[Held], str | None] | None = None
    limits: Mapping[str, object] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One method of one address.

    `answer` is what it sends with 200; `errors` the statuses of the errors it may answer with, 500 besides;
    `redirects` why a browser is led elsewhere; `body` what a POST may carry, media type -> a text of that
    type or the fields of a form, with an example.
    """

    id: str
    summary: str
    answer: Content
    answered: str
    told: str = ""
    parameters: tuple[Parameter, ...] = ()
    errors: tuple[int, ...] = ()
    redirects: str = ""
    body: Mapping[str, tuple[type[str] | tuple[Parameter, ...], object]] = field(default_factory=dict)


def described(**operations: Operation) -> Callable[[View], View]:
    """Declare what a view does, by method: `get=Operation(…)`."""

    def declare(view: View) -> View:
        view.operations = operations  # type: ignore[attr-defined]
        return view

    return declare


def operations_of(view: Callable[..., object]) -> Mapping[str, Operation]:
    """Return what a view was declared to do, by method in lower case; nothing for pages."""
    found: Mapping[str, Operation] = getattr(view, "operations", {})
    return found


def count_parameter(name: str, told: str, most: int, default: int) -> Parameter:
    """Return a parameter that counts something, from 0 to `most`."""
    return Parameter(name=name, told=told, kind=int, limits={"minimum": 0, "maximum": most, "default": default})


def json_of(kind: Any) -> Content:
    """Return the content of an answer of ours."""
    return {"application/json": kind}


def text_in(*formats: Format | str) -> Content:
    """Return the content of an answer that comes in several formats; JSON of a standard may hold anything."""
    media_types = [each if isinstance(each, str) else each.media_types[0] for each in formats]
    return {media: object if media.endswith("+json") else str for media in media_types}


def format_parameter(*formats: Format) -> Parameter:
    """Return the parameter that takes the place of an Accept header."""
    names = tuple(each.name for each in formats)
    return Parameter(name="format", told="in place of an Accept header", limits={"enum": list(names)})
