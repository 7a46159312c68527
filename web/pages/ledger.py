"""The amounts held as one table: which the filters ask for, a row for each, and whether they can be added up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from kg.rdf import Iri, Literal, Term
from kg.trace.model import DocumentName
from kg.triples.terms import BUD, decimal, term
from kg.values.money import FULL, SHORT, factor_of, spellings
from kg.values.place import PREDICATES, Place
from web.queries import narrowed_rows, rows
from web.services import services

SORTS = ("amount", "year", "department", "name")
MOST_ADDED = 2000
"""Rows that are looked through for whether they can be added."""

REMEMBERED = 4096
"""Rows kept in memory, about a kilobyte each."""

_PLACE = {name: term(predicate).value for name, predicate in PREDICATES.items()}
_DIGITS = re.compile(r"-?[0-9]{1,20}(?:[.][0-9]{1,8})?")
Narrowed = tuple[tuple[str, Term], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountRow:
    """An amount in 元 with its print: what it says, in which unit, of what, where; `name` is that of its row."""

    iri: str
    amount: Decimal
    printed: str
    unit: str
    department: str | None
    department_name: str
    year: int | None
    stage: str
    reading: str
    kind: str
    name: str
    header: str
    code: str
    is_total: bool
    owner: str | None
    document: DocumentName
    source: Place


def read_figure(text: str) -> dict[str, Term]:
    """Return what finds a printed figure: its digits as printed, and its amount in 元 by the unit it is given with.

    >>> sorted((name, found.value) for name, found in read_figure("138,845.78 万元").items())
    [('digits', '138845.78'), ('figure', '1388457800'), ('number', '138845.78')]
    """
    bare = "".join(text.split()).replace(",", "").replace("，", "")
    unit = next((each for each in spellings(FULL, SHORT) if bare.endswith(each)), "")
    digits = bare.removesuffix(unit)
    if not _DIGITS.fullmatch(digits):
        return {}
    yuan = Decimal(digits) * (factor_of(unit) if unit else 1)
    return {"digits": Literal(digits), "number": decimal(Decimal(digits)), "figure": decimal(yuan)}


def find_amounts(chosen: Mapping[str, Term], sort: str) -> tuple[tuple[str, Decimal], ...]:
    """Return IRI and 元 of the amounts that `chosen` narrows to, sorted; `-` before the key turns the order."""
    return _found(str(services().generation().path), tuple(sorted(chosen.items())), sort)


@lru_cache(maxsize=16)
def _found(generation: str, chosen: Narrowed, sort: str) -> tuple[tuple[str, Decimal], ...]:
    key = sort.removeprefix("-")
    bound = {**dict(chosen), **({} if key == "amount" else {f"sort_{key}": Literal(key)})}
    found: dict[str, tuple[object, Decimal]] = {}
    for row in narrowed_rows("pages/amounts", bound):
        amount = Decimal(row["amount"])
        found.setdefault(row["iri"], (amount if key == "amount" else row.get("key", ""), amount))
    order = sorted(found, key=lambda iri: (found[iri][0], iri), reverse=sort.startswith("-"))
    return tuple((iri, found[iri][1]) for iri in order)


@lru_cache(maxsize=4)
def choices(generation: str) -> Mapping[str, tuple[tuple[str, int], ...]]:
    """Return by dimension the values that amounts can be narrowed to, with how many have them."""
    found: dict[str, list[tuple[str, int]]] = {}
    for row in rows("pages/amount_choices"):
        found.setdefault(row["dimension"], []).append((row["value"], int(row["count"])))
    return {dimension: tuple(values) for dimension, values in found.items()}


@lru_cache(maxsize=4)
def names(generation: str) -> Mapping[str, DocumentName | str]:
    """Return what each document and each department is called."""
    return {
        row["iri"]: row["name"]
        if "name" in row
        else DocumentName(iri=row["iri"], file=row["file"], sha256=row["sha256"], title=row.get("title"))
        for row in rows("pages/document_names")
    }


def read_rows(iris: Iterable[str]) -> Iterator[AmountRow]:
    """Yield the rows of these amounts in their order. Raises NoGeneration."""
    generation = str(services().generation().path)
    return (_row(generation, iri) for iri in iris)


@lru_cache(maxsize=REMEMBERED)
def _row(generation: str, iri: str) -> AmountRow:
    known = names(generation)
    facts: dict[str, str] = {}
    with services().graph() as graph:
        for quad in graph.quads(subject=Iri(iri)):
            facts.setdefault(quad.predicate.value, quad.object.value)
    told = {name.removeprefix(BUD): value for name, value in facts.items()}
    document = known[told["inDocument"]]
    assert isinstance(document, DocumentName)
    return AmountRow(
        iri=iri,
        amount=Decimal(told["amount"]),
        printed=told.get("printedText", ""),
        unit=told.get("printedUnit") or told.get("unit", ""),
        department=told.get("department"),
        department_name=str(known.get(told.get("department", ""), "")),
        year=int(told["fiscalYear"]) if "fiscalYear" in told else None,
        stage=told.get("stage", ""),
        reading=told.get("reading", ""),
        kind=told.get("tableKind", ""),
        name=told.get("rowName") or told.get("metric") or facts.get(term("rdfs:label").value, ""),
        header=told.get("headerPath", ""),
        code=told.get("code", ""),
        is_total=told.get("isTotal") == "true",
        owner=told.get("budgetUnit"),
        document=document,
        source=Place.from_row({name: facts[each] for name, each in _PLACE.items() if each in facts}),
    )


def why_not_added(held: Iterable[AmountRow]) -> str | None:
    """Return the message code that says why rows can't be added up, None where they can; no more is read than it takes.

    They can where they are different lines of one column of one table at one level of codes.
    """
    lines: set[tuple[str, str, str | None]] = set()
    first: AmountRow | None = None
    for row in held:
        first = first or row
        line = (row.code, row.name, row.owner)
        if row.source.table is None:
            return "amounts.sum.prose"
        if (row.document.iri, row.source.table) != (first.document.iri, first.source.table):
            return "amounts.sum.tables"
        if (row.header, row.stage, row.year) != (first.header, first.stage, first.year):
            return "amounts.sum.columns"
        if row.is_total or len(row.code) != len(first.code):
            return "amounts.sum.levels"
        if line in lines:
            return "amounts.sum.twice"
        lines.add(line)
    return None
