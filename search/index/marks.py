"""Which facet values each passage has: its Facts from the graph, read by every facet.

Budgets print economic codes beside the sums of a department, hardly ever beside a project, but the texts of
projects and explanations name them. So a passage has the codes of what it is about and those its text names, as
it has the legal documents of what it is about and those its text cites.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from kg.extract.citations.document_numbers import find_document_numbers
from kg.values.vocabularies import LEGAL_KINDS, word_of
from search.facets.catalogue import FACETS
from search.facets.facet import Cited, Facts, Label
from search.index.analyze import fold_width
from search.index.passages import Passage
from search.index.read_graph import GraphContent, Name

ECONOMIC = "/code/economic/"
ITEM = 5
"""Digits of an item's code."""


class EconomicItems:
    """The items (款) of the economic classification by name; what is 其他 (other) names nothing."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._codes: dict[str, set[str]] = defaultdict(set)
        for name in names:
            item = name.kind == "code" and ECONOMIC in name.iri and len(name.code or "") == ITEM
            if item and not name.label.startswith("其他"):
                self._codes[fold_width(name.label)].add(name.code or "")
        longest_first = sorted(self._codes, key=lambda label: (-len(label), label))
        self._pattern = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    def named_in(self, text: str) -> frozenset[str]:
        """Return the codes of the items that a text names; an item of several chapters has a code in each."""
        found = self._pattern.findall(fold_width(text))
        return frozenset(code for label in found for code in self._codes[label])


def find_facts(content: GraphContent) -> Iterator[Facts]:
    """Yield the facts of each passage, in order of the rows."""
    legal = {name.iri: name for name in content.names if name.kind == "legal"}
    by_number = {name.code: name.iri for name in legal.values() if name.code}
    items = EconomicItems(content.names)
    names = {name.code: name.label for name in content.names if name.kind in ("code", "region") and name.code}
    for passage in content.passages:
        yield _facts(content, passage, legal, by_number, names, items)


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
    items: EconomicItems,
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
        economics=items.named_in(passage.text) | (entity.economics if entity else frozenset()),
        legal=tuple(_cited(legal[iri]) for iri in sorted(cited & legal.keys())),
        names=names,
    )


def _cited(name: Name) -> Cited:
    kind = word_of(name.detail.get("kind", "other"), LEGAL_KINDS, name.iri)
    return Cited(iri=name.iri, label=name.label, kind=kind)
