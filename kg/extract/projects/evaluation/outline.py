"""What each paragraph of an evaluation report is about: money, goals, contents, results, problems or advice.

In: the paragraphs with their sections. Out: a Role for each. Words of headings are kg/lexicon/evaluation_sections.tsv.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, get_args

from kg.blocks import Paragraph
from kg.lexicon import load_rows
from kg.read.assemble.headings import SECTION_JOINT
from kg.text.folding import compact
from kg.text.patterns import PART
from kg.values.item_mark import strip_item_mark
from kg.values.vocabularies import word_of

Role = Literal["problems", "advice", "result", "none", "goal", "money", "content"]
ROLES: tuple[Role, ...] = get_args(Role)

_PART_MARK = re.compile(rf"^{PART}\s*")
_FINAL: frozenset[Role] = frozenset(("problems", "advice"))
"""Roles that headings below do not change unless to each other: a problem may be called 预算编制不细."""
_OUTER: frozenset[Role] = frozenset(("none", "result"))
"""Roles in which a heading below speaks of the evaluation, not of the fund."""


def role_of(paragraph: Paragraph) -> Role:
    """Return what the headings over a paragraph say that it tells of; content where they say nothing."""
    found: Role = "content"
    for heading in headings_over(paragraph):
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
