"""Which facet values each passage has: of its document, what it is about, and what it cites."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kg.extract.citations.document_numbers import find_document_numbers
from search.facets.columns import Label, band_of
from search.index.passages import Passage
from search.index.read_graph import Entity, GraphContent, Name

FUNCTION_LEVELS = (3, 5, 7)
ECONOMIC_LEVELS = (3, 5)
REGION_LEVELS = (2, 4, 6)


def find_marks(content: GraphContent) -> dict[str, list[tuple[int, Label]]]:
    """Return (row, value) pairs per facet, rows ascending."""
    found: dict[str, list[tuple[int, Label]]] = defaultdict(list)
    names = {name.iri: name for name in content.names}
    codes = {name.code: name for name in content.names if name.kind in ("code", "region") and name.code}
    by_number = {name.code: name for name in content.names if name.kind == "legal" and name.code}
    for passage in content.passages:
        for facet, label in _marks(content, passage, names, codes, by_number):
            found[facet].append((passage.row, label))
    return found


def _marks(
    content: GraphContent,
    passage: Passage,
    names: dict[str, Name],
    codes: dict[str, Name],
    by_number: dict[str, Name],
) -> Iterator[tuple[str, Label]]:
    document = content.documents[passage.document]
    yield "document", Label(value=document.iri, label=document.title)
    if document.department:
        yield "department", Label(value=document.department, label=document.department)
    if document.year is not None:
        yield "year", Label(value=str(document.year), label=str(document.year))
    if passage.kind:
        yield "kind", Label(value=passage.kind, label=passage.kind)
    for code in _levels(document.region, REGION_LEVELS):
        yield "region", _coded(code.ljust(6, "0"), codes, code[:-2].ljust(6, "0") if len(code) > 2 else None)
    legal = {str(number) for number in find_document_numbers(passage.text)}
    cited = {by_number[number].iri for number in legal if number in by_number}
    if passage.about is not None:
        entity = content.entities[passage.about.iri]
        yield "about", Label(value=entity.iri, label=entity.label)
        yield "about_type", Label(value=entity.type, label=entity.type)
        if entity.amount is not None:
            yield "amount_band", band_of(entity.amount)
        yield from _codes(entity, codes)
        cited |= entity.legal
    for iri in sorted(cited & names.keys()):
        name = names[iri]
        yield "legal", Label(value=iri, label=name.label)
        yield (
            "legal_kind",
            Label(value=name.detail.get("kind", "other"), label=name.detail.get("kind", "other")),
        )


def _codes(entity: Entity, codes: dict[str, Name]) -> Iterator[tuple[str, Label]]:
    for facet, own, levels in (
        ("function_code", entity.functions, FUNCTION_LEVELS),
        ("economic_code", entity.economics, ECONOMIC_LEVELS),
    ):
        wanted = {(code, upper) for full in own for upper, code in _with_parents(full, levels)}
        for code, parent in sorted(wanted, key=lambda pair: pair[0]):
            yield facet, _coded(code, codes, parent)


def _levels(code: str, levels: tuple[int, ...]) -> list[str]:
    """Return the code's ancestors and itself; a region's code drops its trailing zeros first."""
    if not code:
        return []
    bare = code
    while len(bare) > 2 and bare.endswith("00") and len(code) == 6:
        bare = bare[:-2]
    return [bare[:level] for level in levels if level <= len(bare)]


def _with_parents(code: str, levels: tuple[int, ...]) -> list[tuple[str | None, str]]:
    chain = [code[:level] for level in levels if level < len(code)] + [code]
    return [(chain[place - 1] if place else None, part) for place, part in enumerate(chain)]


def _coded(code: str, codes: dict[str, Name], parent: str | None) -> Label:
    name = codes.get(code)
    return Label(value=code, label=name.label if name else code, parent=parent)
