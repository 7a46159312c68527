"""Compose citations from what a text prints: a title, its number, its issuers and its date.

In: text of a paragraph or cell. Out: Mention values in reading order, spans into that text.
Finding the parts is done in titles, document_numbers and issuers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kg.extract.citations.document_numbers import DocumentNumber, find_document_numbers
from kg.extract.citations.issuers import find_issuers
from kg.extract.citations.titles import Title, find_kind, find_titles, load_law_titles
from kg.lexicon import load_mapping, load_rows, load_words
from kg.text.patterns import BRACKET_MARK, CIRCLED_MARK, DIGIT_MARK, any_of
from kg.values.vocabularies import LegalKind, MatchStatus
from kg.values.year import find_date, to_iso

_WORTH_READING = re.compile("[《〈«〔]|号|关于|条例|法|讲话|指示|批示|规定|文件|纪要|令")
_ITEM_START = re.compile(rf"(?:^|(?<=[\s。；;，,]))\s*(?:{DIGIT_MARK}(?!\d)|{BRACKET_MARK}|{CIRCLED_MARK})")
_AFTER_TITLE = re.compile(
    r"\s*(?:的?(?:通知|函|批复|意见|决定|复函|公告))?\s*(?:[（(](?:试行|暂行|修订|内部|\d{4}年?修订|以下简称)[^（）()]{0,12}[)）])?"
    r"[\s，,》〉>]*(?:等?文件)?[\s（(【\[〔]*$"
)
_BEFORE_TITLE = re.compile(
    r"^(?:文件?|规定)?[\s，,）)】\]]*(?:中共)?(?:关于|印发|[\u4e00-\u9fff]{2,20}(?:关于|印发))?[\s]*$"
)
_BARE_NUMBER = re.compile(r"\s*的?(?:通知|文件)?\s*[（(]\s*\d{1,4}\s*[)）]\s*(?:号文?|文)")
_ORDER = re.compile(
    r"\s*[（(](?:中华人民共和国)?[\u4e00-\u9fff]{2,16}?(?:令\s?第?\s?\d{1,4}\s?号|第?\s?\d{1,4}\s?号令)"
)
_REFUSED = re.compile("(?:表|册|书|刊|日报|晚报|周刊|杂志|年鉴|公报|预算|决算|说明|合同|协议|影片|栏目|专栏|节目|报)$")

_NUMBER_REACH = 30
"""Characters between a title and the number that belongs to it: 等文件, a bracket, the form in short."""
_LEVELS: Mapping[str, LegalKind] = {"law": "law", "regulation": "regulation"}
"""The levels of known statutes that say the kind; of the others the title says more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One citation as printed; `start` and `end` span its title and number in the text."""

    title: str | None
    full_title: str | None
    number: DocumentNumber | None
    issuers: tuple[str, ...]
    date: str | None
    kind: LegalKind
    printed: str
    start: int
    end: int

    @property
    def status(self) -> MatchStatus:
        """exact with a number or as a known statute, partial with a title alone, else unresolved."""
        if self.number is not None or statute(self.title) is not None:
            return "exact"
        return "partial" if self.title else "unresolved"


def find_citations(text: str, *, basis: bool = False) -> list[Mention]:
    """Return the citations in `text`; `basis` says that the text is a legal basis, where any title counts.

    >>> [(m.title, str(m.number)) for m in find_citations("依据甲局《乙办法》（深龙信[2016]2号）")]
    [('乙办法', '深龙信〔2016〕2号')]
    """
    if not may_cite(text):
        return []
    numbers = find_document_numbers(text)
    mentions: list[Mention] = []
    free = list(numbers)
    for title in find_titles(text):
        number = _number_of(text, title, free)
        if not _is_cited(text, title, number, basis):
            continue
        if number is not None:
            free.remove(number)
        mentions.append(_mention(text, title, number, mentions))
    mentions += [_numbered(text, number) for number in free]
    taken = [(mention.start, mention.end) for mention in mentions]
    mentions += [
        mention
        for mention in (*_find_statutes(text), *(_find_speeches(text) if basis else ()))
        if not any(start < mention.end and mention.start < end for start, end in taken)
    ]
    return sorted(mentions, key=lambda mention: mention.start)


def may_cite(text: str) -> bool:
    """Whether a text holds any sign of a citation; most cells hold none."""
    return _WORTH_READING.search(text) is not None


def statute(title: str | None) -> str | None:
    """Return the level of `title` among the known statutes (law, regulation, …), None if it isn't one."""
    if not title:
        return None
    bare = re.sub(r"\s", "", title)
    laws = load_law_titles()
    entry = laws.get(bare) or laws.get(bare.removeprefix("中华人民共和国")) or laws.get("中华人民共和国" + bare)
    return entry[1] if entry else None


def _number_of(text: str, title: Title, free: list[DocumentNumber]) -> DocumentNumber | None:
    for number in free:
        if number.start >= title.end:
            gap = text[title.end : number.start]
            if len(gap) <= _NUMBER_REACH and _AFTER_TITLE.match(gap):
                return number
            break
    for number in free:
        if number.end <= title.start and _BEFORE_TITLE.match(text[number.end : title.start]):
            return number
    return None


def _is_cited(text: str, title: Title, number: DocumentNumber | None, basis: bool) -> bool:
    """Whether a title is a citation: it has a number, stands in a basis, or is named as a document is."""
    if title.text in load_mapping("legal_kinds"):
        return False
    if number is not None:
        return True
    if not title.marked:
        before = text[max(0, title.start - 24) : title.start]
        return basis or any(word in before for word in ("根据", "依据", "按照", "落实"))
    if _REFUSED.search(title.text) or not re.search("[\u4e00-\u9fff]", title.text):
        return False
    return basis or title.kind is not None


def _mention(text: str, title: Title, number: DocumentNumber | None, earlier: list[Mention]) -> Mention:
    start = _segment_start(text, title.start, earlier)
    lead = text[start : title.start]
    end = max(title.end, number.end) if number is not None else _end_of_loose_number(text, title)
    end = _closed(text, min(title.start, number.start if number else title.start), end)
    first = min(title.start, number.start if number else title.start)
    date = find_date(lead)
    kind = _kind(title, lead)
    issuers = find_issuers(title.lead) or find_issuers(lead)
    return Mention(
        title=_unwrapped(title.text),
        full_title=_unwrapped(title.full),
        number=number,
        issuers=issuers,
        date=to_iso(date) if date else None,
        kind=kind,
        printed=_printed(text, start, first, end, issuers),
        start=first,
        end=end,
    )


def _end_of_loose_number(text: str, title: Title) -> int:
    """Return where a number that isn't canonical ends behind a title: （162）文, （国务院令第431号）."""
    for pattern in (_BARE_NUMBER, _ORDER):
        match = pattern.match(text, title.end)
        if match:
            return match.end()
    return title.end


def _closed(text: str, start: int, end: int) -> int:
    """Return `end` moved over 文件 and the bracket that closes one opened in the citation."""
    match = re.compile(r"文?件?\s?[)）】]").match(text, end)
    part = text[start:end]
    if match and sum(part.count(sign) for sign in "(（【") > sum(part.count(sign) for sign in ")）】"):
        return match.end()
    return end


def _unwrapped(title: str) -> str:
    """Take out the blanks that a line wrap left between two Chinese characters."""
    return re.sub(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", "", title).strip()


def _kind(title: Title, lead: str) -> LegalKind:
    level = _LEVELS.get(statute(title.text) or "")
    if level is not None:
        return level
    if re.search(r"纪要[《〈\s]*$", lead):
        return "minutes"
    return title.kind or "other"


def _segment_start(text: str, at: int, earlier: list[Mention]) -> int:
    """Return where the item or clause that holds position `at` begins."""
    start = max((mention.end for mention in earlier), default=0)
    for match in _ITEM_START.finditer(text, start, at):
        start = match.end()
    for sign in "。；;":
        start = max(start, text.rfind(sign, start, at) + 1)
    return min(start, at)


def _printed(text: str, start: int, first: int, end: int, issuers: tuple[str, ...]) -> str:
    """Return the citation as printed, from its date or first issuer on where they stand before the title."""
    lead = text[start:first]
    named = [at for name in issuers[:1] if (at := lead.find(name)) >= 0]
    date = find_date(lead)
    if date:
        named.append(date.start())
    return text[start + min(named) if named else first : end].strip(" \n、，,；;")


def _numbered(text: str, number: DocumentNumber) -> Mention:
    start = _segment_start(text, number.start, [])
    issuers = find_issuers(text[start : number.start])
    return Mention(
        title=None,
        full_title=None,
        number=number,
        issuers=issuers,
        date=None,
        kind="other",
        printed=text[number.start : number.end],
        start=number.start,
        end=number.end,
    )


def _find_statutes(text: str) -> list[Mention]:
    """Find statutes named without marks, after a word that leads in a basis (严格按照信访条例…)."""
    if not any(sign in text for sign in ("条例", "法", "规定")):
        return []
    found: list[Mention] = []
    for lead in re.finditer("|".join(sorted(load_words("citation_leads"), key=len, reverse=True)), text):
        name = _statute_at(text, lead.end())
        if name is None or any(mention.start == lead.end() for mention in found):
            continue
        kind = _LEVELS.get(statute(name) or "") or find_kind(name) or "other"
        found.append(
            Mention(
                title=name,
                full_title=name,
                number=None,
                issuers=(),
                date=None,
                kind=kind,
                printed=text[lead.start() : lead.end() + len(name)],
                start=lead.end(),
                end=lead.end() + len(name),
            )
        )
    return found


def _statute_at(text: str, at: int) -> str | None:
    """Return the longest statute or named policy that starts at `at`."""
    window = text[at : at + 40]
    for policy in load_words("policy_names"):
        if window.startswith(policy):
            return policy
    ends = [match.end() for match in re.finditer("条例|法|规定|办法", window)]
    for end in reversed(ends):
        if statute(window[:end]) is not None and (end >= 4 or window[:end].endswith("法")):
            return window[:end]
    return None


def _find_speeches(text: str) -> list[Mention]:
    """Find instructions given in a speech (某局长2018年1月5日，在…座谈会上的讲话精神)."""
    found: list[Mention] = []
    for match in _speech().finditer(text):
        begin = match.start("title")
        begin += 1 if text[begin] in "在于" else 0
        start = _segment_start(text, match.start(), [])
        lead = text[start : match.start()]
        date = find_date(lead)
        found.append(
            Mention(
                title=text[begin : match.end()],
                full_title=text[begin : match.end()],
                number=None,
                issuers=find_issuers(lead),
                date=to_iso(date) if date else None,
                kind="speech",
                printed=text[start : match.end()].strip(),
                start=start,
                end=match.end(),
            )
        )
    return found


@cache
def _speech() -> re.Pattern[str]:
    words = load_rows("speeches")
    occasion, utterance = (any_of(word for word, part in words if part == name) for name in ("occasion", "utterance"))
    return re.compile(
        rf"(?:[，,在于]|^)(?P<title>[^，,。；;：:、在]{{2,70}}?(?:{occasion})(?:上|中)?的?(?:重要)?(?:{utterance}))"
    )
