"""Read indicators packed into one cell: 1、1-产出指标；11-数量指标；名称；年度指标值:≥95%。2、…

Programs that fill a form paste a whole tree of indicators into one cell. What separates its parts differs from program
to program (；，、-|: or a new line, narrow or wide), so no separator is trusted: the cell is cut at all of them, the
parts that name a level or announce a value are known by their words, and what lies between is a name or a value.

In: the text of a cell. Out: Packed values in the cell's order; none where a cell packs no indicators.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from kg.extract.indicators.rows import level_of
from kg.extract.indicators.targets import is_plain_value, parse_target, target_within
from kg.text.folding import fold_map, join_wrapped
from kg.text.patterns import DIGIT_MARK, NUMERALS

_CUT = re.compile(r"[;,:|。\n]|(?<=[\u4e00-\u9fff)])\s?[-—–]+")
"""Where parts end; a dash behind a number is a code's, a range's or a sign."""
_MARK = rf"(?:\(?(?:\d{{1,3}}|[{NUMERALS}]{{1,2}})(?:\.\d{{1,2}})*\)?\s?[.、)-]\s?)"
_ENUMERATED = re.compile(rf"^\s*{_MARK}+(?=\D)")
"""Numbers and codes before a name: 1、 1-1. (2) 三、"""
_CODED = re.compile(rf"^\s*{_MARK}*\d{{0,3}}\s?(?=[\u4e00-\u9fff])")
"""The same before a level, whose code may stand at its words without a mark: 11数量指标."""
_ENDING = re.compile(r"^[\u4e00-\u9fff]{2,10}(?:指标|目标|效益|满意度|影响)$")
"""What calls itself a level without being in the lexicon; counted only behind a printed code (12-…)."""
_VALUE = re.compile(r"^[\u4e00-\u9fff()]{0,10}(?:指标值|目标值|完成值)(?:\([^()]*\))?$")
_NUMBER = re.compile(rf"\s*(?:{DIGIT_MARK}\s?(?!{DIGIT_MARK}))?")
_OF_YEAR = re.compile(r"年度|本年|当年|全年")
_BLANK = " \t\n\u3000。.;；,，、|-－"

Part = Literal["level1", "level2", "value", "text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """One packed indicator; `target` is the value of the year, `start` and `end` span it in the cell."""

    level1: str | None
    level2: str | None
    level3: str
    target: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """A part between two separators of the folded text: what it is, its bare words, the separator behind it."""

    part: Part
    words: str
    start: int
    end: int
    cut: str


@dataclass(slots=True, kw_only=True)
class _Open:
    """The indicator being read: spans of its name and of each announced value."""

    start: int
    name: tuple[int, int] | None = None
    last: tuple[int, int] | None = None  # the last part of a name of several
    values: list[tuple[str, int, int]] = field(default_factory=list)


def read_packed(text: str) -> list[Packed]:
    """Return the indicators that `text` packs, with their levels and the target of the year.

    A cell packs indicators if it names a level and each of them, but for one cut off at its end, has a value: announced
    (年度指标值: …), as a part of its own, or within its name (巡查长度≥20公里). Where nothing is announced each must
    have a second level: words such as 绩效目标 alone begin prose as well.

    >>> found = read_packed("1、1-产出指标；12-质量指标；回访率；实施周期指标值:90%；年度指标值:≥95%。"
    ...                     "2、2-效益指标；22-社会效益；接通率；年度指标值:≥93%。")
    >>> [(item.level1, item.level2, item.level3, item.target) for item in found]
    [('产出指标', '质量指标', '回访率', '≥95%'), ('效益指标', '社会效益', '接通率', '≥93%')]
    >>> found = read_packed("产出指标－数量指标－巡查次数：≥20次，质量指标－合格率：≥95%")
    >>> [(item.level1, item.level2, item.level3, item.target) for item in found]
    [('产出指标', '数量指标', '巡查次数', '≥20次'), ('产出指标', '质量指标', '合格率', '≥95%')]
    """
    if _names_no_level(text):
        return []
    cell = _Text(text)
    pieces = list(_pieces(cell.folded.text))
    if not any(piece.part in ("level1", "level2") for piece in pieces):
        return []
    items = list(_items(pieces, cell))
    announced = any(piece.part == "value" for piece in pieces)
    if any(not item.target for item in items[:-1]) or not (
        announced or all(item.level2 or level_of(item.level3) for item in items)
    ):
        return []
    return [item for item in items if item.target]


def _names_no_level(text: str) -> bool:
    """Return whether a cell says nothing of indicators, so that it needn't be cut."""
    return "指标" not in text and "满意度" not in text


class _Text:
    """The text of a cell: cut where it is folded, quoted as it is printed."""

    def __init__(self, printed: str) -> None:
        self.printed = printed
        self.folded = fold_map(printed)

    def quote(self, start: int, end: int) -> str:
        """Return what is printed at a span of the folded text, bare."""
        first, last = self.folded.source_span(start, end)
        return join_wrapped(self.printed[first:last]).strip(_BLANK)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the printed span of an item, without the number before its first level or name."""
        first, last = self.folded.source_span(start, end)
        numbered = _NUMBER.match(self.printed, first, last)
        return (numbered.end() if numbered else first), last


def _pieces(text: str) -> Iterator[_Piece]:
    """Yield the parts of a folded text, none empty."""
    start = 0
    for cut in [*_CUT.finditer(text), None]:
        end = cut.start() if cut else len(text)
        if text[start:end].strip(_BLANK):
            part, words = _classed(text[start:end], cut.group() if cut else "")
            yield _Piece(part=part, words=words, start=start, end=end, cut=cut.group() if cut else "")
        start = cut.end() if cut else end


def _classed(text: str, cut: str) -> tuple[Part, str]:
    """Return what a part is. A word that may be of both levels (满意度指标) is taken for the second."""
    printed = join_wrapped(text).strip(_BLANK)
    bare = _CODED.sub("", printed)
    if cut == ":" and _VALUE.match(bare):
        return "value", bare
    levels = level_of(bare) if cut else frozenset()
    if levels == {1}:
        return "level1", bare
    if levels or (bare != printed and cut and _ENDING.match(bare)):
        return "level2", bare
    return "text", printed


def _items(pieces: list[_Piece], text: _Text) -> Iterator[Packed]:
    """Yield the indicators of the parts; levels hold until the next of their kind."""
    level1: str | None = None
    level2: str | None = None
    current: _Open | None = None
    for place, piece in enumerate(pieces):
        part = _part_of(pieces, place)
        if part in ("level1", "level2"):
            if current is not None and current.name is not None:
                yield _closed(current, level1, level2, piece.start, text)
                current = None
            current = current or _Open(start=piece.start)
            if part == "level1":
                level1, level2 = piece.words, None
            else:
                level2 = piece.words
        elif part == "value" and current is not None and current.name is not None:
            current.values.append((piece.words, piece.end + 1, piece.end + 1))
        elif part == "text" and current is not None:
            if _begins_another(current, pieces, place, text):
                yield _closed(current, level1, level2, piece.start, text)
                current = _Open(start=piece.start)
            _take(current, piece, pieces[place - 1])
    if current is not None and current.name is not None:
        yield _closed(current, level1, level2, len(text.folded.text), text)


def _part_of(pieces: list[_Piece], place: int) -> Part:
    """Return what a part is among its neighbours.

    A level right before a value names the indicator as well (服务对象满意度；年度指标值：≥95%); one of either level
    right before a second level is the first (满意度指标；服务对象满意度).
    """
    piece = pieces[place]
    after = pieces[place + 1] if place + 1 < len(pieces) else None
    if after is None or piece.part not in ("level1", "level2"):
        return piece.part
    if after.part == "value" or (after.part == "text" and is_plain_value(after.words)):
        return "text"
    return "level1" if after.part == "level2" and 1 in level_of(piece.words) else piece.part


def _take(current: _Open, piece: _Piece, before: _Piece) -> None:
    """Add a text to what it continues: the value announced last, what stands behind a colon, or the name."""
    if current.values:
        label, start, _ = current.values[-1]
        current.values[-1] = (label, start, piece.end)
    elif current.name is not None and (before.cut == ":" or is_plain_value(piece.words)):
        current.values.append(("", piece.start, piece.end))
    else:
        current.last = (piece.start, piece.end) if current.name else None
        current.name = (current.name[0] if current.name else piece.start, piece.end)


def _begins_another(current: _Open, pieces: list[_Piece], place: int, text: _Text) -> bool:
    """Return whether a text is the name of a further indicator of the same level.

    It is one behind a value that stands, if a value of its own follows: one announced as that was, or behind a colon.
    """
    if current.name is None or pieces[place - 1].part == "value" or pieces[place - 1].cut == ":":
        return False
    if not current.values:
        return _target_in(text.quote(*current.name)) is not None and _target_in(pieces[place].words) is not None
    if pieces[place].cut == ":":
        return True
    after = pieces[place + 1] if place + 1 < len(pieces) else None
    return after is not None and after.part == "value" and after.words in [label for label, _, _ in current.values]


def _closed(current: _Open, level1: str | None, level2: str | None, end: int, text: _Text) -> Packed:
    assert current.name is not None
    name = text.quote(*current.name)
    values = [(label, text.quote(start, stop)) for label, start, stop in current.values]
    of_year = [value for label, value in values if _OF_YEAR.search(label)]
    target = next(iter(of_year or [value for _, value in values]), "") or _target_in(name) or ""
    if not target and current.last is not None:  # a value in words: 完成时间|年底前
        target = text.quote(*current.last)
        name = text.quote(current.name[0], current.last[0])
    bare = _ENUMERATED.sub("", name) or name
    start, end = text.span(current.start, end)
    return Packed(level1=level1, level2=level2, level3=bare, target=target, start=start, end=end)


def _target_in(name: str) -> str | None:
    """Return the target that stands at the end of a name: 巡查长度≥20公里."""
    found = target_within(name)
    if found is None or found.number is None or parse_target(found.printed).number is None:
        return None
    return found.printed
