"""Enumerations in prose: a total and the parts named after 其中, 包括, in brackets or in numbered paragraphs.

In: the figures of a document. Out: lists in reading order; `whole` says whether the parts are surely all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.audit.base.figures import CHANGE, LEVEL, Figure, Prose
from kg.lexicon import load_rows
from kg.text.folding import compact
from kg.values.item_mark import read_mark

_MARKER = re.compile(r"(?:其中|包括|分别(?:为|是)|主要是|分解为|构成(?:为|如下)|用于以下方面)[:：]?")
_SOME = re.compile(r"其中|主要|用于")
_INTRODUCES = re.compile(r"(?:其中|包括|如下|以下方面|为|情况)[:：]$|[:：]$")
_INTERRUPTED = re.compile(r"[；;]|。.|主要$")  # between a total and 其中: then it may be another's
_OPEN_END = re.compile(r"等[。；;，,）)]?$|等(?:方面|项目|支出|工作)")
_NEAR, _BEHIND = 120, 12
"""Characters from a total to the list that parts it, and behind a change to the words that give its reasons: in a
longer sentence another figure may be meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureList:
    """`whole` is true where the words leave no room for further parts.

    `complete` is true where they say besides that the parts are all: by their verb (包括, 分别为), in brackets, or as
    kinds that make a whole (基本 and 项目); 其中 and 主要是 may name some.
    """

    total: Figure
    parts: tuple[Figure, ...]
    whole: bool
    complete: bool = True


def find_lists(prose: Sequence[Prose]) -> Iterator[FigureList]:
    """Yield every enumeration of at least two parts in the unit of its total."""
    for index, item in enumerate(prose):
        yield from _in_brackets(item)
        yield from _after_markers(item)
        yield from _in_paragraphs(prose, index)


def _in_brackets(item: Prose) -> Iterator[FigureList]:
    """23.00万元（购置费18.00万元，运行维护费5.00万元）: the parts stand in brackets behind the total."""
    figures = item.figures
    for index, total in enumerate(figures):
        between = item.paragraph.text[total.end : total.end + 1]
        if total.role != LEVEL or between not in ("（", "("):
            continue
        parts = []
        for figure in figures[index + 1 :]:
            if figure.depth <= total.depth:
                break
            parts.append(figure)
        yield from _list(total, parts, item.paragraph.text, whole=True)


def _after_markers(item: Prose) -> Iterator[FigureList]:
    text = item.paragraph.text
    open_until = 0
    for marker in _MARKER.finditer(text):
        total = _total_before(item, marker.start())
        if total is None:
            continue
        nested = marker.start() < open_until
        end = _list_end(text, marker.end(), nested or total.depth > 0)
        if total.role == CHANGE:
            end = len(text)  # reasons are whole sentences, each with its share of the change
        inner = list(_nested_spans(text, marker.end(), end))
        parts = [
            figure
            for figure in item.figures
            if marker.end() <= figure.start < end
            and figure.depth == _depth(text, marker.start())
            and not any(start <= figure.start < stop for start, stop in inner)
        ]
        if not nested:
            open_until = end
        between = text[total.end : marker.start()]
        sure = total.role == LEVEL and not _INTERRUPTED.search(between.strip())
        mixed = len({_semicolon(text, one, two) for one, two in pairwise(parts)}) > 1
        complete = not mixed and (_SOME.match(marker[0]) is None or _are_kinds(parts))
        yield from _list(total, parts, text[marker.end() : end], whole=sure, complete=complete)


def _semicolon(text: str, one: Figure, two: Figure) -> bool:
    return re.search(r"[；;]", text[one.end : two.start]) is not None


def _are_kinds(parts: Sequence[Figure]) -> bool:
    """Whether the parts are kinds, each another one, of a division that has no further ones."""
    for row in load_rows("whole_lists"):
        kinds = [next((at for at, kind in enumerate(row) if re.search(kind, part.label)), None) for part in parts]
        if None not in kinds and len(set(kinds)) == len(kinds):
            return True
    return False


def _total_before(item: Prose, position: int) -> Figure | None:
    """Return the level that a marker enumerates: the last one before it, no share or change between."""
    before = [figure for figure in item.figures if figure.end <= position]
    depth = _depth(item.paragraph.text, position)
    for figure in reversed(before):
        if figure.role == LEVEL and figure.depth <= depth:
            return figure
        behind = item.paragraph.text[figure.end : figure.end + _BEHIND]
        if figure.role == CHANGE and figure is before[-1] and "主要是" in behind:
            return figure
        if figure.role == LEVEL or position - figure.end > _NEAR:
            return None
    return None


def _list_end(text: str, start: int, nested: bool) -> int:
    """Return where an enumeration ends: its sentence, its bracket, or, nested in another, its semicolon."""
    depth = 0
    for position in range(start, len(text)):
        letter = text[position]
        if letter in "（(":
            depth += 1
        elif letter in "）)":
            depth -= 1
            if depth < 0:
                return position
        elif depth == 0 and (letter == "。" or (nested and letter in "；;")):
            return position
    return len(text)


def _nested_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for marker in _MARKER.finditer(text, start, end):
        yield marker.start(), _list_end(text, marker.end(), True)


def _depth(text: str, position: int) -> int:
    before = text[:position]
    return sum(before.count(letter) for letter in "（(") - sum(before.count(letter) for letter in "）)")


def _in_paragraphs(prose: Sequence[Prose], index: int) -> Iterator[FigureList]:
    """…具体包括： and the numbered paragraphs below it, each with one level of its own."""
    text = compact(prose[index].paragraph.text)
    levels = [figure for figure in prose[index].figures if figure.role == LEVEL and figure.is_money]
    if not levels or not _INTRODUCES.search(text):
        return
    following = prose[index + 1 : index + 40]
    level = read_mark(following[0].paragraph.text).level if following else 0
    parts: list[Figure] = []
    ordinal = 0
    for item in following:
        mark = read_mark(item.paragraph.text)
        if (item.paragraph.level and not mark.level) or (mark.level and (not level or mark.level < level)):
            break
        if mark.level == level and level and mark.ordinal <= ordinal:
            break
        if mark.level != level:
            continue
        ordinal = mark.ordinal
        first = next((figure for figure in item.figures if figure.role == LEVEL and figure.is_money), None)
        if first is None:
            break
        parts.append(first)
    found = sum(part.yuan for part in parts)
    total = next((figure for figure in levels if figure.yuan == found), levels[0])
    yield from _list(total, parts, "", whole=False)


def _list(
    total: Figure, parts: Sequence[Figure], text: str, *, whole: bool, complete: bool = True
) -> Iterator[FigureList]:
    """Yield the list of the parts that measure what the total measures, if there are at least two."""
    same = tuple(
        part
        for part in parts
        if part.role == total.role and (part.unit == total.unit or (part.is_money and total.is_money))
    )
    if len(same) > 1:
        open_end = _OPEN_END.search(text.strip()) is not None
        yield FigureList(total=total, parts=same, whole=whole and not open_end, complete=complete and not open_end)
