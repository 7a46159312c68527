"""Headings of prose, the section a place stands in, and lines joined into paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from kg.blocks import Paragraph
from kg.text.folding import compact
from kg.text.patterns import CHINESE_BRACKET, CHINESE_MARK, DIGIT_MARK, ITEM_MARK, NUMERALS, PART
from kg.values.money import unit_pattern
from kg.values.place import Place
from kg.values.year import YEAR

# outermost first
_LEVELS = (
    (1, re.compile(rf"^{PART}|^附\s*[表件]\s*[:：]?$")),
    (2, re.compile(rf"^{CHINESE_MARK}")),
    (3, re.compile(rf"^{CHINESE_BRACKET}")),
    (4, re.compile(rf"^{DIGIT_MARK}(?!\d)")),  # 1、2 is no heading: two numbers
)
_CONTENTS = re.compile(r"^(?:.{0,40}(?:公开|预算|决算|说明|报告|文件|内容))?\s*目\s*[录次]$")
_MARK = re.compile(rf"^(?:{PART}|第[{NUMERALS}\d]{{1,3}}条|{ITEM_MARK}|[-•●◆■★☆※*]|附(?:件|表)|注\s*[:：])")
_SENTENCE_END = re.compile(r"[。；;！？!?：:…]['\"”’）)》】]*$")
_LONGEST_HEADING = 46
"""Characters of a heading, that of two lines of a page; longer numbered lines are paragraphs."""
_SHORTEST_WRAPPED = 24
"""Characters of a line that may go on below because it was full; a shorter one ended where its author ended it."""
_SHORTEST_CUT = 20
"""Characters of a numbered line that may be the first of a wrapped paragraph."""
_LABELLED = re.compile(r"[\u4e00-\u9fff（）()/]{2,14}[：:][^。；;]+$")
"""A line of a cover or form: 项目名称：某某工程."""
_WHOLE_TITLE = re.compile(r"^关于.{4,}的(?:报告|通知|说明|函|批复)$|绩效(?:自|再)?评价报告$")
_UNFINISHED = re.compile(r"(?:[的及和与或、，,由对把将]|\d[\d,，.]*\s*[万亿]?)$")
_GOES_ON = re.compile(r"[，,、。；;）)”》]|[（(][类款项][)）]")
_JOINED_ON = re.compile("(?:[和与及并]|以及)(?![平田县政龙顺])")
"""A line that begins with a conjunction, not with a place (和平区, 和田地区, 和顺县)."""
_ENDS_HEADING = re.compile(
    r"(?:情况|说明|表|职责|职能|机构|设置|构成|组成|解释|安排|预算|决算|支出|收入|收支|经费|费用?|资金|目标|依据|概况|概述|方案"
    r"|绩效|评价|采购|事项|项目|占用|使用|管理|计划|原因|问题|建议|措施|工作|内容|任务|结果|分析|要求|部门|单位|公开|其他|[）)》”])$"
)
_OPENS = re.compile(rf"{YEAR}|我|本|按|根据|为|一是|主要|以下|[\u4e00-\u9fff]{{2,12}}[局委厅院办署]{YEAR}")
_AMOUNT_FIRST = re.compile(rf"\d[\d,，]*(?:\.\d+)?\s*(?:{unit_pattern()}|[%％])")
_OPEN_ACCOUNT, _ACCOUNT_REST = (
    re.compile(r"[（(][类款][)）][^（()）]{1,24}$"),
    re.compile(r"[^（()）。，]{0,24}[（(][款项][)）]"),
)
_WORDS_END = re.compile(r"[\u4e00-\u9fff]{4}$")
SECTION_JOINT = " / "

_LONGEST_ENTRY = 70
"""Characters of an entry of a table of contents without its leaders; a longer line is prose again."""
_LONGEST_CONTENTS = 150
"""Lines of a printed list of contents; past that the list was left without a sign and the text is read."""


def heading_level(text: str) -> int:
    """Return 1…4 for a line that reads like a heading (第一部分, 一、, （一）, 1.), 0 for prose.

    >>> heading_level("第二部分 部门预算安排情况说明"), heading_level("（一）办公费 5 万元，占 4%；")
    (1, 0)
    """
    line = text.strip()
    if not line or len(compact(line)) > _LONGEST_HEADING:
        return 0
    for level, pattern in _LEVELS:
        match = pattern.match(line)
        if match is not None:
            rest = line[match.end() :].strip()
            wordless = not rest and level != 1
            return 0 if wordless or _prose().search(rest) or rest.endswith((",", "，", "：", ":")) else level
    return 0


def starts_item(text: str) -> bool:
    """Return whether a line begins something new: a heading, an item, a note."""
    return bool(_MARK.match(text.strip()))


def is_cut(line: str, after: str) -> bool:
    """Return whether a line that reads like a heading is the first line of a wrapped paragraph, `after` the next.

    >>> is_cut("（一）贯彻执行国家档案工作的法律法规，拟订全市档案事业发展规", "划和年度计划。")
    True
    >>> is_cut("（一）一般公共预算财政拨款支出决算总体情况", "支出总额为5万元。")
    False
    """
    line, after = line.strip(), after.strip()
    if not after or (starts_item(after) and not _GOES_ON.match(after)):
        return False
    if _GOES_ON.match(after) or _UNFINISHED.search(line):
        return True
    if _JOINED_ON.match(after) and not _ENDS_HEADING.search(line):
        return True
    if _OPEN_ACCOUNT.search(line) and _ACCOUNT_REST.match(after):
        return True
    if len(compact(line)) < _SHORTEST_CUT or _ENDS_HEADING.search(line) or _OPENS.match(after):
        return False
    return re.search("[。；;]", after) is not None


def goes_on(before: str, after: str) -> bool:
    """Return whether `after`, the next line, is the rest of the paragraph that `before` begins.

    >>> goes_on("2023 年某市信访局部门预算收入 2,494 万元，其中财政拨款收入比", "2022 年增加 256 万元。")
    True
    """
    before, after = before.strip(), after.strip()
    if not before or not after:
        return False
    if re.fullmatch(r"[。；，、）)”]+", after) or (heading_level(before) and is_cut(before, after)):
        return True
    if _AMOUNT_FIRST.match(after) and _WORDS_END.search(before) and not heading_level(before):
        return True  # a number is not broken: the line before it ends early
    if len(before) < _SHORTEST_WRAPPED or _SENTENCE_END.search(before) or starts_item(after):
        return False
    if _WHOLE_TITLE.search(before) or (_LABELLED.match(before) and _LABELLED.match(after)):
        return False
    return not heading_level(before) or before[-1] in "，、,"


def join_lines(lines: list[Paragraph]) -> Paragraph:
    """Return the wrapped lines of one paragraph as one, each line's start kept."""
    if len(lines) == 1:
        return lines[0]
    text = ""
    starts: list[tuple[int, int]] = []
    for line in lines:
        joint = (
            " "
            if text
            and text[-1].isascii()
            and text[-1].isalnum()
            and line.text[:1].isascii()
            and line.text[:1].isalpha()
            else ""
        )
        text += joint
        starts.extend((len(text) + offset, number) for offset, number in line.line_starts)
        if not line.line_starts and line.place.line is not None:
            starts.append((len(text), line.place.line))
        text += line.text
    return Paragraph(text=text, place=lines[0].place, level=lines[0].level, line_starts=tuple(starts))


@dataclass(slots=True)
class Sections:
    """The headings that a place of the document stands under, outermost first."""

    stack: list[tuple[int, str]] = field(default_factory=list)

    def enter(self, level: int, text: str) -> None:
        """Go into the section that a heading opens, out of its siblings."""
        while self.stack and self.stack[-1][0] >= level:
            self.stack.pop()
        self.stack.append((level, " ".join(text.split())))

    @property
    def path(self) -> str | None:
        """The headings joined, None before the first one."""
        return SECTION_JOINT.join(text for _, text in self.stack) or None


@dataclass(slots=True)
class Contents:
    """Tells the lines of a table of contents from the headings they announce.

    `levels` are those of the entries without their numbering, for headings that print none.
    """

    first: str = ""
    inside: bool = False
    count: int = 0
    levels: dict[str, int] = field(default_factory=dict)

    def holds(self, text: str, level: int) -> bool:
        """Return whether this line is of a table of contents; call it for every line in order."""
        key = _entry(text)
        if _CONTENTS.match(text.strip().strip("#*").strip()):
            self.inside, self.first, self.count = True, "", 0
            return True
        if not self.inside:
            return False
        if not self.first:
            self.first = key
        elif (
            key in (self.first, _bare(self.first))
            or len(key) > _LONGEST_ENTRY
            or (len(key) > _LONGEST_HEADING and text.strip()[-1:] == "。")
        ):
            self.inside = False
            return False
        self.count += 1
        if self.count > _LONGEST_CONTENTS or (level == 0 and text.strip()[-1:] in "。；"):
            self.inside = False
        if self.inside and level:
            self.levels.setdefault(_bare(key), level)
        return self.inside

    def level_of(self, text: str) -> int:
        """Return the level of the part that a line without numbering heads, 0 if no entry announces it."""
        level = self.levels.get(_entry(text), 0)
        return level if level == 1 else 0


def _entry(text: str) -> str:
    return compact(text).lstrip("-#*").rstrip(".…·0123456789-—*")


def _bare(entry: str) -> str:
    return re.sub(rf"^{PART}", "", entry)


def with_section(paragraph: Paragraph, section: str | None, level: int) -> Paragraph:
    """Return the paragraph with its level and the section written into its place."""
    place = paragraph.place
    return Paragraph(
        text=paragraph.text,
        level=level,
        line_starts=paragraph.line_starts,
        place=Place(page=place.page, line=place.line, col=place.col, section=section, box=place.box),
    )


@cache
def _prose() -> re.Pattern[str]:
    """What a heading has none of: a sentence's signs, sums of money, a long explanation behind a colon."""
    return re.compile(rf"[。；;！？!?]|[,，].*[,，]|\d(?:\.\d+)?\s*{unit_pattern()}|[:：].{{8}}")
