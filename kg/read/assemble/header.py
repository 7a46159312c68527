"""Find the header rows of a laid-out grid and the header path of each column.

A header row holds words, not values. Which cell heads a column in a row is told by
kg.read.assemble.owners.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise

from kg.lexicon import load_words
from kg.read.assemble.matrix import Line, is_number
from kg.read.assemble.owners import Owner, infer_owners
from kg.text.folding import join_wrapped
from kg.text.patterns import INSTITUTION_END, ORGAN_END
from kg.values.item_mark import item_mark
from kg.values.year import YEAR

_SENTENCE = re.compile(r"[。；;！!]")
_YEAR = re.compile(rf"^{YEAR}$")
_VALUE = re.compile(r"^[≥≤≧≦<>=]|^\d[\d.,]*%$")
_LEVEL_NAME = re.compile(r"^(?:产出|效益|满意度|成本)指标$")
_COLUMN_MARK = re.compile(r"^(?:栏次|栏目|行次|列次|序号|项目|\**)$")
_SOLE_MARK = re.compile(r"^(?:栏次|栏目|列次|\*+|[甲乙丙丁A-H])$")
"""Beside a single 1 these say that it numbers the column; 序号 or 项目 could stand beside a value."""
_COLUMN_NUMBER = re.compile(r"^[(（]?(\d{1,2})[)）]?(?:[=＝].*|[(（].*[)）])?$")
_FORMULA = re.compile(r"^[\d+\-—=＝()（）*×/÷≥、.]+$")
_AMOUNT_HEAD = re.compile(r"合计|小计|总计|金额|预算数|决算数|预算资金|总额|单位性质|编码$")
_MARKED_HEADER = re.compile(rf"预算数?$|金额|名称$|编码$|{YEAR}年")
_BODY_NAME = re.compile(
    r"^(?!.*(?:单位|部门|主管|实施|填报)(?:名称)?$)[\u4e00-\u9fff（）()]{2,30}"
    rf"(?:{ORGAN_END}|{INSTITUTION_END}|会|政府|街道|公司)$"
)
_JOINTS = re.compile("情况|分析|预期|计划|主要|或|和|与|及|的|值|数|率|时间")
_REMARK = re.compile(r"[（(][^（）()]*[)）]")
_RUNNING = re.compile(r"[。；;！!，,]|(?<!其中)[:：].|、.*、")
LONGEST_HEADER, _LONGEST_PHRASE = 44, 28
"""Characters of a header cell with and without its remark in brackets; longer cells are values."""

MOSTLY_HEADER, HALF_HEADER = 0.75, 0.5
"""The share of a line's cells that are header words: from the first on the line is a header by itself (one cell in
four may name something of the table's own), from the second on where it stands under a header already."""
_INFO_ROWS = 8
"""Lines above the header of a form that may name who fills it in."""


def count_header_rows(lines: list[Line], *, spans_known: bool) -> int:
    """Return how many lines at the top are header rows, column-number rows included.

    0 where the first line already is a value row (a part of a table without a repeated header).
    """
    if not lines or not _can_be_header(lines[0]):
        return 0
    depth = 1
    while depth < len(lines):
        line = lines[depth]
        if is_column_numbers(line):
            depth += 1
            continue
        if not line.filled() or not _can_be_header(line) or not _hangs_below(lines, depth, spans_known):
            break
        depth += 1
    return depth


def is_total_word(key: str) -> bool:
    """Return whether a cell is the head of an amount column: 合计, 金额, 预算数 and the like."""
    return bool(_AMOUNT_HEAD.search(key))


def continues_body(line: Line) -> bool:
    """Return whether a line without numbers reads like one of a table's body, not like its header."""
    keys = [line.slots[column].key for column in line.filled()]
    marked = any(item_mark(key) is not None and not _MARKED_HEADER.search(key) for key in keys)
    named = not is_label(keys[0]) and any(map(is_level_name, keys[:2]))
    return len(keys) == 1 or marked or named or header_share(line) < MOSTLY_HEADER


def is_label(key: str) -> bool:
    """Return whether a cell's text labels a list of items (序号, 项目名称) rather than being one."""
    return key.endswith(("序号", "名称", "编码", "项目"))


def count_info_rows(lines: list[Line]) -> int:
    """Return how many lines at the top name who fills the form in, before its header begins.

    Such a line holds labels with values beside them (主管部门 | 某市财政局), not header words only.
    """
    for count, line in enumerate(lines[:_INFO_ROWS]):
        keys = [line.slots[column].key for column in line.filled()]
        strong = len(keys) > 2 and header_share(line) >= MOSTLY_HEADER and not any(map(is_number, keys))
        if strong and not any(map(_is_body_name, keys)):
            return count
        if not any(map(_is_body_name, keys)) or any(map(is_number, keys)):
            return 0
    return 0


def _is_body_name(key: str) -> bool:
    return bool(_BODY_NAME.match(key))


def is_column_numbers(line: Line) -> bool:
    """Return whether a line only numbers the columns: 1 2 3 …, 栏次 1 2, A B 1 2=3+4."""
    keys = [unicodedata.normalize("NFKC", key) for key in line.words() if key]  # ① numbers a column as 1 does
    if len(keys) < 2:
        return False
    numbers = []
    for key in keys:
        match = _COLUMN_NUMBER.match(key)
        if match is not None:
            numbers.append(int(match.group(1)))
        elif not (_COLUMN_MARK.match(key) or key in "**ABCDEFGH甲乙丙丁一二三四" or _FORMULA.match(key)):
            return False
    steps = [later - earlier for earlier, later in pairwise(numbers)]
    if len(numbers) < 2 or any(step < 1 for step in steps) or numbers[0] > 3:
        return len(numbers) == 1 and numbers[0] == 1 and any(_SOLE_MARK.match(key) for key in keys)
    return sum(step == 1 for step in steps) * 2 >= len(steps)


@lru_cache(maxsize=16384)
def is_running_text(key: str) -> bool:
    """Return whether a cell's compact text goes on like a sentence or a list, which no header cell does.

    >>> is_running_text("巡查的主要内容:巡河、清淤、补栽"), is_running_text("偏差原因分析(未完成的,说明原因)")
    (True, False)
    """
    bare = _REMARK.sub("", key)
    return len(bare) > _LONGEST_PHRASE or bool(_RUNNING.search(bare))


@lru_cache(maxsize=16384)
def is_header_word(key: str) -> bool:
    """Return whether a cell's compact text reads like a header cell (domain words, short)."""
    return bool(key) and len(key) <= LONGEST_HEADER and bool(_words().search(key)) and not is_running_text(key)


def is_phrase(key: str) -> bool:
    """Return whether a cell's compact text is made of the words of headers alone (实际完成情况).

    >>> is_phrase("实际完成情况"), is_phrase("整改措施及说明"), is_phrase("食堂整改")
    (True, True, False)
    """
    return not _JOINTS.sub("", _words().sub("", _REMARK.sub("", key)))


def is_level_name(key: str) -> bool:
    """Return whether a cell names the first level of an indicator, as rows below a header do."""
    return bool(_LEVEL_NAME.match(key))


def header_share(line: Line) -> float:
    """Return the share of a line's filled cells that read like header cells."""
    keys = [line.slots[column].key for column in line.filled()]
    return sum(map(is_header_word, keys)) / len(keys) if keys else 0.0


@cache
def _words() -> re.Pattern[str]:
    return re.compile("|".join(load_words("header_words")))


def _can_be_header(line: Line) -> bool:
    keys = [line.slots[column].key for column in line.filled()]
    if not keys:
        return False
    years = sum(bool(_YEAR.match(key)) for key in keys)
    if any(is_number(key) for key in keys) and not (years and years == sum(map(is_number, keys))):
        return False
    if any(_VALUE.search(key) for key in keys):
        return False
    return all(len(key) <= LONGEST_HEADER and not _SENTENCE.search(key.rstrip("。；;")) for key in keys)


def _hangs_below(lines: list[Line], depth: int, spans_known: bool) -> bool:
    """Return whether line `depth` goes on with the header above it: it fills what spans above it."""
    line = lines[depth]
    if spans_known and any(
        not slot.origin and slot.cell is above.cell and slot.key
        for slot, above in zip(line.slots, lines[depth - 1].slots, strict=True)
    ):
        return True
    owners = infer_owners(lines[:depth])[-1]
    shares = Counter(owners)
    filled = line.filled()
    under_group = [column for column in filled if owners[column] is None or shares[owners[column]] > 1]
    if not under_group or len(under_group) * 3 < len(filled) * 2:
        return False
    if any(owners[column] is None for column in under_group) and header_share(line) < HALF_HEADER:
        return False
    return len(filled) > 1 or (header_share(line) > 0 and line.slots[filled[0]].key not in ("合计", "总计", "小计"))


def header_paths(lines: Sequence[Line], width: int) -> tuple[tuple[str, ...], ...]:
    """Return for each of `width` columns the texts of its header cells, outermost first."""
    rows = [line for line in lines if not is_column_numbers(line)]
    owners = infer_owners(rows)
    paths = []
    for column in range(width):
        path: list[str] = []
        seen: Owner | None = None
        for level in owners:
            owner = level[column] if column < len(level) else None
            if owner is not None and owner != seen:
                path.append(join_wrapped(rows[owner[0]].slots[owner[1]].text))
                seen = owner
        paths.append(tuple(path))
    return tuple(paths)
