"""Backwards: from a legal document to every project and amount that rests on it."""

from __future__ import annotations

from decimal import Decimal

from kg.rdf import Iri
from kg.store.base import GraphReader
from kg.trace.finding import find_legal
from kg.trace.model import Legal, LegalTrace, Resting
from kg.trace.reading import join_evidence, rows
from kg.triples.terms import BUD, decimal
from kg.values.money import WAN, to_unit


def trace_legal(reader: GraphReader, name: str) -> LegalTrace:
    """Return a legal document, by number, title or IRI, with all that cites it.

    Raises NotFound with near matches where no document cites such a thing.
    """
    iri = find_legal(reader, name)
    facts = list(rows(reader, "legal_document", legal=Iri(iri)))
    head = facts[0]
    resting = _resting(reader, iri)
    projects = tuple(one for one in resting if one.type != "BudgetDocument")
    documents = tuple(one for one in resting if one.type == "BudgetDocument")
    return LegalTrace(
        legal=Legal(
            iri=iri,
            label=head["label"],
            number=head.get("number"),
            kind=head.get("kind"),
            date=head.get("date"),
            status=head.get("status"),
            replaced_by=head.get("successorName"),
            issuers=_distinct(facts, "issuerName"),
            inferred_issuers=_distinct(facts, "inferredName"),
        ),
        evidence=tuple(entry for one in (*projects, *documents) for entry in one.evidence),
        projects=projects,
        documents=documents,
    )


def _distinct(facts: list[dict[str, str]], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row[name] for row in facts if name in row))


def _resting(reader: GraphReader, iri: str) -> list[Resting]:
    """Return all that cites the document, newest first, each once with its citations as evidence."""
    found: dict[str, dict[str, str]] = {}
    citations: dict[str, dict[str, None]] = {}
    for row in rows(reader, "legal_citations", legal=Iri(iri)):
        found.setdefault(row["citing"], row)
        citations.setdefault(row["citing"], {})[row["citation"]] = None
    return [_one(reader, row, citations[citing]) for citing, row in found.items()]


def _one(reader: GraphReader, row: dict[str, str], citations: dict[str, None]) -> Resting:
    amount = Decimal(row["amount"]) if "amount" in row else None
    return Resting(
        iri=row["citing"],
        label=row["label"],
        type=row["type"].removeprefix(BUD),
        department=row.get("departmentName"),
        year=int(row["year"]) if "year" in row else None,
        amount=amount,
        unit=None if amount is None else "元",
        amount_wan=None if amount is None else Decimal(decimal(to_unit(amount, WAN)).value),
        evidence=join_evidence(reader, citations),
    )
