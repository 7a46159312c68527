"""Rows of the trace's queries as plain values, and the evidence of a node."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import ontology
from kg.rdf import Iri, Term
from kg.store.base import GraphReader
from kg.trace.model import Evidence


def rows(reader: GraphReader, query: str, **bindings: Term) -> Iterator[dict[str, str]]:
    """Yield the solutions of a packaged query as variable -> value, unbound variables left out."""
    yield from reader.select(ontology.load_query(query), bindings or None).dicts()


def read_evidence(reader: GraphReader, node: str, text: str | None = None) -> tuple[Evidence, ...]:
    """Return where a node was read; `text` stands in for a printed text that is missing."""
    return tuple(dict.fromkeys(_evidence(row, text) for row in rows(reader, "evidence", node=Iri(node))))


def join_evidence(reader: GraphReader, nodes: Iterable[str]) -> tuple[Evidence, ...]:
    """Return the evidence of several nodes, each text and place once."""
    return tuple(dict.fromkeys(entry for node in nodes for entry in read_evidence(reader, node)))


def _evidence(row: Mapping[str, str], text: str | None) -> Evidence:
    return Evidence(
        text=row.get("text") or text or "",
        document=row["document"],
        file=row["file"],
        sha256=row["sha256"],
        title=row["title"],
        page=_number(row, "page"),
        line=_number(row, "line"),
        col=_number(row, "col"),
        table=row.get("table"),
        row=_number(row, "row"),
        section=row.get("section"),
    )


def _number(row: Mapping[str, str], name: str) -> int | None:
    return int(row[name]) if name in row else None
