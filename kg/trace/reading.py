"""Rows of the trace's queries as plain values, and the evidence of a node."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kg.messages import Message, say
from kg.rdf import Iri, Term
from kg.store.base import GraphReader
from kg.store.queries import load_query
from kg.trace.model import DocumentName, Evidence
from kg.values.place import Place


def rows(reader: GraphReader, query: str, **bindings: Term) -> Iterator[dict[str, str]]:
    """Yield the solutions of a packaged query as variable -> value, unbound variables left out."""
    yield from reader.select(load_query("ontology", query), bindings or None).dicts()


def read_evidence(reader: GraphReader, node: str, text: str | None = None) -> tuple[Evidence, ...]:
    """Return where a node was read; `text` stands in for a printed text that is missing."""
    return tuple(dict.fromkeys(_evidence(node, row, text) for row in rows(reader, "evidence", node=Iri(node))))


def join_parts(*parts: Message | str | None) -> Message | str | None:
    """Return the parts that are known, one behind the other; None if there are none."""
    known = tuple(part for part in parts if part)
    return say("step.parts", parts=known) if len(known) > 1 else next(iter(known), None)


def join_evidence(reader: GraphReader, nodes: Iterable[str]) -> tuple[Evidence, ...]:
    """Return the evidence of several nodes, each text and place once."""
    return tuple(dict.fromkeys(entry for node in nodes for entry in read_evidence(reader, node)))


def _evidence(node: str, row: Mapping[str, str], text: str | None) -> Evidence:
    document = DocumentName(iri=row["document"], file=row["file"], sha256=row["sha256"], title=row["title"])
    text = row.get("text") or text or ""
    return Evidence(text=text, document=document, record=node, source=Place.from_row(row))
