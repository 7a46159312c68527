"""The facts of a document, free of where they stand: sets to compare before and after an alteration.

Lines, columns, pages and sections move when a text is altered, so no fact holds them. Names and texts
are folded in width, blanks and bracket styles.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Hashable, Iterable
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


def find_facts(records: Iterable[Record], change: Change = UNCHANGED) -> Facts:
    """Return the facts of `records` by type, moved by `change`."""
    facts: Facts = {kind.type: Counter() for kind in DESCRIBE}
    for record in records:
        facts[record.type][DESCRIBE[type(record)](record, change)] += 1
    return facts


def severities_of(change: Change) -> Change:
    """Return the part of a change that says how findings are compared, none of which moves them."""
    return Change(factor=max(change.factor, Decimal(1)))


def without_added(records: Iterable[Record], change: Change) -> list[Record]:
    """Return the records but the amounts of columns that the alteration added."""
    added = {fold(name) for name in change.added}
    return [
        record for record in records
        if not (isinstance(record, AmountRecord) and added & {fold(head) for head in record.header})
    ]


def _document(record: DocumentRecord, change: Change) -> Hashable:
    return (fold(record.department, change), record.fiscal_year, record.amount_unit, record.kind)


def _amount(record: AmountRecord, change: Change) -> Hashable:
    return (
        record.table_kind, record.scheme, record.code, record.government_code, fold(record.name, change),
        record.side, fold(record.budget_unit, change), tuple(fold(head, change) for head in record.header),
        record.stage, record.year, number(record.value, record.unit, change), record.unit, record.reading,
    )


def _project(record: ProjectRecord, change: Change) -> Hashable:
    stated = record.change
    return (
        record.kind, fold(record.name, change), record.year, fold(record.parent, change),
        record.function_code, record.key_project, fold(record.problems, change), fold(record.rectification, change),
        frozenset((amount.meaning, number(amount.value, amount.unit, change)) for amount in record.amounts),
        frozenset(fold(item.text, change) for item in record.goals),
        frozenset(_amounts_struck(item.text, change) for item in record.content),
        stated and (stated.base_year, number(stated.amount, stated.unit, change), number(stated.percent)),
    )


def _citation(record: CitationRecord, change: Change) -> Hashable:
    return (fold(record.title, change), fold(record.number, change), record.kind,
            fold(record.cited_by.project, change), record.status)


def _indicator(record: IndicatorRecord, change: Change) -> Hashable:
    grades = frozenset((name, _target(grade)) for name, grade in record.grades.items())
    return (
        fold(record.owner, change), record.owner_kind, fold(record.level1), fold(record.level2),
        fold(record.level3, change), _target(record.target),
        record.actual and fold(record.actual.printed, change), grades, record.not_applicable,
    )


def _target(target: Target | None) -> Hashable:
    return target and (target.comparator, number(target.number), target.unit, fold(target.qualitative))


def _procurement(record: ProcurementRecord, change: Change) -> Hashable:
    return (
        fold(record.name, change), record.code, number(record.quantity), record.quantity_unit,
        number(record.unit_price, record.unit, change), number(record.amount, record.unit, change),
        record.unit, fold(record.funding_project, change), fold(record.funding_line, change),
    )


def _statement(record: StatementRecord, change: Change) -> Hashable:
    return (
        fold(record.metric, change), fold(record.subject, change), record.implied,
        number(record.value, record.unit, change), record.unit, record.year, record.base_year,
    )


def _passage(record: PassageRecord, change: Change) -> Hashable:
    return (record.kind, _amounts_struck(record.text, change))


def _finding(record: FindingRecord, change: Change) -> Hashable:
    """A finding with the places it names; figures grown beyond their printed precision may be graver."""
    severity = "any" if change.factor > 1 and record.severity != "notice" else record.severity
    return (record.kind, severity, len(record.places))


def _amounts_struck(text: str, change: Change) -> str | None:
    """Fold a text; where money was scaled, without its figures."""
    folded = fold(text, change)
    return folded if change.factor == 1 or folded is None else re.sub(r"\d[\d.,]*", "#", folded)


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
