"""Find titles of documents in text: 《…》 in every nesting and damage, and 关于…的通知 without marks.

In: text. Out: Title mentions in reading order, with spans. Numbers and issuers are other files' matter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.lexicon import load_mapping
from kg.text.patterns import NUMBER_OPEN
from kg.values.vocabularies import LEGAL_KINDS, LegalKind, word_of
from kg.values.year import YEAR

_OPEN, _CLOSE = "《〈«<", "》〉»>"
_LONGEST = 220
"""Characters in which 》 must follow 《: the longest titles of joint notices run to some 180; past that the mark
was never closed."""
_ISSUED = "印发|转发|批转|发布|公布|颁布|颁发|下发|制发"
_FORM = "通知|决定|函|复函|批复|公告|通告|意见|令"
_ISSUING = re.compile(rf"^(?P<lead>.*?)(?P<about>关于)?(?:{_ISSUED})(?P<inner>.+?)的(?:{_FORM})$")
_LEAD = re.compile(rf"(?:关于)?(?:联合)?(?:{_ISSUED})?$")
_TAIL = re.compile(rf"的(?:{_FORM})")
_NOT_LAW = re.compile("(?:办法|方法|做法|执法|司法|立法|普法|说法|看法|想法|手法|用法|书法|合法|违法|依法|守法)$")
_BARE = re.compile(
    r"关于[^《》〈〉，。；;：\n（(]{4,80}?的?(?:通知|意见|决定|批复|复函|的函|公告|通报|办法|方案|规定|细则|纪要)"
    rf"(?=[（(\s，。；、,;]|文|$|[\u4e00-\u9fff]{{2,8}}[{NUMBER_OPEN}]{YEAR})"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """`text` names the document itself, `full` the printed whole (关于印发《…》的通知) with its span.

    `lead` is what the marks hold before 关于印发 (an issuer, mostly); `marked` whether 《》 were printed.
    """

    text: str
    full: str
    lead: str
    start: int
    end: int
    marked: bool

    @property
    def kind(self) -> LegalKind | None:
        """The kind of document its last word tells, None where it tells none."""
        return find_kind(self.text) or find_kind(self.full)


def find_titles(text: str) -> list[Title]:
    """Return every title in `text`, those in 《》 and those that open with 关于, in reading order.

    >>> [t.text for t in find_titles("《甲局关于印发《乙标准》的通知》、关于印发〈丙办法〉的通知")]
    ['乙标准', '丙办法']
    >>> [t.text for t in find_titles("乙局关于丁事项的通知（")]
    ['关于丁事项的通知']
    """
    titles = []
    at = 0
    while at < len(text):
        if text[at] in _OPEN and (text[at] != "<" or _opens_words(text, at)):
            title = _read_marked(text, at)
            if title is not None:
                titles.append(title)
                at = title.end
                continue
        at += 1
    if "关于" in text:
        titles += _find_bare(text, titles)
    return sorted(titles, key=lambda title: title.start)


def find_kind(title: str) -> LegalKind | None:
    """Return law, regulation, rules, measures, notice, opinion, minutes, speech or other by the last word.

    >>> find_kind("信访工作条例"), find_kind("中华人民共和国预算法"), find_kind("人民日报")
    ('regulation', 'law', None)
    """
    bare = re.sub(r"[（(][^（）()]*[）)]\s*$", "", title).strip()
    kinds = _kinds()
    for length in (4, 3, 2):
        if bare[-length:] in kinds:
            return kinds[bare[-length:]]
    return "law" if bare.endswith("法") and len(bare) > 2 and not _NOT_LAW.search(bare) else None


@cache
def _kinds() -> dict[str, LegalKind]:
    table = load_mapping("legal_kinds")
    return {word: word_of(kind, LEGAL_KINDS, "legal_kinds.tsv") for word, kind in table.items()}


def _opens_words(text: str, at: int) -> bool:
    """Whether a < at `at` is a title mark: words follow, and a closing mark."""
    return bool(re.match(r"<[\u4e00-\u9fff][^<>%\d]{3,60}>", text[at : at + 64]))


def _read_marked(text: str, start: int) -> Title | None:
    end, inner = _span(text, start)
    if end is None:
        return _read_unclosed(text, start, inner)
    content = text[start + 1 : end]
    name, lead = _named(content, inner and text[inner[0] + 1 : inner[1]])
    outside = _LEAD.search(text[max(0, start - 8) : start])
    before = outside.group() if outside else ""
    tail = _TAIL.match(text, end + 1)
    if before and re.search(_ISSUED, before):
        name = _without_form(name)
    full_start = start - len(before)
    full_end = tail.end() if tail and before else end + 1
    full = text[full_start:full_end] if before else content
    return Title(text=name, full=full, lead=lead, start=full_start, end=full_end, marked=True)


def _span(text: str, start: int) -> tuple[int | None, tuple[int, int] | None]:
    """Return where the mark at `start` closes (None if never) and the first title nested in it."""
    depth = 0
    opened: int | None = None
    inner: tuple[int, int] | None = None
    for at in range(start, min(len(text), start + _LONGEST)):
        char = text[at]
        if char in _OPEN:
            depth += 1
            opened = at if depth == 2 and inner is None else opened
        elif char in _CLOSE:
            depth -= 1
            if depth == 1 and inner is None and opened is not None:
                inner = (opened, at)
            if depth == 0:
                return at, inner
        elif char == "。" and depth:
            break
    return None, inner


def _read_unclosed(text: str, start: int, inner: tuple[int, int] | None) -> Title | None:
    """Read 《甲关于印发《乙》的通知（… or 《甲办法（…, whose last mark is missing."""
    if inner is not None:
        tail = _TAIL.match(text, inner[1] + 1)
        end = tail.end() if tail else inner[1] + 1
        name, lead = _named(text[start + 1 : end], text[inner[0] + 1 : inner[1]])
        return Title(text=name, full=text[start + 1 : end], lead=lead, start=start, end=end, marked=True)
    cut = re.match(r"[^（(，。；、\n《〈]{4,80}", text[start + 1 :])
    if cut is None or find_kind(cut.group()) is None:
        return None
    name, lead = _named(cut.group(), None)
    return Title(text=name, full=cut.group(), lead=lead, start=start, end=start + 1 + cut.end(), marked=True)


def _named(content: str, nested: str | None) -> tuple[str, str]:
    """Return the title that `content` of a pair of marks names, and what stands before 关于印发 in it."""
    issuing = _ISSUING.match(re.sub(r"[（(][^（）()]{1,8}[)）]$", "", content.strip()))
    if nested:
        before = re.split(rf"(?:关于)?(?:{_ISSUED})[^《〈<]{{0,20}}$", content[: content.find(nested) - 1])
        if issuing or len(before) > 1:
            return _without_form(nested), before[0]
        return content, content.split("关于", 1)[0] if "关于" in content else ""
    if issuing and find_kind(issuing["inner"]):
        return issuing["inner"].strip(), issuing["lead"]
    return content, content.split("关于", 1)[0] if "关于" in content else ""


def _without_form(name: str) -> str:
    """Take 的通知 off a title that names a document already: 进驻方案的通知 is 进驻方案."""
    bare = re.sub(rf"的(?:{_FORM})$", "", name)
    return bare if find_kind(bare) else name


def _find_bare(text: str, marked: list[Title]) -> list[Title]:
    found = []
    for match in _BARE.finditer(text):
        if any(title.start < match.end() and match.start() < title.end for title in marked):
            continue
        issuing = _ISSUING.match(re.sub(r"[（(][^（）()]{1,8}[)）]$", "", match.group()))
        name = issuing["inner"] if issuing and find_kind(issuing["inner"]) else match.group()
        found.append(Title(text=name, full=match.group(), lead="", start=match.start(), end=match.end(), marked=False))
    return found


@cache
def load_law_titles() -> dict[str, tuple[str, str]]:
    """Return the statutes of the lexicon: title -> (date of its newest version, level)."""
    from kg.lexicon import load_rows

    return {row[0]: (row[1].rpartition(",")[2], row[2]) for row in load_rows("law_titles")}
