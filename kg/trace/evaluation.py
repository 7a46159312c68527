"""What became of a project: the projects it is made of, and what was said of its result, problems and rectification."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from kg.messages import say
from kg.rdf import Iri
from kg.store.base import GraphReader
from kg.trace.model import Item
from kg.trace.reading import join_evidence, join_parts, read_evidence, rows
from kg.values.money import WAN, to_unit

RemarkKind = Literal["evaluation", "problems", "rectification"]


def part_items(reader: GraphReader, iri: str) -> tuple[Item, ...]:
    """Return the projects that a project is made of, with budget, spending and rate where they are known."""
    found: dict[str, Item] = {}
    for row in rows(reader, "project_parts", project=Iri(iri)):
        given, spent = (_wan(row.get(name)) for name in ("amount", "executed"))
        detail = join_parts(
            say("step.part.budget", wan=given) if given else None,
            say("step.part.spent", wan=spent) if spent else None,
            f"{row['rate']}%" if "rate" in row else None,
        )
        evidence = read_evidence(reader, row["part"], row["label"])
        found.setdefault(row["part"], Item(label=row["label"], iri=row["part"], detail=detail, evidence=evidence))
    return tuple(found.values())


def remark_items(reader: GraphReader, iri: str, kind: RemarkKind) -> tuple[Item, ...]:
    """Return what is said of a kind in reading order, each at its own place, else at the project's."""
    items: dict[str, Item] = {}
    for row in rows(reader, "project_remarks", project=Iri(iri)):
        if row["kind"] == kind:
            score = say("step.score", score=row["score"]) if kind == "evaluation" and "score" in row else None
            grade = row.get("grade") if kind == "evaluation" else None
            place = join_evidence(reader, [row["place"]]) if "place" in row else ()
            evidence = place or read_evidence(reader, iri, row["text"])
            items.setdefault(row["text"], Item(label=row["text"], detail=join_parts(score, grade), evidence=evidence))
    return tuple(items.values())


def _wan(amount: str | None) -> str | None:
    return f"{to_unit(Decimal(amount), WAN):f}" if amount is not None else None
