"""Tell figures of one name apart that are figures of different things.

In: all that a document states. Out: the same, where one metric of one year has several values: an account is named
with the account it stands under (`within`), a part of the money with that money (`scope`). What the document prints
only once keeps its short name; what it prints twice with two values for one thing stays a contradiction.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Protocol, TypeVar

from kg.extract.prose.metrics import find_noun
from kg.extract.prose.stated import Stated
from kg.values.money import is_money, same, to_money
from kg.values.precision import half_unit
from kg.values.vocabularies import Stage

_ENDING = re.compile("_(?:同比变化[额率]|较预算变化[额率]|占比|预算完成率|年初预算|全年预算|执行数|决算|比例)")


def name_apart(stated: Sequence[Stated]) -> list[Stated]:
    """Return the statements of one document, those with one name and several values named apart where they can be."""
    return _with_words(_name(_name(list(stated), "within", _with_subject), "scope", _with_scope))


def _name(stated: list[Stated], told_by: str, naming: Callable[[Stated], Stated]) -> list[Stated]:
    """Rename what clashes where the field `told_by` tells its figures apart."""
    clashing = {
        _root(group[0]) for group in find_contradictions(stated) if len({getattr(one, told_by) for one in group}) > 1
    }
    return [naming(one) if _root(one) in clashing else one for one in stated]


def _with_words(stated: list[Stated]) -> list[Stated]:
    """Name what still clashes by its own words (师资培训费 beside 培训费), but what is stated first."""
    wordy: dict[str, set[str]] = {}
    for group in find_contradictions(stated):
        first = group[0]
        wordy.setdefault(_root(first), set()).update(
            one.words for one in group[1:] if one.words and one.words != first.words and not agree(first, one)
        )
    return [_worded(one, wordy.get(_root(one), set())) for one in stated]


def _worded(one: Stated, words: set[str]) -> Stated:
    if one.words not in words or one.words is None:
        return one
    root = _root(one)
    name = find_noun(one.words) or root
    counted = root.endswith("数") and not is_money(one.unit) and not name.endswith("数")
    return replace(one, metric=one.metric.replace(root, f"{name}数" if counted else name, 1))


def _with_subject(one: Stated) -> Stated:
    return replace(one, subject=one.within) if one.within and one.subject is None else one


def _with_scope(one: Stated) -> Stated:
    if one.scope is None or one.scope in one.metric or one.subject is not None or not _is_money_or_share(one):
        return one
    return replace(one, metric=f"{one.scope}_{one.metric}")


def _is_money_or_share(one: Stated) -> bool:
    return is_money(one.unit) or one.unit == "%"


def _root(one: Stated) -> str:
    return _ENDING.sub("", one.metric)


class Printed(Protocol):
    """What two figures are compared by: a Stated or a StatementRecord."""

    @property
    def metric(self) -> str: ...
    @property
    def subject(self) -> str | None: ...
    @property
    def value(self) -> Decimal: ...
    @property
    def unit(self) -> str | None: ...
    @property
    def year(self) -> int | None: ...
    @property
    def base_year(self) -> int | None: ...
    @property
    def stage(self) -> Stage | None: ...
    @property
    def base_stage(self) -> Stage | None: ...


Figure = TypeVar("Figure", bound=Printed)


def find_contradictions(figures: Iterable[Figure]) -> list[list[Figure]]:
    """Return the figures that have one metric, subject, year and stage and no one value, by what they are of.

    Either the document contradicts itself, or two different things have been given one name.
    """
    groups: dict[tuple[object, ...], list[Figure]] = {}
    for one in figures:
        key = (one.metric, one.subject, one.year, one.stage, one.base_year, one.base_stage)
        groups.setdefault(key, []).append(one)
    return [group for group in groups.values() if not all(agree(group[0], other) for other in group)]


def agree(one: Printed, other: Printed) -> bool:
    """Return whether two values are one, each as exactly as it is printed."""
    first, second = to_money(one.value, one.unit), to_money(other.value, other.unit)
    if first is None and second is None and one.unit != other.unit:
        return True  # 10 批次 and 152 人次 count one thing in two ways
    if first is None or second is None:
        return one.unit == other.unit and abs(one.value - other.value) <= max(map(half_unit, (one.value, other.value)))
    return first.yuan == second.yuan or same(first, second)
