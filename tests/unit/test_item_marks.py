"""Item marks: every spelling of numbering is one level, and figures are none; fragments match their examples."""

from __future__ import annotations

import re

import pytest

from kg.text import patterns
from kg.values.item_mark import item_mark, read_mark, strip_item_mark

MARKED = [
    ("一、一般公共服务支出", 1, 1),
    ("十二．农林水支出", 1, 12),
    ("二十三、其他支出", 1, 23),
    ("（二）公务用车购置", 2, 2),
    ("其中：（一）因公出国（境）费", 2, 1),
    ("1. 事业收入", 3, 1),
    ("12、维修费", 3, 12),
    ("（3）办公费", 4, 3),
    ("4）印刷费", 4, 4),
    ("⑤ 水费", 5, 5),
]
UNMARKED = ["行政运行", "2.5升", "一般公共服务支出", "2020年预算", "（境）费", ""]
EXAMPLES = [
    ("CHINESE_MARK", ["一、", "十二．", "二."], ["一般"]),
    ("CHINESE_BRACKET", ["（一）", "(十二)"], ["（1）"]),
    ("DIGIT_MARK", ["1.", "12、", "3．"], ["2.5", "123、"]),
    ("DIGIT_BRACKET", ["（1）", "(12)"], ["（一）"]),
    ("BRACKET_MARK", ["（一）", "（1）"], ["（境）"]),
    ("OPEN_BRACKET", ["1）", "12)"], ["（1）"]),
    ("CIRCLED_MARK", ["①", "⑳"], ["1"]),
    ("ORDINAL_WORD", ["一是", "其二是"], ["是"]),
    ("ITEM_MARK", ["一、", "（二）", "3.", "（4）、", "⑤"], ["2.5", "表1"]),
    ("PART", ["第一部分", "第2章"], ["第一次"]),
    ("OF_WHICH", ["其中：", "其中"], ["其"]),
]


@pytest.mark.parametrize(("label", "level", "ordinal"), MARKED)
def test_each_mark_has_its_level_and_its_number(label: str, level: int, ordinal: int) -> None:
    mark = read_mark(label)
    assert (mark.level, mark.ordinal) == (level, ordinal)
    assert read_mark(mark.rest).level == 0


@pytest.mark.parametrize("label", UNMARKED)
def test_words_and_figures_bear_no_mark(label: str) -> None:
    assert read_mark(label).level == 0 and item_mark(label) is None and strip_item_mark(label) == label


@pytest.mark.parametrize(("name", "matched", "refused"), EXAMPLES)
def test_a_fragment_matches_what_its_comment_shows(name: str, matched: list[str], refused: list[str]) -> None:
    pattern = re.compile(getattr(patterns, name))
    assert [text for text in matched if not pattern.fullmatch(text)] == []
    assert [text for text in refused if pattern.match(text)] == []
