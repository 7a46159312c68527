"""Extract the numbers that prose states, one record each (kg.extract.prose.stating finds them).

In: the Context. Out: StatementRecords in reading order. Tables of contents and headings state nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.blocks import Paragraph
from kg.extract.context import Context
from kg.extract.places import source_of_paragraph
from kg.extract.prose.clauses import sentence_start
from kg.extract.prose.metrics import find_known_metric
from kg.extract.prose.quantified import speaks
from kg.extract.prose.setting import Setting, setting_of
from kg.extract.prose.stating import find_statements
from kg.records import StatementRecord
from kg.text.folding import compact
from kg.values.item_mark import strip_item_mark
from kg.values.year import YEAR

_WHEN = re.compile(rf"^{YEAR}年度?[，,]?")


def extract_statements(context: Context, projects: tuple[str, ...]) -> Iterator[StatementRecord]:
    """Yield what the paragraphs of the document state; `projects` are the names of its projects, longest first."""
    setting = setting_of(context.identity, projects)
    for number, item in enumerate(context.prose):
        paragraph, owner = item.paragraph, context.owners.of_paragraph(number)
        if not speaks(item) or not any(character.isdigit() or character in "无持未" for character in paragraph.text):
            continue
        topic = _topic(paragraph, setting)
        for stated in find_statements(paragraph.text, setting, topic=topic, quantities=item.quantities):
            source = source_of_paragraph(paragraph, stated.start, stated.end)
            source = replace(source, place=replace(source.place, line=paragraph.line_at(stated.end - 1)))
            yield StatementRecord(
                source=source,
                metric=stated.metric,
                subject=stated.subject or _body_before(paragraph.text, stated.end, context.owners.names) or owner,
                value=stated.value,
                unit=stated.unit,
                year=stated.year,
                base_year=stated.base_year,
                implied=stated.implied,
            )


def _body_before(text: str, at: int, bodies: tuple[str, ...]) -> str | None:
    """Return the other body that a sentence begins with: its figures are that body's, not the department's."""
    sentence = compact(text[sentence_start(text, at - 1) : at])
    sentence = strip_item_mark(_WHEN.sub("", sentence))
    return max((body for body in bodies if sentence.startswith(compact(body))), key=len, default=None)


def _topic(paragraph: Paragraph, setting: Setting) -> str | None:
    """Return the metric that the heading over a paragraph names (六、机关运行经费 …), if it names one."""
    heading = (paragraph.place.section or "").rpartition(" / ")[2]
    return find_known_metric(heading, names=setting.names) if heading else None
