"""The stage of a document: 预算, 决算 or 自评, by its kind as document_stages.tsv has it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.errors import BadSearch
from kg.messages import say
from kg.values.vocabularies import DOCUMENT_KINDS, word_of
from search.facets.facet import Facts, Label, Words
from search.facets.parse import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentStage:
    """One stage: its value and labels, the kinds of document that are of it, words that ask for it."""

    value: str
    labels: Words
    kinds: tuple[str, ...]
    words: tuple[str, ...]


@cache
def load_document_stages() -> tuple[DocumentStage, ...]:
    """Return the stages in the order of the table."""
    text = (files("search.facets") / "document_stages.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(
        DocumentStage(
            value=value,
            labels={"zh": chinese, "en": english},
            kinds=tuple(word_of(kind, DOCUMENT_KINDS, "document_stages.tsv") for kind in kinds.split("|")),
            words=tuple(word for word in words.split("|") if word),
        )
        for value, chinese, english, kinds, words in rows
    )


def read_document_stage(facts: Facts) -> Iterator[Label]:
    """Yield the stage of the passage's document; a kind in no row has none."""
    for stage in load_document_stages():
        if facts.document_kind in stage.kinds:
            yield Label(value=stage.value, label=stage.labels["zh"])


def parse_document_stage(name: str, text: str) -> list[Value]:
    """Return the stage that is called `text`: its value, a label, or a word for it.

    >>> parse_document_stage("document_stage", "决算")
    ['final']
    """
    for stage in load_document_stages():
        if text.lower() in (stage.value, *(label.lower() for label in stage.labels.values()), *stage.words):
            return [stage.value]
    known = tuple(f"{stage.value} {stage.labels['zh']}" for stage in load_document_stages())
    raise BadSearch(say("error.search.choice", name=name, text=text, known=known))


def document_stage_words() -> dict[str, str]:
    """Return the words of a query that ask for a stage, and that stage."""
    return {word: stage.value for stage in load_document_stages() for word in stage.words}


def document_stage_labels() -> dict[str, Words]:
    """Return the labels of the stages by value."""
    return {stage.value: stage.labels for stage in load_document_stages()}
