"""Prose against itself: a total against the parts named after it (总数 = 其中…之和)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate

from kg.audit.base.check import ERROR, HELD, NOTICE, ROUNDING, Check
from kg.audit.base.lists import FigureList
from kg.audit.proof.slips import is_slip
from kg.messages import say
from kg.values.vocabularies import Outcome

CERTAIN = 3
"""Parts from which a list that misses its total is an error even where it falls short: fewer may be examples."""


def check_prose_sums(lists: Sequence[FigureList]) -> Iterator[Check]:
    """Yield one check for each enumeration.

    Parts that exceed the total, or three and more that miss it with no room for others, are an error;
    two parts may be two of many.
    """
    for figures in lists:
        total, parts = figures.total, figures.parts
        found = sum((part.yuan for part in parts), Decimal(0))
        tolerance = total.half + sum((part.half for part in parts if part.value), Decimal(0))
        if not total.is_money:
            tolerance = Decimal(0)
        outcome = _judge(figures, found, tolerance)
        if outcome == HELD:
            yield Check(rule="prose_sum", kind="sum", outcome=HELD)
        elif outcome:
            factor = total.yuan / total.value if total.value else Decimal(1)
            yield Check(
                rule="prose_sum",
                kind="sum",
                outcome=outcome,
                expected=found / factor,
                actual=total.value,
                tolerance=tolerance / factor,
                places=(total.place, *(part.place for part in parts)),
                message=say(
                    "audit.sum.prose",
                    label=total.label,
                    printed=total.value,
                    unit=total.unit,
                    parts=tuple(part.value for part in parts),
                    found=found / factor,
                ),
            )


def _judge(figures: FigureList, found: Decimal, tolerance: Decimal) -> Outcome | None:
    """Return the outcome, None where nothing can be said."""
    total = figures.total.yuan
    if found == total or total in accumulate(part.yuan for part in figures.parts):
        return HELD  # what stands behind the last part may be of another total
    if abs(found - total) < tolerance:
        return ROUNDING
    if not figures.whole or not found:
        return None
    if found > total:
        return ERROR if _is_excess_sure(figures, found - total) else NOTICE
    return ERROR if len(figures.parts) >= CERTAIN and figures.complete else NOTICE


def _is_excess_sure(figures: FigureList, gap: Decimal) -> bool:
    """Whether parts that exceed their total are no parts of one another: no part makes the difference."""
    if figures.complete:
        return True
    found = figures.total.yuan + gap
    values = [part.yuan for part in figures.parts]
    return gap not in values and is_slip(found, figures.total.yuan)
