"""Which fund or project a report evaluates: as its cover labels it, else as its title names it.

In: the Context. Out: its name and the place it is read from; None where the report is of a whole department.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.blocks import Paragraph
from kg.extract.context import Context
from kg.extract.projects.mentions import is_name, is_organ
from kg.text.folding import compact, join_wrapped
from kg.values.item_mark import strip_item_mark
from kg.values.year import YEAR

_REPORT = re.compile(
    r"绩效(?:再|自)?评价(?!办法|管理|目标|指标|工作方案|指引).{0,12}(?:报告|情况|结果)|绩效自评(?:工作)?报告|绩效评价$"
)
_WHOLE = re.compile("整体支出|(?:部门|单位)整体|政策评价")
_LABEL = re.compile(
    r"(?:评价)?(?:项目|资金|专项)名称[：:]\s*(?P<name>[^：:\n]+?)\s*(?=(?:评价|项目|主管|实施|报告)[\u4e00-\u9fff]{1,6}[：:]|$)"
)
_ENDS = re.compile(
    r"(?:的)?(?:财政|部门|市级|省级|区级|县级)*(?:重点)?(?:项目)?(?:支出)?的?(?:重点|事前|事中|事后|财政|部门|单位|项目)*"
    r"绩效(?:再|自)?评[价].*$|绩效自评.*$"
)
_MONEY_END = re.compile("(?:资金|经费|补助|补贴|工程|费|专项)(?:项目)?$")
_BODY = re.compile(
    r"^(?:[\u4e00-\u9fff]{1,8}?[省市区县州旗])[\u4e00-\u9fff]{0,16}?"
    r"(?:委员会|办公室|人民政府|管委会|街道办事处|[局厅](?!部))(?=[\u4e00-\u9fff]{3})"
)
"""A body at the head of a title that no year or kind parts from the fund behind it."""
_YEARS = re.compile(rf"{YEAR}\s?(?:[-—－~至]\s?{YEAR})?\s?年(?:度)?")
_NO_FUND = re.compile("^(?:财政|项目|专项|支出|重点|预算|资金|部门)*$")
_FIRST = 30
"""Paragraphs of the cover and the first headings, where a fund is labelled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fund:
    """The name of what is evaluated, and where it is printed."""

    name: str
    paragraph: Paragraph


def find_fund(context: Context) -> Fund | None:
    """Return the fund that a document evaluates, None for any other document."""
    title = compact(context.identity.title)
    paragraphs = context.document.paragraphs
    if not _REPORT.search(title) or _WHOLE.search(title):
        return None
    for paragraph in paragraphs[:_FIRST]:
        label = _LABEL.search(join_wrapped(paragraph.text))
        name = _core(label["name"], context) if label is not None else ""
        if name:
            return Fund(name=name, paragraph=paragraph)
    name = _core(title, context)
    printed = next((p for p in paragraphs if name and name in compact(p.text)), None)
    if printed is not None:
        return Fund(name=name, paragraph=printed)
    return _above_title(context, title)


def _above_title(context: Context, title: str) -> Fund | None:
    """Return the fund that a line of its own names above a title without it (2022年度绩效评价报告)."""
    above: Paragraph | None = None
    for paragraph in context.document.paragraphs[:_FIRST]:
        if compact(paragraph.text) and title.endswith(compact(paragraph.text)):
            break
        above = paragraph
    else:
        return None
    name = _core(above.text, context) if above is not None else ""
    return Fund(name=name, paragraph=above) if above is not None and _MONEY_END.search(name) else None


def _core(text: str, context: Context) -> str:
    """Return the fund in a title: without year, department and the words of evaluation; empty if it names none."""
    bare = re.sub("^关于(?:开展|对)?", "", compact(text))
    for name in (context.identity.department, *context.identity.aliases):
        bare = bare.replace(compact(name), "", 1) if name else bare
    bare = _BODY.sub("", _YEARS.sub("", bare))
    cut = _ENDS.search(bare)
    name = bare[: cut.start()] if cut is not None else bare
    if cut is not None and cut.group().startswith("项目") and not cut.group().startswith("项目支出"):
        name = name if _MONEY_END.search(name) else name + "项目"  # 古籍保护项目绩效评价
    name = strip_item_mark(re.sub(r"^[的\s“《]+|[的\s”》]+$", "", name))
    name = re.sub("(?<=资金|经费)项目$", "", re.sub("(?:进行|实施|开展)$", "", name))
    return name if is_name(name) and not _NO_FUND.match(name) and not is_organ(name, context) else ""
