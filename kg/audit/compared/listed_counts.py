"""Counts against the names that stand beside them: 共设4个科室，分别为… and 包括甲、乙共2家单位; and indicators."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kg.audit.base import quoted
from kg.audit.base.check import HELD, NOTICE, Check, text_place
from kg.audit.base.figures import LEVEL, Figure, Prose
from kg.messages import say
from kg.records import IndicatorRecord

_BEHIND = re.compile(
    r"^[\u4e00-\u9fff]{1,8}[，,：:（(]\s*(?:分别为|分别是|即|包括|为|是)[：:]?(?P<names>[^。；;，,（()）]+)"
)
_BEFORE = re.compile(r"(?:包括|包含|分别为|分别是)[：:]?(?P<names>[^。；;，,：:（()）]+)$")
_BETWEEN = (re.compile(r"、|以及|及"), re.compile(r"、|以及|[和及与]"))  # 和 may be part of a name
_MORE = re.compile(r"等|其他|其中|\d")
_TOTAL = re.compile(r"共(?:有|计|设|设置)?\s*$|^共")
_INDICATORS = re.compile(r"^(?:三级)?(?:绩效)?指标")
COUNTED = frozenset("个家所处名项")


def check_listed_counts(prose: Sequence[Prose]) -> Iterator[Check]:
    """Yield one check for each count beside which what is counted is named.

    A difference is a notice only: a name may hold a 、 of its own.
    """
    for item in prose:
        text = item.paragraph.text
        for figure in item.figures:
            if figure.role != LEVEL or figure.unit not in COUNTED or figure.value < 2:
                continue
            behind = _BEHIND.match(text[figure.end :].lstrip())
            before = _BEFORE.search(_TOTAL.sub("", text[: figure.start])) if "共" in figure.label else None
            found = behind or before
            readings = _readings(found["names"]) if found else []
            if readings and len(readings[-1]) > 1:
                yield _check(figure, readings)


def check_indicator_counts(prose: Sequence[Prose], indicators: Sequence[IndicatorRecord]) -> Iterator[Check]:
    """Yield a check for each stated number of indicators; a notice, as the list may be printed elsewhere."""
    counted = len([indicator for indicator in indicators if not indicator.not_applicable])
    for item in prose:
        for figure in item.figures:
            behind = item.paragraph.text[figure.end : figure.end + 6].lstrip()
            if not counted or figure.unit not in COUNTED or not _INDICATORS.match(behind):
                continue
            if figure.value == counted:
                yield Check(rule="count", kind="mismatch", outcome=HELD)
                continue
            yield Check(
                rule="count",
                kind="mismatch",
                outcome=NOTICE,
                expected=Decimal(counted),
                actual=figure.value,
                places=(figure.place,),
                message=say("audit.count.indicators", stated=figure.value, counted=counted),
            )


def _readings(text: str) -> list[list[str]]:
    """Return the names of an enumeration, cut coarsely and finely; none if it is open or counts within itself."""
    if _MORE.search(text):
        return []
    return [[name for name in pattern.split(text) if name.strip()] for pattern in _BETWEEN]


def _check(figure: Figure, readings: Sequence[Sequence[str]]) -> Check:
    if any(figure.value == len(names) for names in readings):
        return Check(rule="count", kind="mismatch", outcome=HELD)
    names = readings[0]
    return Check(
        rule="count",
        kind="mismatch",
        outcome=NOTICE,
        expected=Decimal(len(names)),
        actual=figure.value,
        places=(figure.place, text_place(figure.place.place, "、".join(names)[: quoted.CELL])),
        message=say(
            "audit.count.listed",
            label=figure.label,
            stated=figure.value,
            unit=figure.unit,
            counted=len(names),
            text="、".join(names)[: quoted.ITEM],
        ),
    )
