"""Find projects told in one sentence: 甲经费，年初预算N元，绩效目标：…, alone or several in a paragraph.

In: the Context. Out: Told values in reading order.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import cache

from kg.blocks import Paragraph
from kg.extract.context import Context
from kg.extract.items import split_items
from kg.extract.places import source_of_paragraph
from kg.extract.projects.mentions import Mention, Told, clean_name, is_name, is_organ, is_total, whole_paragraph
from kg.extract.prose.quantified import find_speaking
from kg.records import ProjectAmount, TextItem
from kg.text.folding import join_wrapped
from kg.text.patterns import BRACKET_MARK, CHINESE_MARK, CIRCLED_MARK, DIGIT_MARK, OPEN_BRACKET
from kg.values.item_mark import strip_item_mark
from kg.values.money import amount_pattern, read_money
from kg.values.year import YEAR

_ITEM = re.compile(
    rf"(?:^|(?<=[。；;]))\s*(?:{CHINESE_MARK}|{BRACKET_MARK}|{DIGIT_MARK}|{OPEN_BRACKET}|{CIRCLED_MARK})"
)
_WHOLE = re.compile("(?:部门|单位)?整体|基本支出|项目支出|[个项]项目|^(?:部门|单位|本部门|本单位|项目)$")
"""What has goals and a budget too and is no project."""
_MONEY_END = re.compile("(?:资金|经费|补助|补贴|工程|费|专项|项目)(?:[（(][^（）()]*[)）])?$")
"""How a name ends behind which an amount needs no word: 甲活动经费50万元."""
_NAMED = re.compile("^(?:项目名称|名称)[：:]")
_KEY_HEADING = re.compile("重点")
_LINES, _LONGEST_LINE = 3, 40
"""Labelled lines below the line that names a project, and characters of that line."""
_SHORTEST_GOAL = 4
"""Characters of a goal; shorter ones (见附表) refer to elsewhere."""


def find_told_mentions(context: Context) -> Iterator[Told]:
    """Yield the projects whose name, budget and goal one paragraph tells."""
    paragraphs = [item.paragraph for item in find_speaking(context.prose)]
    for at, paragraph in enumerate(paragraphs):
        if "目标" not in paragraph.text:
            yield from _over_lines(context, paragraph, paragraphs[at + 1 : at + 1 + _LINES])
            continue
        for start, end in _spans(paragraph.text):
            mention = _mention(context, paragraph, start, end)
            if mention is not None:
                yield Told(paragraph=paragraph, mention=mention, start=start, end=end)


def _over_lines(context: Context, head: Paragraph, below: list[Paragraph]) -> Iterator[Told]:
    """Yield the project that a line names alone and labelled lines below it describe (项目预算：… 绩效目标：…)."""
    name = _name(head.text) if len(head.text) <= _LONGEST_LINE else ""
    if not _MONEY_END.search(name) or not _is_named(context, name):
        return
    read: dict[str, tuple[Paragraph, re.Match[str]]] = {}
    for paragraph in below:
        match = _line().match(paragraph.text)
        if match is None or match.lastgroup is None or match.lastgroup in read:
            break
        read[match.lastgroup] = (paragraph, match)
    if not {"unit", "goal"} <= set(read):
        return
    (budget, money), (aimed, goal) = read["unit"], read["goal"]
    mention = Mention(
        name=name,
        kind="project",
        source=source_of_paragraph(head, 0, len(head.text)),
        key=_KEY_HEADING.search(head.place.section or "") is not None,
        amounts=(_amount(context, budget, money),),
        goals=_items(aimed, goal, "goal"),
        content=_items(*read["content"], "content") if "content" in read else (),
    )
    yield from (whole_paragraph(paragraph, mention) for paragraph in (head, *(one for one, _ in read.values())))


def _spans(text: str) -> list[tuple[int, int]]:
    """Return where the numbered items of a paragraph stand; the whole of one without numbers."""
    starts = [match.start() for match in _ITEM.finditer(text)]
    return list(itertools.pairwise([*(starts or [0]), len(text)]))


def _mention(context: Context, paragraph: Paragraph, start: int, end: int) -> Mention | None:
    match = _told().match(paragraph.text, start, end)
    if match is None:
        return None
    name = _name(match["name"])
    if not _is_named(context, name):
        return None
    goals = _items(paragraph, match, "goal")
    if not goals or not (match["meaning"].strip("：:，,为是共") or _MONEY_END.search(name)):
        return None
    at = match.start("name")
    return Mention(
        name=name,
        kind="project",
        source=source_of_paragraph(paragraph, at, match.end("name")),
        key=_KEY_HEADING.search(paragraph.place.section or "") is not None,
        amounts=(_amount(context, paragraph, match),),
        goals=goals,
        content=_items(paragraph, match, "content"),
    )


def _is_named(context: Context, name: str) -> bool:
    return is_name(name) and not is_total(name) and not _WHOLE.search(name) and not is_organ(name, context)


def _name(printed: str) -> str:
    name = _NAMED.sub("", clean_name(printed))
    quoted = re.fullmatch("[“《「]([^“”《》「」]+)[”》」]", name)
    name = quoted[1] if quoted else name
    return re.sub(rf"{YEAR}年度?$", "", strip_item_mark(name))


def _amount(context: Context, paragraph: Paragraph, match: re.Match[str]) -> ProjectAmount:
    money = read_money(match["value"], match["unit"])
    return ProjectAmount(
        meaning=re.sub(r"[\s：:，,为是共]+$", "", match["meaning"]) or "预算",
        stage="budget",
        value=money.value,
        unit=money.unit,
        value_yuan=money.yuan,
        year=int(match["year"]) if match["year"] else context.identity.fiscal_year,
        source=source_of_paragraph(paragraph, match.start("value"), match.end("unit")),
    )


def _items(paragraph: Paragraph, match: re.Match[str], part: str) -> tuple[TextItem, ...]:
    found = []
    for piece in split_items(match[part] or ""):
        text = join_wrapped(piece.text.strip(" ，,；;"))
        if len(text) >= _SHORTEST_GOAL:
            start = match.start(part) + piece.start
            source = source_of_paragraph(paragraph, start, start + len(piece.text))
            found.append(TextItem(text=text, line=source.place.line, source=source))
    return tuple(found)


@cache
def _told() -> re.Pattern[str]:
    mark = rf"(?:{CHINESE_MARK}|{BRACKET_MARK}|{DIGIT_MARK}|{OPEN_BRACKET}|{CIRCLED_MARK})?"
    return re.compile(
        rf"\s*{mark}\s*(?P<name>(?:项目名称[：:])?[^，,。；;：:]{{2,60}}?)\s*[，,：:；;。]?\s*"
        rf"(?:(?P<year>{YEAR})年(?:度)?)?(?P<meaning>(?:(?:本年度?|当年|全年|年初|年度|项目|部门|财政|资金|支出|共|申请|批复){{0,4}}"
        r"(?:预算|安排|金额|投入)(?:预算|安排|资金|金额|数|额|总额|经费|支出|批复|下达|共计|合计){0,3})?[：:，,为是共]{0,2})\s*"
        rf"{amount_pattern()}(?P<between>[^。；;]{{0,200}}?)[，,。；;]\s*"
        r"(?:主要|具体)?(?:(?:用于|包括|内容[为是：:]+)(?P<content>[^。；;]{2,200}?)[，,。；;]\s*)?"
        r"(?:其|项目|年度|本年度?|当年|总体|预期|主要)*(?:绩效|工作|预期)?(?:总体|年度)?目标(?:[为是：:，,])+\s*(?P<goal>.+)",
        re.DOTALL,
    )


@cache
def _line() -> re.Pattern[str]:
    """Match a labelled line: of the budget (its last group is unit), the content or the goal."""
    mark = rf"(?:{CHINESE_MARK}|{BRACKET_MARK}|{DIGIT_MARK}|{OPEN_BRACKET}|{CIRCLED_MARK})?"
    return re.compile(
        rf"\s*{mark}\s*(?:(?:(?P<year>{YEAR})年(?:度)?)?(?P<meaning>(?:项目|年初|年度|资金|经费)*(?:预算|金额|安排)"
        rf"(?:安排|金额|数|资金|情况)*)[：:为]\s*(?:安排)?{amount_pattern()}"
        r"|(?:项目|主要|实施|年度)*(?:内容|用途)[：:]\s*(?P<content>.+)"
        r"|(?:项目|年度|总体|绩效|预期)*目标[：:为是]+\s*(?P<goal>.+))",
        re.DOTALL,
    )
