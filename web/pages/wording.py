"""How terms and values read on a page: names of borrowed terms, the order of properties, amounts in words of money."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from importlib.resources import files

from kg.extract.tables.kinds import load_kinds
from kg.messages import open_catalogue
from kg.rdf import XSD, Literal
from kg.triples.terms import BUD, NAMESPACES
from kg.values.money import show

TABLE_KIND = BUD + "tableKind"
MONEY = tuple(BUD + name for name in ("amount", "changeAmount", "unitPrice"))


def shortened(iri: str) -> str:
    """Return an IRI as a prefixed name where a known namespace fits, else its last step."""
    for prefix, namespace in NAMESPACES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri.rstrip("/#").rsplit("/", 1)[-1].rsplit("#", 1)[-1]


def term_label(iri: str, language: str) -> str:
    """Return the name of a borrowed term in the page's language, its prefixed name if it has none."""
    name = shortened(iri)
    return open_catalogue().texts(language).get(f"term.{name}", name)


def property_order(iri: str) -> tuple[int, str]:
    """Return what properties are sorted by: those people ask for first, then the others by name."""
    order = _order()
    return order.get(shortened(iri), len(order)), iri


def value_text(value: Literal, name: str, language: str) -> str:
    """Return a value of the property `name` as people write it.

    >>> value_text(Literal("5000000", XSD + "decimal"), BUD + "amount", "zh")
    '5,000,000 元（500 万元）'
    >>> value_text(Literal("true", XSD + "boolean"), BUD + "isKeyProject", "en")
    'yes'
    >>> value_text(Literal("non_tax"), BUD + "tableKind", "zh")
    '非税收入表（non_tax）'
    """
    if value.datatype == f"{XSD}boolean":
        return open_catalogue().texts(language)["boolean.true" if value.value in ("true", "1") else "boolean.false"]
    if name in MONEY and value.datatype == f"{XSD}decimal":
        return show(Decimal(value.value))
    if name == TABLE_KIND and value.value in load_kinds():
        kind = load_kinds()[value.value]
        return f"{open_catalogue().word(f'table_kind.{kind.name}', kind.label, language)}（{kind.name}）"
    return value.value


@cache
def _order() -> dict[str, int]:
    data = json.loads((files("web.pages") / "properties.json").read_text("utf-8"))
    return {name: place for place, name in enumerate(data["order"])}
