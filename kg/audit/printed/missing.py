"""What should stand there and doesn't: tables that the contents list, lines that a total table lost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from difflib import SequenceMatcher

from kg.audit.base import quoted
from kg.audit.base.check import ERROR, NOTICE, Check, places_of, text_place
from kg.audit.base.sheets import Sheet
from kg.audit.sums.hierarchy import find_branches
from kg.blocks import Document, Paragraph, Table
from kg.messages import say
from kg.records import AmountRecord
from kg.text.folding import compact
from kg.text.patterns import NUMERALS, PART
from kg.values.item_mark import read_mark

_LISTED = re.compile(r"^[^。，；]{2,30}表(?:[(（][^()（）]{2,16}[)）])?$")
_LEADERS = re.compile(r"[.…·\-—]{2,}\d*$|\d+$")
_NUMBER = re.compile(rf"^(?:附?表[\d{NUMERALS}]+|\d+)[-—\d]*[:：、.．]?")
_VAGUE = re.compile(
    r"\d+|年度?|部门|单位|[(（][^()（）]*[)）]|总体?|情况|[预决]算|公开|报表|[“”\"]"
    rf"|^{PART}"
)
# Narrower than ORGAN_END: 部 and 中心 begin titles of tables (部门收支总表) and must stay in them.
_OWNER = re.compile(r"^.*?(?:局|委员会|厅|法院|检察院|办公室)(?:本级)?(?=.{4,})")
LEAST = 5
"""Titles that make a list of contents, and rows of a table that may be one of them without its title."""
SHORTEST = 3
"""Characters that must be left of a title once the words all titles have are gone."""
ALIKE, ALIKE_FROM = 0.75, 5
"""How like two titles of so many characters or more must be to be one: a word in four may be worded otherwise."""
CONTAINED = 6
"""Characters of a printed title that stands within the listed one."""
LONGEST_ENTRY = 60
"""Characters of an entry of the contents, leaders included."""


def check_contents(document: Document) -> Iterator[Check]:
    """Yield one finding that names every table of the contents that the document doesn't print.

    An error if the contents mostly hold, a notice if they may belong to another file or if a table stands
    there without a title.
    """
    first = next((index for index, block in enumerate(document.blocks) if isinstance(block, Table)), None)
    if first is None:
        return
    listed = [(p, _title(p.text)) for p in _contents(document, first)]
    listed = [(paragraph, title) for paragraph, title in listed if len(_core(title)) >= SHORTEST]
    contents = {paragraph for paragraph, _ in listed}
    printed = Counter(_core(table.title) for table in document.tables)
    rest = "".join(compact(other.text) for other in document.paragraphs if other not in contents)
    absent = [(paragraph, title) for paragraph, title in listed if not _take(printed, _core(title))]
    missing = [
        (paragraph, title)
        for paragraph, title in absent
        if not any(_is_same(_core(title), other) for other in printed.elements()) and not _stands_in(title, rest)
    ]
    if not missing or len(listed) < LEAST:
        return
    untitled = sum(not table.title and len(table.rows) >= LEAST for table in document.tables)
    certain = untitled < len(missing) and len(missing) * 2 < len(listed)
    yield Check(
        rule="contents",
        kind="missing",
        outcome=ERROR if certain else NOTICE,
        places=tuple(text_place(paragraph.place, paragraph.text[: quoted.SENTENCE]) for paragraph, _ in missing),
        message=say("audit.missing.tables", titles=tuple(title for _, title in missing)),
    )


def check_income_lines(sheets: Sequence[Sheet]) -> Iterator[Check]:
    """Yield a finding for an income table without a total line whose lines don't make the total income."""
    whole = next(
        (
            record
            for sheet in sheets
            if sheet.kind.budget == "balance"
            for line in sheet.lines
            if line.side == "income" and line.label.endswith("总计")
            for record in line.cells.values()
        ),
        None,
    )
    if whole is None:
        return
    for sheet in sheets:
        tops = [branch.line for run in find_branches(sheet) for branch in run]
        if sheet.kind.budget != "income" or not tops or any(line.is_total or not line.code for line in sheet.lines):
            continue
        column = min(sheet.columns)
        cells = sheet.column(tops, column)
        found = sum((cell.value for cell in cells), Decimal(0))
        if found != whole.value and whole.unit == cells[0].unit:
            yield _lost_lines(sheet, cells, found, whole)


def _lost_lines(sheet: Sheet, cells: Sequence[AmountRecord], found: Decimal, whole: AmountRecord) -> Check:
    return Check(
        rule="lines",
        kind="missing",
        outcome=ERROR,
        table=sheet.caption,
        expected=whole.value,
        actual=found,
        places=places_of([*cells, whole]),
        message=say(
            "audit.missing.lines", table=sheet.caption, lines=len(sheet.lines), found=found, expected=whole.value
        ),
    )


def _contents(document: Document, first: int) -> Iterator[Paragraph]:
    for block in document.blocks[:first]:
        if isinstance(block, Paragraph) and len(block.text) < LONGEST_ENTRY:
            yield block


def _title(text: str) -> str:
    if compact(text).startswith("第"):
        return ""  # a part of the document, not a table
    bare = _NUMBER.sub("", read_mark(_LEADERS.sub("", compact(text).lstrip("-"))).rest)
    return bare if _LISTED.match(bare) else ""


def _core(title: str) -> str:
    """Return what tells a title from others: no year, no department, no words that every title has."""
    bare = compact(title)
    return _VAGUE.sub("", _OWNER.sub("", bare)) if bare else ""


def _take(printed: Counter[str], core: str) -> bool:
    """Strike a table of exactly that title off those printed, if there is one left."""
    if printed[core] < 1:
        return False
    printed[core] -= 1
    return True


def _is_same(core: str, other: str) -> bool:
    if core in other or (len(other) >= CONTAINED and other in core):
        return True
    return min(len(core), len(other)) >= ALIKE_FROM and SequenceMatcher(None, core, other).ratio() > ALIKE


def _stands_in(title: str, text: str) -> bool:
    """Whether a title is printed in the text by itself: 收入总表 doesn't stand in 一般公共预算收入总表."""
    start = r"(?:^|[^\u4e00-\u9fff]|[市区县局委厅部门院会])"
    return re.search(start + re.escape(title), text) is not None
