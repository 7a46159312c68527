"""What is printed of a department in a year: each figure with its unit, stage, reading and print; the measures.

A measure is a topic that departments are compared by. Its figures are those of the whole department; where only parts
of it (units below it, one fund) print the topic, theirs are given with the table they stand in.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from kg.rdf import Iri
from kg.trace.model import DocumentName
from kg.triples.terms import integer
from kg.values.place import Place
from web.queries import rows
from web.services import services

STAGES = ("budget", "adjusted", "executed", "final", "previous_budget")
"""The stages of a year's figure, the one that others are measured by first."""

REMEMBERED = 512
"""Department-years kept in memory, some ten kilobytes each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Print:
    """One place where a figure is printed; `amount` in 元 for money, `value` for what is counted."""

    iri: str
    topic: str
    amount: Decimal | None
    value: Decimal | None
    printed: str
    unit: str
    stage: str
    reading: str
    total: bool
    kind: str | None
    name: str
    owner: str | None
    owner_name: str
    document: DocumentName
    source: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A value of a measure at a stage, and everywhere it is printed."""

    stage: str
    amount: Decimal | None
    value: Decimal | None
    prints: tuple[Print, ...]

    @property
    def first(self) -> Print:
        """The print that a link leads to."""
        return self.prints[0]

    @property
    def size(self) -> Decimal:
        """The figure as a number: 元, or what is counted."""
        return self.amount if self.amount is not None else self.value or Decimal(0)


@dataclass(frozen=True, slots=True)
class DepartmentYear:
    """A department in a year that a document of it is about."""

    iri: str
    name: str
    year: int


def measures() -> tuple[str, ...]:
    """Return the topics of the measures in their order."""
    return tuple(_tables())


@cache
def presets() -> Mapping[str, tuple[str, ...]]:
    """Return the groups of measures that can be seen for all departments of a year."""
    return {name: tuple(topics) for name, topics in _written()["presets"].items()}


@cache
def tiles() -> tuple[str, ...]:
    """Return the measures that a department shows first; the first of them is drawn over the years."""
    return tuple(_written()["tiles"])


def topic_label(topic: str, language: str) -> str:
    """Return what a topic is called, its code where the graph has no word for it."""
    labels = _topics(str(services().generation().path))
    return labels.get((topic, language)) or labels.get((topic, "zh")) or topic


def department_years() -> tuple[DepartmentYear, ...]:
    """Return the departments that have documents with their years, by name, the newest year first."""
    return _department_years(str(services().generation().path))


def figures_of(department: str, year: int) -> Mapping[str, tuple[Figure, ...]]:
    """Return the figures of each measure that is printed of a department in a year."""
    return _figures(str(services().generation().path), department, year)


@lru_cache(maxsize=8)
def _topics(generation: str) -> Mapping[tuple[str, str], str]:
    return {(row["topic"], row["language"]): row["label"] for row in rows("pages/topics")}


@lru_cache(maxsize=8)
def _department_years(generation: str) -> tuple[DepartmentYear, ...]:
    return tuple(DepartmentYear(row["iri"], row["name"], int(row["year"])) for row in rows("pages/department_years"))


@lru_cache(maxsize=REMEMBERED)
def _figures(generation: str, department: str, year: int) -> Mapping[str, tuple[Figure, ...]]:
    found: dict[str, dict[str, Print]] = {}
    for row in rows("pages/measured", {"department": Iri(department), "year": integer(year)}):
        topic = row["topic"].rsplit("/", 1)[-1]
        if topic in _tables():
            found.setdefault(topic, {}).setdefault(row["iri"], _print(row, topic))
    return {topic: gathered(whole(found[topic].values(), department)) for topic in measures() if topic in found}


def whole(prints: Iterable[Print], department: str) -> tuple[Print, ...]:
    """Return the prints that speak of the whole department, those of its parts where there is no other.

    A measure that only some tables print for the whole department is a line of totals there.
    """
    kept = [each for each in prints if each.total or each.kind is None or not _tables()[each.topic]]
    own = [each for each in kept if each.owner in (None, department)] or kept
    said = {(each.stage, each.amount, each.value) for each in own}
    own = [each for each in kept if each in own or (each.stage, each.amount, each.value) in said]
    kinds = _tables()[own[0].topic] if own else ()
    for several in (own, kept) if kinds else ():
        if best := [each for each in several if each.kind is None or each.kind in kinds]:
            return tuple(best)
    return tuple(own)


def gathered(prints: Iterable[Print]) -> tuple[Figure, ...]:
    """Return the different values with all their prints, by stage; tables before prose."""
    groups: dict[tuple[str, Decimal | None, Decimal | None], list[Print]] = {}
    for each in sorted(prints, key=lambda each: each.kind is None):
        value = None if each.amount is not None else each.value
        groups.setdefault((each.stage, each.amount, value), []).append(each)
    made = (Figure(stage=stage, amount=a, value=v, prints=tuple(group)) for (stage, a, v), group in groups.items())
    return tuple(sorted(made, key=lambda figure: STAGES.index(figure.stage) if figure.stage in STAGES else len(STAGES)))


def share(figures: Mapping[str, tuple[Figure, ...]], figure: Figure) -> Decimal | None:
    """Return a figure of money as a share of the total of its stage, None where that is not printed as one value."""
    totals = [each for each in figures.get("total_expenditure", ()) if each.stage == figure.stage]
    if figure.amount is None or len(totals) != 1 or not totals[0].amount:
        return None
    return figure.amount / totals[0].amount


def _print(row: Mapping[str, str], topic: str) -> Print:
    return Print(
        iri=row["iri"],
        topic=topic,
        amount=Decimal(row["amount"]) if "amount" in row else None,
        value=Decimal(row["value"]) if "value" in row else None,
        printed=row.get("printed", ""),
        unit=row.get("unit", ""),
        stage=row.get("stage", ""),
        reading=row.get("reading", ""),
        total=row.get("total") == "true",
        kind=row.get("kind"),
        name=row.get("name", ""),
        owner=row.get("owner"),
        owner_name=row.get("ownerName") or row.get("title", ""),
        document=DocumentName(
            iri=row["document"], file=row["file"], sha256=row["sha256"], title=row.get("documentTitle")
        ),
        source=Place.from_row({name: text for name, text in row.items() if name != "title"}),
    )


@cache
def _tables() -> Mapping[str, tuple[str, ...]]:
    return {each["topic"]: tuple(each.get("tables", ())) for each in _written()["measures"]}


def _written() -> Any:
    return json.loads((files("web.pages") / "measures.json").read_text("utf-8"))
