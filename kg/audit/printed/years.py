"""Years printed wrong: a table headed with another year than the document's, holding this year's figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kg.audit.base import quoted
from kg.audit.base.check import ERROR, NOTICE, Check, place_of, text_place
from kg.audit.base.sheets import Line, Sheet
from kg.blocks import Cell, Document, Paragraph, Table
from kg.messages import say
from kg.records import FindingPlace
from kg.text.folding import compact
from kg.text.patterns import PART
from kg.values.year import YEAR

_YEAR = re.compile(rf"({YEAR})年")
_EARLIER = re.compile(r"上年|决算|执行|完成|结转|比较|增减|对比|项目名称")
_NOTHING = re.compile(r"无|没有|未安排|为零|0万元")
SAME = 0.8
"""The share of a table's lines that another must repeat to prove of which year they are."""
HEADING, DENIAL = 60, 80
"""Characters of a heading, and of a sentence that only says that there is nothing this year."""


def check_years(document: Document, sheets: Sequence[Sheet], year: int | None) -> Iterator[Check]:
    """Yield a finding for each table all of whose headers name one other year.

    It is an error where this year's figures prove it (another table of this year says the same, or
    prose says that this year there is nothing), else a notice.
    """
    if year is None:
        return
    for table in document.tables:
        printed = _printed_year(table)
        if printed is None or printed[0] == year:
            continue
        wrong, cell = printed
        mine = [sheet for sheet in sheets if sheet.caption == table.caption]
        proof = _proof(mine, sheets, year) or _denied(document.paragraphs, table, year)
        title = next((p for p in document.paragraphs if str(year) in p.text), None)
        places = [FindingPlace(place=cell.place, value=Decimal(wrong), text=cell.text)]
        if title is not None:
            places.append(text_place(title.place, title.text[: quoted.ITEM], Decimal(year)))
        yield Check(
            rule="year",
            kind="year",
            outcome=ERROR if proof else NOTICE,
            table=table.caption,
            expected=Decimal(year),
            actual=Decimal(wrong),
            places=(*places, *proof),
            message=say(
                "audit.year.header_proved" if proof else "audit.year.header",
                table=table.caption,
                printed=wrong,
                year=year,
            ),
        )


def check_prose_years(document: Document, year: int | None, kind: str) -> Iterator[Check]:
    """Yield a finding for each heading of the document's own kind with another year than the document's.

    Final accounts state assets at the end of their year; another year's end is an error there.
    """
    if year is None:
        return
    whole = "决算" if "决算" in kind else "预算"
    heading = re.compile(rf"{PART}.{{0,30}}?({YEAR})年度?(?:部门|单位)?{whole}")
    closing = re.compile(rf"截[至止]\s*({YEAR})年12月31日")
    for paragraph in document.paragraphs:
        text = compact(paragraph.text)
        patterns = [heading] if len(text) < HEADING else []
        patterns += [closing] if whole == "决算" else []
        for pattern in patterns:
            found = pattern.search(text)
            if found is not None and int(found[1]) != year:
                yield Check(
                    rule="year",
                    kind="year",
                    outcome=ERROR,
                    expected=Decimal(year),
                    actual=Decimal(found[1]),
                    places=(text_place(paragraph.place, found[0], Decimal(found[1])),),
                    message=say("audit.year.prose", text=found[0], printed=found[1], year=year),
                )


def _printed_year(table: Table) -> tuple[int, Cell] | None:
    """Return the one year that the header names, with its cell.

    None if it names several or none, or a past one by its words (上年, 决算, 执行).
    """
    found: dict[int, Cell] = {}
    for row in table.header_rows:
        for cell in row.cells:
            text = compact(cell.text)
            for year in _YEAR.findall(text):
                if _EARLIER.search(text):
                    return None
                found.setdefault(int(year), cell)
    return next(iter(found.items())) if len(found) == 1 else None


def _proof(mine: Sequence[Sheet], sheets: Sequence[Sheet], year: int) -> list[FindingPlace]:
    """Return a cell of another table that says the same as this one, line for line."""
    for sheet in mine:
        own = {line.code: [cell.value for cell in line.cells.values()] for line in sheet.lines if line.code}
        for other in sheets:
            if other in mine or other.scheme != sheet.scheme or _names_other_year(other, year):
                continue
            lines = [line for line in other.lines if line.code in own]
            same = [line for line in lines if _says_the_same(own[line.code or ""], line)]
            if len(own) > 2 and len(same) >= SAME * len(own):
                return [place_of(next(iter(same[0].cells.values())))]
    return []


def _says_the_same(values: list[Decimal], line: Line) -> bool:
    return any(values) and set(values) <= {cell.value for cell in line.cells.values()}


def _names_other_year(sheet: Sheet, year: int) -> bool:
    heads = "".join(compact(head) for path in sheet.columns.values() for head in path)
    years = {int(found) for found in _YEAR.findall(heads)}
    return bool(years) and year not in years


def _denied(paragraphs: Sequence[Paragraph], table: Table, year: int) -> list[FindingPlace]:
    """Return the sentence that says that this year there is nothing of what an empty table is about."""
    if any(ch in "123456789" for row in table.rows for cell in row.cells[1:] for ch in cell.text):
        return []
    title = compact(table.title)
    words = {title[at : at + 4] for at in range(len(title) - 3)} - {"预算支出", "支出预算", "情况表"}
    for paragraph in paragraphs:
        text = compact(paragraph.text)
        named = f"{year}年" in text and any(word in text for word in words)
        if named and len(text) < DENIAL and _NOTHING.search(text):
            return [text_place(paragraph.place, paragraph.text[: quoted.ITEM])]
    return []
