"""Compose citations from what a text prints: a title, its number, its issuers and its date.

In: text of a paragraph or cell. Out: Mention values in reading order, spans into that text.
Finding the parts is done in titles, document_numbers and issuers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from kg.extract.citations.document_numbers import DocumentNumber, find_document_numbers
from kg.extract.citations.issuers import find_issuers
from kg.extract.citations.minutes import NUMBERED, find_minutes, meeting_organ, title_before
from kg.extract.citations.products import is_product
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
_OF_MINUTES = re.compile(r"文?件?\s?(?:[^，。；《]{0,6})纪要")
_COUNTED_MINUTES = re.compile(NUMBERED)
_RUNS_ON = re.compile("[律纪官院庭警典务系案盲医定]|规(?![定范程])|制(?![定作止])|治(?!理)|学(?!习)")
"""What makes another word of a title in 法: 统计法规 and 会计法律 cite no law, 会计法规定 does."""
_JOINED = re.compile("[、和及与]|以及")
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
        for mention in (*_find_minutes(text), *_find_statutes(text), *(_find_speeches(text) if basis else ()))
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
    if statute(title.text) is None and is_product(text, title.start, title.end, basis=basis):
        return False
    if not title.marked:
        before = text[max(0, title.start - 24) : title.start]
        return basis or any(word in before for word in ("根据", "依据", "按照", "落实"))
    if _REFUSED.search(title.text) or not re.search("[\u4e00-\u9fff]", title.text):
        return False
    return basis or title.kind is not None


def _mention(text: str, title: Title, number: DocumentNumber | None, earlier: list[Mention]) -> Mention:
    start = _segment_start(text, title.start, earlier)
    lead = text[start : title.start]
    lead = _JOINED.sub("", lead, count=1) if earlier and start == earlier[-1].end and _JOINED.match(lead) else lead
    start = title.start - len(lead)
    end = max(title.end, number.end) if number is not None else _end_of_loose_number(text, title)
    end = _closed(text, min(title.start, number.start if number else title.start), end)
    first = min(title.start, number.start if number else title.start)
    date = find_date(lead)
    kind = _kind(title, lead)
    issuers = find_issuers(title.lead) or find_issuers(lead)
    if not issuers and kind == "minutes":
        issuers = meeting_organ(title.text)
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
    patterns = (_BARE_NUMBER, _ORDER, _COUNTED_MINUTES) if title.kind == "minutes" else (_BARE_NUMBER, _ORDER)
    for pattern in patterns:
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
    named = title_before(text, number.start, number.start + len(number.mark)) if number.mark.endswith("纪要") else None
    title, first = named or (None, number.start)
    minutes = named is not None or _OF_MINUTES.match(text, number.end)
    return Mention(
        title=title,
        full_title=title,
        number=number,
        issuers=meeting_organ(title) if title is not None else find_issuers(text[start : number.start]),
        date=None,
        kind="minutes" if minutes else "other",
        printed=text[first : number.end],
        start=first,
        end=number.end,
    )


def _find_minutes(text: str) -> Iterator[Mention]:
    """Find minutes named without marks, by their count (根据市政府第15次常务会议纪要)."""
    for found in find_minutes(text):
        yield Mention(
            title=found.title,
            full_title=found.title,
            number=None,
            issuers=meeting_organ(found.title),
            date=None,
            kind="minutes",
            printed=text[found.start : found.end],
            start=found.start,
            end=found.end,
        )


def _find_statutes(text: str) -> list[Mention]:
    """Find statutes named without marks, after a word that leads in a basis (严格按照信访条例…)."""
    if not any(sign in text for sign in ("条例", "法", "规定")):
        return []
    found: dict[int, Mention] = {}
    for lead in re.finditer(any_of(load_words("citation_leads")), text):
        first, at = lead.start(), lead.end()
        while at not in found and (name := _statute_at(text, at)) is not None:
            found[at] = _bare_statute(text, name, first, at)
            joined = _JOINED.match(text, found[at].end)
            first = at = joined.end() if joined else len(text)
    return list(found.values())


def _bare_statute(text: str, name: str, first: int, at: int) -> Mention:
    return Mention(
        title=name,
        full_title=name,
        number=None,
        issuers=(),
        date=None,
        kind=_LEVELS.get(statute(name) or "") or find_kind(name) or "other",
        printed=text[first : at + len(name)],
        start=at,
        end=at + len(name),
    )


def _statute_at(text: str, at: int) -> str | None:
    """Return the longest statute or named policy that starts at `at`."""
    window = text[at : at + 40]
    for policy in load_words("policy_names"):
        if window.startswith(policy):
            return policy
    ends = [match.end() for match in re.finditer("条例|法典|法|规定|办法", window)]
    for end in reversed(ends):
        if _RUNS_ON.match(window, end) and window[end - 1] == "法":
            continue
        if statute(window[:end]) is not None and (end >= 4 or window[:end].endswith(("法", "法典"))):
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
