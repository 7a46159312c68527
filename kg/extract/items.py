"""Cut texts at the item marks they print: goals and contents into items, long texts into passages.

In: text of a cell or paragraph. Out: Piece values, verbatim slices with their spans, in reading order.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from kg.text.patterns import DIGIT_STOP, ITEM_MARK, ORDINAL_WORD

SHORTEST, LONGEST, WHOLE, REASONS = 25, 90, 100, 160
"""Characters: a shorter passage than the first joins its neighbour, up to the second; up to the third a text
stays whole; reasons stay with the change they explain up to the fourth."""

_ITEM = re.compile(
    rf"(?:^|(?<=[\s。；;，,：:、.！？》）)\u4e00-\u9fff]))\s*(?P<mark>(?<![\d.．])(?P<number>\d{{1,2}}){DIGIT_STOP})"
)
_MARK = re.compile(rf"(?:^|(?<=[\s。；;，,：:、]))\s*(?:{ITEM_MARK}|{ORDINAL_WORD}|目标\s?\d{{1,2}}\s?[：:、.])")
_FIGURE = re.compile(r"\d[\d,.]*")
_STOP = re.compile(r"[。；;！？!?]+[”’」）)]*\s*")
_SHORTEST_SENTENCE, _LONGEST_LEAD = 4, 6
"""Characters of a sentence that says something, and of words that only lead to a list (主要包括, 具体内容如下)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A slice of a text, `start` its offset there."""

    text: str
    start: int


def split_items(text: str) -> list[Piece]:
    """Return the numbered items of `text` (1、… 2. …) without their marks; a sentence before them is one too.

    Numbers must count up from 1, so that figures in the prose cut nothing; （1） marks parts of an item.

    >>> [piece.text for piece in split_items("完成任务。1、解决问题；2、协调化解；")]
    ['完成任务。', '解决问题；', '协调化解；']
    >>> [piece.text for piece in split_items("开支内容：1. 购置车辆，2. 更新设备。")]
    ['购置车辆，', '更新设备。']
    """
    marks: list[re.Match[str]] = []
    for match in _ITEM.finditer(text):
        if int(match["number"]) == len(marks) + 1 and (marks or not _follows_word(text, match.start("mark"))):
            marks.append(match)
    if len(marks) < 2 and not (marks and not text[: marks[0].start("mark")].strip()):
        return _pieces(text, [(0, len(text))])
    spans = [(0, marks[0].start("mark"))] if _is_sentence(text[: marks[0].start("mark")]) else []
    ends = [match.start("mark") for match in marks[1:]] + [len(text)]
    spans += [(match.end(), end) for match, end in zip(marks, ends, strict=True)]
    return _pieces(text, spans)


def split_passages(text: str) -> list[Piece]:
    """Return `text` in pieces to search: whole if short, else cut at item marks and sentence ends.

    Short neighbours are glued to the piece before them, a lead-in to what follows, reasons to each other.
    """
    if _length(text.strip()) <= WHOLE:
        return _pieces(text, [(0, len(text))])
    starts = {match.start() for match in _MARK.finditer(text)}
    bounds = sorted({0, len(text), *starts, *(match.end() for match in _STOP.finditer(text))})
    parts = [(a, b) for a, b in itertools.pairwise(bounds) if text[a:b].strip()]
    spans: list[tuple[int, int]] = []
    for start, end in parts:
        if spans and _belong(text, spans[-1], (start, end), marked=start in starts):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return _pieces(text, [cut for span in spans for cut in _cut_long(text, *span)])


def _length(text: str) -> int:
    """Return how long a text reads: a figure counts as one character, however many digits it has."""
    return len(_FIGURE.sub("0", text))


def _belong(text: str, before: tuple[int, int], part: tuple[int, int], *, marked: bool) -> bool:
    """Whether two neighbours make one passage: a lead-in and its item, a short sentence and the next."""
    head = text[slice(*before)].rstrip()
    lengths = _length(head), _length(text[slice(*part)])
    if "原因" in head and sum(lengths) <= REASONS:
        return marked or head.endswith(("：", ":"))
    if sum(lengths) > LONGEST:
        return False
    if head.endswith(("：", ":")) and lengths[0] < 2 * SHORTEST:
        return True
    return min(lengths) < SHORTEST


def _cut_long(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut a sentence beyond twice the longest at a comma near its middle."""
    if end - start <= 2 * LONGEST + 20:
        return [(start, end)]
    middle = (start + end) // 2
    commas = [match.end() for match in re.finditer("[，,、]", text[start:end])]
    if not commas:
        return [(start, end)]
    at = min((start + comma for comma in commas), key=lambda comma: abs(comma - middle))
    if at in (start, end):
        return [(start, end)]
    return [*_cut_long(text, start, at), *_cut_long(text, at, end)]


def _follows_word(text: str, at: int) -> bool:
    """Whether a number belongs to the word before it (附件1、), so that no list begins there."""
    return at > 0 and "\u4e00" <= text[at - 1] <= "\u9fff"


def _is_sentence(lead: str) -> bool:
    """Whether what stands before the first mark says something itself, not just 主要包括："""
    bare = lead.strip()
    return (len(bare) >= _SHORTEST_SENTENCE and bare[-1] in "。；;") or (
        len(bare) > _LONGEST_LEAD and bare[-1] not in "：:"
    )


def _pieces(text: str, spans: list[tuple[int, int]]) -> list[Piece]:
    found = []
    for start, end in spans:
        part = text[start:end]
        bare = part.strip()
        if bare:
            found.append(Piece(text=bare, start=start + len(part) - len(part.lstrip())))
    return found
