"""Rows -> hits: the passage as kept, why it was found, what its near-copies are."""

from __future__ import annotations

from collections.abc import Sequence

from kg.values.place import Place
from search.index.analyze import to_terms
from search.index.opened import OpenIndex
from search.index.passages import Passage
from search.index.read_graph import Name, Printed
from search.query.plan import Plan
from search.rank import fuse
from search.rank.candidates import Candidates
from search.rank.explain import best_sentence, find_highlights
from search.rank.order import Order
from search.response import AboutRef, Copy, DocumentRef, Hit, LegReason, Sentence, Why

TERMS_SHOWN = 12  # words marked in a hit: more colour the whole text
_TYPES = {"legal": "bud:LegalDocument", "department": "bud:Department", "code": "skos:Concept"}


def to_hits(index: OpenIndex, plan: Plan, candidates: Candidates, order: Order, rows: Sequence[int]) -> list[Hit]:
    """Return the hits of `rows`, in that order."""
    copied = [copy for row in rows for copy in order.copies.get(row, ())]
    passages = {passage.row: passage for passage in index.passages.get([*rows, *copied])}
    places = {leg.name: fuse.ranks(leg) for leg in candidates.legs}
    hits = []
    for row in rows:
        passage, place = passages[row], candidates.place(row)
        reasons = {
            leg.name: LegReason(
                rank=int(places[leg.name][place]),
                score=float(leg.raw[place]),
                terms=_terms(leg, plan, passage),
            )
            for leg in candidates.legs
            if leg.name != "lexical" or leg.raw[place] > 0
        }
        hits.append(
            _hit(
                index,
                plan,
                passage,
                float(candidates.scores[place]),
                reasons,
                [passages[copy] for copy in order.copies.get(row, ())],
            )
        )
    return hits


def _hit(
    index: OpenIndex,
    plan: Plan,
    passage: Passage,
    score: float,
    reasons: dict[str, LegReason],
    copies: list[Passage],
) -> Hit:
    highlights = find_highlights(passage.text, plan.wanted)
    exact = tuple(
        part.text for part in plan.understood if part.effect == "exact" and part.text in passage.context + passage.text
    )
    found = best_sentence(passage.text, highlights)
    sentence = None if found is None else Sentence(start=found[0], end=found[1], text=passage.text[slice(*found)])
    why = Why(**reasons, exact=exact, highlights=highlights, sentence=sentence)
    return Hit(
        iri=passage.iri,
        kind=passage.kind,
        text=passage.text,
        context=passage.context,
        score=score,
        why=why,
        document=index.passages.documents[passage.document],
        source=passage.source,
        about=passage.about,
        also_in=tuple(Copy(iri=copy.iri, source=copy.source) for copy in copies),
    )


def _terms(leg: fuse.Leg, plan: Plan, passage: Passage) -> tuple[str, ...]:
    if leg.name != "lexical":
        return ()
    held = set(to_terms(passage.context + "\n" + passage.text))
    long = [term for term, _ in plan.lexical.terms if term in held and (len(term) > 1 or term.isascii())]
    return tuple(long[:TERMS_SHOWN])


def entity_hit(index: OpenIndex, iri: str) -> Hit | None:
    """Return the hit that stands for an entity named by the query: what is printed of it, at its first place.

    None where nothing is printed of it in this generation.
    """
    name = index.names.by_iri.get(iri)
    printed = _printed(index, iri)
    if name is None or printed is None:
        return None
    text, document, source = printed
    return Hit(
        iri=iri,
        kind="entity",
        text=text,
        context=name.label,
        score=1.0,
        why=Why(exact=(name.code or name.label,)),
        document=document,
        source=source,
        about=AboutRef(iri=iri, type=_type(name), label=name.label),
    )


def _type(name: Name) -> str:
    return _TYPES.get(name.kind) or "bud:" + name.detail.get("type", "Project").rpartition("#")[2]


def _printed(index: OpenIndex, iri: str) -> tuple[str, DocumentRef, Place] | None:
    documents = {document.iri: document for document in index.passages.documents}
    cited = [one for one in index.names.citations if one.legal == iri and one.document in documents]
    if cited:
        first: Printed = max(cited, key=lambda one: len(one.text))
        return first.text, documents[first.document], first.source
    for facet in ("about", "function_code", "economic_code", "department"):
        name = index.names.by_iri.get(iri)
        value = iri if facet == "about" else (name.code if name and "code" in facet else name.label if name else "")
        numbers = index.facets.under(facet, [value or ""])
        if numbers:
            rows = index.facets.mask(facet, numbers[:1]).nonzero()[0]
            passage = index.passages.get([int(rows[0])])[0]
            return passage.text, index.passages.documents[passage.document], passage.source
    return None
