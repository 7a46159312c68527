"""Find document numbers (发文字号) in text.

In: text. Out: DocumentNumber mentions in reading order, with spans into that text.
Which document a mention means is decided in kg.resolve, never here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.lexicon import load_words
from kg.text.patterns import NUMBER_CLOSE, NUMBER_OPEN
from kg.values.year import SPLIT_YEAR

LONGEST_MARK = 9
"""Characters of the longest mark seen (市民发孤弃儿童生活 and the like are prose, not marks)."""

_HAN = "\u4e00-\u9fff"
_PLACEHOLDER = "×ＸX＊○"
"""Signs that stand for characters of a mark that are not printed: ××审办〔2023〕7号."""
_NUMBER = re.compile(
    rf"(?P<blank>(?<![A-Za-z])[{_PLACEHOLDER}]{{1,4}})?(?P<run>[{_HAN}](?:\s?[{_HAN}])*)(?P<gap>\s{{0,2}})"
    rf"(?P<open>[{NUMBER_OPEN}]?)\s?(?P<year>{SPLIT_YEAR})\s?年?\s?(?P<close>[{NUMBER_CLOSE}]?)"
    rf"\s{{0,2}}第?\s?(?P<serial>\d{{1,5}}(?:-\d{{1,3}})?)\s?(?P<end>号|(?=文|[{NUMBER_CLOSE}]))"
)
_YEAR = re.compile(SPLIT_YEAR)
_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")
# Whoever has this at the end is named in full: a mark (深府, 财库) abbreviates.
_NO_MARK = re.compile("(?:局|厅|政府|委员会|法院|检察院|办公室|中心|集团|公司|大学|医院|支出|运行|文件)$")
_SURELY_A_MARK = 4
"""Characters of a mark that is taken as it stands (深府办); of a longer one its sure end is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentNumber:
    """One printed number: `mark` 深龙信, `year` 2016, `serial` "2"; `start` and `end` span it in the text."""

    mark: str
    year: int
    serial: str
    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.mark}〔{self.year}〕{self.serial}号"


def find_document_numbers(text: str) -> list[DocumentNumber]:
    """Return every document number in `text`, canonical form `代字〔年〕序号号` (GB/T 9704-2012).

    >>> [str(n) for n in find_document_numbers("《…管理办法》(深龙信[2016]2号)和深办发（2017）4号")]
    ['深龙信〔2016〕2号', '深办发〔2017〕4号']
    >>> [str(n) for n in find_document_numbers("依据省财政厅苏财预[2017]82号、（粤信函字2019]第078号")]
    ['苏财预〔2017〕82号', '粤信函字〔2019〕78号']
    """
    plain = text.translate(_WIDE)
    if not _YEAR.search(plain):
        return []
    found = []
    for match in _NUMBER.finditer(plain):
        run = re.sub(r"\s", "", match["run"])
        before = text[match.start("run") - 1 : match.start("run")]
        mark = find_mark(run, bracketed=before in ("(", "（", "〈", "<"))
        if mark is None or not _is_printed_as_number(match, mark):
            continue
        if match["blank"] and mark == run:
            mark = match["blank"] + mark
        found.append(
            DocumentNumber(
                mark=mark,
                year=int(re.sub(r"\s", "", match["year"])),
                serial=_plain_serial(match["serial"]),
                start=_mark_start(text, match.end("run"), len(mark)),
                end=match.end(),
            )
        )
    return found


def _is_printed_as_number(match: re.Match[str], mark: str) -> bool:
    """Whether brackets and 号 are there, or enough of them: a code in brackets (2010601) has neither."""
    if match["end"]:
        return bool(match["open"] or match["close"]) or _is_sure(mark)
    return bool(match["open"] and match["close"]) and _is_sure(mark)


def find_mark(run: str, *, bracketed: bool = False) -> str | None:
    """Return the mark that ends `run`, the Chinese characters before a year; None where there is none.

    >>> find_mark("省财政厅苏财预"), find_mark("若干问题的解释法释"), find_mark("某某市公安局")
    ('苏财预', '法释', None)
    """
    rest = _after_boundary(run)
    if 2 <= len(rest) <= LONGEST_MARK and not _NO_MARK.search(rest):
        cut = rest != run
        if bracketed and not cut:
            return rest  # the bracket says where it begins: （崂农发〔2021〕27号）
        if bracketed or cut or len(rest) <= _SURELY_A_MARK or _is_sure(rest):
            return _without_prose(rest)
    return _best_suffix(rest)


def _after_boundary(run: str) -> str:
    """Return what follows the last boundary word of `run` (根据, 财政厅, 的 …), two characters at least."""
    cut = 0
    for word in load_words("mark_boundaries"):
        at = run.rfind(word, 0, len(run) - 2)
        if at >= 0 and at + len(word) > cut and len(run) - at - len(word) >= 2:
            cut = at + len(word)
    return run[cut:]


def _without_prose(mark: str) -> str:
    """Return the longest known mark that ends `mark` where the rest before it can't belong to it."""
    for start in range(1, len(mark) - 1):
        if mark[start:] in _marks() and not set(mark[:start]) <= _mark_characters():
            return mark[start:]
    return mark


def _best_suffix(run: str) -> str | None:
    """Return the longest suffix that is a known mark, or a region and then characters of marks only."""
    for length in range(min(LONGEST_MARK, len(run)), 1, -1):
        suffix = run[-length:]
        if suffix in _marks() or _is_formed(suffix):
            return suffix
    return None


def _is_sure(mark: str) -> bool:
    return mark in _marks() or _is_formed(mark)


def _is_formed(text: str) -> bool:
    """Whether an unknown mark has the form of one: region first, then only characters of marks."""
    return len(text) >= 3 and text[0] in load_words("region_marks") and set(text[1:]) <= _mark_characters()


@cache
def _marks() -> frozenset[str]:
    return frozenset(load_words("document_marks"))


@cache
def _mark_characters() -> frozenset[str]:
    return frozenset("".join(load_words("document_marks"))) | frozenset(load_words("region_marks"))


def _plain_serial(printed: str) -> str:
    head, dash, tail = printed.partition("-")
    return f"{int(head)}{dash}{tail}"


def _mark_start(text: str, end: int, length: int) -> int:
    """Return where a mark of `length` characters starts that ends at `end`, blanks inside it skipped."""
    start = end
    while length:
        start -= 1
        length -= not text[start].isspace()
    return start
