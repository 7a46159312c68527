"""The paragraphs of a document with the quantities they print: found once, for extractors and audit alike.

In: paragraphs. Out: each with its quantities, in the same order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.blocks import Paragraph
from kg.extract.prose.quantities import Quantity, find_quantities


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantified:
    """A paragraph and the quantities of its text, with spans into that text."""

    paragraph: Paragraph
    quantities: tuple[Quantity, ...]


def quantify(paragraphs: Iterable[Paragraph]) -> tuple[Quantified, ...]:
    """Return every paragraph with its quantities, those without any included."""
    return tuple(
        Quantified(paragraph=paragraph, quantities=tuple(find_quantities(paragraph.text))) for paragraph in paragraphs
    )


def find_speaking(prose: Iterable[Quantified]) -> Iterator[Quantified]:
    """Yield the paragraphs that say something."""
    return filter(speaks, prose)


def speaks(item: Quantified) -> bool:
    """Return whether a paragraph says something: it is none of a table of contents."""
    return (item.paragraph.place.section or "") != "目录" and bool(item.paragraph.text.strip())
