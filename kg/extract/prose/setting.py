"""The prose of a document, and what is known of the document when it is read.

In: the document and its identity. Out: the paragraphs that say something, and the Setting.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.blocks import Document, Paragraph
from kg.extract.context import Identity


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a document says of itself: fiscal year, money unit, its department's and its projects' names.

    `final` says that it is final accounts, whose figures are what was spent unless called a budget.
    """

    year: int | None
    unit: str | None = "万元"
    names: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()
    final: bool = False


def setting_of(identity: Identity, projects: tuple[str, ...] = ()) -> Setting:
    """Return what the document says of itself, longest names first, for reading its prose."""
    names = {identity.department or "", *identity.aliases, *identity.units} - {""}
    return Setting(
        year=identity.fiscal_year,
        unit=identity.amount_unit or "万元",
        names=tuple(sorted(names, key=len, reverse=True)),
        projects=projects,
        final=identity.kind == "部门决算",
    )


def speaking_paragraphs(document: Document) -> Iterator[Paragraph]:
    """Yield the paragraphs that say something: no table of contents."""
    for paragraph in document.paragraphs:
        if (paragraph.place.section or "") != "目录" and paragraph.text.strip():
            yield paragraph
