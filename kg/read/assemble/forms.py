"""Tell forms from lists: tables whose first line is a label with its value, not a header.

In: the laid-out lines of a table or of the rows of a band.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from kg.read.assemble.column_roles import column_role
from kg.read.assemble.form_labels import form_label
from kg.read.assemble.header import MOSTLY_HEADER, header_share, is_header_word, is_total_word
from kg.read.assemble.matrix import Line, is_number
from kg.values.money import unit_pattern
from kg.values.year import find_years

_FORM_LABEL = re.compile(
    r"^(?:项目|专项|政策|任务|专项资金|预算项目|转移支付项目|项目支出|部门|单位|部门\(单位\)|部门预算单位|预算单位|预算部门|主管部门|实施单位"
    r"|申报单位|填报单位|项目单位|评价对象|资金)(?:\(政策\)|/政策)?(?:名称|及代码|全称)?$|^(?:主管|实施|申报)(?:部门|单位)"
)
_BAND_ROLES = frozenset(
    [
        "level1",
        "level2",
        "level3",
        "target",
        "actual",
        "weight",
        "got",
        "project",
        "content",
        "goal",
        "basis",
        "reason",
        "method",
        "item",
        "nature",
        "explanation",
        "quantity_unit",
        "rectification",
    ]
)
_VALUE = re.compile(r"[≥≤＜＞<>=≧≦]|^\d|\d%")
_FORM_LABELS = 6
"""Cells of a form's first line: at most three labels with their values."""
_LABELLED_LINES = 3
"""Lines below the first that are asked for their labels; indicators may follow."""


def is_form(lines: list[Line]) -> bool:
    """Return whether a table is a form: its first line is a label with its value, not a header.

    项目名称 | 某某专项 stands over more columns than it has cells; a header names each column. Where it fills
    them all, labels stand in every second column below it as well.
    """
    first = lines[0]
    keys = [first.slots[column].key for column in first.filled()]
    if not 2 <= len(keys) <= _FORM_LABELS or not _FORM_LABEL.match(keys[0]) or is_total_word(keys[1]):
        return False
    if len(keys) >= len(first.slots):
        return _alternates(lines)
    below = lines[1] if len(lines) > 1 else None
    if below is not None and _tells_apart(first, below):
        return False
    divided = below is not None and len(below.filled()) > len(keys) and header_share(below) >= MOSTLY_HEADER
    return not is_header_word(keys[1]) or (len(keys) in (2, 4) and not divided)


def _tells_apart(first: Line, below: Line) -> bool:
    """Return whether a line only tells apart what the line above spans: 项目 | “三公”经费 over 小计, 公务接待费.

    It leaves the first column to the label above it, and every cell is a header word or a year below a wide cell.
    """
    filled = below.filled()
    if len(filled) < 2 or filled[0] == 0:
        return False
    keys = [below.slots[column].key for column in filled]
    if any(is_number(key) or not (is_header_word(key) or find_years(key)) for key in keys):
        return False
    starts = [*first.filled(), len(first.slots)]
    wide = {column for start, end in pairwise(starts) if start and end - start > 1 for column in range(start, end)}
    return bool(wide) and set(filled) <= wide


def _alternates(lines: list[Line]) -> bool:
    """Return whether labels and values alternate: no value of the first line is a label, the next lines begin so."""
    first = lines[0].words()
    if len(first) % 2 or any(map(_is_label, first[1::2])):
        return False
    heads = [key for line in lines[1 : 1 + _LABELLED_LINES] if (key := line.words()[0])]
    return bool(heads) and sum(map(_is_label, heads)) * 3 >= 2 * len(heads)


def _is_label(key: str) -> bool:
    return bool(_FORM_LABEL.match(key)) or form_label(key) is not None or is_header_role(key)


def is_header_role(key: str) -> bool:
    """Return whether a cell's compact text is the header of a column that a form can have."""
    if _VALUE.search(key):
        return False
    return column_role(key, "") in _BAND_ROLES or bool(_money_head().search(key))


@cache
def _money_head() -> re.Pattern[str]:
    return re.compile(
        r"^(?:年初|全年|调整后?|本年|上年|年度|实际|项目|拟?投入的?|年中|小计)*(?:预算|执行|决算|支出|拨付|资金|结余|调整)*(?:资金|总额|金额|数|情况)"
        rf"(?:[(（].*)?$|^(?:预算)?执行率|[(（]{unit_pattern()}[)）]$|^(?:合计|小计|总额|金额)$"
    )
