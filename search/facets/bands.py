"""Bands of amounts in 元: what a facet of amounts counts."""

from __future__ import annotations

from decimal import Decimal

from kg.values.money import show_round
from search.facets.facet import Label

BOUNDS = (0, 100_000, 500_000, 1_000_000, 5_000_000, 10_000_000, 100_000_000)
"""Where bands begin, in 元: budgets of projects lie between a hundred thousand and a few million."""


def band_of(amount: float) -> Label:
    """Return the band of an amount in 元.

    >>> band_of(723_0000.0).label
    '500万元–1000万元'
    """
    low = max(place for place, bound in enumerate(BOUNDS) if amount >= bound or place == 0)
    bound, name = BOUNDS[low], show_round(Decimal(BOUNDS[low]))
    if low + 1 == len(BOUNDS):
        return Label(value=f"{bound}-", label=f"{name}以上")
    upper = BOUNDS[low + 1]
    return Label(value=f"{bound}-{upper}", label=f"{name}–{show_round(Decimal(upper))}")
