"""Printed units of money and what one of them is in 元."""

from __future__ import annotations

from decimal import Decimal

_YUAN = {
    "元": Decimal(1),
    "人民币元": Decimal(1),
    "角": Decimal("0.1"),
    "分": Decimal("0.01"),
    "百元": Decimal(100),
    "千元": Decimal(1000),
    "万": Decimal(10_000),
    "万元": Decimal(10_000),
    "百万元": Decimal(1_000_000),
    "千万元": Decimal(10_000_000),
    "亿": Decimal(100_000_000),
    "亿元": Decimal(100_000_000),
}


def to_yuan(value: Decimal, unit: str | None) -> Decimal | None:
    """Return an amount in 元; None where the unit is not one of money.

    >>> to_yuan(Decimal("74.40"), "万元"), to_yuan(Decimal(2), "人")
    (Decimal('744000.00'), None)
    """
    factor = _YUAN.get((unit or "").strip())
    return None if factor is None else value * factor
