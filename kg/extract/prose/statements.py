"""Extract the numbers that prose states, one record each (kg.extract.prose.stating finds them).

In: the Context. Out: StatementRecords in reading order. Tables of contents and headings state nothing, nor does a form
that nobody has filled in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.blocks import Paragraph
from kg.extract.context import Context
from kg.extract.places import source_of_paragraph
from kg.extract.prose.clauses import sentence_start
from kg.extract.prose.distinct import name_apart
from kg.extract.prose.metrics import find_account, find_known_metric, find_scope
from kg.extract.prose.quantified import speaks
from kg.extract.prose.setting import Setting, setting_of
from kg.extract.prose.stated import Around, Stated
from kg.extract.prose.stating import find_statements
from kg.extract.prose.subjects import find_owner
from kg.records import StatementRecord
from kg.text.folding import compact
from kg.values.item_mark import strip_item_mark
from kg.values.placeholder import has_placeholder
from kg.values.year import YEAR

_CLAUSE = re.compile(r"[，,。；;：:]|\d{2,}\.|原因")
_WHEN = re.compile(rf"^{YEAR}年度?[，,]?")


def extract_statements(context: Context, projects: tuple[str, ...]) -> Iterator[StatementRecord]:
    """Yield what the paragraphs of the document state; `projects` are the names of its projects, longest first."""
    if has_placeholder(context.identity.title):
        return
    setting = setting_of(context.identity, projects)
    said: list[tuple[Paragraph, Stated]] = []
    around = Around()
    for number, item in enumerate(context.prose):
        if not speaks(item):
            continue
        paragraph, owner = item.paragraph, context.owners.of_paragraph(number)
        around = _around(paragraph, setting, around)
        if not _states(paragraph.text):
            continue
        found = find_statements(paragraph.text, setting, topic=around.topic, quantities=item.quantities, around=around)
        for one in found:
            subject = one.subject or _body_before(paragraph.text, one.end, context.owners.names) or owner
            said.append((paragraph, replace(one, subject=subject)))
    for (paragraph, _), one in zip(said, name_apart([one for _, one in said]), strict=True):
        yield _record(paragraph, one)


def _body_before(text: str, at: int, bodies: tuple[str, ...]) -> str | None:
    """Return the other body that a sentence begins with: its figures are that body's, not the department's."""
    sentence = compact(text[sentence_start(text, at - 1) : at])
    sentence = strip_item_mark(_WHEN.sub("", sentence))
    return max((body for body in bodies if sentence.startswith(compact(body))), key=len, default=None)


def _states(text: str) -> bool:
    """Whether a paragraph may state something: a number among words, or that there is none."""
    words = any("\u4e00" <= character <= "\u9fff" for character in text)
    return words and any(character.isdigit() or character in "无持未" for character in text)


def _record(paragraph: Paragraph, stated: Stated) -> StatementRecord:
    source = source_of_paragraph(paragraph, stated.start, stated.end)
    source = replace(source, place=replace(source.place, line=paragraph.line_at(stated.end - 1)))
    return StatementRecord(
        source=source,
        metric=stated.metric,
        subject=stated.subject,
        value=stated.value,
        unit=stated.unit,
        year=stated.year,
        base_year=stated.base_year,
        implied=stated.implied,
        stage=stated.stage,
        base_stage=stated.base_stage,
    )


def _around(paragraph: Paragraph, setting: Setting, before: Around) -> Around:
    """Return what the headings over a paragraph say of its figures; a side holds on below one heading."""
    section = paragraph.place.section or ""
    headings = section.split(" / ")
    account = find_account(headings[-1])
    owners = (find_owner(heading, setting) for heading in reversed(headings))
    scope = next(filter(None, map(find_scope, [_CLAUSE.split(paragraph.text)[0], *reversed(headings)])), None)
    return Around(
        topic=find_known_metric(headings[-1], names=setting.names) if section else None,
        side=_side(paragraph.text.split("：")[0][:20]) or _side(headings[-1]) or before.side,
        scope=scope,
        within=account.name if account else next(filter(None, owners), None),
        heading=strip_item_mark(headings[-1]) or None,
    )


def _side(text: str) -> str | None:
    sides = [word for word in ("收入", "支出") if word in text]
    return sides[0] if len(sides) == 1 else None
