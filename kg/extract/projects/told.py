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
from kg.extract.projects.mentions import Mention, Told, clean_name, is_name, is_organ, is_total
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
_WHOLE = re.compile("(?:部门|单位)?整体|基本支出|^(?:部门|单位|本部门|本单位|项目)$")
"""What has goals and a budget too and is no project."""
_NAMED = re.compile("^(?:项目名称|名称)[：:]")
_KEY_HEADING = re.compile("重点")
_SHORTEST_GOAL = 4
"""Characters of a goal; shorter ones (见附表) refer to elsewhere."""


def find_told_mentions(context: Context) -> Iterator[Told]:
    """Yield the projects whose name, budget and goal one paragraph tells."""
    for item in find_speaking(context.prose):
        paragraph = item.paragraph
        if "目标" not in paragraph.text:
            continue
        for start, end in _spans(paragraph.text):
            mention = _mention(context, paragraph, start, end)
            if mention is not None:
                yield Told(paragraph=paragraph, mention=mention, start=start, end=end)


def _spans(text: str) -> list[tuple[int, int]]:
    """Return where the numbered items of a paragraph stand; the whole of one without numbers."""
    starts = [match.start() for match in _ITEM.finditer(text)]
    return list(itertools.pairwise([*(starts or [0]), len(text)]))


def _mention(context: Context, paragraph: Paragraph, start: int, end: int) -> Mention | None:
    match = _told().match(paragraph.text, start, end)
    if match is None:
        return None
    name = _name(match["name"])
    if not is_name(name) or is_total(name) or _WHOLE.search(name) or is_organ(name, context):
        return None
    goals = _items(paragraph, match, "goal")
    if not goals:
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


def _name(printed: str) -> str:
    name = _NAMED.sub("", clean_name(printed))
    quoted = re.fullmatch("[“《「]([^“”《》「」]+)[”》」]", name)
    name = quoted[1] if quoted else name
    return re.sub(rf"{YEAR}年度?$", "", strip_item_mark(name))


def _amount(context: Context, paragraph: Paragraph, match: re.Match[str]) -> ProjectAmount:
    money = read_money(match["value"], match["unit"])
    return ProjectAmount(
        meaning=re.sub(r"[\s：:，,为是共]+$", "", match["meaning"]),
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
        rf"(?:(?P<year>{YEAR})年(?:度)?)?(?P<meaning>(?:本年度?|当年|全年|年初|年度|项目|部门|财政|资金|支出|共|申请|批复){{0,4}}"
        r"(?:预算|安排|经费|金额|投入)(?:安排|资金|金额|数|额|总额|经费|支出|批复|下达|共计|合计){0,3}[：:，,为是共]{0,2})\s*"
        rf"{amount_pattern()}(?P<between>[^。；;]{{0,200}}?)[，,。；;]\s*"
        r"(?:主要|具体)?(?:(?:用于|包括|内容[为是：:]+)(?P<content>[^。；;]{2,200}?)[，,。；;]\s*)?"
        r"(?:其|项目|年度|本年度?|当年|总体|预期|主要)*(?:绩效|工作|预期)?(?:总体|年度)?目标(?:[为是：:，,])+\s*(?P<goal>.+)",
        re.DOTALL,
    )
