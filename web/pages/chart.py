"""Bars as SVG, drawn on the server: no script, printable, each beside the table that it draws."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

ROW, WIDE = 44, 640
"""Height of a bar with its label, and the width of the drawing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A bar: what it stands for, its figure in words, where the figure is printed, and how it is drawn."""

    label: str
    text: str
    address: str
    top: int
    left: float
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Bars under one another on one scale; `zero` is where they begin."""

    bars: tuple[Bar, ...]
    width: int
    height: int
    zero: float


def draw_bars(items: Iterable[tuple[str, str, str, Decimal]]) -> Chart:
    """Return the bars of (label, text, address, size); sizes below zero go to the left.

    >>> chart = draw_bars([("2020", "", "", Decimal(50)), ("2021", "", "", Decimal(100))])
    >>> [(bar.left, bar.width) for bar in chart.bars]
    [(0.0, 320.0), (0.0, 640.0)]
    """
    drawn = list(items)
    sizes: Sequence[Decimal] = [size for *_, size in drawn] or [Decimal(0)]
    low, high = min(Decimal(0), *sizes), max(Decimal(0), *sizes)
    scale = WIDE / float(high - low) if high > low else 0.0
    zero = float(-low) * scale
    bars = tuple(
        Bar(
            label=label,
            text=text,
            address=address,
            top=place * ROW,
            left=round(zero + min(0.0, float(size) * scale), 1),
            width=round(max(1.0, abs(float(size)) * scale), 1),
        )
        for place, (label, text, address, size) in enumerate(drawn)
    )
    return Chart(bars=bars, width=WIDE, height=ROW * len(bars), zero=round(zero, 1))
