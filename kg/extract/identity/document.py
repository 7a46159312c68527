"""Whose document it is: title, kind, department with its other spellings, region, year, unit of its money."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from kg.blocks import Document, Paragraph, Table
from kg.extract.context import Identity
from kg.extract.identity.department import find_aliases, find_department, organ_in
from kg.extract.identity.regions import leading_divisions, to_region
from kg.extract.identity.units import find_units
from kg.lexicon import load_mapping
from kg.read.assemble.grid import CONTENTS_SECTION
from kg.text.folding import compact
from kg.text.patterns import CHINESE_MARK, NUMBER_CLOSE, NUMBER_OPEN, PART
from kg.values.measure import read_number
from kg.values.money import find_unit, unit_pattern
from kg.values.vocabularies import DOCUMENT_KINDS, DocumentKind, word_of
from kg.values.year import CHINESE_YEAR, YEAR, read_year

_YEAR = re.compile(rf"(?<!\d)({YEAR})(?=年|财政|—|-|部门|单位|\D{{0,12}}(?:预算|决算))")
_CHINESE_YEAR = re.compile(rf"{CHINESE_YEAR}年")
_BUDGET_YEAR = re.compile(rf"(?<!\d)({YEAR})年度?[\u4e00-\u9fff（）()“”]{{0,14}}?(?:预算|决算|自评|绩效目标|收支)")
_KIND_WORD = re.compile(r"预算|决算|绩效|自评")
_NOTICE = re.compile(r"关于.{4,}(?:通知|意见|决定|批复|公告|方案|办法)$")
_A_BUDGET = re.compile(
    r"(?:部门|单位)(?:综合)?[预决]算|[预决]算(?:信息)?公开|公开表|绩效(?:自评|目标|评价)|局.{0,12}[预决]算"
)
_ABOUT_BUDGETS = re.compile(
    r"审计(?:工作)?(?:报告|结果)|执行情况|草案|印发|条例|改革|办法|细则|规定|关于.*(?:意见|决定|方案|批复|通知|公告|函)$"
)
_NUMBER_YEAR = re.compile(rf"[{NUMBER_OPEN}]({YEAR})[{NUMBER_CLOSE}]\d{{1,4}}号")
_NO_TITLE = re.compile(rf"[。；;]|^{PART}|^{CHINESE_MARK}|目录")
_TITLE_REACH = 14
_LONGEST_TITLE = 70

_HEAD = 600
"""Characters at the head of a document without tables that may hold its own number."""


def find_identity(document: Document) -> Identity:
    """Return whose document this is, from its content alone (never from the file's name)."""
    lines = _opening_lines(document)
    title = find_title(lines)
    text = compact_text(document)
    department = find_department(title, document, text)
    kind = find_kind(title, document, text)
    year = find_year(title, document, text)
    chain = leading_divisions(department) if department else ()
    return Identity(
        title=title,
        kind=kind,
        department=department,
        aliases=find_aliases(department, text) if department else (),
        units=find_units(document, department),
        region=to_region(chain[-1] if chain else None),
        fiscal_year=year,
        amount_unit=find_amount_unit(document),
    )


def compact_text(document: Document) -> str:
    """Return the prose without blanks, a paragraph a line, with the owners and titles of tables."""
    lines: list[str] = []
    for block in document.blocks:
        if isinstance(block, Table):
            lines.extend(compact(part) for part in (block.owner, block.title) if part)
        else:
            lines.append(compact(block.text))
    return "\n".join(lines)


def _opening_lines(document: Document) -> list[str]:
    lines: list[str] = []
    for block in document.blocks[: 3 * _TITLE_REACH]:
        if isinstance(block, Table):
            lines.append(compact(block.title))
            break
        if block.place.section == CONTENTS_SECTION:
            break
        lines.extend(compact(part) for part in block.text.split("\n"))
    return [line for line in lines if line][:_TITLE_REACH]


def find_title(lines: list[str]) -> str:
    """Return the title that the first lines of a document make up, a title set in several lines joined.

    >>> find_title(["2020年", "某市审计局部门预算", "第一部分部门概况"])
    '2020年某市审计局部门预算'
    """
    best, best_score = "", 0.0
    for start in range(len(lines)):
        for end in range(start + 1, min(start + 5, len(lines)) + 1):
            window = lines[start:end]
            joined = "".join(window)
            if len(joined) > _LONGEST_TITLE or any(_NO_TITLE.search(line) for line in window):
                break
            score = _title_score(joined) - 0.3 * (end - start) - 0.1 * start - 0.01 * len(joined)
            if score > best_score:
                best, best_score = joined, score
    return best or (lines[0][:_LONGEST_TITLE] if lines else "")


def _title_score(text: str) -> float:
    score = 2.0 * bool(_KIND_WORD.search(text)) + 1.5 * bool(_YEAR.search(text) or _CHINESE_YEAR.search(text))
    return score + 1.5 * bool(organ_in(text)) + 3.0 * bool(_NOTICE.search(text))


def find_kind(title: str, document: Document, text: str) -> DocumentKind:
    """Return 部门预算, 单位预算, 部门决算, 绩效自评, 绩效目标, or 其他 for what is no budget."""
    key = compact(title)
    if _ABOUT_BUDGETS.search(key) and not _A_BUDGET.search(key):
        return "其他"
    for word, kind in _title_kinds():
        if word in key:
            if kind == "部门预算" and word == "预算" and text.count("单位预算") > 2 * text.count("部门预算"):
                return "单位预算"
            return kind
    if not document.tables:
        return "其他"
    titles = "".join(compact(table.title) for table in document.tables)
    counts: Counter[DocumentKind] = Counter(
        {
            "部门决算": titles.count("决算"),
            "部门预算": titles.count("预算"),
            "绩效自评": 3 * titles.count("自评"),
            "绩效目标": titles.count("绩效目标"),
        }
    )
    kind, count = counts.most_common(1)[0]
    return kind if count else "其他"


@cache
def _title_kinds() -> tuple[tuple[str, DocumentKind], ...]:
    """The words of titles and the kind each one tells, the first that occurs decides."""
    table = load_mapping("budget_kinds")
    return tuple((word, word_of(kind, DOCUMENT_KINDS, "budget_kinds.tsv")) for word, kind in table.items())


def find_year(title: str, document: Document, text: str) -> int | None:
    """Return the budget year: of the title, else the one most often named with 预算 or 决算."""
    for source in (title, *(compact(table.title) for table in document.tables[:1])):
        match = _YEAR.search(source)
        if match is not None:
            return int(match[1])
        chinese = _CHINESE_YEAR.search(source)
        if chinese is not None:
            return read_year(chinese.group())
    number = _NUMBER_YEAR.search(text[:_HEAD]) if not document.tables else None
    if number is not None:
        return int(number[1])
    headers = "\n".join(compact(" ".join(path)) for table in document.tables for path in table.header)
    notes = "\n".join(compact(note.text) for table in document.tables for note in table.notes)
    years = Counter(int(match[1]) for match in _BUDGET_YEAR.finditer(text + "\n" + headers + "\n" + notes))
    if not years:
        years = Counter(int(match[1]) for match in _YEAR.finditer(text + "\n" + headers + "\n" + notes))
    if not years:
        cells = "\n".join(compact(cell.text) for table in document.tables for row in table.rows for cell in row.cells)
        years = Counter(int(match[1]) for match in re.finditer(rf"(?<!\d)({YEAR})年", cells))
    return max(years, key=lambda year: (years[year], year)) if years else None


@cache
def _money() -> re.Pattern[str]:
    return re.compile(rf"\d\s*({unit_pattern()})(?!/)")


def find_amount_unit(document: Document) -> str | None:
    """Return the unit of most of the money printed, in tables and prose together."""
    counts: Counter[str] = Counter()
    for block in document.blocks:
        if isinstance(block, Paragraph):
            counts.update(_money().findall(block.text))
            continue
        headed = {
            column: unit
            for column, path in enumerate(block.header)
            if path and (unit := find_unit(path[-1])) is not None
        }
        for row in block.rows:
            for cell in row.cells:
                unit = headed.get(cell.column, block.unit)
                if unit and cell.text and cell.text[0].isdigit() and read_number(compact(cell.text)) is not None:
                    counts[unit] += 1
    return counts.most_common(1)[0][0] if counts else None
