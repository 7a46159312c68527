"""The year a document is about: of its budget, or that of issue where it is a policy."""

from __future__ import annotations

import re
from collections import Counter

from kg.blocks import Document
from kg.extract.identity.kind import first_year, kinds_named
from kg.text.folding import compact
from kg.text.patterns import NUMBER_CLOSE, NUMBER_OPEN, NUMERALS
from kg.values.vocabularies import DocumentKind
from kg.values.year import CHINESE_YEAR, YEAR, read_year

_YEAR = re.compile(rf"(?<!\d)({YEAR})(?=年|财政|—|-|部门|单位|\D{{0,12}}(?:预算|决算))")
_CHINESE_YEAR = re.compile(rf"{CHINESE_YEAR}年")
_BUDGET_YEAR = re.compile(rf"(?<!\d)({YEAR})年度?[\u4e00-\u9fff（）()“”]{{0,14}}?(?:预算|决算|自评|绩效|收支)")
_NUMBER_YEAR = re.compile(rf"[{NUMBER_OPEN}]({YEAR})[{NUMBER_CLOSE}]\d{{1,4}}号")
_CITED = re.compile(r"[(（《][^()（）》]{0,20}$")
"""Before a number in brackets or a title: that of another document."""
_SIGNED = re.compile(rf"^(?:{YEAR}|{CHINESE_YEAR})年[\d{NUMERALS}]{{1,2}}月[\d{NUMERALS}]{{1,3}}日$", re.MULTILINE)
_POLICY = re.compile(r"(?:通知|意见|决定|批复|公告|办法|条例|规定|细则|函)(?:\(|$)|印发")
_DRAFT = "草案"

_HEAD = 600
"""Characters at the head of a document without tables that may hold its own number."""


def find_year(title: str, kind: DocumentKind, document: Document, text: str) -> int | None:
    """Return the budget year: of the title, else the one most often named with 预算 or 决算.

    A policy's is that of issue. In a title with several kinds or years it is the year of the document's kind.
    """
    issued = _issued(title, text) if kind == "其他" else None
    if issued is not None:
        return issued
    of_kind = next((part.year for part in kinds_named(title) if part.kind == kind and part.year is not None), None)
    if of_kind is not None:
        return of_kind
    for source in (_drafted(title), *(compact(table.title) for table in document.tables[:1])):
        match = _YEAR.search(source)
        if match is not None:
            return int(match[1])
        chinese = _CHINESE_YEAR.search(source)
        if chinese is not None:
            return read_year(chinese.group())
    number = None if document.tables else _own_number(text)
    return number if number is not None else _most_named(document, text)


def _own_number(text: str) -> int | None:
    """Return the year of the document's own number at its head: one in brackets is of a document that it cites."""
    numbers = _NUMBER_YEAR.finditer(text[:_HEAD])
    return next((int(number[1]) for number in numbers if not _CITED.search(text[: number.start()])), None)


def _issued(title: str, text: str) -> int | None:
    """Return the year in which a policy was issued: of its own number, else of the date it is signed with."""
    if not _POLICY.search(title):
        return None
    number = _own_number(text)
    if number is not None:
        return number
    signed = _SIGNED.findall(text)
    return first_year(signed[-1]) if signed else None


def _drafted(title: str) -> str:
    """Return the part of a title that names the budget proposed: 2025年预算草案 behind 2024年预算执行情况."""
    return next((part for part in re.split("和|及|与", title) if _DRAFT in part and _YEAR.search(part)), title)


def _most_named(document: Document, text: str) -> int | None:
    headers = "\n".join(compact(" ".join(path)) for table in document.tables for path in table.header)
    notes = "\n".join(compact(note.text) for table in document.tables for note in table.notes)
    printed = "\n".join((text, headers, notes))
    years = Counter(int(match[1]) for match in _BUDGET_YEAR.finditer(printed))
    if not years:
        years = Counter(int(match[1]) for match in _YEAR.finditer(printed))
    if not years:
        cells = "\n".join(compact(cell.text) for table in document.tables for row in table.rows for cell in row.cells)
        years = Counter(int(match[1]) for match in re.finditer(rf"(?<!\d)({YEAR})年", cells))
    return max(years, key=lambda year: (years[year], year)) if years else None
