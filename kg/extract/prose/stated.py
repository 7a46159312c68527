"""One number that prose states, and what the numbers read so far in a paragraph leave to the next one."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from kg.values.vocabularies import Stage

CHANGE, RATE, SHARE, COMPLETION = "_同比变化额", "_同比变化率", "_占比", "_预算完成率"
AGAINST, AGAINST_RATE = "_较预算变化额", "_较预算变化率"
"""A change against the budget of the same year, which says nothing of the year before."""
PROJECT, PART = "项目预算", "项目分项"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """One number of a paragraph; `start` and `end` span its words, number and unit in the text.

    `stage` and `base_stage` say of which stage of the budget the figure and what it is compared with are, None
    where that is not said. `within` and `scope` tell it from another figure of its name in the document: the
    account or class it stands under, the money it is part of (财政拨款), and its own words; kg.extract.prose.distinct
    uses them.
    """

    metric: str
    subject: str | None
    value: Decimal
    unit: str | None
    year: int | None
    base_year: int | None
    implied: bool
    start: int
    end: int
    stage: Stage | None = None
    base_stage: Stage | None = None
    within: str | None = None
    scope: str | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What stands around a paragraph: the metric, side (收入, 支出), money and unit that its headings name."""

    topic: str | None = None
    side: str | None = None
    scope: str | None = None
    within: str | None = None
    heading: str | None = None


@dataclass(slots=True)
class Run:
    """What the numbers read so far in a paragraph leave to the next one.

    `base` is the level that a change or share belongs to, `changed` the change that a rate belongs to, `moved`
    the metrics whose change has been stated, `about` the project or unit the whole paragraph speaks of.
    """

    around: Around
    topic: str | None = None
    subject: str | None = None
    base: str | None = None
    first: tuple[str, str | None] | None = None
    base_year: int | None = None
    year: int | None = None
    sentence: int = -1
    unit: str | None = None
    count: str | None = None
    changed: tuple[str, str | None] | None = None
    about: str | None = None
    summary: bool = False
    begin: int = 0
    owner: str | None = None
    words: str | None = None
    moved: set[str] = field(default_factory=set)
    within: str | None = None
    scope: str | None = None
