"""The projects that an evaluated fund is made of: 甲补助预算N万元，实际支出M万元; what their paragraphs tell.

In: paragraphs with their roles. Out: Part spans: which project a stretch of a paragraph is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.blocks import Paragraph
from kg.extract.projects.evaluation.outline import Role, headings_over
from kg.extract.projects.groups import project_stem
from kg.extract.projects.mentions import clean_name, is_name
from kg.text.folding import compact
from kg.text.patterns import BRACKET_MARK, CHINESE_MARK, CIRCLED_MARK, DIGIT_MARK, OF_WHICH, OPEN_BRACKET, ORDINAL_WORD
from kg.values.money import amount_pattern
from kg.values.year import YEAR

_MARK = rf"(?:{CHINESE_MARK}|{BRACKET_MARK}|{DIGIT_MARK}|{OPEN_BRACKET}|{CIRCLED_MARK}|{ORDINAL_WORD})"
_CUT = re.compile(rf"(?:^|(?<=[。；;：:]))\s*(?:{_MARK}|{OF_WHICH})|(?<=[；;])")
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


def find_parts(told: list[tuple[Paragraph, Role]], fund: str) -> tuple[Span, ...]:
    """Return every stretch about a project of the fund: those with money or a basis name it, others repeat the name."""
    funded = [span for paragraph, role in told if role in ("money", "content") for span in _funded(paragraph)]
    funded = [span for span in funded if project_stem(span.name) != project_stem(fund)]
    if len({span.name for span in funded}) < 2 and not any(_is_marked(span) for span in funded):
        funded = []
    based = [span for paragraph, role in told if role == "content" for span in _based(paragraph)]
    names = {project_stem(span.name): span.name for span in (*based, *funded)}
    money = [span for paragraph, role in told if role in ("money", "content") for span in _funded(paragraph)]
    spans = {(span.paragraph, span.start): span for span in _named([p for p, role in told if role != "none"], names)}
    spans |= {(span.paragraph, span.start): span for span in money if project_stem(span.name) in names}
    return tuple(spans.values())


def _stretches(text: str) -> list[tuple[int, int]]:
    starts = sorted({0, *(match.start() for match in _CUT.finditer(text))})
    return [(start, end) for start, end in zip(starts, [*starts[1:], len(text)], strict=True) if end > start]


def _funded(paragraph: Paragraph) -> Iterator[Span]:
    """Yield the stretches that open with a project and its money."""
    for start, end in _stretches(paragraph.text):
        match = _money().match(paragraph.text, start, end)
        if match is not None and _is_part(name := part_name(match["name"])):
            yield Span(paragraph=paragraph, name=name, start=start, rest=match.end("name"), end=end)


def _based(paragraph: Paragraph) -> Iterator[Span]:
    """Yield the numbered stretches that name a project and its basis: （1）甲补助项目：根据《…》."""
    for start, end in _stretches(paragraph.text):
        match = _basis().match(paragraph.text, start, end)
        if match is not None and _is_part(name := part_name(match["name"])):
            yield Span(paragraph=paragraph, name=name, start=start, rest=match.end(), end=end)


def _named(paragraphs: list[Paragraph], names: dict[str, str]) -> Iterator[Span]:
    """Yield the stretches that open with a known project, and the paragraphs under a line that only names one."""
    above: str | None = None
    for paragraph in paragraphs:
        text = paragraph.text
        found = []
        for start, end in _stretches(text):
            match = _opened().match(text, start, end)
            name = names.get(project_stem(part_name(match["name"]))) if match is not None else None
            if match is not None and name is not None:
                found.append(Span(paragraph=paragraph, name=name, start=start, rest=match.end(), end=end))
        if found and found[0].rest >= len(text.rstrip()):
            above, found = found[0].name, []
        elif found or paragraph.level or re.match(_MARK, text.strip()):
            above = None
        under = above or _under_heading(paragraph, names)
        if not found and under is not None and not paragraph.level and not _opened_alone(text, names):
            found = [Span(paragraph=paragraph, name=under, start=0, rest=0, end=len(text))]
        yield from found


def _under_heading(paragraph: Paragraph, names: dict[str, str]) -> str | None:
    over = (names.get(project_stem(part_name(heading))) for heading in reversed(headings_over(paragraph)))
    return next((name for name in over if name), None)


def _opened_alone(text: str, names: dict[str, str]) -> bool:
    return project_stem(part_name(text.strip())) in names


def part_name(printed: str) -> str:
    """Return a project's name without numbering and the 项目 that only says what it is.

    >>> part_name("①甲地搬迁补助项目"), part_name("其中：乙项目")
    ('甲地搬迁补助', '乙项目')
    """
    name = re.sub(rf"^(?:{OF_WHICH}|{ORDINAL_WORD})", "", clean_name(printed)).strip("“”《》")
    name = re.sub(rf"^{YEAR}年度?", "", compact(name))
    bare = name.removesuffix("项目")
    return bare if len(bare) >= _SHORTEST else name


def _is_part(name: str) -> bool:
    return len(name) >= _SHORTEST - 1 and is_name(name) and not _NO_PART.search(name) and not _PROSE.search(name)


def _is_marked(span: Span) -> bool:
    return re.match(rf"\s*{_MARK}", span.paragraph.text[span.start :]) is not None


@cache
def _money() -> re.Pattern[str]:
    return re.compile(
        rf"\s*(?:{_MARK}|{OF_WHICH})?\s*(?P<name>[^，,。；;：:]{{2,40}}?)\s*[：:，,]?\s*(?:{YEAR}年(?:度)?)?"
        r"(?:年初|年度|全年|当年|本年|批复|计划|总|共|调整后?)*"
        rf"(?:预算|安排|批复|下达|计划投入|实际支出|支出|使用)[^\d，,。；;]{{0,12}}?{amount_pattern()}"
    )


@cache
def _basis() -> re.Pattern[str]:
    return re.compile(
        rf"\s*{_MARK}\s*(?P<name>[^，,。；;：:《》]{{2,40}}?)[：:。]\s*(?=(?:根据|依据|按照|依照|为贯彻|为落实)[^。；;]*[《〔])"
    )


@cache
def _opened() -> re.Pattern[str]:
    return re.compile(
        rf"\s*(?:{_MARK}|{OF_WHICH})?\s*(?P<name>[^，,。；;：:]{{2,40}}?)\s*(?:[：:，,。]|$|(?=综合|自评|评价|得分))"
    )
