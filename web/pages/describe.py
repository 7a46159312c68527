"""An entity as people see it: what is said of it, what points to it, where it was read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kg.rdf import Iri, Literal, Quad, Term
from kg.store.base import GraphReader
from kg.store.queries import load_query
from kg.triples.terms import BUD, NAMESPACES, term
from kg.values.place import PREDICATES, Place
from web.pages.wording import property_order, shortened, term_label, value_text

SHOWN = 50
"""Incoming links listed of each kind; their number is told beside them."""

LONGEST_NAME = 60
"""Characters of a text that stands for a name."""

RDF_TYPE = f"{NAMESPACES['rdf']}type"
LABEL = f"{NAMESPACES['rdfs']}label"
TRACED = tuple(BUD + name for name in ("Project", "Activity", "Duty", "LegalDocument"))
_PLACE = {name: term(predicate).value for name, predicate in PREDICATES.items()}


def describe(reader: GraphReader, iri: str, quads: Iterable[Quad], language: str) -> dict[str, Any]:
    """Return the entity for its page: label, types, properties, incoming, document, source, printed."""
    facts: dict[str, list[Term]] = {}
    for quad in quads:
        values = facts.setdefault(quad.predicate.value, [])
        if quad.object not in values:
            values.append(quad.object)
    names = _names(reader, {iri, *facts, *_iris(facts)}, language)
    types = [value.value for value in facts.get(RDF_TYPE, ())]
    document = next((value.value for value in facts.get(f"{BUD}inDocument", ())), None)
    hidden = {RDF_TYPE, LABEL, f"{BUD}inDocument", f"{BUD}printedText", *_PLACE.values()}
    hidden = hidden if document else {RDF_TYPE, LABEL}
    return {
        "iri": iri,
        "label": names.get(iri) or shortened(iri),
        "types": [names.get(each) or term_label(each, language) for each in types],
        "properties": [
            {
                "label": names.get(name) or term_label(name, language),
                "iri": name,
                "values": _values(facts[name], name, names, language),
            }
            for name in sorted(facts, key=property_order)
            if name not in hidden
        ],
        "incoming": list(_incoming(reader, iri, language)),
        "document": None if document is None else _document(reader, document),
        "source": Place.from_row({name: facts[iri][0].value for name, iri in _PLACE.items() if iri in facts}),
        "printed": next((value.value for value in facts.get(f"{BUD}printedText", ())), None),
        "traceable": any(each in TRACED for each in types),
    }


def _iris(facts: Mapping[str, Iterable[Term]]) -> Iterator[str]:
    return (value.value for values in facts.values() for value in values if isinstance(value, Iri))


def _values(values: Iterable[Term], name: str, names: Mapping[str, str], language: str) -> list[dict[str, str | None]]:
    shown: list[dict[str, str | None]] = [
        {"text": names.get(value.value) or term_label(value.value, language), "iri": value.value}
        if isinstance(value, Iri)
        else {"text": value_text(value, name, language), "iri": None}
        for value in values
    ]
    return sorted(shown, key=lambda value: str(value["text"]))


def _names(reader: GraphReader, iris: Iterable[str], language: str) -> dict[str, str]:
    """Return what each of `iris` is called: its label, in `language` where there are several, else its text."""
    found: dict[str, str] = {}
    for iri in sorted(set(iris)):
        labels: dict[str, str] = {}
        texts: dict[str, str] = {}
        for quad in reader.quads(subject=Iri(iri)):
            if isinstance(quad.object, Literal):
                if quad.predicate.value in (LABEL, f"{NAMESPACES['skos']}prefLabel"):
                    labels[quad.object.language or ""] = quad.object.value
                elif quad.predicate.value.startswith(BUD):
                    texts[quad.predicate.value.removeprefix(BUD)] = quad.object.value
        order = (language, "", "zh", "en", *labels)
        name = next((labels[each] for each in order if each in labels), None) or _text(texts)
        if name:
            found[iri] = name
    return found


def _text(texts: Mapping[str, str]) -> str:
    """Return what stands for the name of a node that has none: its text, or its row with the printed value."""
    parts = (
        [texts.get("text")]
        if texts.get("text")
        else [
            texts.get("rowName") or texts.get("metric"),
            texts.get("printedText"),
        ]
    )
    text = " ".join(" · ".join(part for part in parts if part).split())
    return text if len(text) <= LONGEST_NAME else f"{text[:LONGEST_NAME]}…"


def _incoming(reader: GraphReader, iri: str, language: str) -> Iterator[dict[str, Any]]:
    """Yield what points to the entity: a property, how many by it, and the first of them."""
    groups: dict[str, list[str]] = {}
    for row in reader.select(load_query("web.pages", "incoming"), {"entity": Iri(iri)}).dicts():
        groups.setdefault(row["property"], []).append(row["subject"])
    shown = {subject for group in groups.values() for subject in group[:SHOWN]}
    names = _names(reader, {*groups, *shown}, language)
    for name, group in groups.items():
        values = [{"text": names.get(each) or shortened(each), "iri": each} for each in group[:SHOWN]]
        label = names.get(name) or term_label(name, language)
        yield {"label": label, "iri": name, "count": len(group), "values": values}


def _document(reader: GraphReader, iri: str) -> dict[str, str | None]:
    data: dict[str, str | None] = {"iri": iri, "file": None, "sha256": None, "title": None}
    named = {f"{BUD}file": "file", f"{BUD}sha256": "sha256", f"{NAMESPACES['dcterms']}title": "title"}
    for quad in reader.quads(subject=Iri(iri)):
        if (name := named.get(quad.predicate.value)) is not None:
            data[name] = quad.object.value
    return data
