"""The gate between what does not add up and an accusation: an error of a sum is proved here, or becomes a notice.

In: the checks of a document and its sheets. Out: the same checks in their order; an error that is not proved is a
notice that says what could not be decided.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.audit.base.check import ERROR, HELD, Check, undecided
from kg.audit.base.sheets import Line, Sheet
from kg.audit.proof.crossings import INSIDE, find_crossings, gap_of, is_consequence
from kg.audit.proof.slips import is_slip
from kg.audit.proof.spans import Span, find_span, holds_elsewhere, is_doubled, is_explained, loose_lines
from kg.audit.proof.sure import Column, Row, doubtful_rows, is_cut, is_doubtful, is_unread, unread_columns
from kg.audit.proof.withheld import find_withheld
from kg.blocks import Document
from kg.messages import Message, say
from kg.records import AmountRecord
from kg.text.folding import compact
from kg.values.place import Place

OBEYED = 3
"""Lines in which the same columns must add up before one that doesn't is told as an error."""
LEAST_DIGITS = 2
"""Digits of a figure below which the same figure elsewhere may be chance."""


_CARRIED = re.compile(r"上年|结转|结余|追加|调整|调剂")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the whole document says: its sheets by cell, the claims that cross, its doubtful rows, what it withholds."""

    sheets: tuple[Sheet, ...]
    claims: tuple[Check, ...]
    crossed: dict[Check, AmountRecord]
    at: dict[Place, Sheet]
    rows: frozenset[Row]
    unread: frozenset[Column]
    withheld: str | None


def prove(checks: Sequence[Check], sheets: Sequence[Sheet], document: Document) -> Iterator[Check]:
    """Yield the checks; an error of a sum that isn't proved comes as a notice with its doubt."""
    claims = tuple(check for check in checks if check.outcome == ERROR and check.totals)
    if not claims:
        yield from checks
        return
    evidence = Evidence(
        tuple(sheets),
        claims,
        find_crossings(claims),
        {cell.source.place: sheet for sheet in sheets for line in sheet.lines for cell in line.cells.values()},
        doubtful_rows(document, [check for check in checks if check.rule == "cells" and check.outcome != HELD]),
        unread_columns(document),
        find_withheld(document),
    )
    for check in checks:
        doubt = _find_doubt(check, evidence) if check.outcome == ERROR and check.totals else None
        yield check if doubt is None else undecided(check, doubt)


def _find_doubt(check: Check, evidence: Evidence) -> Message | None:
    if is_doubtful(check, evidence.rows) or is_unread(check, evidence.unread):
        return say("audit.doubt.reader")
    if is_cut(check, evidence.sheets):
        return say("audit.doubt.cut")
    culprit = evidence.crossed.get(check)
    if culprit is not None:
        return _told_elsewhere(check, culprit, evidence)
    sheet = evidence.at.get(check.totals[-1].source.place)
    span = find_span(sheet, check) if sheet is not None else None
    if check.rule == "row_total":
        return _doubt_across(check, sheet)
    if check.rule == "fund_total":
        return None if is_slip(check.totals[0].value, check.parts[0].value) else _doubt_of_fund(check, evidence)
    if span is None:
        return None if _is_same_thing(check) else say("audit.doubt.one_print")
    return _doubt_down(check, span, evidence)


def _told_elsewhere(check: Check, culprit: AmountRecord, evidence: Evidence) -> Message | None:
    crossed = [claim for claim in evidence.claims if evidence.crossed.get(claim) is culprit]
    if is_consequence(check, culprit, crossed):
        return say("audit.doubt.consequence", line=culprit.name, printed=culprit.value)
    return None


def _doubt_down(check: Check, span: Span, evidence: Evidence) -> Message | None:
    """Return what leaves a sum down a column undecided, None if nothing does."""
    gap = gap_of(check)
    if gap < 0 and evidence.withheld is not None:
        return say("audit.doubt.withheld", text=evidence.withheld)
    if _is_printed(check, span, evidence):
        return None
    loose = next(loose_lines(span), None)
    if loose is not None:
        return say("audit.doubt.left_out", line=loose.name or loose.code)
    if is_doubled(span):
        return say("audit.doubt.twice")
    if is_explained(span, check):
        return say("audit.doubt.explained", gap=abs(gap))
    if holds_elsewhere(span) or not _fails_throughout(check, span, evidence):
        return None
    return say("audit.doubt.no_witness")


def _fails_throughout(check: Check, span: Span, evidence: Evidence) -> bool:
    """Whether the sum fails by several differences in the columns of its line: then its parts may be misread."""
    gaps = {
        gap_of(claim)
        for claim in evidence.claims
        if claim.rule == check.rule and any(cell is claim.totals[-1] for cell in span.total.cells.values())
    }
    return len(gaps) > 1


def _is_printed(check: Check, span: Span, evidence: Evidence) -> bool:
    """Whether the sum of the parts is itself printed as what the total should be.

    As the same line of another table, or, where the total falls short of its parts, as a total of its own table.
    """
    found, total = sum((part.value for part in check.parts), Decimal(0)), check.totals[-1]
    if len(found.as_tuple().digits) < LEAST_DIGITS:
        return False
    return any(
        line is not span.total
        and _names_same(line, span, found > total.value, inside=sheet is span.sheet)
        and any(cell.value == found and _is_alike(cell, total) for cell in line.cells.values())
        for sheet in evidence.sheets
        for line in sheet.lines
    )


def _names_same(line: Line, span: Span, larger: bool, *, inside: bool) -> bool:
    """Whether a line is the total's own in another table, or a total that its parts make where it falls short."""
    if span.total.code is not None:
        return not inside and line.code == span.total.code
    if not line.is_total or (inside and line.side != span.total.side):
        return False
    return larger or (not inside and line.label == span.total.label and len(line.label) > len("合计"))


def _is_alike(cell: AmountRecord, total: AmountRecord) -> bool:
    return cell.unit == total.unit and cell.stage == total.stage and cell.year == total.year


def _doubt_of_fund(check: Check, evidence: Evidence) -> Message | None:
    """Return a doubt unless a sum of one of both tables fails by the same difference."""
    tables = {cell.source.place.table for cell in (*check.totals, *check.parts)}
    gaps = {
        gap_of(claim)
        for claim in evidence.claims
        if claim.rule in INSIDE and claim.totals[0].source.place.table in tables
    }
    return None if gap_of(check) in gaps else say("audit.doubt.one_print")


def _is_same_thing(check: Check) -> bool:
    """Whether two prints are named alike by their columns, and neither of another year's or of carried-over money."""
    if len(check.parts) != 1:
        return False
    one, other = check.totals[-1].header, check.parts[0].header
    same = bool(one and other) and compact(one[-1]) == compact(other[-1])
    return same and not any(_CARRIED.search(compact(head)) for head in (*one, *other))


def _doubt_across(check: Check, sheet: Sheet | None) -> Message | None:
    """Return what leaves a sum across a row undecided: columns left out, or too few rows in which it holds."""
    summed = {cell.source.place for cell in (*check.totals, *check.parts)}
    total = check.totals[-1]
    line = next(
        (line for line in (sheet.lines if sheet else ()) if any(cell is total for cell in line.cells.values())), None
    )
    others = [cell for cell in line.cells.values() if cell.source.place not in summed] if line is not None else []
    gap = abs(gap_of(check))
    if any(cell.value and abs(cell.value) == gap for cell in others):
        return say("audit.doubt.explained", gap=gap)
    if len(check.parts) < 2 or check.obeyed < OBEYED:
        return say("audit.doubt.no_witness")
    return None
