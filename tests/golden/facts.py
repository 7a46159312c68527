"""The facts of a document as lines of text: what each record states and where, wording of messages apart.

A line is `type <tab> place <tab> fact`, so that a change of the extraction shows as a readable difference.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from kg.records import (
    AmountRecord,
    CitationRecord,
    DocumentRecord,
    FindingRecord,
    IndicatorRecord,
    ProcurementRecord,
    ProjectRecord,
    Record,
    StatementRecord,
    Target,
)

FOLDER = Path(__file__).parent / "facts"


def facts_of(records: Iterable[Record]) -> list[str]:
    """Return the facts of one document, sorted; passages are search's business and left out."""
    return sorted(f"{record.type}\t{_place(record)}\t{fact}" for record in records for fact in _facts(record))


def _place(record: Record) -> str:
    place = record.source.place
    return f"{place.line or 0}:{place.col or 0}"


def _facts(record: Record) -> Iterable[str]:
    if isinstance(record, DocumentRecord):
        region = "/".join(part or "" for part in (record.region.province, record.region.city, record.region.district))
        yield _join(record.kind, record.department, record.fiscal_year, record.amount_unit, region, record.region.code)
        yield _join("coverage", record.coverage.numbers, record.coverage.accounted)
    elif isinstance(record, AmountRecord):
        header = "/".join(record.header)
        named = (record.code or "", record.name, header, record.stage, record.year, record.reading)
        yield _join(record.table_kind, *named, record.value, record.unit)
    elif isinstance(record, ProjectRecord):
        yield from _project(record)
    elif isinstance(record, CitationRecord):
        issuers = "、".join(record.issuers)
        yield _join(record.title, record.number, issuers, record.date, record.kind, record.cited_by.project)
    elif isinstance(record, IndicatorRecord):
        actual = record.actual.printed if record.actual else None
        levels = (record.level1, record.level2, record.level3)
        yield _join(record.owner, *levels, _target(record.target), actual, *map(_target, record.grades.values()))
    elif isinstance(record, ProcurementRecord):
        funding = (record.funding_project, record.funding_line)
        yield _join(record.name, record.code, record.quantity, record.amount, record.unit, *funding)
    elif isinstance(record, StatementRecord):
        yield _join(record.metric, record.value, record.unit, record.year, record.base_year, record.implied)
    elif isinstance(record, FindingRecord):
        places = " ".join(f"{spot.place.line or 0}:{spot.place.col or 0}" for spot in record.places)
        yield _join(record.kind, record.severity, record.expected, record.actual, record.repaired, places)


def _project(record: ProjectRecord) -> Iterable[str]:
    named = (record.kind, record.name)
    yield _join(*named, record.year, record.parent, record.function_code, record.key_project)
    for amount in record.amounts:
        yield _join(*named, "amount", amount.meaning, amount.stage, amount.value, amount.unit)
    for text in record.goals:
        yield _join(*named, "goal", text.text)
    for text in record.content:
        yield _join(*named, "content", text.text)
    if record.change is not None:
        change = record.change
        yield _join(*named, "change", change.base_year, change.amount, change.percent, change.reason)


def _target(target: Target | None) -> str:
    if target is None:
        return ""
    return " ".join(str(part) for part in (target.printed, target.comparator, target.number, target.unit))


def _join(*parts: object) -> str:
    texts = (format(part, "f") if isinstance(part, Decimal) else "" if part is None else str(part) for part in parts)
    return " | ".join(text.replace("\t", " ").replace("\n", " ") for text in texts)
