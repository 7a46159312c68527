"""Measure how well one document was read: tables and roles, coverage, sums that hold, findings, time, memory.

In: a file. Out: a Measurement. It says nothing of truth, only of what the document's own arithmetic
and the count of its numbers can tell; `suyuan audit --summary` and bench/corpus.py print it.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.process.memory import peak_memory
from kg.settings import Settings

if TYPE_CHECKING:
    from kg.audit.base.check import Check
    from kg.extract.tables.coverage import TableCoverage

MOST_EXAMPLES = 8  # places named of a kind: enough to look it up


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredTable:
    """One table: its role, its numbers, and how many of them ended in no record (`examples` names some)."""

    page: int | None
    caption: str
    role: str
    unit: str | None
    rows: int
    numbers: int
    missing: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """One document. `sums` counts the checkable sums of its tables, `findings` by severity.

    `failing` describes the checks that found an error; `seconds` are by stage, `megabytes` the peak of
    the process that measured.
    """

    file: str
    media_type: str
    pages: int | None
    department: str | None
    year: int | None
    kind: str
    title: str
    tables: tuple[MeasuredTable, ...]
    numbers: int
    accounted: int
    sums: int
    sums_held: int
    checks: Mapping[str, int]
    held: Mapping[str, int]
    findings: Mapping[str, int]
    repaired: int
    failing: tuple[str, ...]
    records: Mapping[str, int]
    read_issues: Mapping[str, int]
    seconds: Mapping[str, float]
    megabytes: int

    @property
    def roles(self) -> Mapping[str, int]:
        """How many tables have each role, the most frequent first."""
        return dict(Counter(table.role for table in self.tables).most_common())


def measure_document(path: Path, settings: Settings) -> Measurement:
    """Read, extract and audit a file in this process and return the figures. Raises InputRefused."""
    from kg.audit import audit
    from kg.extract.run import extract_records
    from kg.read import read_document
    from kg.records import FindingRecord

    clock = [time.perf_counter()]
    document = read_document(path, settings)
    clock.append(time.perf_counter())
    found = extract_records(document)
    clock.append(time.perf_counter())
    result = audit(found)
    clock.append(time.perf_counter())
    memory = peak_memory()
    coverage = found.coverage
    identity, summary = found.context.identity, result.summary
    return Measurement(
        file=path.name,
        media_type=document.media_type,
        pages=document.pages,
        department=identity.department,
        year=identity.fiscal_year,
        kind=identity.kind,
        title=identity.title,
        tables=tuple(_measure_table(table) for table in coverage.tables),
        numbers=coverage.numbers,
        accounted=coverage.accounted,
        sums=summary.sums,
        sums_held=summary.sums_held,
        checks=dict(summary.checked),
        held=dict(summary.held),
        findings=dict(summary.findings),
        repaired=sum(isinstance(record, FindingRecord) and record.repaired for record in result.records),
        failing=tuple(_describe(check) for check in result.checks if check.outcome == "error"),
        records=dict(Counter(record.type for record in found.records)),
        read_issues=dict(Counter(issue.code for issue in document.issues)),
        seconds={
            name: round(end - start, 3)
            for name, start, end in zip(("read", "extract", "audit"), clock, clock[1:], strict=False)
        },
        megabytes=memory,
    )


def _measure_table(coverage: TableCoverage) -> MeasuredTable:
    table = coverage.table.table
    return MeasuredTable(
        page=table.place.page,
        caption=table.caption,
        role=coverage.table.kind.name,
        unit=table.unit,
        rows=len(table.rows),
        numbers=coverage.numbers,
        missing=len(coverage.missing),
        examples=tuple(f"{cell.place.mark} {cell.text}" for cell in coverage.missing[:MOST_EXAMPLES]),
    )


def _describe(check: Check) -> str:
    places = " ".join(f"{each.place.mark}={each.text}" for each in check.places[:MOST_EXAMPLES])
    return f"[{check.rule}] {check.table or ''} {check.message} ({check.expected} / {check.actual}) {places}"
