"""One cell refuted twice: by its row and by its column, or as a total and as a part, by the same difference.

What a table means may be misread, and then its sums fail; but they don't fail in one cell only. Two sums of
different cells that both hold if one figure were another one prove that figure wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from kg.audit.base.check import Check
from kg.records import AmountRecord
from kg.values.place import Place

INSIDE = frozenset(("hierarchy", "row_total", "column_total", "outline", "items"))
"""Rules that look at one table: two tables against a third may be of another scope than it."""


def gap_of(check: Check) -> Decimal:
    """Return by how much the parts of a sum exceed its printed total."""
    return sum((part.value for part in check.parts), Decimal(0)) - check.totals[0].value


def find_crossings(claims: Sequence[Check]) -> dict[Check, AmountRecord]:
    """Return the misprinted cell of each claim that another claim confirms."""
    suspects: dict[Place, list[tuple[Decimal, Check, AmountRecord]]] = {}
    for claim in claims:
        for cell, excess in _suspects(claim):
            suspects.setdefault(cell.source.place, []).append((excess, claim, cell))
    found: dict[Check, AmountRecord] = {}
    for seen in suspects.values():
        for index, (excess, claim, cell) in enumerate(seen):
            for other_excess, other, _ in seen[:index]:
                if _same(excess, other_excess, claim, other) and _apart(claim, other):
                    found.setdefault(claim, cell)
                    found.setdefault(other, cell)
    return found


def is_consequence(claim: Check, culprit: AmountRecord, claims: Sequence[Check]) -> bool:
    """Whether a claim accuses a total that is right: the misprint is one of its parts, and is told elsewhere."""
    if claim.rule == "row_total" or any(total is culprit for total in claim.totals):
        return False
    return any(
        other is not claim
        and (other.rule == "row_total" or any(total is culprit for total in other.totals))
        and any(cell is culprit for cell in (*other.totals, *other.parts))
        for other in claims
    )


def _suspects(claim: Check) -> Iterator[tuple[AmountRecord, Decimal]]:
    """Yield each cell with what it is too large by if it alone is wrong."""
    gap = gap_of(claim)
    for total in claim.totals:
        yield total, -gap
    for part in claim.parts:
        yield part, gap


def _same(excess: Decimal, other: Decimal, claim: Check, second: Check) -> bool:
    slack = min(claim.tolerance or Decimal(0), second.tolerance or Decimal(0))
    return abs(excess - other) <= slack


def _apart(claim: Check, other: Check) -> bool:
    """Whether two claims have but one cell in common, and at least one of them looks at one table."""
    if not {claim.rule, other.rule} & INSIDE:
        return False
    mine = {cell.source.place for cell in (*claim.totals, *claim.parts)}
    return sum(cell.source.place in mine for cell in (*other.totals, *other.parts)) == 1
