"""Read from the graph all that the index is made of: passages, documents, entities, names and codes.

The queries lie in search/index/queries; see ontology/README.md for the properties.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.store.base import GraphReader
from kg.store.queries import load_query
from kg.values.place import Place
from kg.values.vocabularies import PASSAGE_KINDS, NameKind, word_of
from search.index.passages import Passage
from search.response import AboutRef, DocumentRef

BUD = "https://w3id.org/suyuan/ontology#"
_PREFIXES = {BUD: "bud:", "http://www.w3.org/2004/02/skos/core#": "skos:", "https://schema.org/": "schema:"}
_PREFERRED = ("Project", "Activity", "Duty", "LegalDocument", "Indicator", "ProcurementItem", "Department")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """What a passage may be about. `functions`, `economics` are codes, `legal` IRIs of legal documents."""

    iri: str
    type: str
    label: str
    amount: float | None
    functions: frozenset[str] = frozenset()
    economics: frozenset[str] = frozenset()
    legal: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """Something a query can name: a department, region, code, legal document or project."""

    iri: str
    kind: NameKind
    label: str
    aliases: tuple[str, ...] = ()
    code: str | None = None
    detail: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A citation as printed, with its place."""

    legal: str
    text: str
    document: str
    source: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphContent:
    documents: tuple[DocumentRef, ...]
    passages: tuple[Passage, ...]
    entities: dict[str, Entity]
    regions: dict[str, str]
    names: tuple[Name, ...]
    citations: tuple[Printed, ...]


def read_graph(graph: GraphReader) -> GraphContent:
    """Return everything the index is made of; the same graph gives the same rows in the same order."""
    names = tuple(_names(graph))
    codes = {name.iri: name.code or "" for name in names if name.kind == "region"}
    labels = {name.iri: name.label for name in names}
    documents, regions = _documents(graph, labels, codes)
    entities = _entities(graph)
    return GraphContent(
        documents=tuple(documents),
        passages=tuple(_passages(graph, documents, entities)),
        entities=entities,
        regions=regions,
        names=names,
        citations=tuple(_citations(graph)),
    )


def _rows(graph: GraphReader, name: str) -> Iterator[dict[str, str]]:
    return graph.select(load_query("search.index", name)).dicts()


def _documents(
    graph: GraphReader, labels: dict[str, str], codes: dict[str, str]
) -> tuple[list[DocumentRef], dict[str, str]]:
    found: dict[str, DocumentRef] = {}
    regions: dict[str, str] = {}
    for row in sorted(_rows(graph, "documents"), key=lambda row: sorted(row.items())):
        iri = row["document"]
        if iri in found:
            continue
        region = row.get("region", "")
        regions[iri] = codes.get(region, "")
        found[iri] = DocumentRef(
            iri=iri,
            file=row.get("file", ""),
            sha256=row.get("sha256", ""),
            title=row.get("title", ""),
            department=labels.get(row.get("department", ""), ""),
            year=_number(row.get("year")),
            kind=row.get("kind", ""),
            region=codes.get(region, ""),
        )
    return sorted(found.values(), key=lambda document: (document.file, document.iri)), regions


def _entities(graph: GraphReader) -> dict[str, Entity]:
    types: dict[str, set[str]] = defaultdict(set)
    labels: dict[str, str] = {}
    amounts: dict[str, float] = {}
    for row in _rows(graph, "entities"):
        iri = row["entity"]
        types[iri].add(row["type"])
        if "label" in row:
            labels[iri] = min(labels.get(iri, row["label"]), row["label"])
        if "amount" in row:
            amounts[iri] = max(amounts.get(iri, float(row["amount"])), float(row["amount"]))
    linked: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for query in ("codes_of", "legal_of"):
        for row in _rows(graph, query):
            for key in ("function", "economic", "legal"):
                if key in row:
                    linked[row["entity"]][key].add(row[key])
    return {
        iri: Entity(
            iri=iri,
            type=_type(types[iri]),
            label=labels.get(iri, ""),
            amount=amounts.get(iri),
            functions=frozenset(linked[iri]["function"]),
            economics=frozenset(linked[iri]["economic"]),
            legal=frozenset(linked[iri]["legal"]),
        )
        for iri in sorted(types)
    }


def _type(types: set[str]) -> str:
    for name in _PREFERRED:
        if BUD + name in types:
            return f"bud:{name}"
    first = min(types)
    for base, prefix in _PREFIXES.items():
        if first.startswith(base):
            return prefix + first.removeprefix(base)
    return first


def _passages(graph: GraphReader, documents: list[DocumentRef], entities: dict[str, Entity]) -> Iterator[Passage]:
    numbers = {document.iri: number for number, document in enumerate(documents)}
    about: dict[str, str] = {}
    for row in _rows(graph, "about"):
        about[row["passage"]] = min(about.get(row["passage"], row["entity"]), row["entity"])
    rows: dict[str, dict[str, str]] = {}
    for row in _rows(graph, "passages"):
        known = rows.get(row["passage"])
        if row["document"] in numbers and (known is None or sorted(row.items()) < sorted(known.items())):
            rows[row["passage"]] = row

    def order(row: dict[str, str]) -> tuple[int, ...]:
        return (numbers[row["document"]], *Place.from_row(row).position)

    ordered = sorted(rows.values(), key=lambda row: (order(row), row["passage"]))
    for number, row in enumerate(ordered):
        entity = entities.get(about.get(row["passage"], ""))
        yield Passage(
            row=number,
            iri=row["passage"],
            text=row["text"],
            kind=word_of(row.get("kind", ""), PASSAGE_KINDS, row["passage"]),
            context=row.get("context", ""),
            document=numbers[row["document"]],
            source=Place.from_row(row),
            about=AboutRef(iri=entity.iri, type=entity.type, label=entity.label, amount=entity.amount)
            if entity
            else None,
        )


def _citations(graph: GraphReader) -> Iterator[Printed]:
    rows = sorted(_rows(graph, "citations"), key=lambda row: sorted(row.items()))
    for row in rows:
        yield Printed(legal=row["legal"], text=row["text"], document=row["document"], source=Place.from_row(row))


def _names(graph: GraphReader) -> Iterator[Name]:
    kinds: dict[str, tuple[NameKind, tuple[str, ...]]] = {
        "departments": ("department", ("region",)),
        "regions": ("region", ("parent",)),
        "codes": ("code", ()),
        "legal": ("legal", ("kind", "issuer")),
        "projects": ("project", ("year", "department", "type")),
    }
    for query, (kind, details) in kinds.items():
        grouped: dict[str, list[dict[str, str]]] = defaultdict(list)
        for row in _rows(graph, query):
            grouped[row["iri"]].append(row)
        for iri in sorted(grouped):
            rows = sorted(grouped[iri], key=lambda row: sorted(row.items()))
            label = next((row[key] for key in ("label", "title", "number", "code") for row in rows if key in row), "")
            aliases = {row[key] for row in rows for key in ("alias", "title", "label") if key in row} - {label}
            yield Name(
                iri=iri,
                kind=kind,
                label=label,
                aliases=tuple(sorted(aliases)),
                code=next((row[key] for key in ("code", "number") for row in rows if key in row), None),
                detail={key: row[key] for row in rows for key in details if key in row},
            )


def _number(text: str | None) -> int | None:
    return int(text) if text and text.lstrip("-").isdigit() else None
