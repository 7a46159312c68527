"""What a change in prose changes: its sign and the thing that grows or shrinks.

In: a text and where the words of a number begin. Out: Moved, or None where the number is no change. A noun may stand
in the words of the number (人员经费增加5万元), in the clause before it (项目支出增加，较上年增加5万元; 收入与上年相比，
增加5万元), before its bracket (取消奖补资金（减少5万元）), or behind the verb (减少租赁费5万元).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.extract.prose.clauses import sentence_start
from kg.extract.prose.periods import COMPARING, LAST
from kg.lexicon import load_mapping
from kg.text.patterns import DIGIT_MARK, any_of
from kg.values.year import YEAR

_ALTERNATIVE = re.compile(r"[（(](?:减少?|增加?|下降|增长|减)[)）]|/(?:减少?|下降)")
_COMPARED = rf"{COMPARING}\s?(?:{LAST}|{YEAR}\s?年度?|(?:年初|调整)?预算)"
_NOUN_COMPARED = re.compile(rf"(?P<noun>[^，,。；;：:、\d]{{2,40}}?){_COMPARED}[^，,。；;：:]{{0,12}}$")
_IN_BRACKET = re.compile(r"(?:^|[，,。；;：:、）)])(?P<noun>[^，,。；;：:、\d（()）]{4,40})[（(]$")
_CUT = re.compile(rf"{_COMPARED}.*$|(?:比|较|同比).*$")
_REASON = re.compile(r"原因|主要是|主要为|由于|[一二三四]是")
_LEAD = re.compile(
    r"^(?:.{0,10}原因(?:是|为))?(?:取消|压减|压缩|核减|减少|增加|新增|安排|追加|调整|因|由于|是|为|主要是)+"
)
_ALL = re.compile(r"[均各都]$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """The sign of a change and the noun that changes, "" where that is the figure stated before.

    `behind` says that the noun stands behind the verb; `signed` that both words are printed (增加（减少）), so that
    the number's own sign counts.
    """

    sign: int
    noun: str
    signed: bool = False
    behind: bool = False


def find_moved(text: str, start: int, end: int, floor: int) -> Moved | None:
    """Return what the number at `end`, whose words begin at `start`, changes; `floor` is the end of the number before.

    >>> text = "主要原因：项目支出增加，较上年增加1133.95万元"
    >>> find_moved(text, text.index("较"), text.index("1"), 0)
    Moved(sign=1, noun='项目支出', signed=False, behind=False)
    """
    printed = text[start:end]
    label = _ALTERNATIVE.sub("", printed).strip()
    words = load_mapping("change_words")
    match = _change().search(label)
    if match is not None:
        sign = 1 if words[match["last"] or match["first"]] == "+" else -1
        noun = match["noun"] if match["first"] else label[: match.start("last")]
        noun = _ALL.sub("", _CUT.sub("", noun or "").strip(" )）"))
        return Moved(sign=sign, noun=noun or _noun_before(text, start, floor), signed=label != printed.strip())
    match = _compared().search(label)
    if match is not None:
        return Moved(sign=1 if match["word"] in _MORE else -1, noun=label[: match.start()])
    return _in_reason(text, start, end, floor)


def _in_reason(text: str, start: int, end: int, floor: int) -> Moved | None:
    """A reason may name what grew behind the verb: 安排减少云平台租赁费200万元."""
    if not _REASON.search(text, sentence_start(text, start), end):
        return None
    clause = re.split(r"[，,。；;：:]", text[floor:end])[-1].strip()
    match = _behind().search(clause)
    if match is None:
        return None
    return Moved(sign=1 if load_mapping("change_words")[match["word"]] == "+" else -1, noun=match["noun"], behind=True)


def _noun_before(text: str, start: int, floor: int) -> str:
    """Return the noun of a change whose own words have none, from the clause before it."""
    prior = text[max(floor, sentence_start(text, start)) : start]
    bracket = _IN_BRACKET.search(prior)
    if bracket is not None:
        return _LEAD.sub("", bracket["noun"])
    prior = prior.rstrip("，, ")
    if not prior or prior[-1] in "。；;：:、（(":
        return ""
    match = _NOUN_COMPARED.search(prior) or _grown().search(prior)
    return _LEAD.sub("", match["noun"]) if match is not None else ""


_MORE = ("大于", "高于", "多于", "超过")


@cache
def _change() -> re.Pattern[str]:
    words = any_of(load_mapping("change_words"))
    strong = any_of(word for word in load_mapping("change_words") if len(word) > 1)
    return re.compile(
        rf"(?<!新)(?P<last>{words})(?:了|为|约|率|额|幅度?|幅度为|比例为?|[:：\s])*$"
        rf"|^\s*(?:{DIGIT_MARK}|厉行节约[，,]|(?:主要)?原因是[\u4e00-\u9fff]{{0,10}}?)?\s*"
        rf"(?P<first>{strong})(?P<noun>[\u4e00-\u9fff（）()]{{3,24}})$"
    )


@cache
def _compared() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<word>{any_of(_MORE)}|小于|低于|少于)(?:{LAST}|{YEAR}\s?年|年初|全年|调整)(?:年初|调整后?)?(?:预算|决算|执行)?数?\s*$"
    )


@cache
def _behind() -> re.Pattern[str]:
    strong = any_of(word for word in load_mapping("change_words") if len(word) > 1)
    return re.compile(
        rf"(?<!新)(?P<word>{strong})(?:了)?(?P<noun>[\u4e00-\u9fff“”（）()、]{{3,40}}?)(?:等|共|共计|约)*$"
    )


@cache
def _grown() -> re.Pattern[str]:
    strong = any_of(word for word in load_mapping("change_words") if len(word) > 1)
    return re.compile(rf"(?:^|[，,。；;：:、])(?P<noun>[^，,。；;：:、\d]{{2,24}}?)(?:有所|均|略有|大幅)?(?:{strong})$")
