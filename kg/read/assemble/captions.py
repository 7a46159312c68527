"""What stands above a table: number, title, owner, unit, date; and the notes below it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache

from kg.lexicon import load_mapping
from kg.text.folding import compact, join_wrapped
from kg.text.patterns import INSTITUTION_END, LOOSE_END, NUMERALS, ORGAN_END
from kg.values.item_mark import strip_item_mark
from kg.values.money import unit_pattern
from kg.values.year import YEAR

_NUMBER = re.compile(
    rf"^(?P<number>(?:附件?|公开|预算|部门|财预|财决|决算|单位|批复|预决算)*\s*表\s*(?:[0-9０-９]{{1,3}}(?:[-—.][0-9]{{1,2}})*"
    rf"|[{NUMERALS}]{{1,3}}(?:[-—][0-9{NUMERALS}]{{1,2}})?|[（(][0-9{NUMERALS}]{{1,3}}[)）])"
    r"|(?:公开|预算公开|预算|部门|单位|预|财决|财预|部门公开|附)?\s*0?[0-9]{1,3}(?:[-—][0-9]{1,2})?\s*表"
    rf"|附件\s*[0-9{NUMERALS}]{{1,3}}(?:[-—][0-9]{{1,2}})?)"
    r"(?P<mark>\s*[:：、.．]?\s*)(?P<title>.*)$"
)
_YEAR = re.compile(rf"^[(（]?\s*{YEAR}\s*年?\s*(?:度|度预算|预算)?\s*[)）]?$")
_OWNER_NAME = re.compile(
    r"^\[?\d{3,9}\]?[-\s]*[\u4e00-\u9fff（）()]{3,40}"
    rf"(?:{ORGAN_END}|{INSTITUTION_END}|{LOOSE_END}|政府)$"
)
_NOTE = re.compile(r"^(?:备?\s*注|说\s*明|[★☆※*])\s*[:：\d、.]?|^[★☆※*]")
_TITLE_END = re.compile(
    rf"(?:表|情况|预算|决算|目标|一览|明细|清单|汇总|总额)(?:[(（][^()（）]*[)）]|[{NUMERALS}\d])*$"
)
_DOCUMENT_TITLE = re.compile(rf"{YEAR}年度?(?:本级)?(?:部门|单位)(?:综合)?(?:预算|决算)(?:公开|草案|[(（]草案[)）])?$")
"""The title of a whole document (某局2025年部门预算), which may stand right above its first table."""
_LONGEST_REST = 8
"""Characters that may stand beside 单位：万元 in a line that is still only a unit line (a date, 表1)."""
_TABLE_WORD = re.compile(r"表(?:[(（].*)?$")

_LONGEST_LINE, _LONGEST_TITLE = 120, 60
"""Characters of a line that may hold title, owner and unit together, and of a title alone."""


@dataclass(slots=True)
class Caption:
    """What the lines above a table said. `leftovers` are dates and years, kept as notes."""

    number: str | None = None
    title: str = ""
    owner: str | None = None
    unit: str | None = None
    leftovers: list[str] = field(default_factory=list)
    rest: str = ""

    def take(self, piece: CaptionPiece) -> bool:
        """Take in one piece, the lowest line first; False if its place is taken (an earlier caption)."""
        if (piece.number and self.number) or (piece.title and self.title):
            return False
        if piece.owner and self.rest:
            piece = replace(piece, owner=piece.owner + self.rest)
            self.rest = ""
        self.rest = self.rest or piece.rest
        self.number = self.number or piece.number
        self.title = self.title or piece.title
        self.owner = self.owner or piece.owner
        self.unit = self.unit or piece.unit
        if piece.leftover:
            self.leftovers.insert(0, piece.leftover)
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptionPiece:
    """What one line above a table says."""

    number: str | None = None
    title: str = ""
    owner: str | None = None
    unit: str | None = None
    leftover: str = ""
    rest: str = ""


@lru_cache(maxsize=4096)
def read_caption_piece(text: str) -> CaptionPiece | None:
    """Return what a line above a table says, None if it is no part of a caption.

    >>> read_caption_piece("部门名称：某市审计局   单位：万元").owner
    '某市审计局'
    >>> read_caption_piece("表 3 支出总表").title, read_caption_piece("2020 年收入共计 30 万元。")
    ('支出总表', None)
    """
    line = text.strip().strip("#*").strip()
    if not line or len(line) > _LONGEST_LINE or line[-1] in "。；;，,":
        return None
    unit, rest = _take_unit(line)
    owner, date, rest = _take_labels(rest)
    if not rest:
        return CaptionPiece(owner=owner, unit=unit, leftover=date) if unit or owner or date else None
    if _YEAR.match(rest):
        return CaptionPiece(owner=owner, unit=unit, leftover=join_wrapped(rest))
    number = _NUMBER.match(rest)
    if number is not None and len(rest) <= _LONGEST_TITLE:
        title = join_wrapped(number["title"])
        if not title or number["mark"].strip() or not number["mark"] or number["mark"].isspace():
            return CaptionPiece(number=join_wrapped(number["number"]), title=title, owner=owner, unit=unit)
    if _OWNER_NAME.match(compact(rest)):
        return CaptionPiece(owner=join_wrapped(rest), unit=unit, leftover=date)
    if is_title(rest):
        return CaptionPiece(title=join_wrapped(strip_item_mark(rest)), owner=owner, unit=unit, leftover=date)
    if unit and not owner and len(compact(rest)) <= _LONGEST_REST:
        return CaptionPiece(unit=unit, rest=compact(rest))  # the end of an owner line that wrapped
    return None


def is_title(line: str) -> bool:
    """Return whether a line can be a table's title: short, no sentence, ending like one, not the document's.

    >>> is_title("2025年部门预算收支总表"), is_title("某市审计局2025年部门预算")
    (True, False)
    """
    key = compact(line)
    if not 2 <= len(key) <= _LONGEST_TITLE or re.search(r"[。；;!！]|[:：]$", key) or names_document(key):
        return False
    return bool(_TITLE_END.search(key))


def names_document(key: str) -> bool:
    """Return whether a compact line is the title of a whole document, which no table's title is."""
    return _DOCUMENT_TITLE.search(key) is not None


def names_table(line: str) -> bool:
    """Return whether a line says of itself that it is a table's title (it ends with 表)."""
    return is_title(line) and bool(_TABLE_WORD.search(compact(line)))


def is_note(text: str) -> bool:
    """Return whether a line right under a table is its note (注：…, ★…)."""
    return bool(_NOTE.match(text.strip()))


def _take_unit(line: str) -> tuple[str | None, str]:
    match = _unit().search(line)
    if match is None:
        return None, line
    return compact(match["unit"]), (line[: match.start()] + " " + line[match.end() :]).strip()


@cache
def _unit() -> re.Pattern[str]:
    return re.compile(
        r"[(（\[【]?\s*(?:金\s*额|货\s*币|计\s*量|数\s*据)?\s*单\s*位\s*[:：;；]?\s*(?:人民币)?\s*[(（]?\s*"
        rf"(?P<unit>{unit_pattern(blanks=True)})(?P<rest>[^\s()（）]{{0,12}})\s*[)）\]】]?"
    )


@cache
def _labels() -> tuple[re.Pattern[str], dict[str, str]]:
    kinds = load_mapping("caption_labels")
    words = sorted(kinds, key=len, reverse=True)
    spaced = "|".join(r"\s*".join(re.escape(character) for character in word) for word in words)
    spaced = spaced.replace(r"\(", "[(（]").replace(r"\)", "[)）]")
    spaced += "|[\u4e00-\u9fff]{2,6}(?:部门|单位)(?:名称)?"
    return re.compile(rf"(?:^|(?<=\s))(?P<label>{spaced})\s*(?:[(（]盖?章?[^()（）]{{0,6}}[)）])?\s*[:：]\s*"), kinds


def _take_labels(line: str) -> tuple[str | None, str, str]:
    """Return owner, date and what is left of `line` once the labelled parts are taken out."""
    pattern, kinds = _labels()
    found = list(pattern.finditer(line))
    if not found:
        return None, "", line
    owner, dates, rest = None, [], line[: found[0].start()].strip()
    for match, following in zip(found, [*found[1:], None], strict=True):
        value = line[match.end() : following.start() if following else len(line)].strip()
        if kinds.get(compact(match["label"])) == "date":
            dates.append(join_wrapped(match.group() + value))
        elif value and owner is None:
            owner = join_wrapped(value)
    return owner, " ".join(dates), rest
