"""Rows that tell a stage, a year or a change (预算数, 决算数, 2024年, 增减率) where other tables have columns."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extract.tables.measures import only_tells_period
from kg.extract.tables.periods import named_stage
from kg.text.folding import compact
from kg.values.vocabularies import Stage
from kg.values.year import find_years

_CHANGE = re.compile(r"增减|(?:增长|变化|变动)(?:额|率|数|情况|幅度|%)|^(?:比|较|与)?(?:上年|上一年).{0,2}(?:增|比|变)")
_LONGEST_CHANGE = 8
"""Characters of a row's label that is no more than a change (较上年增减率); longer ones name what has changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowPeriod:
    """What a row's label says of all its numbers: their stage and year, None where it is silent, or a change."""

    stage: Stage | None = None
    year: int | None = None
    is_change: bool = False
    is_rate: bool = False


def read_row_period(label: str) -> RowPeriod | None:
    """Return what the label of a row says if it names nothing but a stage, a year or a change.

    >>> read_row_period("决算数").stage, read_row_period("2024年预算数").year, read_row_period("公务接待费")
    ('final', 2024, None)
    >>> read_row_period("增减率（%）").is_rate, read_row_period("2024年增减变化原因")
    (True, None)
    """
    key = compact(label)
    if _CHANGE.search(key) and len(key) <= _LONGEST_CHANGE and "原因" not in key:
        return RowPeriod(is_change=True, is_rate="率" in key or "%" in key)
    if not only_tells_period(key):
        return None
    stage, years = named_stage(key), find_years(key)
    if stage is None and not years:
        return None
    return RowPeriod(stage=stage, year=years[0] if years else None)
