"""Read rows that print several indicators with their values in one cell each (来访量、来信量 | ≥1000人次；≥600件).

In: an IndicatorRow. Out: one for each indicator; the row itself where its name and values don't part alike.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.indicators.rows import IndicatorRow
from kg.extract.indicators.targets import is_plain_value
from kg.values.item_mark import strip_item_mark

_VALUE_CUTS = tuple(map(re.compile, (r"[；;\n]", r"(?<!\d)[，,、/]|[，,、/](?!\d)|(?<=[^\d\s])和")))
_NAME_CUTS = tuple(map(re.compile, (r"[；;\n]", "[，,、/]", "[，,、/]|和|及|与")))

_SHORT_NAME = 8
"""Characters of the names in a list of unlike ones (巡查、宣讲)."""


def split_several(item: IndicatorRow) -> list[IndicatorRow]:
    """Return the indicators of a row, each with its own value; they part only where each value is plain."""
    values = _values(item.target)
    names = _names(item.level3, len(values)) if len(values) > 1 else []
    actuals = _values(item.actual)
    return [
        replace(
            item,
            level3=name,
            target=value,
            actual=actuals[at] if len(actuals) == len(values) else item.actual,
        )
        for at, (name, value) in enumerate(zip(names, values, strict=False))
    ] or [item]


def _values(text: str) -> list[str]:
    """Return the values that a cell lists, none where it is one value or more than values."""
    for cut in _VALUE_CUTS:
        parts = _parts(cut, text)
        if len(parts) > 1 and all(map(is_plain_value, parts)):
            return parts
    return []


def _names(text: str, count: int) -> list[str]:
    """Return as many names as there are values; 、 parts names that are alike or short, not the words of one."""
    for cut in _NAME_CUTS:
        parts = _parts(cut, text)
        alike = len({part[-1] for part in parts}) == 1 or max(map(len, parts), default=0) <= _SHORT_NAME
        if len(parts) == count and (cut is _NAME_CUTS[0] or alike):
            return parts
    return []


def _parts(cut: re.Pattern[str], text: str) -> list[str]:
    return [part for piece in cut.split(text) if (part := strip_item_mark(piece.strip(" 　。.")))]
