"""The addresses that pages link to: entities, places in a source, traces, and the same search otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from flask import current_app, request

from kg.values.place import NUMBERS, Place, box_text
from web.language import pattern


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A text that leads to an address."""

    text: str
    address: str


def entity_address(iri: str) -> str:
    """Return where an entity is shown: below /id/ for our own IRIs, the IRI itself for web addresses.

    Anything else (an IRI of another scheme, a string that only looks like a link) leads nowhere.
    """
    base = f"{current_app.config['BASE_IRI']}id/"
    if iri.startswith(base):
        return "/id/" + quote(iri[len(base) :], safe="/:@!$&'()*+,;=~%")
    return iri if iri.startswith(("https://", "http://")) else "#"


def source_address(sha256: str, place: Place, record: str | None = None) -> str:
    """Return where what is printed at `place` of a source is shown, marked.

    `record` is the IRI of what was read there: the page takes the place from it. The numbers stand beside it
    so that the address leads somewhere when another generation has read the source differently.
    """
    wanted: dict[str, object] = {} if record is None else {"record": record}
    wanted |= dict(place.numbers())
    if place.box is not None and record is None:
        wanted["box"] = box_text(place.box, ",")
    address = f"/source/{sha256}?{urlencode(wanted)}"
    return address if place.line is None else f"{address}#L{place.line}"


def place_text(place: Place) -> str:
    """Return a place in the request's language: section, table, and the numbers people look for."""
    numbers = place.words({name: pattern(f"place.{name}") for name in NUMBERS})
    return " · ".join(part for part in (place.section, place.table, numbers) if part)


def trace_address(name: str) -> str:
    """Return where a project or legal document is traced."""
    return f"/trace?{urlencode({'name': name})}"


def search_address(text: str) -> str:
    """Return where a text is searched for."""
    return f"/search?{urlencode({'q': text})}"


def this_search(*, without: Iterable[tuple[str, str]] = (), **changed: object) -> str:
    """Return the current search with some parameters set and some (name, value) pairs taken out.

    The list starts over unless `offset` or `page` is among those set; `format` is not kept.
    """
    dropped = set(without)
    kept = [
        (name, value)
        for name, value in request.args.items(multi=True)
        if name not in changed and name not in ("offset", "page", "format", "lang") and (name, value) not in dropped
    ]
    return f"{request.path}?{urlencode([*kept, *((k, str(v)) for k, v in changed.items() if v is not None)])}"


def this_search_with(name: str, value: str) -> str:
    """Return the current search with one parameter set, in place of what it had."""
    changed: dict[str, Any] = {name: value}
    return this_search(**changed)


def this_search_and(name: str, value: str) -> str:
    """Return the current search narrowed by one more `name=value`."""
    kept = [(k, v) for k, v in request.args.items(multi=True) if k not in ("offset", "page", "format", "lang")]
    return f"{request.path}?{urlencode([*kept, (name, value)])}"
