"""The errors of prose: a sentence may speak of another scope than the table or list it is held against.

Proved is what looks like a misprint (a digit, two digits, the point), what a second check refutes by the same
figure, and what was never filled in. The rest is a notice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from kg.audit.base.check import ERROR, Check, undecided
from kg.audit.proof.crossings import gap_of
from kg.audit.proof.slips import is_slip
from kg.messages import Message, say

Wrong = tuple[str | None, Decimal | None, Decimal | None]

COMPARED = frozenset(("audit.prose.cell", "audit.prose.earlier", "audit.prose.basic", "audit.project.amount"))
SHARES = frozenset(("audit.share.percent",))
POINT = Decimal(1)
"""Percentage points within which a share is a misprint or was reckoned wrongly; beyond, it is one of another whole."""
UNITS = (0, -4, 4)  # decimal places between 元 and 万元: a sentence may be in another unit than its table
UNFILLED = 1000
"""Times a figure is larger than the one stated where that was left at nothing, or filled in in another unit."""


def prove_spoken(checks: Sequence[Check]) -> Iterator[Check]:
    """Yield the checks; an error that compares prose with something of perhaps another scope comes as a notice."""
    sums = [check for check in checks if check.rule == "prose_sum" and check.outcome == ERROR]
    refuted = {place.value for check in sums for place in check.places if place.value is not None}
    wrong = frozenset(_wrong_totals(checks))
    for check in checks:
        doubt = _find_doubt(check, refuted, wrong) if check.outcome == ERROR and check.message else None
        yield check if doubt is None else undecided(check, doubt)


def _find_doubt(check: Check, refuted: set[Decimal], wrong: frozenset[Wrong]) -> Message | None:
    code = check.message.code if check.message is not None else ""
    if code in COMPARED and not (_is_misprint(check) or _is_refuted(check, refuted) or _is_crossed(check, wrong)):
        return say("audit.doubt.scope")
    if code in SHARES and check.expected is not None and check.actual is not None:
        near = abs(check.expected - check.actual) <= POINT
        return None if near or is_slip(check.expected, check.actual) else say("audit.doubt.base")
    return None


def _is_misprint(check: Check) -> bool:
    """Whether the stated figure is a slip of a cell's, or was left at nothing where the table has something."""
    if check.expected is None or check.actual is None:
        return False
    left = abs(check.actual) * UNFILLED < abs(check.expected)
    return left or any(is_slip(check.actual, check.expected.scaleb(moved)) for moved in UNITS)


def _is_refuted(check: Check, refuted: set[Decimal]) -> bool:
    """Whether the prose refutes the figure itself: it is part of a sum that fails there."""
    return any(place.value in refuted for place in check.places if place.place.row is None)


def _is_crossed(check: Check, wrong: frozenset[Wrong]) -> bool:
    """Whether a sum of the table says of the figure printed there what the prose says."""
    return any(
        (place.place.table, place.value, check.actual) in wrong for place in check.places if place.place.row is not None
    )


def _wrong_totals(checks: Sequence[Check]) -> Iterator[Wrong]:
    """Yield the totals that their parts refute: the table, what is printed, what the parts make."""
    for check in checks:
        if check.outcome == ERROR and check.totals and check.totals[0].source.place.table:
            printed = check.totals[0].value
            yield check.totals[0].source.place.table, printed, printed + gap_of(check)
