"""Fold width and handle blanks, with a map from every folded character to its source.

In: text as printed. Out: text to compare or parse; nothing here decides what a text means.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from kg.text.patterns import CIRCLED_MARK

_CJK = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f\u2018-\u201d·—…"
_WRAP = re.compile(f"(?<=[{_CJK}])[ \\t\u3000\\xa0\\n\\r]+(?=[{_CJK}])")
_BLANK = re.compile(r"\s+")
_NOTE_MARKS = re.compile(rf"((?:{CIRCLED_MARK}|[⑴-⒇⁰¹²³⁴⁵⁶⁷⁸⁹])+)")
"""Digits in a circle or raised: NFKC would make them digits of the number before them (100.00① is not 100.001)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """Folded text; `offsets[i]` is the offset in the source of the character that `text[i]` came from."""

    text: str
    offsets: tuple[int, ...]
    length: int

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the source that `text[start:end]` was folded from.

        >>> folded = fold_map("预算 １，２３４")
        >>> folded.source_span(folded.text.index("1"), len(folded.text))
        (3, 8)
        """
        if start >= end:
            at = self.offsets[start] if start < len(self.offsets) else self.length
            return at, at
        return self.offsets[start], self.offsets[end - 1] + 1


def fold(text: str) -> str:
    """Return `text` with full-width forms narrowed and compatibility forms resolved (NFKC); marks of notes stay.

    >>> fold("深财规（２０１３）２０号，“三公”"), fold("１００.００①")
    ('深财规(2013)20号,“三公”', '100.00①')
    """
    if text.isascii():
        return text
    if not _NOTE_MARKS.search(text):
        return unicodedata.normalize("NFKC", text)
    return "".join(
        piece if _NOTE_MARKS.fullmatch(piece) else unicodedata.normalize("NFKC", piece)
        for piece in _NOTE_MARKS.split(text)
    )


def fold_map(text: str, *, drop_blanks: bool = False) -> Folded:
    """Return `text` folded as by `fold`, with the way back to the source; blanks dropped on demand."""
    folded = fold(text)
    pairs: Iterable[tuple[str, int]]
    if len(folded) == len(text):  # each character became one: the usual case, and much the fastest
        if not drop_blanks:
            return Folded(text=folded, offsets=tuple(range(len(text))), length=len(text))
        pairs = zip(folded, range(len(text)), strict=True)
    else:
        pairs = ((part, offset) for offset, character in enumerate(text) for part in fold(character))
    kept = [(character, offset) for character, offset in pairs if not (drop_blanks and character.isspace())]
    return Folded(
        text="".join(character for character, _ in kept),
        offsets=tuple(offset for _, offset in kept),
        length=len(text),
    )


@lru_cache(maxsize=65536)
def compact(text: str) -> str:
    """Return `text` folded and without any blank: the key two spellings of one cell share.

    >>> compact("收 入")
    '收入'
    """
    return _BLANK.sub("", fold(text))


def join_wrapped(text: str) -> str:
    """Return `text` without the blanks that line wraps left between Chinese characters, trimmed.

    >>> join_wrapped("政府办公厅（室）及 相关机构事务")
    '政府办公厅（室）及相关机构事务'
    """
    return _WRAP.sub("", text).strip() if text else text
