"""Which texts a document prints that ended in no record: cells of forms and lists, and paragraphs.

In: the Context and the records made of it. Out: TextCoverage. Numbers are kg.extract.tables.coverage. Labels and
headers say what stands beside and below them, headings and contents lists what follows: they are no texts themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass

from kg.blocks import Cell, Paragraph
from kg.extract.context import Band, Context
from kg.extract.indicators.rows import is_indicator_band, level_of
from kg.extract.passages.records import is_lead_in, is_listed
from kg.extract.projects.forms import is_money_label
from kg.extract.projects.mentions import is_organ, is_total
from kg.issues import Issue
from kg.messages import Message, say
from kg.read.assemble.form_labels import form_label
from kg.read.assemble.forms import is_header_role
from kg.read.assemble.grid import CONTENTS_SECTION
from kg.read.assemble.header import is_phrase
from kg.records import (
    AmountRecord,
    CitationRecord,
    IndicatorRecord,
    ProcurementRecord,
    ProjectRecord,
    Record,
    Source,
    StatementRecord,
)
from kg.text.folding import compact
from kg.values.code import split_code
from kg.values.measure import read_measure
from kg.values.place import Place
from kg.values.vocabularies import ColumnRole

_WORDS = re.compile(r"[\u4e00-\u9fffA-Za-z]{2}")
_NOTHING = re.compile(
    r"^(?:备注|注|说明)?[:：]?(?:无|没有|不适用|不涉及|暂无|空表|此表无数据|是|否|单位|[:：]|万?元)+[。.]?$"
)
_DATE = re.compile(r"^\d{4}年(?:度|\d{1,2}月(?:\d{1,2}日)?)?$")
_LINE_ROLES: frozenset[ColumnRole] = frozenset(
    (
        "name",
        "government_name",
        "code",
        "government_code",
        "class_code",
        "section_code",
        "item_code",
        "sequence",
        "unit_code",
        "project_code",
        "catalogue_code",
        "catalogue",
        "budget_unit",
        "project_kind",
        "fund_source",
        "amount",
        "year",
    )
)
"""Columns of a list that say whose or what a number is: 二、外交支出 with nothing beside it states nothing."""

_FACTS = (AmountRecord, CitationRecord, IndicatorRecord, ProcurementRecord, ProjectRecord, StatementRecord)

Key = tuple[object, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextCoverage:
    """How many texts a document prints, and those of them, each with its place, that no record holds."""

    texts: int
    unread: tuple[Source, ...]

    @property
    def accounted(self) -> int:
        """The texts that ended in a record."""
        return self.texts - len(self.unread)


def find_texts(context: Context, records: Iterable[Record]) -> TextCoverage:
    """Return how many texts a document prints and which of them ended in no record.

    A text is read if a record was made of its cell or paragraph, if one of its row holds it (as name, level, note …),
    if it names a project or its unit, or if the same text was read elsewhere: pages print merged cells and notes again.
    """
    held = _Held(records)
    texts = list(_texts(context))
    read = {compact(text.text) for text in texts if held.has(text)}
    unread = [text for text in texts if compact(text.text) not in read and not is_organ(text.text, context)]
    return TextCoverage(texts=len(texts), unread=tuple(unread))


def find_text_issues(context: Context, texts: TextCoverage, records: Iterable[Record]) -> Iterator[Issue]:
    """Yield an issue for each text in no record, and one for a document in which no fact was found at all.

    Such a document is a page of links, a form nobody filled in, or one that wasn't understood.
    """
    if not any(isinstance(record, _FACTS) for record in records):
        yield _issue(context, "no_facts", Source(place=Place(), text=context.identity.title), say("issue.no_facts"))
    for text in texts.unread:
        yield _issue(context, "unread_text", text, say("issue.unread_text"))


def _issue(context: Context, code: str, at: Source, message: Message) -> Issue:
    return Issue(code=code, document=context.document.file, place=at.place, text=at.text, message=message)


class _Held:
    """What the records hold: the places they were read from, their strings by row, the names of projects."""

    def __init__(self, records: Iterable[Record]) -> None:
        self.places: set[Key] = set()
        self.rows: dict[Key, list[str]] = {}
        self.names: set[str] = set()
        for record in records:
            if isinstance(record, ProjectRecord):
                self.names.update(compact(name) for name in (record.name, *record.aliases, record.budget_unit or ""))
            self._note(record, _row_key(record.source.place))

    def _note(self, record: Record, row: Key) -> None:
        pending: list[object] = [record]
        while pending:
            value = pending.pop()
            if isinstance(value, Source):
                self.places.add(_key(value.place))
                self.rows.setdefault(_row_key(value.place), []).append(compact(value.text))
            elif isinstance(value, str):
                self.rows.setdefault(row, []).append(compact(value))
            elif isinstance(value, tuple):
                pending.extend(value)
            elif isinstance(value, Mapping):
                pending.extend(value.values())
            elif is_dataclass(value) and not isinstance(value, Place):
                pending.extend(getattr(value, entry.name) for entry in fields(value))

    def has(self, text: Source) -> bool:
        """Return whether a record was read from the place of a text, or one of its row holds the text or its code."""
        key = compact(text.text)
        if _key(text.place) in self.places or key in self.names:
            return True
        row = self.rows.get(_row_key(text.place), ())
        code, _ = split_code(text.text)
        return any(key in other for other in row) or (code is not None and code in row)


def _texts(context: Context) -> Iterator[Source]:
    """Yield the texts of a document, those of tables first."""
    for table in context.tables:
        listing = CONTENTS_SECTION in compact(table.table.caption or "")
        for band in () if listing else table.bands:
            for row in band.rows:
                for cell in row.cells:
                    if cell.text and _says_something(cell.text) and _is_text(band, cell):
                        yield Source(place=cell.place, text=cell.text.strip())
    for paragraph in (*(note for table in context.tables for note in table.table.notes), *context.document.paragraphs):
        if not paragraph.level and _says_something(paragraph.text) and not _leads(paragraph):
            yield Source(place=paragraph.place, text=paragraph.text.strip())


def _says_something(text: str) -> bool:
    """Return whether a text is more than a number, a date, a mark, or words that nothing is there."""
    key = compact(text)
    return bool(_WORDS.search(key)) and not _NOTHING.match(key) and not _DATE.match(key) and read_measure(key) is None


def _leads(paragraph: Paragraph) -> bool:
    return is_listed(paragraph) or is_lead_in(paragraph.text)


def _is_text(band: Band, cell: Cell) -> bool:
    """Return whether a cell is one that was filled in: no label, level or header, and no name of a list's line."""
    key = compact(cell.text)
    column = band.columns[cell.column] if cell.column < len(band.columns) else None
    listed = band.find("amount") is not None and not is_indicator_band(band)
    if column is not None and column.path and column.role in _LINE_ROLES and listed:
        return False
    labels = form_label(cell.text) is not None or is_money_label(cell.text) or bool(level_of(key))
    return not (labels or is_header_role(key.rstrip(":：")) or is_phrase(key) or is_total(key))


def _key(place: Place) -> Key:
    return place.table, place.section, place.page, place.row, place.col, place.line


def _row_key(place: Place) -> Key:
    if place.row is None:  # a paragraph: all of a section would be one row
        return place.section, place.page, place.line, place.box
    return place.table, place.section, place.row
