"""How far printed figures may miss each other: half a unit of the last printed digit for each of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from kg.audit.base.check import ERROR, HELD, ROUNDING
from kg.values.precision import HALF, half_unit
from kg.values.vocabularies import Outcome

ZERO = Decimal(0)  # sum() of no parts must be a Decimal too


def finest_half_unit(values: Iterable[Decimal]) -> Decimal:
    """Return the half unit of a table: a 5 among figures with two decimals is 5.00."""
    return min((half_unit(value) for value in values), default=HALF)


def judge_sum(total: Decimal, parts: Sequence[Decimal], half: Decimal) -> tuple[Outcome, Decimal, Decimal]:
    """Return (outcome, sum of the parts, tolerance) of a total against its parts.

    Parts printed as zero add no tolerance. The tolerance is open: figures whose ranges only touch
    can't both be rounded from true ones.

    >>> judge_sum(Decimal(250), [Decimal(120), Decimal(131)], Decimal("0.5"))
    ('rounding', Decimal('251'), Decimal('1.5'))
    >>> judge_sum(Decimal(1221), [Decimal(1105), Decimal(78), Decimal(40), Decimal(0)], Decimal("0.5"))[0]
    'error'
    """
    found = sum(parts, ZERO)
    tolerance = half * (sum(1 for part in parts if part) + 1)
    if found == total:
        return HELD, found, tolerance
    return (ROUNDING if abs(found - total) < tolerance else ERROR), found, tolerance


def judge_pair(one: Decimal, other: Decimal, tolerance: Decimal) -> Outcome:
    """Return the outcome of two figures that should be the same.

    A figure half way may have been rounded up in one place and cut in the other, so the tolerance is closed.
    """
    if one == other:
        return HELD
    return ROUNDING if abs(one - other) <= tolerance else ERROR


def judge_ratio(
    part: tuple[Decimal, Decimal], whole: tuple[Decimal, Decimal], printed: Decimal
) -> tuple[Outcome, Decimal] | None:
    """Return (outcome, percentage) of a printed percentage against part and whole, each (value, half unit).

    Held if the percentage of the printed figures rounds to the printed one; rounding if it was cut
    instead, or if some true figures behind the printed ones give it; None where the whole may be nothing.

    >>> judge_ratio((Decimal(3), Decimal("0.5")), (Decimal(19), Decimal("0.5")), Decimal(15))[0]
    'rounding'
    >>> judge_ratio((Decimal(5), Decimal("0.5")), (Decimal(174), Decimal("0.5")), Decimal(7))[0]
    'error'
    """
    (top, top_half), (bottom, bottom_half) = part, whole
    if bottom <= 0 or bottom - bottom_half <= 0:
        return None
    exact = top / bottom * 100
    half = half_unit(printed)
    if abs(exact - printed) <= half:
        return HELD, exact
    if abs(exact - printed) < half * 2:
        return ROUNDING, exact
    low = (top - top_half) / (bottom + bottom_half if top >= top_half else bottom - bottom_half) * 100
    high = (top + top_half) / (bottom - bottom_half if top >= -top_half else bottom + bottom_half) * 100
    return (ROUNDING if low < printed + half and high > printed - half else ERROR), exact
