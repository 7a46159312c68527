"""Why a hit: which of its characters match the query, and which of its sentences matches best."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from search.index.analyze import find_terms
from search.response import Highlight

_SENTENCE = re.compile(r"[^。；;！!？?\n\t]+[。；;！!？?]?")


def find_highlights(text: str, terms: Collection[str]) -> tuple[Highlight, ...]:
    """Return the stretches of `text` that the query's terms cover, joined where they touch.

    Single characters count only beside a pair that matched.
    """
    covered: list[tuple[int, int]] = []
    for term in find_terms(text):
        if term.text in terms and (term.end - term.start > 1 or term.text.isascii()):
            covered.append((term.start, term.end))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(covered):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(Highlight(start=start, end=end, term=text[start:end]) for start, end in merged)


def find_sentences(text: str) -> list[tuple[int, int]]:
    """Return start and end of the sentences (or cells) of `text`, blanks left out."""
    found = []
    for match in _SENTENCE.finditer(text):
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        end = match.end() - (len(match[0]) - len(match[0].rstrip()))
        if end > start:
            found.append((start, end))
    return found


def best_sentence(text: str, highlights: Iterable[Highlight]) -> tuple[int, int] | None:
    """Return the sentence that the highlights cover most of, the first where none does."""
    sentences = find_sentences(text)
    if not sentences:
        return None
    marks = list(highlights)

    def covered(sentence: tuple[int, int]) -> tuple[float, int]:
        start, end = sentence
        inside = sum(max(0, min(end, mark.end) - max(start, mark.start)) for mark in marks)
        return (inside, -start)

    return max(sentences, key=covered)
