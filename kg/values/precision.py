"""How exact a printed number is: half a unit of its last digit."""

from __future__ import annotations

from decimal import Decimal

HALF = Decimal("0.5")


def half_unit(value: Decimal) -> Decimal:
    """Return half a unit of the last digit of `value`.

    >>> half_unit(Decimal("250")), half_unit(Decimal("91.66"))
    (Decimal('0.5'), Decimal('0.005'))
    """
    exponent = value.as_tuple().exponent
    return HALF.scaleb(exponent) if isinstance(exponent, int) and exponent < 0 else HALF
