"""The addresses that pages link to: entities, places in a source, traces, and the same search otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import quote, urlencode

from flask import current_app, request

Data = Mapping[str, object]


def entity_address(iri: str) -> str:
    """Return where an entity is shown: below /id/ for our own IRIs, the IRI itself for web addresses.

    Anything else (an IRI of another scheme, a string that only looks like a link) leads nowhere.
    """
    base = f"{current_app.config['BASE_IRI']}id/"
    if iri.startswith(base):
        return "/id/" + quote(iri[len(base) :], safe="/:@!$&'()*+,;=~%")
    return iri if iri.startswith(("https://", "http://")) else "#"


def source_address(document: Data, source: Data) -> str:
    """Return where the printed cell is shown, marked."""
    wanted = {name: source.get(name) for name in ("page", "line", "col", "row", "table") if source.get(name)}
    if isinstance(source.get("box"), list | tuple):
        wanted["box"] = ",".join(str(edge) for edge in source["box"])  # type: ignore[attr-defined]
    address = f"/source/{document['sha256']}?{urlencode(wanted)}"
    return f"{address}#L{source['line']}" if source.get("line") else address


def trace_address(name: str) -> str:
    """Return where a project or legal document is traced."""
    return f"/trace?{urlencode({'name': name})}"


def this_search(*, without: Iterable[tuple[str, str]] = (), **changed: object) -> str:
    """Return the current search with some parameters set and some (name, value) pairs taken out.

    The page starts over unless `offset` is among those set.
    """
    dropped = set(without)
    kept = [
        (name, value)
        for name, value in request.args.items(multi=True)
        if name not in changed and name not in ("offset", "lang") and (name, value) not in dropped
    ]
    return f"{request.path}?{urlencode([*kept, *((k, str(v)) for k, v in changed.items() if v is not None)])}"


def this_search_and(name: str, value: str) -> str:
    """Return the current search narrowed by one more `name=value`."""
    kept = [(k, v) for k, v in request.args.items(multi=True) if k not in ("offset", "lang")]
    return f"{request.path}?{urlencode([*kept, (name, value)])}"
