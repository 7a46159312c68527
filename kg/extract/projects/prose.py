"""Find projects in prose: lists of project budgets (kg.extract.projects.changes reads them), and key projects named.

In: the Context. Out: Mentions in reading order, with the paragraph each was read from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import takewhile

from kg.blocks import Paragraph
from kg.extract.context import Context
from kg.extract.places import source_of_paragraph
from kg.extract.projects.changes import ProjectProse, find_project
from kg.extract.projects.mentions import Mention, clean_name
from kg.extract.prose.quantified import find_speaking
from kg.extract.prose.setting import setting_of
from kg.records import Change, ProjectAmount, Source, TextItem
from kg.text.folding import join_wrapped
from kg.text.patterns import DIGIT_BRACKET, DIGIT_MARK, OPEN_BRACKET
from kg.values.money import amount_pattern, to_yuan

_ITEM = re.compile(rf"\s*(?:{DIGIT_MARK}|{DIGIT_BRACKET}|{OPEN_BRACKET})")
_LED = re.compile("(?:项目)?预算$|(?:预算)?安排$")

_OFF = Decimal(1)
"""How far the items of a list may miss its total, in the printed unit, and still prove that they are its parts."""


def find_prose_mentions(context: Context, known: frozenset[str]) -> Iterator[tuple[Paragraph, Mention]]:
    """Yield the projects whose budget a paragraph states, with the paragraph.

    `known` are the names in tables; a list under 项目支出…包括： names projects by its place alone.
    """
    spoken = list(find_speaking(context.prose))
    setting = setting_of(context.identity)
    listed = _listed_names([item.paragraph for item in spoken], known)
    for at, item in enumerate(spoken):
        names = listed.get(at, ())
        found = find_project(item.paragraph.text, replace(setting, projects=names), item.quantities)
        if found is not None:
            yield item.paragraph, _mention(item.paragraph, found)


def _listed_names(paragraphs: list[Paragraph], known: frozenset[str]) -> dict[int, tuple[str, ...]]:
    """Return the name of each paragraph, by its index, of a list of projects that its sum or a table proves."""
    found: dict[int, tuple[str, ...]] = {}
    for at, lead in enumerate(paragraphs):
        opened = _opened().search(lead.text.strip())
        if opened is None:
            continue
        items = [
            (index, match)
            for index, paragraph in enumerate(takewhile(lambda p: _ITEM.match(p.text), paragraphs[at + 1 :]), at + 1)
            if (match := _listed().match(paragraph.text)) is not None
        ]
        total = sum((_decimal(match["value"]) for _, match in items), Decimal(0))
        proved = abs(total - _decimal(opened["total"])) <= _OFF or any(
            project_name(match["name"]) in known for _, match in items
        )
        found.update({index: (project_name(match["name"]),) for index, match in items if proved})
    return found


@cache
def _opened() -> re.Pattern[str]:
    total = amount_pattern(value="total")
    return re.compile(rf"项目支出[^。；]{{0,12}}?{total}[，,]?(?:具体|主要)?(?:包括|用于|如下|为)+[：:]?$")


@cache
def _listed() -> re.Pattern[str]:
    return re.compile(rf"{_ITEM.pattern}\s*(?P<name>[^，,。；：:]{{2,40}}?)\s*{amount_pattern()}")


def project_name(printed: str) -> str:
    """Return the name of a project in a list without the words that lead to its amount (项目预算)."""
    return _LED.sub("", join_wrapped(printed))


def _decimal(printed: str) -> Decimal:
    return Decimal(printed.replace(",", ""))


def _mention(paragraph: Paragraph, found: ProjectProse) -> Mention:
    stated = found.amount
    source = source_of_paragraph(paragraph, stated.start, stated.end)
    amount = ProjectAmount(
        meaning="项目预算",
        stage="budget",
        value=stated.value,
        unit=stated.unit,
        value_yuan=to_yuan(stated.value, stated.unit),
        year=stated.year,
        source=source,
    )
    content = tuple(_item(paragraph, text, start) for text, start in found.content)
    return Mention(
        name=clean_name(found.name) or found.name,
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
