"""The legal bases of a project and who issued them."""

from __future__ import annotations

from dataclasses import replace

from kg.messages import Message, say
from kg.rdf import Iri
from kg.store.base import GraphReader
from kg.trace.model import Item
from kg.trace.reading import join_parts, read_evidence, rows

Items = tuple[Item, ...]


def legal_items(reader: GraphReader, iri: str) -> tuple[Items, Items]:
    """Return the legal bases and their issuers; an issuer's evidence is the citation that names it.

    A project that cites nothing rests, as inferred, on what the project of the same name cites in
    the nearest other year.
    """
    basis, issuers = _cited(reader, iri)
    if basis:
        return basis, issuers
    for row in rows(reader, "same_programme", project=Iri(iri)):
        basis, issuers = _cited(reader, row["other"])
        if basis:
            note = say("step.same_programme", year=row["year"])
            return tuple(_inferred(item, note) for item in basis), tuple(_inferred(item, note) for item in issuers)
    return (), ()


def _inferred(item: Item, note: Message) -> Item:
    return replace(item, inferred=True, detail=join_parts(item.detail, note))


def _cited(reader: GraphReader, iri: str) -> tuple[Items, Items]:
    basis: dict[str, Item] = {}
    issuers: dict[str, Item] = {}
    for row in rows(reader, "project_citations", project=Iri(iri)):
        evidence = read_evidence(reader, row["citation"])
        name = " ".join(part for part in (row["label"], row.get("number")) if part)
        basis.setdefault(
            row["legal"],
            Item(
                label=row["label"],
                iri=row["legal"],
                detail=row.get("number"),
                evidence=evidence,
            ),
        )
        for issuer in ("issuer", "inferred"):
            if issuer in row:
                issuers.setdefault(
                    row[issuer],
                    Item(
                        label=row[f"{issuer}Name"],
                        iri=row[issuer],
                        detail=name,
                        inferred=issuer == "inferred",
                        evidence=evidence,
                    ),
                )
    return tuple(basis.values()), tuple(issuers.values())
