"""Whether one figure is a misprint of another: a digit exchanged, two transposed, one lost, the point moved."""

from __future__ import annotations

from decimal import Decimal

NEAR = Decimal("0.005")
"""The share of a figure by which a slip of the pen misses it at most, whatever its digits."""
FEWEST = 2
"""Digits below which two figures are alike by chance."""


def is_slip(one: Decimal, other: Decimal) -> bool:
    """Return whether two figures are so alike that one of them is the other misprinted.

    >>> is_slip(Decimal("8103"), Decimal("8013")), is_slip(Decimal("1234.56"), Decimal("1294.56"))
    (True, True)
    >>> is_slip(Decimal("372"), Decimal("1105")), is_slip(Decimal("0.06"), Decimal("0.60"))
    (False, True)
    """
    if one == other or not one or not other:
        return False
    if abs(one - other) < abs(other) * NEAR:
        return True
    first, second = _digits(one, other)
    if first.strip("0") == second.strip("0"):
        return True
    if min(len(first), len(second)) < FEWEST:
        return False
    if len(first) == len(second):
        places = [place for place in range(len(first)) if first[place] != second[place]]
        turned = len(places) == 2 and sorted(first) == sorted(second) and places[1] - places[0] == 1
        return len(places) == 1 or turned
    longer, shorter = sorted((first, second), key=len, reverse=True)
    lost = len(longer) - len(shorter) == 1 and len(shorter) > FEWEST
    return lost and any(longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer)))


def _digits(one: Decimal, other: Decimal) -> tuple[str, str]:
    """Return the digits of both down to the finer one's last place."""
    exponents = [value.as_tuple().exponent for value in (one, other)]
    finest = min(exponent for exponent in exponents if isinstance(exponent, int))
    first, second = (str(int(abs(value).scaleb(-finest))) for value in (one, other))
    return first, second
