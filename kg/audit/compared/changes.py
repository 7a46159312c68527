"""A stated change and its percentage against the level they belong to: X, 比上年增加 C, 增长 P%.

The earlier year is X − C; P must be C in percent of it. A change printed in 元 where 万元 is meant is
seen by the same arithmetic: only the larger unit gives the percentage, or 4 元 are less than the level's
last digit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.audit.base.check import ERROR, HELD, Check, undecided
from kg.audit.base.figures import CHANGE, LEVEL, PERCENT, Figure, Prose
from kg.audit.base.tolerance import judge_ratio
from kg.messages import say

JOINT = 14
"""Characters between a change and its percentage: 万元，同比增长了约."""
REACH = 60
"""Characters from a level to its change: further on, the change may be another's."""
_SEPARATED = re.compile(r"[。；;](?!\s*(?:与|比|较|同比|同上年))|因为|由于|主要是|主要原因|原因是|导致|其中|受|如果")
_OTHER_BASE = re.compile(r"同口径|可比|剔除|扣除|年均|累计|翻")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A level with its stated change and percentage; `slip` is the factor between printed and meant unit.

    `joined` says that nothing stands between level and change but words of comparison, so that they belong together.
    """

    level: Figure
    change: Figure
    percent: Figure | None
    slip: Decimal = Decimal(1)
    others: tuple[Figure, ...] = ()
    joined: bool = True


def find_changes(prose: Sequence[Prose]) -> Iterator[Stated]:
    """Yield every change that follows a level of money in its paragraph, with the percentage behind it."""
    for item in prose:
        level: Figure | None = None
        earlier: list[Figure] = []
        figures = item.figures
        for index, figure in enumerate(figures):
            if figure.role == LEVEL and figure.is_money:
                earlier.append(figure)
                if level is None or figure.depth <= level.depth or _apart(item, level, figure):
                    level = figure
            elif level is not None and _is_change(figure) and figure.depth <= level.depth:
                percent = next(
                    (
                        after
                        for after in figures[index + 1 : index + 2]
                        if after.role == PERCENT and _joined(item, figure, after)
                    ),
                    None,
                )
                others = tuple(one for one in earlier if one is not level)
                found = _fitting(Stated(level=level, change=figure, percent=percent, others=others))
                yield _with_slip(replace(found, joined=_is_joined(item, found)))
                level = None


def check_changes(stated: Sequence[Stated]) -> Iterator[Check]:
    """Yield the checks of stated changes: the earlier year can't be negative, the percentage must follow."""
    for item in stated:
        level, change = item.level, item.change
        if not level.yuan:
            continue  # nothing was filled in, which proves nothing of the rest
        moved = change.yuan * item.slip
        base = level.yuan - moved
        half = level.half + change.half * item.slip
        if base < -half:
            yield _if_joined(
                item,
                Check(
                    rule="change",
                    kind="sum",
                    outcome=ERROR,
                    expected=None,
                    actual=change.value,
                    places=(level.place, change.place),
                    message=say(
                        "audit.change.negative",
                        label=level.label,
                        level=level.value,
                        level_unit=level.unit,
                        change=change.value,
                        change_unit=change.unit,
                    ),
                ),
            )
            continue
        if item.percent is None:
            continue
        printed = abs(item.percent.value)
        judged = judge_ratio((abs(moved), change.half * item.slip), (base, half), printed)
        if judged is None or ((item.percent.value < 0) != (moved < 0) and moved and printed):
            continue
        outcome, exact = judged
        if outcome == HELD:
            yield Check(rule="change", kind="percent", outcome=HELD)
            continue
        yield _if_joined(
            item,
            Check(
                rule="change",
                kind="percent",
                outcome=outcome,
                expected=exact.quantize(Decimal("0.01")),
                actual=printed,
                places=(item.percent.place, level.place, change.place),
                message=say(
                    "audit.change.percent",
                    label=level.label,
                    level=level.value,
                    level_unit=level.unit,
                    change=abs(change.value),
                    change_unit=change.unit,
                    exact=exact.quantize(Decimal("0.01")),
                    printed=printed,
                ),
            ),
        )


def _if_joined(item: Stated, check: Check) -> Check:
    """Return an error as a notice where change or percentage may be another figure's, or of another base."""
    if check.outcome == ERROR and not item.joined:
        return undecided(check, say("audit.doubt.apart"))
    if check.outcome == ERROR and item.percent is not None and _is_of_other_base(item):
        return undecided(check, say("audit.doubt.other_base"))
    return check


def _is_of_other_base(item: Stated) -> bool:
    """Whether the percentage is right of another amount that stands before it."""
    assert item.percent is not None
    printed = abs(item.percent.value)
    bases = [(other.yuan, other.half) for other in item.others if other.yuan != item.level.yuan]
    judged = [judge_ratio((abs(item.change.yuan), item.change.half), base, printed) for base in bases]
    return any(found is not None and found[0] == HELD for found in judged)


def check_units(stated: Sequence[Stated], lists: Sequence[tuple[Figure, Sequence[Figure]]]) -> Iterator[Check]:
    """Yield an error for each change printed in a unit its arithmetic refutes.

    Where the changes of an enumeration add up to the change of its total only in the meant unit, the
    total's change is named as proof.
    """
    moved = {item.level: item for item in stated}
    for item in stated:
        if item.slip == 1:
            yield Check(rule="unit", kind="unit", outcome=HELD)
            continue
        proof = next(
            (
                found
                for total, parts in lists
                if any(part is item.level for part in parts)
                for found in _proofs(total, parts, moved, stated)
            ),
            (),
        )
        change = item.change
        yield Check(
            rule="unit",
            kind="unit",
            outcome=ERROR,
            expected=change.value * item.slip,
            actual=change.value,
            places=(change.place, item.level.place, *(p.place for p in proof)),
            message=say(
                "audit.unit.slip_proved" if proof else "audit.unit.slip",
                label=change.label,
                change=abs(change.value),
                unit=change.unit,
                meant=item.level.unit,
            ),
        )


def _proofs(
    total: Figure, parts: Sequence[Figure], moved: dict[Figure, Stated], stated: Sequence[Stated]
) -> Iterator[tuple[Figure, ...]]:
    """Yield the changes of the same total, stated anywhere, that the parts' changes add up to."""
    items = [moved[part] for part in parts if part in moved]
    found = sum((item.change.yuan * item.slip for item in items), Decimal(0))
    whole = tuple(
        item.change for item in stated if item.level.yuan == total.yuan and item.change.yuan == found and item.slip == 1
    )
    if whole and len(items) > 1:
        yield whole


def _fitting(stated: Stated) -> Stated:
    """Return the statement with the level its figures fit: the nearest, else an earlier one of the paragraph.

    Behind an enumeration the change is that of its total, which stands further back.
    """
    for level in (stated.level, *stated.others):
        base = level.yuan - stated.change.yuan
        if stated.percent is None:
            fits = base >= 0
        else:
            judged = judge_ratio(
                (abs(stated.change.yuan), stated.change.half), (base, level.half), abs(stated.percent.value)
            )
            fits = judged is not None and judged[0] != ERROR
        if fits and level.value:
            return replace(stated, level=level)
    return stated


def _with_slip(stated: Stated) -> Stated:
    level, change, percent = stated.level, stated.change, stated.percent
    if level.unit == change.unit or not change.value or not level.value:
        return stated
    slip = (level.yuan / level.value) / (change.yuan / change.value)
    if slip <= 1:
        return stated
    if percent is None:
        return replace(stated, slip=slip) if abs(change.yuan) < level.half else stated
    printed = abs(percent.value)
    as_printed = abs(abs(change.yuan) / (level.yuan - change.yuan) * 100 - printed)
    base = level.yuan - change.yuan * slip
    as_meant = abs(abs(change.yuan) * slip / base * 100 - printed) if base > 0 else as_printed
    return replace(stated, slip=slip) if as_meant < as_printed else stated


def _is_change(figure: Figure) -> bool:
    return figure.role == CHANGE and figure.is_money


def _joined(item: Prose, change: Figure, percent: Figure) -> bool:
    """Whether a percentage belongs to the change before it: nothing but a comma and a verb between."""
    between = item.paragraph.text[change.end : percent.start]
    return len(between) <= JOINT and "。" not in between


def _is_joined(item: Prose, stated: Stated) -> bool:
    """Whether a change follows its level in one sentence, with no reason or list, and on the same base as printed."""
    end = stated.percent.end if stated.percent is not None else stated.change.end
    between = item.paragraph.text[stated.level.end : stated.change.start]
    behind = item.paragraph.text[stated.change.start : end]
    return len(between) <= REACH and not _SEPARATED.search(between) and not _OTHER_BASE.search(between + behind)


def _apart(item: Prose, level: Figure, figure: Figure) -> bool:
    return "。" in item.paragraph.text[level.end : figure.start]
