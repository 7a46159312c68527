"""The facts of a document, free of where they stand: sets to compare before and after an alteration.

Lines, columns, pages and sections move when a text is altered, so no fact holds them. Names and texts
are folded in width, blanks and bracket styles.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace
from decimal import Decimal

from kg.records import (
    AmountRecord,
    CitationRecord,
    DocumentRecord,
    FindingRecord,
    IndicatorRecord,
    PassageRecord,
    ProcurementRecord,
    ProjectRecord,
    Record,
    StatementRecord,
    Target,
)
from tests.property.altering import Change

Facts = dict[str, Counter[Hashable]]

UNCHANGED = Change()

MONEY = {"元", "千元", "万元", "百万元", "亿元"}
BRACKETS = str.maketrans("〔【［[（{〕】］]）}", "(((((())))))")


def fold(text: str | None, change: Change = UNCHANGED) -> str | None:
    """Return a name or text as it is compared, `None` for none."""
    if text is None:
        return None
    folded = unicodedata.normalize("NFKC", change.text(text)).translate(BRACKETS)
    return re.sub(r"\s+", "", folded)


def number(value: Decimal | None, unit: str | None = None, change: Change = UNCHANGED) -> Decimal | None:
    """Return a number without its idle zeros; money by the factor of the change."""
    if value is None:
        return None
    return (value * change.factor if unit in MONEY else value).normalize() + 0


def find_facts(records: Iterable[Record], change: Change = UNCHANGED, *, blurred: bool = False) -> Facts:
    """Return the facts of `records` by type, moved by `change`; `blurred` where figures were scaled.

    Scaled figures stand in texts too, which are then compared without figures; and what the printed
    precision explained it may no longer explain, so findings are compared without their severity.
    """
    facts: Facts = {kind.type: Counter() for kind in DESCRIBE}
    for record in records:
        fact = DESCRIBE[type(record)](record, change)
        if fact is not None:
            facts[record.type][_blur(fact) if blurred else fact] += 1
    return facts


def _blur(fact: Hashable) -> Hashable:
    if isinstance(fact, str):
        return "any" if fact in ("error", "rounding", "notice") else re.sub(r"\d[\d.,]*", "#", fact)
    if isinstance(fact, tuple):
        return tuple(_blur(part) for part in fact)
    return frozenset(_blur(part) for part in fact) if isinstance(fact, frozenset) else fact


def without_added(records: Iterable[Record], change: Change) -> list[Record]:
    """Return the records but the amounts of columns that the alteration added, in tables and projects."""
    added = {fold(name) for name in change.added}
    kept: list[Record] = []
    for record in records:
        if isinstance(record, AmountRecord) and added & {fold(head) for head in record.header}:
            continue
        if isinstance(record, ProjectRecord) and added:
            amounts = tuple(amount for amount in record.amounts if fold(amount.meaning) not in added)
            record = replace(record, amounts=amounts)
        kept.append(record)
    return kept


def _document(record: DocumentRecord, change: Change) -> Hashable:
    return (fold(record.department, change), record.fiscal_year, record.amount_unit, record.kind)


def _amount(record: AmountRecord, change: Change) -> Hashable:
    return (
        record.table_kind,
        record.scheme,
        record.code,
        record.government_code,
        fold(record.name, change),
        record.side,
        fold(record.budget_unit, change),
        tuple(fold(head, change) for head in record.header),
        record.stage,
        record.year,
        number(record.value, record.unit, change),
        record.unit,
        record.reading,
    )


def _project(record: ProjectRecord, change: Change) -> Hashable:
    stated = record.change
    return (
        record.kind,
        fold(record.name, change),
        record.year,
        fold(record.parent, change),
        record.function_code,
        record.key_project,
        fold(record.problems, change),
        fold(record.rectification, change),
        frozenset((fold(amount.meaning), number(amount.value, amount.unit, change)) for amount in record.amounts),
        frozenset(fold(item.text, change) for item in record.goals),
        frozenset(fold(item.text, change) for item in record.content),
        stated and (stated.base_year, number(stated.amount, stated.unit, change), number(stated.percent)),
    )


def _citation(record: CitationRecord, change: Change) -> Hashable:
    return (
        fold(record.title, change),
        fold(record.number, change),
        record.kind,
        fold(record.cited_by.project, change),
        record.status,
    )


def _indicator(record: IndicatorRecord, change: Change) -> Hashable:
    grades = frozenset((name, _target(grade)) for name, grade in record.grades.items())
    return (
        fold(record.owner, change),
        record.owner_kind,
        fold(record.level1),
        fold(record.level2),
        fold(record.level3, change),
        _target(record.target),
        record.actual and fold(record.actual.printed, change),
        grades,
        record.not_applicable,
    )


def _target(target: Target | None) -> Hashable:
    return target and (target.comparator, number(target.number), fold(target.unit), fold(target.qualitative))


def _procurement(record: ProcurementRecord, change: Change) -> Hashable:
    return (
        fold(record.name, change),
        record.code,
        number(record.quantity),
        fold(record.quantity_unit),
        number(record.unit_price, record.unit, change),
        number(record.amount, record.unit, change),
        record.unit,
        fold(record.funding_project, change),
        fold(record.funding_line, change),
    )


def _statement(record: StatementRecord, change: Change) -> Hashable:
    return (
        fold(record.metric, change),
        fold(record.subject, change),
        record.implied,
        number(record.value, record.unit, change),
        fold(record.unit),
        record.year,
        record.base_year,
    )


def _passage(record: PassageRecord, change: Change) -> Hashable:
    return (record.kind, fold(record.text, change))


def _finding(record: FindingRecord, change: Change) -> Hashable | None:
    """A finding with the number of places it names; None for what only tells where pages end."""
    if (record.kind, record.severity) == ("shift", "notice"):
        return None
    return (record.kind, record.severity, len(record.places))


DESCRIBE: dict[type[Record], Callable[..., Hashable]] = {
    DocumentRecord: _document,
    AmountRecord: _amount,
    ProjectRecord: _project,
    CitationRecord: _citation,
    IndicatorRecord: _indicator,
    ProcurementRecord: _procurement,
    StatementRecord: _statement,
    PassageRecord: _passage,
    FindingRecord: _finding,
}
