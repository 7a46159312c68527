"""Each closed vocabulary once: shapes, catalogues, documentation and lexicon say the words of kg.values.vocabularies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import get_args

import pytest
from rdflib import SH, URIRef
from rdflib.collection import Collection

import ontology
from kg import lexicon
from kg.extract.citations import titles
from kg.extract.identity import kind
from kg.extract.passages import records as passages
from kg.extract.prose import quantities
from kg.extract.tables import measures, periods
from kg.messages import open_catalogue
from kg.read.assemble import column_roles
from kg.triples.terms import BUD
from kg.values import vocabularies as words

SHAPES: dict[str, Sequence[str]] = {
    "documentKind": words.DOCUMENT_KINDS,
    "legalKind": words.LEGAL_KINDS,
    "matchStatus": words.MATCH_STATUSES,
    "ownerKind": words.OWNER_KINDS,
    "targetComparator": words.COMPARATORS,
    "stage": words.STAGES,
    "reading": words.READINGS,
    "scheme": words.SCHEMES,
    "side": words.SIDES,
    "passageKind": words.PASSAGE_KINDS,
    "findingKind": words.FINDING_KINDS,
    "severity": words.SEVERITIES,
}
"""bud:measure is open: an amount of a project has the words of its column instead."""
CATALOGUE: dict[str, Sequence[str]] = {
    "stage": words.STAGES,
    "severity": words.SEVERITIES,
    "finding": words.FINDING_KINDS,
    "passage": (*words.PASSAGE_KINDS, "entity"),
    "legal": words.LEGAL_KINDS,
}
"""Groups of the catalogue; a hit that stands for an entity says so in place of a kind of passage."""


@pytest.mark.parametrize("name", SHAPES)
def test_the_graph_may_say_the_words_of_the_vocabulary_and_no_others(name: str) -> None:
    shapes, found = ontology.load_shapes(), []
    for shape in shapes.subjects(SH.path, URIRef(BUD + name)):
        listed = shapes.value(shape, SH["in"])
        if listed is not None:
            found.append(tuple(str(word) for word in Collection(shapes, listed)))
    assert found
    assert all(set(each) == set(SHAPES[name]) for each in found)


@pytest.mark.parametrize("language", open_catalogue().languages)
@pytest.mark.parametrize("group", CATALOGUE)
def test_every_word_has_a_label_in_every_language_and_no_label_is_left(group: str, language: str) -> None:
    texts = open_catalogue().own_texts(language)
    labelled = {key.removeprefix(f"{group}.") for key in texts if key.startswith(f"{group}.")}
    assert labelled == set(CATALOGUE[group])


@pytest.mark.parametrize(
    "name", ["severity", "findingKind", "passageKind", "documentKind", "matchStatus", "reading", "ownerKind"]
)
def test_the_documentation_lists_every_word(name: str) -> None:
    text = ontology.documentation_path().read_text("utf-8")
    start = text.index(f"`bud:{name}` (")
    listed = text[start : text.index(")", start)]
    assert [word for word in SHAPES[name] if word not in listed] == []


def test_an_outcome_is_held_or_a_severity() -> None:
    inner = {word for part in get_args(words.Outcome) for word in (get_args(part) or (part,))}
    assert inner == {"held", *words.SEVERITIES}


READERS: dict[str, tuple[Callable[[], object], tuple[str, ...]]] = {
    "stages": (periods._stages, ("budjet", "预算")),
    "measures": (measures._measures, ("totel", "合计")),
    "column_roles": (column_roles._column_patterns, ("codde", "科目编码")),
    "passage_kinds": (passages._kinds, ("职责", "dutey")),
    "budget_kinds": (kind._title_kinds, ("预算", "部门予算")),
    "legal_kinds": (titles._kinds, ("条例", "regulations")),
    "comparators": (quantities.comparators, ("不低于", "=>", "before")),
}


@pytest.mark.parametrize("name", READERS)
def test_a_wrong_word_in_the_lexicon_is_refused_with_the_name_of_its_table(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, row = READERS[name]
    reader()
    cached = getattr(reader, "cache_clear", lambda: None)
    cached()
    try:
        for module in (periods, measures, column_roles, passages, quantities, lexicon):
            if hasattr(module, "load_rows"):
                monkeypatch.setattr(module, "load_rows", lambda table: (row,))
        for other in (kind, titles):
            monkeypatch.setattr(other, "load_mapping", lambda table: {row[0]: row[1]})
        with pytest.raises(ValueError, match=rf"^{name}\.tsv: "):
            reader()
    finally:
        cached()
