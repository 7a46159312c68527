"""Stated shares: 占 X% against part and whole, and the shares of one whole against a hundred."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from kg.audit.base.check import ERROR, HELD, ROUNDING, Check
from kg.audit.base.figures import SHARE, Figure, Prose
from kg.audit.base.lists import FigureList
from kg.audit.base.tolerance import judge_ratio
from kg.messages import say
from kg.values.precision import half_unit

HUNDRED = Decimal(100)  # what the shares of a whole add up to
_NEAR = 30
"""Characters between an amount and the share that is said of it (…万元，占支出总额的 12.3%)."""


def check_shares(prose: Sequence[Prose], lists: Sequence[FigureList]) -> Iterator[Check]:
    """Yield the checks of the shares stated behind the parts of an enumeration."""
    behind = dict(_shares_behind(prose))
    for figures in lists:
        shares = [(part, behind[part]) for part in figures.parts if part in behind]
        for part, share in shares:
            yield from _check_share(figures.total, part, share)
        if len(shares) == len(figures.parts) and _adds_up(figures):
            yield from _check_hundred([share for _, share in shares])


def _shares_behind(prose: Sequence[Prose]) -> Iterator[tuple[Figure, Figure]]:
    for item in prose:
        for figure, after in zip(item.figures, item.figures[1:], strict=False):
            if after.role == SHARE and after.start - figure.end <= _NEAR:
                yield figure, after


def _check_share(total: Figure, part: Figure, share: Figure) -> Iterator[Check]:
    judged = judge_ratio((part.yuan, part.half), (total.yuan, total.half), share.value)
    if judged is None:
        return
    outcome, exact = judged
    if outcome == HELD:
        yield Check(rule="share", kind="percent", outcome=HELD)
        return
    exact = exact.quantize(Decimal("0.01"))
    yield Check(
        rule="share",
        kind="percent",
        outcome=outcome,
        expected=exact,
        actual=share.value,
        places=(share.place, part.place, total.place),
        message=say(
            "audit.share.percent",
            label=part.label,
            part=part.value,
            part_unit=part.unit,
            whole=total.value,
            whole_unit=total.unit,
            exact=exact,
            printed=share.value,
        ),
    )


def _adds_up(figures: FigureList) -> bool:
    found = sum((part.yuan for part in figures.parts), Decimal(0))
    return abs(found - figures.total.yuan) <= figures.total.half * (len(figures.parts) + 1)


def _check_hundred(shares: Sequence[Figure]) -> Iterator[Check]:
    found = sum((share.value for share in shares), Decimal(0))
    tolerance = sum((half_unit(share.value) for share in shares), Decimal(0))
    if found == HUNDRED:
        yield Check(rule="share", kind="percent", outcome=HELD)
        return
    yield Check(
        rule="share",
        kind="percent",
        outcome=ROUNDING if abs(found - HUNDRED) <= tolerance else ERROR,
        expected=HUNDRED,
        actual=found,
        tolerance=tolerance,
        places=tuple(share.place for share in shares),
        message=say("audit.share.hundred", found=found),
    )
