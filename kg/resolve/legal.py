"""Legal documents over all documents: one node each, dates of statutes, issuers that a mark proves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.ids import Ids, fold_name
from kg.lexicon import load_rows
from kg.rdf import Iri, Quad
from kg.resolve.merging import merge_quads
from kg.store.base import GraphReader
from kg.store.queries import load_query
from kg.triples.citations import plain_title, to_date
from kg.triples.facts import Facts

_KINDS = {"law": "law", "regulation": "regulation", "local": "regulation", "rules": "rules"}


@dataclass(slots=True)
class Legal:
    """What all documents together say of one legal document."""

    iri: Iri
    label: str
    titles: set[str] = field(default_factory=set)
    number: str | None = None
    mark: str | None = None
    issuers: dict[str, Iri] = field(default_factory=dict)
    years: set[int] = field(default_factory=set)
    cited: int | None = None


def legal_quads(reader: GraphReader, ids: Ids) -> Iterator[Quad]:
    """Yield merges, statutes' dates and successors, and inferred issuers."""
    documents = read_legal(reader)
    for lesser, fuller in find_same(documents):
        yield from merge_quads(reader, ids, lesser.iri, fuller.iri, lesser.label)
    for document in documents:
        yield from _statute_quads(document, ids)
    yield from _issuer_quads(documents, ids)


def read_legal(reader: GraphReader) -> list[Legal]:
    """Return every legal document of the graph, sorted by IRI."""
    found: dict[Iri, Legal] = {}
    answer = reader.select(load_query("ontology", "legal_documents"))
    for iri, label, title, number, mark, issuer, name, year, cited in answer.rows:
        if not isinstance(iri, Iri) or label is None:
            continue
        legal = found.setdefault(iri, Legal(iri, label.value))
        legal.titles.update(plain_title(text.value) for text in (title, label) if text is not None)
        legal.number = number.value if number else legal.number
        legal.mark = mark.value if mark else legal.mark
        if isinstance(issuer, Iri) and name is not None:
            legal.issuers[fold_name(name.value)] = issuer
        legal.years.update([int(year.value)] if year else [])
        legal.cited = int(cited.value) if cited else legal.cited
    return [found[iri] for iri in sorted(found)]


def find_same(documents: list[Legal]) -> list[tuple[Legal, Legal]]:
    """Return pairs (lesser, fuller) that are one document: same title, no other number, issuer or year.

    A title that two fuller documents share decides nothing.
    """
    by_title: dict[str, list[Legal]] = defaultdict(list)
    for document in documents:
        for title in document.titles:
            by_title[title].append(document)
    pairs = []
    for document in documents:
        if document.number is not None:
            continue
        others = {other.iri: other for title in document.titles for other in by_title[title]}
        fuller = [other for other in others.values() if _is_fuller(document, other)]
        best = [other for other in fuller if other.number] or fuller
        if len(best) == 1:
            pairs.append((document, best[0]))
    return pairs


def _is_fuller(document: Legal, other: Legal) -> bool:
    if other.iri == document.iri or (not other.number and not set(other.issuers) > set(document.issuers)):
        return False
    if document.years and other.years and document.years.isdisjoint(other.years):
        return False
    return not document.issuers or not other.issuers or bool(set(document.issuers) & set(other.issuers))


def _statute_quads(document: Legal, ids: Ids) -> Iterator[Quad]:
    """Yield kind, successor and date of a statute the lexicon knows: the date of the version cited."""
    known = {row[0]: row for row in load_rows("law_titles")}
    title = next((title for title in sorted(document.titles) if title in known), None)
    if title is None or document.number is not None:
        return
    _, dates, level = (*known[title], "", "")[:3]
    facts = Facts(document.iri, ids.resolution_graph).add("bud:legalKind", _KINDS.get(level))
    facts.add("skos:altLabel", f"中华人民共和国{title}" if level == "law" else None)
    versions = [date for date in dates.split(",") if date]
    cited = str(document.cited or 9999)
    before = [date for date in versions if date[:4] <= cited] or versions[:1]
    if before:
        facts.add("eli:date_document", to_date(before[-1])).add("bud:documentYear", int(before[-1][:4]))
    successor = next((row for row in load_rows("law_successors") if row[0] == title), None)
    if successor is None:
        yield from facts.add("bud:status", "in_force")
        return
    _, newer, since = successor
    target = ids.of("legal", newer)
    yield from facts.add("bud:status", "replaced").add("bud:replacedBy", target)
    node = Facts(target, ids.resolution_graph, "bud:LegalDocument")
    node.add("rdfs:label", newer).add("eli:title", newer)
    yield from node.add("eli:first_date_entry_in_force", to_date(since))
    yield from _statute_quads(Legal(target, newer, {newer}), ids)


def _issuer_quads(documents: list[Legal], ids: Ids) -> Iterator[Quad]:
    """Yield issuers of numbered documents that print none, where their mark is proved.

    A mark is proved by a document that prints it with one issuer, if none prints it with another.
    """
    proofs: dict[str, dict[str, Legal]] = defaultdict(dict)
    for document in documents:
        if document.mark and len(document.issuers) == 1:
            proofs[document.mark].setdefault(next(iter(document.issuers)), document)
    for document in documents:
        proved = proofs.get(document.mark or "", {})
        if document.issuers or len(proved) != 1:
            continue
        name, proof = next(iter(proved.items()))
        facts = Facts(document.iri, ids.resolution_graph).add("bud:issuerInferred", proof.issuers[name])
        evidence = f"{proof.number} 印明由{name}发出，代字“{document.mark}”相同"
        yield from facts.add("bud:inferenceEvidence", evidence)
