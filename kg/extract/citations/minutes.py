"""Find minutes of meetings that are cited by number alone (市政府第15次常务会议纪要), without title marks.

In: text. Out: Minutes in reading order, spans into that text; those with a document number are composed elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.extract.citations.issuers import find_issuers
from kg.lexicon import load_words
from kg.text.patterns import NUMERALS, any_of

_COUNT = rf"第\s?[{NUMERALS}百\d]{{1,5}}\s?[次期号届]"
_YEAR = r"[（(〔\[]?\d{4}[〕\]）)]?\s?年?\s?"
_MEETING = re.compile(rf"{_COUNT}|\d{{4}}年|专题|常务|办公会|党组会|常委会|会议")
NUMBERED = rf"\s?[（(〔\[]?\s?(?:{_YEAR})?(?:{_COUNT}|\d{{1,4}}\s?[号期])\s?[)）〕\]]?"
"""What counts minutes behind their title: （第15期）, 〔2023〕32号, （2022年第8期）."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """`title` names the meeting; `start` and `end` span title and number in the text."""

    title: str
    start: int
    end: int


def find_minutes(text: str) -> list[Minutes]:
    """Return the minutes named after a word that leads in a basis, counted inside their name or behind it.

    >>> [(m.title, text[m.start : m.end]) for text in ["按照甲市政府专题会议纪要（2022年第8期）拨付"]
    ...     for m in find_minutes(text)]
    [('甲市政府专题会议纪要', '甲市政府专题会议纪要（2022年第8期）')]
    """
    found = []
    for match in _minutes().finditer(text) if "纪要" in text else ():
        if match["number"] or re.search(_COUNT, match["title"]):
            found.append(Minutes(title=match["title"], start=match.start("title"), end=match.end()))
    return found


def title_before(text: str, start: int, end: int) -> tuple[str, int] | None:
    """Return the title that ends at `end` in 纪要 and where it begins, `start` being that of its last words.

    >>> title_before("按照甲市政府专题会议纪要", 6, 12)
    ('甲市政府专题会议纪要', 2)
    """
    lead = _run().search(text[:start])
    begin = lead.end() if lead else start
    title = text[begin:end]
    return (title, begin) if re.fullmatch(r"[\u4e00-\u9fff\d]{4,40}纪要", title) else None


def meeting_organ(title: str) -> tuple[str, ...]:
    """Return who met, as the title of its minutes names it; empty where it names none.

    >>> meeting_organ("甲市人民政府第15次常务会议纪要"), meeting_organ("专题会议纪要")
    (('甲市人民政府',), ())
    """
    return find_issuers(_MEETING.split(title, maxsplit=1)[0])


@cache
def _run() -> re.Pattern[str]:
    return re.compile(
        rf"(?:^|[，,。；;、：:\s（(《》]|纪要[和及与]|{_leads()})(?=[\u4e00-\u9fff\d]*$)(?!.*(?:{_leads()}|纪要))"
    )


@cache
def _minutes() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{_leads()}|[、和及与])\s?(?P<title>(?:(?!{_leads()})[\u4e00-\u9fff\d（()）]){{2,40}}?纪要)(?P<number>{NUMBERED})?"
    )


def _leads() -> str:
    return any_of(load_words("citation_leads"))
