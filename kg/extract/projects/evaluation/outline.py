"""What each paragraph of an evaluation report is about: money, goals, contents, results, problems or advice.

In: the paragraphs with their sections. Out: a Role for each. Words of headings are kg/lexicon/evaluation_sections.tsv.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Literal, get_args

from kg.blocks import Paragraph
from kg.lexicon import load_rows
from kg.read.assemble.headings import SECTION_JOINT
from kg.text.folding import compact
from kg.text.patterns import BRACKET_MARK, CHINESE_BRACKET, DIGIT_MARK, PART
from kg.values.item_mark import item_mark, strip_item_mark
from kg.values.vocabularies import word_of

Role = Literal["problems", "advice", "result", "none", "goal", "money", "content"]
ROLES: tuple[Role, ...] = get_args(Role)

_PART_MARK = re.compile(rf"^{PART}\s*")
_RUN_IN = re.compile(
    rf"\s*(?:{CHINESE_BRACKET}|{DIGIT_MARK}|{BRACKET_MARK})\s*(?P<heading>[\u4e00-\u9fff、]{{0,14}}"
    r"(?:情况|目标|结论|问题|建议|概况|内容|依据|背景|使用|到位|计划|分析|评价|得分|措施|管理|结果|安排|构成|不足))[。：:]\s*"
)
"""A heading that the text follows on the same line: （一）评价结论。本项目得96分。"""
_OF_EVALUATION = re.compile("(?:开展|进行|组织|实施|委托)[^。；]{0,40}绩效(?:自|再)?评价")
"""What a report says of itself: 根据《…办法》，某局对…开展绩效评价."""
_OUTER_MARK = re.compile(CHINESE_BRACKET)
_FINAL: frozenset[Role] = frozenset(("problems", "advice"))
"""Roles that headings below do not change unless to each other: a problem may be called 预算编制不细."""
_OUTER: frozenset[Role] = frozenset(("none", "result"))
"""Roles in which a heading below speaks of the evaluation, not of the fund."""


def find_roles(paragraphs: Iterable[Paragraph]) -> Iterator[tuple[Paragraph, Role]]:
    """Yield each paragraph with its role; a heading run into a paragraph (（一）存在的问题。) holds to the next one."""
    section: str | None = None
    run_in: list[str] = []
    for paragraph in paragraphs:
        if paragraph.place.section != section or paragraph.level:
            section, run_in = paragraph.place.section, []
        opened = _RUN_IN.match(paragraph.text)
        heading = compact(opened["heading"]) if opened is not None else ""
        if heading and role_of_heading(heading) is not None:
            outer = item_mark(paragraph.text) or ""
            run_in = [heading] if _OUTER_MARK.match(outer) or not run_in else [run_in[0], heading]
        role = role_of(paragraph, run_in)
        yield paragraph, "none" if role == "content" and _OF_EVALUATION.search(paragraph.text) else role


def without_run_in(text: str) -> str:
    """Return a stretch without the heading run into it.

    >>> without_run_in("（二）项目绩效目标。修缮校舍3处。"), without_run_in("修缮校舍。完成3处。")
    ('修缮校舍3处。', '修缮校舍。完成3处。')
    """
    opened = _RUN_IN.match(text)
    heading = compact(opened["heading"]) if opened is not None else ""
    return text[opened.end() :] if opened is not None and role_of_heading(heading) is not None else text


def role_of(paragraph: Paragraph, run_in: Iterable[str] = ()) -> Role:
    """Return what the headings over a paragraph say that it tells of; content where they say nothing."""
    found: Role = "content"
    for heading in (*headings_over(paragraph), *run_in):
        role = role_of_heading(heading)
        if role is None or (found in _FINAL and role not in _FINAL) or (found in _OUTER and role not in _FINAL):
            continue
        found = role
    return found


def headings_over(paragraph: Paragraph) -> list[str]:
    """Return the headings over a paragraph, outermost first, without their numbering."""
    parts = (paragraph.place.section or "").split(SECTION_JOINT)
    return [bare_heading(part) for part in parts if part]


def bare_heading(text: str) -> str:
    """Return a heading without numbering and blanks.

    >>> bare_heading("第三部分 主要问题"), bare_heading("（一）项目 概况")
    ('主要问题', '项目概况')
    """
    return compact(strip_item_mark(_PART_MARK.sub("", text)))


def role_of_heading(heading: str) -> Role | None:
    """Return what stands below a heading, None where its words tell nothing.

    >>> role_of_heading("存在问题及改进建议"), role_of_heading("绩效目标完成情况"), role_of_heading("项目资金情况")
    ('problems', 'none', 'money')
    """
    return next((role for pattern, role in _sections() if pattern.search(heading)), None)


@cache
def _sections() -> tuple[tuple[re.Pattern[str], Role], ...]:
    rows = load_rows("evaluation_sections")
    return tuple((re.compile(pattern), word_of(role, ROLES, "evaluation_sections.tsv")) for pattern, role in rows)
