"""Parameters of the API as they are given in an address: once each, numbers as numbers."""

from __future__ import annotations

from flask import request

from kg.errors import BadSearch
from kg.messages import say


def one_each(*names: str) -> None:
    """Raise BadSearch for a parameter that makes sense once and is given twice."""
    for name in names:
        if len(request.args.getlist(name)) > 1:
            raise BadSearch(say("error.search.twice", name=name))


def whole(name: str, most: int) -> int | None:
    """Return a whole number from 0 to `most`, None where it is not given. Raises BadSearch."""
    text = request.args.get(name, "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit()) or int(text) > most:
        raise BadSearch(say("error.search.range.no_number", name=name, text=text, low=0, high=most))
    return int(text)


def whole_or(name: str, default: int, most: int) -> int:
    """Return a whole number from 0 to `most`, `default` where it is not given. Raises BadSearch."""
    found = whole(name, most)
    return default if found is None else found
