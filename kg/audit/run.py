"""Run every check over one document: repaired records, findings, and the count of what was checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.audit.base.check import HELD, ROUNDING, Check
from kg.audit.base.figures import find_prose
from kg.audit.base.lists import find_lists
from kg.audit.base.sheets import Sheet, build_sheets
from kg.audit.compared.changes import check_changes, check_units, find_changes
from kg.audit.compared.counts import check_project_counts
from kg.audit.compared.cross_tables import check_tables
from kg.audit.compared.fund_totals import check_fund_totals
from kg.audit.compared.listed_counts import check_indicator_counts, check_listed_counts
from kg.audit.compared.prose_tables import check_prose_tables
from kg.audit.compared.rates import check_rates
from kg.audit.printed.missing import check_contents, check_income_lines
from kg.audit.printed.reach import check_reach
from kg.audit.printed.shifts import repair_shifts
from kg.audit.printed.slipped_cells import check_cells
from kg.audit.printed.texts import check_names, check_repeated_goals, check_repeated_items
from kg.audit.printed.wording import check_wording
from kg.audit.printed.years import check_prose_years, check_years
from kg.audit.proof.gate import prove
from kg.audit.proof.spoken import prove_spoken
from kg.audit.sums.balance import check_balance
from kg.audit.sums.basic_parts import check_basic_parts
from kg.audit.sums.column_totals import check_column_totals
from kg.audit.sums.hierarchy import check_hierarchy, find_branches
from kg.audit.sums.item_totals import check_items
from kg.audit.sums.known_parts import check_project_amounts, check_statement_parts
from kg.audit.sums.outline_totals import check_outline
from kg.audit.sums.prose_sums import check_prose_sums
from kg.audit.sums.row_totals import check_row_totals
from kg.audit.sums.shares import check_shares
from kg.extract.context import Context
from kg.extract.run import Extraction
from kg.records import (
    AmountRecord,
    DocumentRecord,
    FindingRecord,
    IndicatorRecord,
    ProjectRecord,
    Record,
    StatementRecord,
)
from kg.text.folding import compact

SUMS = frozenset(("hierarchy", "row_total", "column_total", "outline", "items", "balance", "cross_table"))


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditSummary:
    """How many checks were made and how they ended, by rule; `sums` counts those between cells of tables.

    A check holds if the figures agree or the printed precision explains why they don't.
    """

    checked: Mapping[str, int]
    held: Mapping[str, int]
    findings: Mapping[str, int]
    sums: int
    sums_held: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """The records with repaired ones in place of wrong ones, the findings behind them, and the checks."""

    records: tuple[Record, ...]
    findings: tuple[FindingRecord, ...]
    summary: AuditSummary
    checks: tuple[Check, ...]


def audit_records(found: Extraction) -> tuple[Record, ...]:
    """Return the records of a document, slipped rows repaired, with the findings appended."""
    result = audit(found)
    return (*result.records, *result.findings)


def audit(found: Extraction) -> Audit:
    """Return everything the audit of one document found; its tables and prose are read no second time."""
    records = found.records
    repaired, shifted = repair_shifts([record for record in records if isinstance(record, AmountRecord)])
    meant = tuple(repaired.get(record, record) if isinstance(record, AmountRecord) else record for record in records)
    # A mark in place of a number is none: it neither proves a sum nor contradicts one.
    printed = [record for record in meant if not (isinstance(record, AmountRecord) and record.implied)]
    sheets = build_sheets([record for record in printed if isinstance(record, AmountRecord)])
    looked_at = tuple(_check_all(found.context, printed, sheets))
    checks = (*shifted, *prove_spoken(tuple(prove(looked_at, sheets, found.context.document))))
    return Audit(
        records=meant,
        findings=tuple(check.to_finding() for check in _without_repeats((*checks, *check_reach(checks, sheets)))),
        summary=summarise(checks),
        checks=checks,
    )


def summarise(checks: Sequence[Check]) -> AuditSummary:
    """Return the counts of checks by rule and of findings by severity."""
    fine = [check for check in checks if check.outcome in (HELD, ROUNDING)]
    sums = [check for check in checks if check.rule in SUMS]
    return AuditSummary(
        checked=dict(Counter(check.rule for check in checks)),
        held=dict(Counter(check.rule for check in fine)),
        findings=dict(Counter(check.outcome for check in checks if check.outcome != HELD)),
        sums=len(sums),
        sums_held=sum(check.outcome in (HELD, ROUNDING) for check in sums),
    )


def _check_all(context: Context, records: Sequence[Record], sheets: Sequence[Sheet]) -> Iterator[Check]:
    document = context.document
    amounts = [record for record in records if isinstance(record, AmountRecord)]
    head = next((record for record in records if isinstance(record, DocumentRecord)), None)
    owners = _owners(head)
    for sheet in sheets:
        yield from _check_sheet(sheet, owners)
    yield from check_tables(sheets)
    yield from check_fund_totals(sheets)
    yield from check_rates(amounts)
    yield from _check_prose(context, records, sheets)
    yield from check_years(document, sheets, head.fiscal_year if head is not None else None)
    if head is not None:
        yield from check_prose_years(document, head.fiscal_year, head.kind)
    yield from check_cells(document)
    yield from check_names(document, owners)
    yield from check_contents(document)
    yield from check_income_lines(sheets)


def _check_sheet(sheet: Sheet, owners: frozenset[str]) -> Iterator[Check]:
    yield from check_row_totals(sheet)
    yield from check_balance(sheet)
    if find_branches(sheet):
        yield from check_hierarchy(sheet)
        yield from check_column_totals(sheet, owners)
    else:
        yield from check_outline(sheet)
        yield from check_items(sheet, owners)


def _check_prose(context: Context, records: Sequence[Record], sheets: Sequence[Sheet]) -> Iterator[Check]:
    document = context.document
    projects = [record for record in records if isinstance(record, ProjectRecord)]
    statements = [record for record in records if isinstance(record, StatementRecord)]
    prose = find_prose(context.prose)
    lists = list(find_lists(prose))
    stated = list(find_changes(prose))
    yield from check_prose_sums(lists)
    yield from check_changes(stated)
    yield from check_units(stated, [(figures.total, figures.parts) for figures in lists])
    yield from check_shares(prose, lists)
    yield from check_wording(prose, document)
    basic = list(check_basic_parts(lists, sheets))
    yield from basic
    agreed = all(check.outcome == HELD for check in basic)
    yield from check_prose_tables(statements, sheets, basic_holds=agreed)
    yield from check_statement_parts(statements)
    yield from check_project_amounts(projects)
    yield from check_repeated_goals(projects)
    yield from check_repeated_items(prose, stated, projects)
    yield from check_project_counts(document, projects)
    yield from check_listed_counts(prose)
    indicators = [record for record in records if isinstance(record, IndicatorRecord)]
    yield from check_indicator_counts(prose, indicators)


def _owners(head: DocumentRecord | None) -> frozenset[str]:
    if head is None:
        return frozenset()
    names = (head.department, *head.aliases, *head.units)
    return frozenset(compact(name) for name in names if name) | frozenset(
        compact(name) + "本级" for name in names if name
    )


def _without_repeats(checks: Sequence[Check]) -> Iterator[Check]:
    """Yield the checks that don't hold, each set of cells once."""
    seen: set[tuple[object, ...]] = set()
    for check in checks:
        if check.outcome == HELD or not check.places:
            continue
        key = (check.kind, check.expected, check.actual, frozenset(check.places))
        if key not in seen:
            seen.add(key)
            yield check
