"""Table against table: one department's figure for one year, code and measure, printed in several tables.

Two tables speak of the same money only if they mostly agree; where they do, the lines that differ are
the findings. Totals are compared between tables of one budget (of all money, or of the general budget).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.audit.base.check import ERROR, HELD, Check, places_of
from kg.audit.base.sheets import Line, Sheet
from kg.audit.base.tolerance import judge_pair, judge_sum
from kg.messages import say
from kg.records import AmountRecord
from kg.text.folding import compact
from kg.values.code import is_lowest
from kg.values.item_mark import read_mark

MEASURES = ("total", "basic", "project")
AGREED, HALF_AGREED, NEVER = 0.75, 0.5, 2.0
"""The share of equal lines from which two tables speak of the same money: where one prints no total, where the totals
agree, and where they differ (none will do)."""
LEAST_COMMON = 3
"""Cells in common below which agreement may be chance."""

_CARRIED = re.compile(r"上年(?:结转|结余)|结转结余|(?:结转|结余)(?:资金|收入|数|支出)?$")

Key = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What of a table can be compared: its cells by code or name and measure, its totals by measure."""

    sheet: Sheet
    cells: dict[Key, AmountRecord]
    totals: dict[str, Decimal | None]


def check_tables(sheets: Sequence[Sheet]) -> Iterator[Check]:
    """Yield the checks of every line that two tables share, and of their totals."""
    named = [sheet for sheet in sheets if sheet.lines]
    views = [
        View(sheet=sheet, cells=_by_key(sheet), totals={name: _grand_total(sheet, name) for name in MEASURES})
        for sheet in named
    ]
    for index, view in enumerate(views):
        for other in views[:index]:
            if (view.sheet.kind.budget == "income") != (other.sheet.kind.budget == "income"):
                continue  # income and expenditure of a code differ by what was carried over
            yield from _check_pair(other, view)
    yield from _check_grand_totals([sheet for sheet in named if sheet.kind.budget == "spending"])
    yield from _check_projects(named)


def find_measure(record: AmountRecord) -> str | None:
    """Return total, basic or project; None for what is only a share of them, or money carried over."""
    if any(_CARRIED.search(compact(head)) for head in record.header):
        return None
    measure = "total" if record.measure == "general_budget" and len(record.header) <= 2 else record.measure
    return measure if measure in MEASURES else None


def _by_key(sheet: Sheet) -> dict[Key, AmountRecord]:
    """Return the amounts of a table by code (or bare name) and measure, without what stands there twice."""
    found: dict[Key, AmountRecord] = {}
    twice: set[Key] = set()
    for line in sheet.lines:
        name = line.code or read_mark(line.name).rest
        if not name or line.is_total or (not line.code and sheet.heads_unit(line)):
            continue
        for record in line.cells.values():
            measure = find_measure(record)
            if measure is None or (record.side == "income" and sheet.scheme is None):
                continue
            key = (name, measure)
            if key in found and found[key].value != record.value:
                twice.add(key)
            found.setdefault(key, record)
    return {key: record for key, record in found.items() if key not in twice}


def _check_pair(one: View, other: View) -> Iterator[Check]:
    ones, others = one.cells, other.cells
    for measure in MEASURES:
        agreed = _agreement_needed(one, other, measure)
        valued = [
            key
            for key, cell in ones.items()
            if key[1] == measure
            and key in others
            and _same_time(cell, others[key])
            and (cell.value or others[key].value)
        ]
        equal = [key for key in valued if ones[key].value == others[key].value]
        if len(valued) < LEAST_COMMON or len(equal) < agreed * len(valued):
            continue
        for key in valued:
            yield _check_cells(ones[key], others[key], one.sheet.half + other.sheet.half)


def _agreement_needed(one: View, other: View, measure: str) -> float:
    """Return which share of the lines must agree for both tables to speak of the same money.

    Half of them if the totals agree, most of them if one prints no total, none will do if they differ.
    """
    first, second = one.totals[measure], other.totals[measure]
    if first is None or second is None:
        return AGREED
    return HALF_AGREED if abs(first - second) <= one.sheet.half + other.sheet.half else NEVER


def _grand_total(sheet: Sheet, measure: str) -> Decimal | None:
    """Return the largest figure of the total lines of a table, on its expenditure side where it has two."""
    values = [
        record.value
        for line in sheet.lines
        if (line.is_total or not line.name or sheet.heads_unit(line))
        and (line.side != "income" or sheet.scheme is not None)
        for record in line.cells.values()
        if find_measure(record) == measure
    ]
    return max(values, default=None)


def _same_time(one: AmountRecord, other: AmountRecord) -> bool:
    return one.stage == other.stage and one.unit == other.unit and one.scheme in (other.scheme, None)


def _check_cells(one: AmountRecord, other: AmountRecord, tolerance: Decimal) -> Check:
    outcome = judge_pair(one.value, other.value, tolerance)
    if outcome == HELD:
        return Check(rule="cross_table", kind="mismatch", outcome=HELD, table=other.source.place.table)
    return Check(
        rule="cross_table",
        kind="mismatch",
        outcome=outcome,
        table=other.source.place.table,
        expected=one.value,
        actual=other.value,
        tolerance=tolerance,
        places=places_of([one, other]),
        totals=(other,),
        parts=(one,),
        message=say(
            "audit.tables.cell",
            line=f"{one.code or ''} {one.name}".strip(),
            table=one.source.place.table,
            printed=one.value,
            other_table=other.source.place.table,
            other=other.value,
        ),
    )


def grand_totals(sheet: Sheet) -> dict[str, AmountRecord]:
    """Return the figures of the table's total line (or of its only unit) by measure."""
    line = next((line for line in sheet.lines if line.is_total), None)
    if line is None and sheet.lines and not sheet.lines[0].code:
        line = sheet.lines[0]
    return _measures(line) if line is not None else {}


def _measures(line: Line) -> dict[str, AmountRecord]:
    found: dict[str, AmountRecord] = {}
    for record in line.cells.values():
        measure = find_measure(record)
        if measure is not None:
            found.setdefault(measure, record)
    return found


def _check_grand_totals(sheets: Sequence[Sheet]) -> Iterator[Check]:
    """Compare basic and project totals of tables whose totals are the same."""
    totals = [(sheet, grand_totals(sheet)) for sheet in sheets]
    for index, (sheet, mine) in enumerate(totals):
        for other, theirs in totals[:index]:
            if "total" not in mine or "total" not in theirs or mine["total"].value != theirs["total"].value:
                continue
            for measure in ("basic", "project"):
                if measure in mine and measure in theirs:
                    yield _check_cells(theirs[measure], mine[measure], sheet.half + other.half)


def _check_projects(sheets: Sequence[Sheet]) -> Iterator[Check]:
    """Compare the projects of each function code with the project expenditure printed for the code."""
    spending = [sheet for sheet in sheets if sheet.kind.budget == "spending" and sheet.scheme == "function"]
    for sheet in sheets:
        projects: dict[str, list[AmountRecord]] = {}
        for line in sheet.lines:
            record = _measures(line).get("total") or next(iter(line.cells.values()))
            if line.code is not None and is_lowest(line.code):
                projects.setdefault(line.code, []).append(record)
        lists_projects = any(len(group) > 1 for group in projects.values())
        if sheet.kind.budget == "spending" or sheet.scheme != "function" or not lists_projects:
            continue
        printed = _project_expenditure(spending)
        covers = {code for code, cells in printed.items() if cells[0].value} <= projects.keys()
        for code, parts in projects.items():
            if code in printed:
                yield from _check_code(sheet, code, parts, printed[code], covers=covers)


def _project_expenditure(sheets: Sequence[Sheet]) -> dict[str, list[AmountRecord]]:
    """Return the project expenditure of each 项, from every table that prints it."""
    printed: dict[str, list[AmountRecord]] = {}
    for sheet in sheets:
        for line in sheet.lines:
            record = _measures(line).get("project") if line.code is not None and is_lowest(line.code) else None
            if record is not None and line.code is not None:
                printed.setdefault(line.code, []).append(record)
    return printed


def _check_code(
    sheet: Sheet, code: str, parts: Sequence[AmountRecord], wholes: Sequence[AmountRecord], *, covers: bool
) -> Iterator[Check]:
    """Check the projects of one code; where the list doesn't cover every code it needn't hold all of one."""
    whole = wholes[0]
    outcome, found, tolerance = judge_sum(whole.value, [part.value for part in parts], sheet.half)
    if outcome == ERROR and not covers:
        return
    same = [cell for cell in wholes if cell.value == whole.value]
    yield Check(
        rule="cross_table",
        kind="mismatch",
        outcome=outcome,
        table=sheet.caption,
        expected=whole.value,
        actual=found,
        tolerance=tolerance,
        places=places_of([*same, *parts]),
        totals=tuple(same),
        parts=tuple(parts),
        message=say(
            "audit.tables.projects",
            table=sheet.caption,
            code=code,
            name=whole.name,
            found=found,
            other_table=whole.source.place.table,
            printed=whole.value,
        ),
    )
