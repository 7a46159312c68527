"""Extract the numbers that prose states, one record each (kg.extract.prose.stating finds them).

In: the Context. Out: StatementRecords in reading order. Tables of contents and headings state nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.blocks import Paragraph
from kg.extract.context import Context
from kg.extract.places import source_of_paragraph
from kg.extract.prose.metrics import find_known_metric
from kg.extract.prose.quantified import find_speaking
from kg.extract.prose.setting import Setting, setting_of
from kg.extract.prose.stating import find_statements
from kg.records import StatementRecord


def extract_statements(context: Context, projects: tuple[str, ...]) -> Iterator[StatementRecord]:
    """Yield what the paragraphs of the document state; `projects` are the names of its projects, longest first."""
    setting = setting_of(context.identity, projects)
    for item in find_speaking(context.prose):
        paragraph = item.paragraph
        if not any(character.isdigit() or character in "无持未" for character in paragraph.text):
            continue
        topic = _topic(paragraph, setting)
        for stated in find_statements(paragraph.text, setting, topic=topic, quantities=item.quantities):
            source = source_of_paragraph(paragraph, stated.start, stated.end)
            source = replace(source, place=replace(source.place, line=paragraph.line_at(stated.end - 1)))
            yield StatementRecord(
                source=source,
                metric=stated.metric,
                subject=stated.subject,
                value=stated.value,
                unit=stated.unit,
                year=stated.year,
                base_year=stated.base_year,
                implied=stated.implied,
            )


def _topic(paragraph: Paragraph, setting: Setting) -> str | None:
    """Return the metric that the heading over a paragraph names (六、机关运行经费 …), if it names one."""
    heading = (paragraph.place.section or "").rpartition(" / ")[2]
    return find_known_metric(heading, names=setting.names) if heading else None
