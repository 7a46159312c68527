"""Which facet values each passage has: its Facts from the graph, read by every facet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from kg.extract.citations.document_numbers import find_document_numbers
from search.facets.catalogue import FACETS
from search.facets.facet import Cited, Facts, Label
from search.index.passages import Passage
from search.index.read_graph import GraphContent, Name


def find_facts(content: GraphContent) -> Iterator[Facts]:
    """Yield the facts of each passage, in order of the rows."""
    legal = {name.iri: name for name in content.names if name.kind == "legal"}
    by_number = {name.code: name.iri for name in legal.values() if name.code}
    names = {name.code: name.label for name in content.names if name.kind in ("code", "region") and name.code}
    for passage in content.passages:
        yield _facts(content, passage, legal, by_number, names)


def find_marks(facts: list[Facts]) -> dict[str, list[tuple[int, Label]]]:
    """Return (row, value) pairs per facet, rows ascending."""
    found: dict[str, list[tuple[int, Label]]] = defaultdict(list)
    for row, each in enumerate(facts):
        for facet in FACETS:
            found[facet.name] += ((row, label) for label in facet.read(each))
    return found


def _facts(
    content: GraphContent,
    passage: Passage,
    legal: Mapping[str, Name],
    by_number: Mapping[str, str],
    names: Mapping[str, str],
) -> Facts:
    document = content.documents[passage.document]
    entity = None if passage.about is None else content.entities[passage.about.iri]
    numbers = {str(number) for number in find_document_numbers(passage.text)}
    cited = {by_number[number] for number in numbers if number in by_number} | (entity.legal if entity else set())
    return Facts(
        kind=passage.kind,
        document=document.iri,
        title=document.title,
        document_kind=document.kind,
        department=document.department,
        region=document.region,
        year=document.year,
        about=entity.iri if entity else "",
        about_label=entity.label if entity else "",
        about_type=entity.type if entity else "",
        amount=entity.amount if entity else None,
        functions=entity.functions if entity else frozenset(),
        economics=entity.economics if entity else frozenset(),
        legal=tuple(
            Cited(iri=iri, label=legal[iri].label, kind=legal[iri].detail.get("kind", "other"))
            for iri in sorted(cited & legal.keys())
        ),
        names=names,
    )
