"""A stretch of a report about one project of the fund, and what can be the name of one.

In: printed names. Out: names without numbering; Span values.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.blocks import Paragraph
from kg.extract.projects.mentions import clean_name, is_name
from kg.text.folding import compact
from kg.text.patterns import OF_WHICH, ORDINAL_WORD
from kg.values.year import YEAR

_NO_PART = re.compile(
    "^(?:项目|资金|该|本|全年|全部|实际|财政|其中|年初|预算|总|共|合计|累计|市级|省级|中央|区级|县级|自筹|其他|社会|截至|截止|上级|地方|配套)|^.{0,2}资金$"
)
_PROSE = re.compile("[，。；、]|年度?$|安排|目标|依据|情况|原因|问题|时间|周期|地点|单位|部门|内容$|名称")
_SHORTEST = 4
"""Characters of a name from which a 项目 behind it is no part of it (甲补助项目预算)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of a paragraph, `rest` where what is told of the project begins, behind its name."""

    paragraph: Paragraph
    name: str
    start: int
    rest: int
    end: int


def part_name(printed: str) -> str:
    """Return a project's name without numbering and the 项目 that only says what it is.

    >>> part_name("①甲地搬迁补助项目"), part_name("其中：乙项目")
    ('甲地搬迁补助', '乙项目')
    """
    name = re.sub(rf"^(?:{OF_WHICH}|{ORDINAL_WORD})", "", clean_name(printed)).strip("“”《》")
    name = re.sub(rf"^{YEAR}年度?", "", compact(name))
    bare = name.removesuffix("项目")
    return bare if len(bare) >= _SHORTEST else name


def is_part(name: str) -> bool:
    """Whether a name can be that of a project of a fund: no source of its money, no words of a sentence."""
    return len(name) >= _SHORTEST - 1 and is_name(name) and not _NO_PART.search(name) and not _PROSE.search(name)
