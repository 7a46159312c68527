"""Read a report that evaluates a fund: the fund and its parts, each with money, goals, contents, score, problems.

In: the Context. Out: Told values: every stretch of the report with the project it tells of; empty for other documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.blocks import Paragraph
from kg.extract.context import Context
from kg.extract.items import split_items
from kg.extract.places import source_of_paragraph
from kg.extract.projects.evaluation.fund import Fund, find_fund
from kg.extract.projects.evaluation.outline import Role, find_roles, headings_over, role_of_heading, without_run_in
from kg.extract.projects.evaluation.parts import find_parts
from kg.extract.projects.evaluation.result import find_evaluation
from kg.extract.projects.evaluation.spans import Span, part_name
from kg.extract.projects.evaluation.spending import read_spending
from kg.extract.projects.mentions import Mention, Told
from kg.extract.prose.quantified import find_speaking
from kg.records import ProjectAmount, TextItem
from kg.text.folding import compact, join_wrapped
from kg.values.item_mark import strip_item_mark

_GOAL_LABEL = re.compile(
    r"^(?:项目|年度|总体|绩效|本年|\d{4}年度?)*(?:总|总体|年度|阶段性|绩效)?目标(?:为|是)?[：:]\s*"
)
_FIELD = re.compile(r"^[\u4e00-\u9fff（）()/]{2,12}[：:]")
"""A line of the cover or the head of a form (项目单位：某局): what it says is not the fund's content."""
_NONE = re.compile("(?:暂|均)?无[。；]?$")
_STOPS = "。；！？：，、"


def find_evaluated(context: Context, known: frozenset[str] = frozenset()) -> Iterator[Told]:
    """Yield what a report tells of the fund that it evaluates and of the projects that the fund is made of.

    `known` are the names in tables, which are of projects of the fund as well.
    """
    fund = find_fund(context)
    if fund is None:
        return
    told = list(find_roles(item.paragraph for item in find_speaking(context.prose)))
    parts = find_parts(told, fund.name, known)
    rest = list(_rest(told, parts))
    whole = _fund(context, fund, told, rest, frozenset(span.name for span in parts))
    for span, role in rest:
        if role != "none":
            yield Told(paragraph=span.paragraph, mention=whole, start=span.start, end=span.end)
    roles = dict(told)
    for name in dict.fromkeys(span.name for span in parts):
        spans = [(span, roles[span.paragraph]) for span in parts if span.name == name]
        mention = _part(context, fund, name, spans)
        for span, _ in spans:
            yield Told(paragraph=span.paragraph, mention=mention, start=span.start, end=span.end)


def _rest(told: list[tuple[Paragraph, Role]], parts: tuple[Span, ...]) -> Iterator[tuple[Span, Role]]:
    """Yield the stretches that are about none of the parts: they are about the fund."""
    for paragraph, role in told:
        at = 0
        taken = sorted((span.start, span.end) for span in parts if span.paragraph == paragraph)
        for start, end in (*taken, (len(paragraph.text), len(paragraph.text))):
            if paragraph.text[at:start].strip():
                yield Span(paragraph=paragraph, name="", start=at, rest=at, end=start), role
            at = max(at, end)


def _fund(
    context: Context,
    fund: Fund,
    told: list[tuple[Paragraph, Role]],
    rest: list[tuple[Span, Role]],
    names: frozenset[str],
) -> Mention:
    goals = [(span, role) for span, role in rest if role == "goal" or _GOAL_LABEL.match(_words(span))]
    content = [span for span, role in rest if role == "content" and _is_content(span, names)]
    money = [span for span, role in rest if role in ("money", "content")]
    problems, advice = _remarks(told, "problems"), _remarks(told, "advice")
    return Mention(
        name=fund.name,
        kind="project",
        source=source_of_paragraph(fund.paragraph, 0, len(fund.paragraph.text)),
        amounts=tuple(_amounts(context, money)),
        goals=tuple(_items(span for span, _ in goals if not span.paragraph.level)),
        content=tuple(_items(content)),
        problems=_joined(problems),
        rectification=_joined(advice),
        problem_items=problems,
        rectification_items=advice,
        evaluation=find_evaluation([span for span, role in rest if role == "result"])
        or find_evaluation([span for span, role in rest if role == "content"]),
    )


def _part(context: Context, fund: Fund, name: str, spans: list[tuple[Span, Role]]) -> Mention:
    first = min(spans, key=lambda pair: pair[1] != "money")[0]
    return Mention(
        name=name,
        kind="project",
        source=source_of_paragraph(first.paragraph, first.start, first.end),
        parent=fund.name,
        amounts=tuple(_amounts(context, (span for span, role in spans if role in ("money", "content")), name)),
        goals=tuple(_items(span for span, role in spans if role == "goal")),
        content=tuple(_items(span for span, role in spans if role == "content" and not read_spending(_words(span)))),
        evaluation=find_evaluation([span for span, role in spans if role == "result"]),
    )


def _amounts(context: Context, spans: Iterable[Span], name: str = "") -> Iterator[ProjectAmount]:
    """Yield budget, spending and rate, each as it is first stated; what `name` alone leads to is its budget."""
    seen: set[tuple[str, bool]] = set()
    for span in spans:
        for figure in read_spending(span.paragraph.text[span.start : span.end], name):
            key = (figure.stage, figure.yuan is None)
            if key in seen:
                continue
            seen.add(key)
            yield ProjectAmount(
                meaning=figure.meaning,
                stage=figure.stage,
                value=figure.value,
                unit=figure.unit,
                value_yuan=figure.yuan,
                year=context.identity.fiscal_year,
                source=source_of_paragraph(span.paragraph, span.start + figure.start, span.start + figure.end),
            )


def _words(span: Span) -> str:
    return strip_item_mark(span.paragraph.text[span.rest : span.end].strip())


def _is_content(span: Span, names: frozenset[str]) -> bool:
    """Whether a stretch says what the fund is for: under a heading that says so, no label, figure or part's name."""
    named = any(role_of_heading(heading) == "content" for heading in headings_over(span.paragraph))
    words = _words(span)
    return (
        named
        and not span.paragraph.level
        and not _FIELD.match(words)
        and not read_spending(words)
        and part_name(words) not in names
    )


def _items(spans: Iterable[Span]) -> Iterator[TextItem]:
    for span in spans:
        text = span.paragraph.text[span.rest : span.end]
        for piece in split_items(text):
            words = without_run_in(join_wrapped(piece.text.strip("：: ")))
            words = _GOAL_LABEL.sub("", strip_item_mark(words))
            if len(words) > 1:
                start = span.rest + piece.start
                source = source_of_paragraph(span.paragraph, start, start + len(piece.text))
                yield TextItem(text=words, line=source.place.line, source=source)


def _remarks(told: list[tuple[Paragraph, Role]], role: Role) -> tuple[TextItem, ...]:
    """Return problems or advice, each with its place; a heading that is one (资金测算偏粗) leads the text below it."""
    found: list[TextItem] = []
    headed = False
    for paragraph, of in told:
        if of != role:
            continue
        text = strip_item_mark(without_run_in(join_wrapped(paragraph.text)))
        if not text or _NONE.match(text) or (paragraph.level and role_of_heading(compact(text)) == role):
            headed = False
        elif headed and not paragraph.level:
            lead = found[-1].text
            found[-1] = replace(found[-1], text=lead + ("" if lead.endswith(tuple(_STOPS)) else "：") + text)
            headed = False
        else:
            source = source_of_paragraph(paragraph, 0, len(paragraph.text))
            found.append(TextItem(text=text, line=source.place.line, source=source))
            headed = bool(paragraph.level)
    return tuple(found)


def _joined(items: tuple[TextItem, ...]) -> str | None:
    return "\n".join(item.text for item in items) or None
