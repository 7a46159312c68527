"""Cut a document into the passages that are searched: one sentence, item, indicator or row each.

In: the Context. Out: PassageRecords in reading order, their text a verbatim slice of the document. Cells of
tables are kg.extract.passages.tables; rows of plain numbers, headings and contents lists make no passages.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import cache

from kg.blocks import Paragraph, Table
from kg.extract.context import Context
from kg.extract.items import Piece, split_passages
from kg.extract.passages.tables import Frame, read_table
from kg.extract.places import source_of_paragraph, table_name
from kg.extract.projects.found import Projects
from kg.lexicon import load_rows
from kg.read.assemble.grid import CONTENTS_SECTION
from kg.records import PassageRecord
from kg.text.folding import compact
from kg.text.patterns import BRACKET_MARK, DIGIT_MARK, NUMERALS, ORDINAL_WORD
from kg.values.vocabularies import PASSAGE_KINDS, PassageKind, word_of

_LIST_OF_TABLES = re.compile(rf"^(?:附?表|附件)\s*[{NUMERALS}\d]+[：:、\s].{{2,40}}$")
_REASON = re.compile(r"原因|(?:增加|减少|下降|增长|上升)[^。]{0,20}主要是")
# An item that goes on with a list: 二是, 2. and （二）, not the first of one.
_NEXT_ITEM = re.compile(rf"(?:(?!其?一){ORDINAL_WORD}|{DIGIT_MARK}|(?!.一){BRACKET_MARK})")
_TARGET = re.compile(r"^(?:年度|总体|整体)?(?:总体)?(?:绩效)?目标[：:]|年度绩效目标为[：:]")

_SHORTEST_NOTE, _SHORTEST_TEXT, _LEAD_IN = 7, 5, 14
"""Characters of the shortest note and text that say something, and of a line that only leads in (主要包括：)."""
_MANY_TITLES, _BETWEEN_TITLES = 4, 20
"""A list of sources: so many titles in 《》 with no more than so many characters outside them."""


def extract_passages(context: Context, projects: Projects) -> Iterator[PassageRecord]:
    """Yield the passages of the document."""
    tables, spoken = iter(context.tables), itertools.count()
    for block in context.document.blocks:
        if isinstance(block, Table):
            recognised = next(tables)
            frame = Frame(context=context, projects=projects, owner=context.owners.of_table(recognised.number))
            yield from read_table(frame, recognised)
            for note in block.notes:
                if len(compact(note.text)) >= _SHORTEST_NOTE:
                    yield from _of_paragraph(frame, projects, note, kind="note", over=table_name(block))
            continue
        frame = Frame(context=context, projects=projects, owner=context.owners.of_paragraph(next(spoken)))
        if _speaks(block, compact(context.identity.title)):
            yield from _of_paragraph(frame, projects, block, kind=None)


def _speaks(paragraph: Paragraph, title: str) -> bool:
    """Whether a paragraph says something: no heading but a title, no contents line, no bare lead-in."""
    text = paragraph.text.strip()
    if is_listed(paragraph) or len(compact(text)) < _SHORTEST_TEXT:
        return False
    if paragraph.level:
        return len(text) >= _SHORTEST_NOTE and compact(text) in title
    return not is_lead_in(text)


def is_lead_in(text: str) -> bool:
    """Return whether a text only leads in to what follows (主要包括：)."""
    return text.rstrip().endswith(("：", ":")) and len(text.strip()) < _LEAD_IN


def is_listed(paragraph: Paragraph) -> bool:
    """Return whether a paragraph is a line of a contents list or of a list of tables (表三 支出总表)."""
    return paragraph.place.section == CONTENTS_SECTION or bool(_LIST_OF_TABLES.match(paragraph.text.strip()))


def _of_paragraph(
    frame: Frame, projects: Projects, paragraph: Paragraph, *, kind: PassageKind | None, over: str | None = None
) -> Iterator[PassageRecord]:
    section = paragraph.place.section or ""
    base = kind or _kind(section)
    reason = False
    for piece in _pieces(paragraph.text):
        project = projects.of_paragraph(paragraph, piece.start)
        if base == "note" and _TARGET.search(piece.text):
            base = "annual_target"
        found = _kind_of_text(piece.text, base, project)
        found = "reason" if reason and found == "note" and _NEXT_ITEM.match(piece.text) else found
        reason = found == "reason"
        yield PassageRecord(
            source=source_of_paragraph(paragraph, piece.start, piece.start + len(piece.text)),
            kind=found,
            text=_one_line(piece.text),
            context=frame.describe(over or _leaf(section), project),
            about=project or frame.department,
            about_kind="project" if project else frame.department_kind,
        )


def _pieces(text: str) -> list[Piece]:
    """Return the pieces of a paragraph; a bare list of laws is cut after every third title."""
    if text.count("《") < _MANY_TITLES or len(re.sub(r"《[^》]*》", "", text)) > _BETWEEN_TITLES:
        return split_passages(text)
    cuts = [0, *[match.end() for match in re.finditer("》[、，,。；;]?", text)][2::3], len(text)]
    return [
        Piece(text=text[start:end].strip(), start=start)
        for start, end in itertools.pairwise(cuts)
        if text[start:end].strip()
    ]


def _kind_of_text(text: str, base: PassageKind, project: str | None) -> PassageKind:
    if base in ("note", "procurement") and _REASON.search(text):
        return "reason"
    if project and base == "annual_target":
        return "goal"
    return "content" if project and base == "note" else base


def _kind(section: str) -> PassageKind:
    """Return the kind that the nearest heading with a telling word gives."""
    for heading in reversed(section.split(" / ")):
        for pattern, kind in _kinds():
            if pattern.search(heading):
                return kind
    return "note"


def _leaf(section: str) -> str:
    return section.rpartition(" / ")[2]


def _one_line(text: str) -> str:
    return re.sub(r"[\r\n]+", " ", text)


@cache
def _kinds() -> tuple[tuple[re.Pattern[str], PassageKind], ...]:
    rows = load_rows("passage_kinds")
    return tuple((re.compile(pattern), word_of(kind, PASSAGE_KINDS, "passage_kinds.tsv")) for pattern, kind in rows)
