"""Find projects in prose: lists of project budgets (kg.extract.changes reads them), and key projects named.

In: the Context. Out: Mentions in reading order, with the paragraph each was read from.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.blocks import Paragraph
from kg.extract.amounts import FACTORS
from kg.extract.changes import ProjectProse, find_project
from kg.extract.context import Context
from kg.extract.places import source_of_paragraph
from kg.extract.project_mentions import Mention
from kg.extract.statements import prose, setting_of
from kg.records import Change, ProjectAmount, Source, TextItem


def find_prose_mentions(context: Context) -> Iterator[tuple[Paragraph, Mention]]:
    """Yield the projects whose budget a paragraph states, with the paragraph."""
    setting = setting_of(context)
    for paragraph in prose(context):
        found = find_project(paragraph.text, setting)
        if found is not None:
            yield paragraph, _mention(paragraph, found)


def _mention(paragraph: Paragraph, found: ProjectProse) -> Mention:
    stated = found.amount
    factor = FACTORS.get(stated.unit or "")
    source = source_of_paragraph(paragraph, stated.start, stated.end)
    amount = ProjectAmount(
        meaning="项目预算",
        stage="budget",
        value=stated.value,
        unit=stated.unit,
        value_yuan=stated.value * factor if factor is not None else None,
        year=stated.year,
        source=source,
    )
    content = tuple(_item(paragraph, text, start) for text, start in found.content)
    return Mention(
        name=found.name,
        kind="project",
        source=replace(source, text=found.name),
        rank=2,
        amounts=(amount,),
        content=content,
        change=_change(paragraph, found),
    )


def _item(paragraph: Paragraph, text: str, start: int) -> TextItem:
    source = source_of_paragraph(paragraph, start, start + len(text))
    return TextItem(text=text, line=source.place.line, source=source)


def _change(paragraph: Paragraph, found: ProjectProse) -> Change | None:
    change = found.change
    if change is None:
        return None
    source: Source = source_of_paragraph(paragraph, change.start, change.end)
    return Change(
        base_year=change.base_year,
        amount=change.amount,
        percent=change.percent,
        reason=change.reason,
        unit=change.unit,
        source=source,
    )
