"""Tell documents that the work will write (形成《…》, 1份《…方案》) from those that it rests on.

In: a text and where a title stands in it. Out: whether the words around the title say that it is a product.
"""

from __future__ import annotations

import re
from functools import cache

from kg.extract.citations.issuers import find_issuers
from kg.lexicon import load_rows, load_words
from kg.text.patterns import NUMERALS, any_of

_TITLES = r"(?:[《〈][^《》〈〉]*[》〉](?:[（(][^（）()]*[)）])?\s*(?:[、，,和及与]|以及)?\s*)+"
_OTHERS_BEFORE, _OTHERS_BEHIND = re.compile(_TITLES + "$"), re.compile(rf"\s*(?:[、，,和及与]|以及)?\s*{_TITLES}")
"""The other titles of a list: 形成《甲》《乙》、《丙》."""
_YEARS = re.compile(r"^\s*[（(][^（）()《》]*[)）]")
"""A bracket behind the title: 《…规划》（2025—2035年）."""
_CLAUSE = re.compile("[，,。；;：:！？\\n》〉]")
_AIMED = re.compile("需|拟|将|为|用于|开展|组织|推进|推动|配合|负责")
_OCCASION = re.compile("(?:需要|需求|要求|安排|部署|实际|情况|任务|计划|精神|职责|职能|目标|规定|意见|工作)$")
"""What a lead may rest on so that the verb behind it is of the work itself: 按照年度计划编制《…》."""
_TOGETHER = re.compile("配合|协助|协同|会同|联合|参与")
_AUTHORITY = re.compile("国家|中央|国务院|上级|[省市区县州](?:委|政府|人大|级)")
_DRAFT = re.compile(r"[（(](?:[^（）()]*(?:草案|草稿|初稿|意见稿|送审稿|报批稿))[)）]\s*[》〉]?$")
_COPIES = rf"(?:\d+|[{NUMERALS}两])\s*"


def is_product(text: str, start: int, end: int, *, basis: bool = False) -> bool:
    """Whether the title at `start` … `end` is of a document to be written; in a `basis` only where an aim is told.

    >>> text = "依据《甲条例》开展研究，形成《乙清单》《丙方案》等成果"
    >>> [is_product(text, at := text.index(title), at + 5) for title in ("《甲条例", "《乙清单", "《丙方案")]
    [False, True, True]
    """
    before = _OTHERS_BEFORE.sub("", text[:start])
    behind = _YEARS.sub("", _OTHERS_BEHIND.sub("", text[end:], count=1))
    clause = _CLAUSE.split(before)[-1]
    if basis and not _AIMED.search(clause):
        return False
    verb = _written_before().search(clause)
    if verb is not None:
        whole = verb["verb"] not in ("完成", "提供") or _ends_object().match(behind) is not None
        return whole and not _is_of_others(clause[: verb.start()])
    if _leads().search(clause):
        return False
    return bool(_counted().search(clause) or _written_behind().match(behind) or _DRAFT.search(text[start:end]))


def _is_of_others(lead: str) -> bool:
    """Whether the words before the verb name who else wrote it, or rest on it (根据财政部制定《…》)."""
    rests = list(_leads().finditer(lead))
    if rests:
        return not _OCCASION.search(lead[rests[-1].end() :].strip())
    return not _TOGETHER.search(lead) and bool(_AUTHORITY.search(lead) or find_issuers(lead))


@cache
def _leads() -> re.Pattern[str]:
    return re.compile(any_of(load_words("citation_leads")))


def _words(place: str) -> str:
    return any_of(word for word, where in load_rows("product_words") if where == place)


@cache
def _written_before() -> re.Pattern[str]:
    """Match a verb of writing and what stands between it and the title; 制定的 and 制定了 speak of what exists."""
    verbs = _words("before")
    return re.compile(
        rf"(?<!新)(?<!已)(?P<verb>{verbs})(?:{verbs}|[并和及、]|印发|下发|工作|完成|好){{0,4}}"
        rf"(?:(?![的了]|{any_of(load_words('citation_leads'))})[\u4e00-\u9fff\d\s“”]{{1,12}})?$"
    )


@cache
def _written_behind() -> re.Pattern[str]:
    return re.compile(
        rf"\s*(?:等[^，。；《]{{0,6}})?的?(?:(?:{_words('stage')})|通过(?:专家)?(?:评审|审查|验收|论证|审定)"
        rf"|[（(]?各?{_COPIES}(?:{_words('count')})(?!\w)"
        rf"|(?:文本|报告)?的?(?:{_words('after')})(?=完成|工作|任务|数量|质量|及时|情况|率|进度|经?费|[并及和与，,。；;、）)\s]|$))"
    )


@cache
def _counted() -> re.Pattern[str]:
    return re.compile(rf"{_COPIES}(?:{_words('count')})\s*$")


@cache
def _ends_object() -> re.Pattern[str]:
    """Match what follows a title that is itself the object of 完成; 完成《…》规定的任务 is another matter."""
    return re.compile(rf"\s*(?:等|[，,。；;、）)\s]|$|{_words('stage')}|(?:文本|报告)?的?(?:{_words('after')}))")
