"""Cut the words of tables into passages: goals, contents and bases by item, indicators and rows as printed.

In: a Frame (document and projects) and one table. Out: PassageRecords, row by row.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.blocks import Cell, Row
from kg.extract.context import Band, Context, Recognised
from kg.extract.indicators.packed import read_packed
from kg.extract.indicators.rows import IndicatorRow, is_indicator_band, read_rows
from kg.extract.indicators.self_evaluation import Slot, find_slots, first_column, read_entries
from kg.extract.items import Piece, split_passages
from kg.extract.places import source_of_cell, source_of_row, table_name
from kg.extract.projects.forms import label_before, labelled_value
from kg.extract.projects.found import Projects
from kg.extract.projects.mentions import is_organ, is_total
from kg.records import PassageRecord
from kg.text.folding import compact, join_wrapped
from kg.text.patterns import DIGIT_MARK
from kg.values.measure import read_measure
from kg.values.vocabularies import AboutKind, PassageKind, ProjectKind

PROSE_CELL = 12
"""A cell of a column of no known meaning is prose from this many characters on."""

_KINDS: Mapping[str, PassageKind] = {
    "goal": "goal",
    "content": "content",
    "basis": "legal_basis",
    "problems": "note",
    "rectification": "note",
    "reason": "reason",
    "note": "note",
    "text": "note",
}
_PROSE_ROLES = frozenset(("text", "note", "name", "amount", "project", "level3", "actual", "target", "date"))
"""Columns whose cells may hold prose all the same: what was reached beside what was aimed at (实际完成情况)."""
_LABELLED: Mapping[str, PassageKind] = {
    "goal": "goal",
    "content": "content",
    "basis": "legal_basis",
    "problems": "note",
    "rectification": "note",
}
_GOAL_LABEL = re.compile(r"目标")
_BASIS_ITEM = re.compile(rf"(?:^|(?<=[\s。；;）)」】》文号]))\s*(?={DIGIT_MARK}(?!\d))")

LONG_CELL, _LONGEST_LABEL = 60, 10
"""Characters from which a cell is a text by itself, and up to which one is the label of another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What the passages of a block carry: whose it is, of which year, what it may be about.

    `owner` is the other body whose part of the file the block stands in, None for the department's own.
    """

    context: Context
    projects: Projects
    owner: str | None = None

    @property
    def department(self) -> str | None:
        """The body that the block is of: the department unless another body's part begins above it."""
        return self.owner or self.context.identity.department

    @property
    def department_kind(self) -> AboutKind:
        """What that body is to the document."""
        return "unit" if self.owner else "department"

    def describe(self, *parts: str | None) -> str:
        """Return the context line: department · year · section or table · project · column."""
        identity = self.context.identity
        head = [self.department, str(identity.fiscal_year) if identity.fiscal_year else None]
        return " · ".join(part for part in (*head, *parts) if part)


def read_table(frame: Frame, table: Recognised) -> Iterator[PassageRecord]:
    """Yield the passages of a table, row by row; what another passage of its row holds is left out.

    A merged cell that a table repeats on its next page makes its passages once.
    """
    seen: set[tuple[str, str, str | None]] = set()
    for band in table.bands:
        slots = find_slots(band)
        start = first_column(band, slots) if slots and band.find("project") is not None else None
        indicators = _indicator_rows(band) if start is None else {}
        for row in band.rows:
            found = [*_row(frame, table, band, row, start)]
            if start is not None:
                found += _self_evaluated(frame, table, row, start, slots)
            for item in indicators.get(row.number, ()):
                found += _indicators(frame, table, band, item)
            for passage in _without_contained(found):
                key = (passage.kind, passage.text, passage.about)
                if key not in seen:
                    seen.add(key)
                    yield passage


def _indicator_rows(band: Band) -> dict[int, list[IndicatorRow]]:
    """Return the indicators of a form by the number of their row; {} where a band is none."""
    found: dict[int, list[IndicatorRow]] = {}
    if is_indicator_band(band) and not any(column.role.startswith("grade_") for column in band.columns):
        for item in read_rows(band):
            found.setdefault(item.row.number, []).append(item)
    return found


def _self_evaluated(
    frame: Frame, table: Recognised, row: Row, start: int, slots: tuple[Slot, ...]
) -> Iterator[PassageRecord]:
    for entry in read_entries(row, start, slots)[0]:
        cells = [cell for cell in (entry.name, entry.target, entry.actual) if cell is not None]
        yield from _indicator(frame, table, row, cells, entry.slot.level2)


def _without_contained(passages: list[PassageRecord]) -> list[PassageRecord]:
    """Return the passages but those whose text stands whole in another one."""
    keys = [compact(passage.text) for passage in passages]
    return [
        passage
        for index, passage in enumerate(passages)
        if not any(
            keys[index] in other and (len(other) > len(keys[index]) or at < index)
            for at, other in enumerate(keys)
            if at != index
        )
    ]


def _row(frame: Frame, table: Recognised, band: Band, row: Row, indicators: int | None) -> Iterator[PassageRecord]:
    """Yield the row itself where rows are searched, then its cells of prose."""
    spoken = frame.projects.at(table, row)
    project = spoken.name if spoken is not None else None
    if (spoken is not None and spoken.named) or table.kind.passages is not None:
        yield from _printed_row(frame, table, band, row, project)
    form = is_indicator_band(band)
    headless = not form and not any(column.path for column in band.columns)
    for cell in row.cells:
        if indicators is not None and cell.column >= indicators:
            break
        beside = label_before(row, cell) if headless or labelled_value(row) is not None else None
        kind = _LABELLED.get(beside or "") if len(cell.text) > 4 else None
        kind = "annual_target" if kind == "goal" and project is None else kind
        kind = kind or _kind(table, band, cell, form)
        if kind is None or is_organ(cell.text, frame.context):
            continue
        label = _label(band, row, cell)
        if kind in ("note", "content") and _GOAL_LABEL.search(label):
            kind = "annual_target"
        for piece in _pieces(cell.text, kind):
            yield PassageRecord(
                source=source_of_cell(cell, offset=piece.start, text=piece.text),
                kind=kind,
                text=_clean(piece.text),
                context=frame.describe(table_name(table.table), project, label),
                about=project or frame.department,
                about_kind=_about_kind(frame, table, row),
            )
    if any(column.role.startswith("grade_") for column in band.columns):
        yield from _graded(frame, table, band, row)


def _kind(table: Recognised, band: Band, cell: Cell, form: bool) -> PassageKind | None:
    """Return the kind of the passages a cell makes, None where it makes none."""
    text = compact(cell.text)
    if len(text) < 4 or read_measure(text) is not None:
        return None
    role = band.columns[cell.column].role if cell.column < len(band.columns) else "text"
    if role in ("goal", "content", "basis", "problems", "rectification", "reason"):
        return None if form and len(text) < PROSE_CELL else _KINDS[role]
    if table.kind.passages is not None:
        return None
    if role == "level3" and not form and "指标值" in text:
        return "indicator"
    if (
        role in ("text", "note", "name", "amount", "project", "level3", "actual", "target", "date")
        and len(text) > 2 * PROSE_CELL
        and not form
    ):
        return "note" if re.search("[，。；、]", text) else None
    return "note" if role in ("text", "note") and len(text) >= PROSE_CELL and not form else None


def _label(band: Band, row: Row, cell: Cell) -> str:
    """Return what a cell is called: its column's header, or the label that stands before it in its row."""
    path = band.columns[cell.column].path if cell.column < len(band.columns) else ()
    first = row.cells[0]
    if first is not cell and first.text and len(first.text) <= _LONGEST_LABEL and "目标" in first.text:
        return join_wrapped(first.text)
    return join_wrapped(path[-1]) if path else ""


def _pieces(text: str, kind: PassageKind) -> list[Piece]:
    """Return the pieces of a cell; a legal basis is cut at its numbered items only."""
    packed = read_packed(text) if kind == "indicator" else []
    if packed:
        return [Piece(text=text[item.start : item.end].strip(), start=item.start) for item in packed]
    if kind != "legal_basis":
        return split_passages(text)
    cuts = [0, *(match.end() for match in _BASIS_ITEM.finditer(text) if match.end()), len(text)]
    spans = [(start, end) for start, end in itertools.pairwise(cuts) if text[start:end].strip()]
    return [Piece(text=text[start:end].strip(), start=start) for start, end in spans]


def _printed_row(frame: Frame, table: Recognised, band: Band, row: Row, project: str | None) -> Iterator[PassageRecord]:
    """Yield a row's cells as printed, up to its first amount: code, names, catalogue, quantity, sum."""
    cells = []
    for cell in row.cells:
        role = band.columns[cell.column].role if cell.column < len(band.columns) else "text"
        if role in ("goal", "content", "basis") or len(cell.text) > LONG_CELL or "。" in cell.text:
            break
        if cell.text.strip() and role != "sequence":
            cells.append(cell)
        if role == "amount" and cell.text.strip() and len(cells) > 1:
            break
    names = [cell for cell in cells if read_measure(compact(cell.text)) is None]
    if not names or (len(cells) < 2 and _kind_spoken_of(frame, table, row) not in ("duty", "activity")):
        return
    if all(is_total(cell.text) or is_organ(cell.text, frame.context) or len(compact(cell.text)) < 2 for cell in names):
        return
    text = "\t".join(_clean(cell.text) for cell in cells)
    yield PassageRecord(
        source=source_of_row(row, cells[0], text=text),
        kind=_row_kind(frame, table, row),
        text=text,
        context=frame.describe(table_name(table.table), project),
        about=project or frame.department,
        about_kind=_about_kind(frame, table, row),
    )


def _row_kind(frame: Frame, table: Recognised, row: Row) -> PassageKind:
    kind = _kind_spoken_of(frame, table, row)
    return "duty" if kind in ("duty", "activity") else table.kind.passages or "note"


def _indicators(frame: Frame, table: Recognised, band: Band, item: IndicatorRow) -> Iterator[PassageRecord]:
    """Yield an indicator of a form: the cells of its row from the second level on, as printed."""
    second = band.find("level2")
    first = second if second is not None else band.find("goal")
    start = min(item.name.column, first if first is not None else item.name.column)
    cells = [cell for cell in item.row.cells if cell.column >= start and cell.text.strip()]
    if cells and cells[0] is not item.name and len(cells[0].text) > LONG_CELL:
        cells = cells[1:]
    yield from _indicator(frame, table, item.row, cells, item.level2)


def _graded(frame: Frame, table: Recognised, band: Band, row: Row) -> Iterator[PassageRecord]:
    name = band.find("level3")
    cells = [cell for cell in row.cells if name is not None and cell.column >= name and cell.text.strip()]
    if len(cells) > 1:
        yield from _indicator(frame, table, row, cells, None)


def _indicator(
    frame: Frame, table: Recognised, row: Row, cells: list[Cell], level2: str | None
) -> Iterator[PassageRecord]:
    project = frame.projects.of_row(table, row)
    context = frame.describe(table_name(table.table), project, level2)
    about, kind = project or frame.department, _about_kind(frame, table, row)
    pieces = split_passages(cells[0].text)
    for number, piece in enumerate(pieces):
        last = number == len(pieces) - 1
        text = "\t".join([_clean(piece.text), *(_clean(cell.text) for cell in cells[1:] if last)])
        if compact(text) in ("不适用", "不适用不适用"):
            continue
        yield PassageRecord(
            source=source_of_cell(cells[0], offset=piece.start, text=text),
            kind="indicator",
            text=text,
            context=context,
            about=about,
            about_kind=kind,
        )


def _about_kind(frame: Frame, table: Recognised, row: Row) -> AboutKind:
    return _kind_spoken_of(frame, table, row) or frame.department_kind


def _kind_spoken_of(frame: Frame, table: Recognised, row: Row) -> ProjectKind | None:
    spoken = frame.projects.at(table, row)
    return spoken.kind if spoken is not None else None


def _clean(text: str) -> str:
    return re.sub(r"[\r\n]+", " ", text).strip()
