"""A query made ready for the legs: what each of them is to look for."""

from __future__ import annotations

from dataclasses import dataclass

from search.index.analyze import to_terms
from search.index.lexical import LexicalQuery
from search.index.opened import OpenIndex
from search.query.expand import find_synonyms, is_english, translate
from search.query.understand import Understanding
from search.response import Understood

SYNONYM_WEIGHT = 0.3  # a synonym supports what was typed and must not outweigh it
TRANSLATION_WEIGHT = 1.0  # a translation stands for what was typed


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """`text` is what is searched, `variants` other wordings of it (a translation) for the vector legs.

    `telling` are the terms that a passage must hold half of to be found by its words,
    `wanted` those to highlight, `expanded` the words added to the user's, for the reader to see;
    `only_filters` tells that the query says nothing but what it was understood to filter by.
    """

    text: str
    variants: tuple[str, ...]
    lexical: LexicalQuery
    telling: tuple[str, ...]
    wanted: frozenset[str]
    expanded: tuple[str, ...] = ()
    understood: tuple[Understood, ...] = ()
    only_filters: bool = False


def make_plan(text: str, understood: Understanding, index: OpenIndex) -> Plan:
    """Return the plan for `text`: what its filters leave is searched, all of it where they leave nothing."""
    left = understood.rest or text
    chinese = translate(left) if is_english(left) else []
    synonyms = find_synonyms(left if not chinese else " ".join(chinese))
    weights: dict[str, float] = {}
    for words, weight in ((chinese, TRANSLATION_WEIGHT), (synonyms, SYNONYM_WEIGHT)):
        for word in words:
            for term in to_terms(word):
                weights[term] = max(weights.get(term, 0.0), weight)
    own = to_terms(text)
    said = tuple(dict.fromkeys(to_terms(" ".join(chinese) or left)))
    weights |= dict.fromkeys(own, 1.0)
    return Plan(
        text=left,
        variants=(" ".join(chinese),) if chinese else (),
        lexical=LexicalQuery(terms=tuple(weights.items())),
        telling=tuple(term for term in said if len(term) > 1) or said,
        wanted=frozenset(weights),
        expanded=(*chinese, *synonyms),
        understood=understood.parts,
        only_filters=not understood.rest and bool(understood.parts),
    )
