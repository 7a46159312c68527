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

# outermost first
_LEVELS = (
    (1, re.compile(rf"^{PART}|^附\s*[表件]\s*[:：]?$")),
    (2, re.compile(rf"^{CHINESE_MARK}")),
    (3, re.compile(rf"^{CHINESE_BRACKET}")),
    (4, re.compile(rf"^{DIGIT_MARK}(?!\d)")),  # 1、2 is no heading: two numbers
)
_CONTENTS = re.compile(r"^目\s*[录次]$")
_MARK = re.compile(rf"^(?:{PART}|第[{NUMERALS}\d]{{1,3}}条|{ITEM_MARK}|[-•●◆■★☆※*]|附(?:件|表)|注\s*[:：])")
_SENTENCE_END = re.compile(r"[。；;！？!?：:…]['\"”’）)》】]*$")
_LONGEST_HEADING = 46
"""Characters of a heading, that of two lines of a page; longer numbered lines are paragraphs."""
_SHORTEST_WRAPPED = 24
"""Characters of a line that may go on below because it was full; a shorter one ended where its author ended it."""
SECTION_JOINT = " / "

_LONGEST_ENTRY = 70
"""Characters of an entry of a table of contents without its leaders; a longer line is prose again."""


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


def goes_on(before: str, after: str) -> bool:
    """Return whether `after`, the next line, is the rest of the paragraph that `before` begins.

    >>> goes_on("2023 年某市信访局部门预算收入 2,494 万元，其中财政拨款收入比", "2022 年增加 256 万元。")
    True
    """
    before, after = before.strip(), after.strip()
    if not before or not after:
        return False
    if re.fullmatch(r"[。；，、）)”]+", after):
        return True
    if len(before) < _SHORTEST_WRAPPED or _SENTENCE_END.search(before) or starts_item(after):
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
    """Tells the lines of a table of contents from the headings they announce."""

    first: str = ""
    inside: bool = False
    count: int = 0

    def holds(self, text: str, level: int) -> bool:
        """Return whether this line is of a table of contents; call it for every line in order."""
        key = compact(text).lstrip("-#*").rstrip(".…·0123456789-—*")
        if _CONTENTS.match(text.strip().strip("#*").strip()):
            self.inside, self.first, self.count = True, "", 0
            return True
        if not self.inside:
            return False
        if not self.first:
            self.first = key
        elif (
            key == self.first
            or len(key) > _LONGEST_ENTRY
            or (len(key) > _LONGEST_HEADING and text.strip()[-1:] == "。")
        ):
            self.inside = False
            return False
        self.count += 1
        if self.count > 150 or (level == 0 and text.strip()[-1:] in "。；"):
            self.inside = False
        return self.inside


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
