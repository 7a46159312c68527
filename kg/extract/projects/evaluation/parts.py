"""The projects that an evaluated fund is made of: 甲补助预算N万元，实际支出M万元; what their paragraphs tell.

In: paragraphs with their roles. Out: Part spans: which project a stretch of a paragraph is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.blocks import Paragraph
from kg.extract.projects.evaluation.listed import find_listed
from kg.extract.projects.evaluation.outline import Role, headings_over
from kg.extract.projects.evaluation.spans import Span, is_part, part_name
from kg.extract.projects.groups import project_stem
from kg.text.patterns import BRACKET_MARK, CHINESE_MARK, CIRCLED_MARK, DIGIT_MARK, OF_WHICH, OPEN_BRACKET, ORDINAL_WORD
from kg.values.money import amount_pattern
from kg.values.year import YEAR

_MARK = rf"(?:{CHINESE_MARK}|{BRACKET_MARK}|{DIGIT_MARK}|{OPEN_BRACKET}|{CIRCLED_MARK}|{ORDINAL_WORD})"
_CUT = re.compile(rf"(?:^|(?<=[。；;：:]))\s*(?:{_MARK}|{OF_WHICH})|(?<=[；;])")


def find_parts(told: list[tuple[Paragraph, Role]], fund: str, known: frozenset[str] = frozenset()) -> tuple[Span, ...]:
    """Return every stretch about a project of the fund: those with money or a basis name it, others repeat the name."""
    funded = [span for paragraph, role in told if role in ("money", "content") for span in _funded(paragraph)]
    funded = [span for span in funded if project_stem(span.name) != project_stem(fund)]
    if len({span.name for span in funded}) < 2 and not any(_is_marked(span) for span in funded):
        funded = []
    based = [span for paragraph, role in told if role == "content" for span in _based(paragraph)]
    listed = [span for paragraph, role in told if role in ("money", "content") for span in find_listed(paragraph)]
    names = {project_stem(span.name): span.name for span in (*based, *funded, *listed)}
    names |= {project_stem(name): name for name in known if project_stem(name) != project_stem(fund)}
    money = [span for paragraph, role in told if role in ("money", "content") for span in _funded(paragraph)]
    spans = {(span.paragraph, span.start): span for span in _named([p for p, role in told if role != "none"], names)}
    spans |= {(span.paragraph, span.start): span for span in money if project_stem(span.name) in names}
    for span in listed:
        spans.setdefault((span.paragraph, span.start), span)
    return tuple(spans.values())


def _stretches(text: str) -> list[tuple[int, int]]:
    starts = sorted({0, *(match.start() for match in _CUT.finditer(text))})
    return [(start, end) for start, end in zip(starts, [*starts[1:], len(text)], strict=True) if end > start]


def _funded(paragraph: Paragraph) -> Iterator[Span]:
    """Yield the stretches that open with a project and its money."""
    for start, end in _stretches(paragraph.text):
        match = _money().match(paragraph.text, start, end)
        if match is not None and is_part(name := part_name(match["name"])):
            yield Span(paragraph=paragraph, name=name, start=start, rest=match.end("name"), end=end)


def _based(paragraph: Paragraph) -> Iterator[Span]:
    """Yield the numbered stretches that name a project and its basis: （1）甲补助项目：根据《…》."""
    for start, end in _stretches(paragraph.text):
        match = _basis().match(paragraph.text, start, end)
        if match is not None and is_part(name := part_name(match["name"])):
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
