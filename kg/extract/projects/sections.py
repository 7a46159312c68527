"""Find projects described in sections of prose: 甲项目经费情况说明, then 一、项目概述 二、立项依据 … 七、绩效目标.

In: the Context. Out: Mentions, each with the paragraphs that describe it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.blocks import Paragraph
from kg.extract.context import Context
from kg.extract.items import split_items
from kg.extract.places import source_of_paragraph
from kg.extract.projects.mentions import Mention, clean_name, is_name, is_organ
from kg.lexicon import load_rows
from kg.records import ProjectAmount, Source, TextItem
from kg.text.folding import compact, join_wrapped
from kg.values.item_mark import read_mark, strip_item_mark
from kg.values.money import FULL, SHORT, amount_pattern, read_money

_TITLE = re.compile(r"^(?P<name>.{2,60}?)(?:项目)?(?:经费|资金|预算)?(?:绩效)?(?:情况)?(?:的)?说明$")
_NAMED = re.compile(r"(?:的|[，,]|^)(?P<name>[^，,。；、的]{4,36}?(?:工程|项目))(?=[，,]|位于|是|为|于)")
_LIST_LEVELS = (1, 3)  # 一、 and 1. open a list; （一） and ① stand within one
_REFERS = re.compile("^(?:详)?见|附后$")

_LONGEST_LABEL = 12
"""Characters of a heading inside a description (项目绩效目标及其完成情况); longer ones say something themselves."""
_LONGEST_UNIT = 30
"""Characters of a line that is the name of a unit alone."""


def find_section_mentions(context: Context) -> Iterator[tuple[tuple[Paragraph, ...], Mention]]:
    """Yield the projects that sections describe, each with the paragraphs of its description."""
    paragraphs = context.document.paragraphs
    at = 0
    while at < len(paragraphs):
        if section_label(paragraphs[at].text) != "content" or not paragraphs[at].level:
            at += 1
            continue
        end = _end(paragraphs, at)
        title = paragraphs[at - 1] if at else None
        mention = _mention(context, title, paragraphs[at:end])
        if mention is not None:
            yield paragraphs[at:end], mention
        at = end


def section_label(text: str) -> str | None:
    """Return what stands below a heading of a project's description, None if it is none.

    >>> section_label("二、立项依据"), section_label("一、部门职责")
    ('basis', None)
    """
    key = compact(strip_item_mark(text))
    if len(key) > _LONGEST_LABEL:
        return None
    return next((meaning for pattern, meaning in _labels() if pattern.match(key)), None)


def _end(paragraphs: tuple[Paragraph, ...], at: int) -> int:
    """Return where a description ends: at a heading of another kind, the next one's title, or its first heading."""
    end = at + 1
    while end < len(paragraphs):
        label = section_label(paragraphs[end].text) if paragraphs[end].level else ""
        if label is None or (label == "content" and _opens(paragraphs[end].text)):
            break
        end += 1
    if end < len(paragraphs) and end - 1 > at and _TITLE.match(compact(paragraphs[end - 1].text)):
        end -= 1
    return end


def _opens(text: str) -> bool:
    mark = read_mark(text)
    return mark.level in _LIST_LEVELS and mark.ordinal == 1


def _mention(context: Context, title: Paragraph | None, paragraphs: tuple[Paragraph, ...]) -> Mention | None:
    parts: dict[str, list[Paragraph]] = {}
    label: str | None = None
    for paragraph in paragraphs:
        if paragraph.level:
            label = section_label(paragraph.text)
        elif label is not None:
            parts.setdefault(label, []).append(paragraph)
    name = _name(context, title, parts.get("content", []))
    if name is None or not {"basis", "goal", "amount"} & set(parts):
        return None
    first = title if title is not None else paragraphs[0]
    return Mention(
        name=name,
        kind="project",
        source=Source(place=first.place, text=first.text.strip()),
        rank=1,
        amounts=tuple(_amounts(context, parts.get("amount", []))),
        goals=_items(parts.get("goal", [])),
        content=_items(parts.get("content", [])),
        budget_unit=_unit(parts.get("unit", [])),
    )


def _name(context: Context, title: Paragraph | None, content: list[Paragraph]) -> str | None:
    """Return the project's name: of its title, else of the work that its description opens with."""
    printed = _TITLE.match(join_wrapped(title.text)) if title is not None else None
    name = clean_name(printed["name"]) if printed else ""
    if not is_name(name) or is_organ(name, context) or re.fullmatch("(?:项目|部门|单位|重点)+", name):
        named = _NAMED.search(join_wrapped(content[0].text)) if content else None
        name = named["name"] if named else ""
    return name or None


def _items(paragraphs: list[Paragraph]) -> tuple[TextItem, ...]:
    items = []
    for paragraph in paragraphs:
        for piece in split_items(paragraph.text):
            text = strip_item_mark(join_wrapped(piece.text))
            if not _REFERS.match(text):
                source = source_of_paragraph(paragraph, piece.start, piece.start + len(piece.text))
                items.append(TextItem(text=text, line=source.place.line, source=source))
    return tuple(items)


def _amounts(context: Context, paragraphs: list[Paragraph]) -> Iterator[ProjectAmount]:
    """Yield the first amount stated under the heading of the budget, 万 read as 万元."""
    for paragraph in paragraphs:
        match = _amount().search(paragraph.text)
        if match is None or "季度" in paragraph.text[: match.start()]:
            continue
        money = read_money(match["value"], match["unit"])
        yield ProjectAmount(
            meaning="年度预算安排",
            stage="budget",
            value=money.value,
            unit=money.unit,
            value_yuan=money.yuan,
            year=context.identity.fiscal_year,
            source=source_of_paragraph(paragraph, match.start(), match.end()),
        )
        return


def _unit(paragraphs: list[Paragraph]) -> str | None:
    text = compact(paragraphs[0].text).rstrip("。") if paragraphs else ""
    return text if text and len(text) <= _LONGEST_UNIT and not re.search("[,;]", text) else None


@cache
def _amount() -> re.Pattern[str]:
    return re.compile(amount_pattern(FULL, SHORT))


@cache
def _labels() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), meaning) for pattern, meaning in load_rows("section_labels"))
