"""An entity as people see it: what is said of it, what points to it, where it was read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.rdf import Iri, Literal, Quad, Term
from kg.store.base import GraphReader
from kg.store.queries import load_query
from kg.trace.model import DocumentName
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A value as people see it; `iri` where it is an entity or a term."""

    text: str
    iri: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """What is said of an entity by one property."""

    iri: str
    label: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """What points to an entity by one property: how many, and the first of them."""

    label: str
    count: int
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """An entity. `document`, `source` and `printed` are where and as what it was read, None where nobody printed it."""

    iri: str
    label: str
    types: tuple[str, ...]
    properties: tuple[Property, ...]
    incoming: tuple[Incoming, ...]
    document: DocumentName | None
    source: Place
    printed: str | None
    traceable: bool


def describe(reader: GraphReader, iri: str, quads: Iterable[Quad], language: str, *, incoming: bool = True) -> Entity:
    """Return the entity that `quads` speak of, its names in `language`; what points to it where `incoming` is asked."""
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
    return Entity(
        iri=iri,
        label=names.get(iri) or shortened(iri),
        types=tuple(names.get(each) or term_label(each, language) for each in types),
        properties=tuple(
            Property(
                iri=name,
                label=names.get(name) or term_label(name, language),
                values=_values(facts[name], name, names, language),
            )
            for name in sorted(facts, key=property_order)
            if name not in hidden
        ),
        incoming=tuple(_incoming(reader, iri, language)) if incoming else (),
        document=None if document is None else _document(reader, document),
        source=Place.from_row({name: facts[iri][0].value for name, iri in _PLACE.items() if iri in facts}),
        printed=next((value.value for value in facts.get(f"{BUD}printedText", ())), None),
        traceable=any(each in TRACED for each in types),
    )


def _iris(facts: Mapping[str, Iterable[Term]]) -> Iterator[str]:
    return (value.value for values in facts.values() for value in values if isinstance(value, Iri))


def _values(values: Iterable[Term], name: str, names: Mapping[str, str], language: str) -> tuple[Value, ...]:
    shown = (
        Value(text=names.get(value.value) or term_label(value.value, language), iri=value.value)
        if isinstance(value, Iri)
        else Value(text=value_text(value, name, language))
        for value in values
    )
    return tuple(sorted(shown, key=lambda value: value.text))


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


def _incoming(reader: GraphReader, iri: str, language: str) -> Iterator[Incoming]:
    groups: dict[str, list[str]] = {}
    for row in reader.select(load_query("web.pages", "incoming"), {"entity": Iri(iri)}).dicts():
        groups.setdefault(row["property"], []).append(row["subject"])
    shown = {subject for group in groups.values() for subject in group[:SHOWN]}
    names = _names(reader, {*groups, *shown}, language)
    for name, group in groups.items():
        values = tuple(Value(text=names.get(each) or shortened(each), iri=each) for each in group[:SHOWN])
        yield Incoming(label=names.get(name) or term_label(name, language), count=len(group), values=values)


def _document(reader: GraphReader, iri: str) -> DocumentName:
    told = {quad.predicate.value: quad.object.value for quad in reader.quads(subject=Iri(iri))}
    return DocumentName(
        iri=iri,
        file=told.get(f"{BUD}file", ""),
        sha256=told.get(f"{BUD}sha256", ""),
        title=told.get(f"{NAMESPACES['dcterms']}title"),
    )
