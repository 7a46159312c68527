"""Bands of amounts in 元: what a facet of amounts counts."""

from __future__ import annotations

from search.facets.facet import Label

BANDS = (
    (0.0, "0"),
    (1e5, "10万元"),
    (5e5, "50万元"),
    (1e6, "100万元"),
    (5e6, "500万元"),
    (1e7, "1000万元"),
    (1e8, "1亿元"),
)


def band_of(amount: float) -> Label:
    """Return the band of an amount in 元.

    >>> band_of(723_0000.0).label
    '500万元–1000万元'
    """
    low = max(place for place, (bound, _) in enumerate(BANDS) if amount >= bound or place == 0)
    bound, name = BANDS[low]
    if low + 1 == len(BANDS):
        return Label(value=f"{bound:.0f}-", label=f"{name}以上")
    upper, upper_name = BANDS[low + 1]
    return Label(value=f"{bound:.0f}-{upper:.0f}", label=f"{name}–{upper_name}")
