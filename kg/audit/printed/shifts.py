"""Tables whose codes and names slipped some rows against their amounts: proved, and put right.

A sibling table of the same codes supplies those that fell off the end. The repair counts only if
every sum of the repaired table holds, and its lines then say what the sibling says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import permutations

from kg.audit.base.check import ERROR, Check, place_of, places_of
from kg.audit.base.sheets import Line, Sheet, build_sheets
from kg.audit.sums.column_totals import check_column_totals
from kg.audit.sums.hierarchy import check_hierarchy
from kg.messages import say
from kg.records import AmountRecord
from kg.values.vocabularies import SCHEMES

FARTHEST = 4
"""Rows that labels may have slipped, and lost labels of which every order is tried: five would be 120 orders."""
KNOWN, LEAST_KNOWN = 0.6, 4
"""The share of a sibling's codes that a table must print, and their least number, to be the same list."""
AGREED = 0.9
"""The share of lines that must agree with the sibling once the slip is undone: one in ten may differ in itself."""
BROKEN, LEAST_CHECKS = 0.4, 3
"""The share of sums that fail, of so many at least, before a slip is looked for: a misprint breaks only a few."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a line whose label slipped means: the line that carries the right label, here or in a sibling."""

    line: Line
    label: Line


def repair_shifts(amounts: Sequence[AmountRecord]) -> tuple[dict[AmountRecord, AmountRecord], tuple[Check, ...]]:
    """Return repaired amounts by those they replace, and one check for each table."""
    sheets = [sheet for sheet in build_sheets(amounts) if sheet.scheme in SCHEMES]
    broken = [sheet for sheet in sheets if _broken_share(sheet) > BROKEN]
    repaired: dict[AmountRecord, AmountRecord] = {}
    checks: list[Check] = []
    for sheet in broken:
        for sibling in sheets:
            meanings = _find_meanings(sheet, sibling) if sibling not in broken else None
            if meanings:
                repaired |= _repair(meanings)
                checks.append(_report(sheet, sibling, meanings))
                break
    return repaired, tuple(checks)


def _broken_share(sheet: Sheet) -> float:
    checks = list(check_hierarchy(sheet))
    return sum(check.outcome == ERROR for check in checks) / len(checks) if len(checks) >= LEAST_CHECKS else 0.0


def _find_meanings(sheet: Sheet, sibling: Sheet) -> list[Meaning] | None:
    """Return the meaning of every slipped line, None if no slip of a few rows makes the table hold."""
    known = {line.code: line for line in sibling.lines if line.code}
    coded = [index for index, line in enumerate(sheet.lines) if line.code in known]
    printed = [sheet.lines[index] for index in coded]
    if sibling.scheme != sheet.scheme or len(coded) < max(LEAST_KNOWN, KNOWN * len(known)):
        return None
    here = {line.code for line in printed}
    lost = [line for line in sibling.lines if line.code and line.code not in here]
    for rows in range(1, FARTHEST + 1):
        for start, labels in _slips(sheet, coded, printed, lost, rows):
            meanings = [
                Meaning(line=line, label=label) for line, label in zip(sheet.lines[start:], labels, strict=False)
            ]
            if len(meanings) == len(labels) and _holds(sheet, sibling, meanings):
                return meanings
    return None


def _slips(
    sheet: Sheet, coded: Sequence[int], printed: list[Line], lost: list[Line], rows: int
) -> Iterator[tuple[int, list[Line]]]:
    """Yield (first line, labels from there on) for labels printed `rows` too low, then too high."""
    down, up = coded[0] - rows, coded[0]
    for found in permutations(lost, rows) if len(lost) <= FARTHEST else [tuple(lost[-rows:])]:
        if down >= 0:
            yield down, [*printed, *found]
    for found in permutations(lost, rows) if len(lost) <= FARTHEST else [tuple(lost[:rows])]:
        if coded[-1] + rows < len(sheet.lines):
            yield up, [*found, *printed]


def _holds(sheet: Sheet, sibling: Sheet, meanings: Sequence[Meaning]) -> bool:
    meant = replace(sheet, lines=tuple(_meant_line(line, meanings) for line in sheet.lines))
    checks = [*check_hierarchy(meant), *check_column_totals(meant, frozenset())]
    if any(check.outcome == ERROR for check in checks):
        return False
    known = {line.code: _values(line) for line in sibling.lines}
    same = sum(_values(meaning.line) <= known.get(meaning.label.code, set()) for meaning in meanings)
    return same >= AGREED * len(meanings)


def _meant_line(line: Line, meanings: Sequence[Meaning]) -> Line:
    label = next((meaning.label for meaning in meanings if meaning.line is line), None)
    return line if label is None else replace(line, name=label.name, code=label.code)


def _values(line: Line) -> set[Decimal]:
    """Return the amounts of a line, zeros left out: a column that a sibling lacks may be empty."""
    return {cell.value for cell in line.cells.values() if cell.value}


def _repair(meanings: Sequence[Meaning]) -> dict[AmountRecord, AmountRecord]:
    repaired = {}
    for meaning in meanings:
        label = next(iter(meaning.label.cells.values()))
        for record in meaning.line.cells.values():
            repaired[record] = replace(
                record,
                code=label.code,
                name=label.name,
                scheme=label.scheme,
                reading="repaired",
                government_code=label.government_code,
                economic_code=label.economic_code,
            )
    return repaired


def _report(sheet: Sheet, sibling: Sheet, meanings: Sequence[Meaning]) -> Check:
    firsts = [next(iter(meaning.line.cells.values())) for meaning in meanings]
    witness = next(line for line in sibling.lines if line.code == meanings[0].label.code)
    return Check(
        rule="shift",
        kind="shift",
        outcome=ERROR,
        table=sheet.caption,
        repaired=True,
        places=(*places_of(firsts), place_of(next(iter(witness.cells.values())))),
        message=say(
            "audit.shift.rows",
            table=sheet.caption,
            count=len(firsts),
            sibling=sibling.caption,
            code=meanings[0].label.code,
            name=meanings[0].label.label,
        ),
    )
