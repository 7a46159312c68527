"""Prose against table: what a sentence states and the cell that prints the same.

kg/lexicon/prose_cells.tsv says in which cell a metric stands. A statement that fits one of several
readings holds; one that fits none is a finding with the nearest cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from kg.audit.base.check import ERROR, HELD, NOTICE, ROUNDING, Check, place_of
from kg.audit.base.sheets import Line, Sheet
from kg.audit.compared.cross_tables import MEASURES, find_measure
from kg.lexicon import load_rows
from kg.messages import say
from kg.records import AmountRecord, StatementRecord
from kg.text.folding import compact
from kg.values.item_mark import read_mark
from kg.values.money import Money, is_money, same, to_money
from kg.values.vocabularies import Outcome

CHANGE = "_同比变化额"
TOTAL = "合计"
WHOLE = ("部门预算收入", "部门预算支出", "收支总预算")
MIXED = frozenset(("meeting", "training"))  # added up with 三公 in one table
ACROSS = frozenset(("abroad", "reception", "vehicle"))  # 三公 with its kinds as columns, years as rows
NEAR, NEARER = Decimal("0.005"), Decimal("0.0005")
_MOVED = re.compile(r"增加|减少|增长|下降|涉及")
_NAMES_WHOLE = re.compile(r"收入|支出|收支|拨款|总")
_FUND = re.compile(r"财政拨款|基金|国有资本|专户|事业|其他|单位资金|结转")
BY_ANOTHER_NAME = ("人员支出", "公用支出")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A cell and, as its `scope`, the total of its line: tables of one scope speak of the same money."""

    record: AmountRecord
    scope: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One row of the lexicon: where a metric is printed."""

    metric: re.Pattern[str]
    kinds: frozenset[str]
    line: str
    measures: tuple[str, ...]
    side: str
    each: bool


def check_prose_tables(
    statements: Sequence[StatementRecord], sheets: Sequence[Sheet], *, basic_holds: bool
) -> Iterator[Check]:
    """Yield one check for each stated level that some table prints, and for the year its change starts from.

    人员 and 公用 may be drawn otherwise than 301 and 302: where their sum agrees (`basic_holds`), a
    difference is a notice.
    """
    changes = {
        (s.metric.removesuffix(CHANGE), s.subject, s.source.place.line): s
        for s in statements
        if s.metric.endswith(CHANGE)
    }
    stated: dict[tuple[str, int | None], set[Decimal]] = {}
    for statement in statements:
        stated.setdefault((statement.metric, statement.year), set()).add(statement.value)
    for statement in statements:
        several = len(stated[statement.metric, statement.year]) > 1
        if statement.subject is not None or not is_money(statement.unit):
            continue
        if statement.metric.endswith(CHANGE) or _is_of_one_fund(statement):
            continue
        if not statement.value and statement.metric not in WHOLE:
            continue  # a table leaves empty what is nothing
        judged = False
        for target in targets():
            if target.metric.search(statement.metric):
                cells = list(find_cells(sheets, target))
                for check in _check(statement, cells, each=target.each):
                    if several and check.outcome == ERROR and not _is_near(check, NEARER):
                        continue  # one of them is the whole, the others are parts of it or of sub-units
                    soft = basic_holds and statement.metric in BY_ANOTHER_NAME and check.outcome == ERROR
                    if judged and check.outcome == ERROR:
                        continue  # told, or found to hold, by another cell of the metric
                    judged = True
                    yield replace(check, outcome=NOTICE) if soft else check
                change = changes.get((statement.metric, None, statement.source.place.line))
                if change is not None and not several:
                    yield from _check_base(statement, change, cells)
        cells = list(_named_cells(sheets, statement.metric))
        if len({cell.record.code for cell in cells if cell.record.code}) > 1:
            continue  # 行政运行 stands under many a 款
        for check in _check(statement, cells, each=False):
            if check.outcome != ERROR or (_is_near(check, NEAR) and not judged):
                yield check
            elif not judged and not several:
                top = any(len(cell.record.code or "") == 3 for cell in cells)
                yield check if top else replace(check, outcome=NOTICE)


def _is_of_one_fund(statement: StatementRecord) -> bool:
    """Whether a statement speaks of one fund of the metric (政府性基金拨款支出预算), or of a change."""
    text = compact(statement.source.text)
    whole = statement.metric in WHOLE
    if (whole or statement.metric == "一般公共预算支出") and not _NAMES_WHOLE.search(text):
        return True  # the metric is the heading's, the figure may be anything below it
    return (whole and _FUND.search(text) is not None) or _MOVED.search(text) is not None


def _is_near(check: Check, limit: Decimal) -> bool:
    """Whether two figures miss each other by so little that one of them is a slip of the pen."""
    if not check.expected or check.actual is None:
        return False
    return abs(check.expected - check.actual) < abs(check.expected) * limit


@cache
def targets() -> tuple[Target, ...]:
    return tuple(
        Target(
            metric=re.compile(metric),
            kinds=frozenset(kinds.split(",")),
            line=line,
            measures=tuple(measures.split(",")),
            side=side,
            each=mode == "each",
        )
        for metric, kinds, line, measures, side, mode in load_rows("prose_cells")
    )


def find_cells(sheets: Sequence[Sheet], target: Target) -> Iterator[Found]:
    for sheet in sheets:
        if sheet.kind.name not in target.kinds:
            continue
        mixed = any(record.measure in MIXED for line in sheet.lines for record in line.cells.values())
        across = sheet.kind.across and any(
            record.measure in ACROSS for line in sheet.lines for record in line.cells.values()
        )
        for line in sheet.lines:
            if target.side and line.side not in (target.side, None):
                continue
            if not across and not _is_line(sheet, line, target.line):
                continue
            for record in line.cells.values():
                measure = find_measure(record) or record.measure
                if measure in MEASURES and find_measure(record) is None:
                    continue  # carried over, or of one fund
                if mixed and measure == "total" and "三公" not in "".join(record.header):
                    continue
                fits = not across or (measure == "total") == target.line.startswith(TOTAL)
                if fits and measure in target.measures:
                    yield Found(record=record, scope=_scope(line))


def _scope(line: Line) -> Decimal | None:
    return next((record.value for record in line.cells.values() if find_measure(record) == "total"), None)


def _is_line(sheet: Sheet, line: Line, wanted: str) -> bool:
    if wanted == TOTAL:
        return (line.is_total or line is sheet.lines[0]) and not line.code
    if wanted.isdigit():
        return line.code == wanted
    return re.search(wanted, read_mark(line.name).rest) is not None


def _named_cells(sheets: Sequence[Sheet], metric: str) -> Iterator[Found]:
    """Yield what the tables print for a code of that name, in total, basic or project.

    Tables of income and expenditure name the 类 without its code.
    """
    name = compact(metric.rpartition("_")[2])
    for sheet in sheets:
        if sheet.scheme != "function" and not sheet.kind.is_two_sided:
            continue
        for line in sheet.lines:
            named = line.code or (line.side == "expenditure" and sheet.kind.is_two_sided)
            if named and read_mark(line.name).rest == name:
                yield from (
                    Found(record=record, scope=record.value)
                    for record in line.cells.values()
                    if find_measure(record) is not None
                )


def _check(statement: StatementRecord, cells: Sequence[Found], *, each: bool) -> Iterator[Check]:
    same_year = [cell for cell in cells if cell.record.year == statement.year]
    judged = [(_judge(statement, cell.record), cell) for cell in same_year]
    if not judged:
        return
    wrong = [(outcome, cell) for outcome, cell in judged if outcome != HELD]
    agreed = [cell for outcome, cell in judged if outcome == HELD]
    if agreed:
        scopes = {cell.scope for cell in agreed}
        wrong = [(outcome, cell) for outcome, cell in wrong if each and cell.scope in scopes]
    if not wrong:
        yield Check(rule="prose_table", kind="mismatch", outcome=HELD)
        return
    outcome = ROUNDING if any(found == ROUNDING for found, _ in wrong) else ERROR
    missed = [cell.record for found, cell in wrong if found == outcome]
    meant = min(missed, key=lambda cell: _rank(statement, cell))
    yield _finding(statement, [cell for cell in missed if cell.value == meant.value], outcome)


def _rank(statement: StatementRecord, cell: AmountRecord) -> tuple[bool, bool, Decimal]:
    """Return a key that is least for the cell meant: a slip away, for a grand total the 总计, then the nearest."""
    grand = statement.metric.endswith("总预算") and not compact(cell.name).endswith("总计")
    return not _nearly(statement, cell), grand, abs(cell.value - statement.value)


def _nearly(statement: StatementRecord, cell: AmountRecord) -> bool:
    """Whether a cell is so near to what is stated that it is the one meant, with a slip of the pen."""
    stated, printed = to_money(statement.value, statement.unit), to_money(cell.value, cell.unit)
    return stated is not None and printed is not None and abs(stated.yuan - printed.yuan) < abs(printed.yuan) * NEAR


def _judge(statement: StatementRecord, cell: AmountRecord) -> Outcome:
    stated, printed = to_money(statement.value, statement.unit), to_money(cell.value, cell.unit)
    if stated is None or printed is None:
        return ERROR
    if stated.yuan == printed.yuan:
        return HELD
    return ROUNDING if same(stated, printed) else ERROR


def _finding(statement: StatementRecord, cells: Sequence[AmountRecord], outcome: Outcome) -> Check:
    tables = tuple(dict.fromkeys(cell.source.place.table for cell in cells if cell.source.place.table))
    return Check(
        rule="prose_table",
        kind="mismatch",
        outcome=outcome,
        table=cells[0].source.place.table,
        expected=cells[0].value,
        actual=statement.value,
        places=(place_of(statement), *(place_of(cell) for cell in cells)),
        message=say(
            "audit.prose.cell",
            metric=statement.metric,
            stated=statement.value,
            unit=statement.unit,
            tables=tables,
            printed=cells[0].value,
            printed_unit=cells[0].unit,
        ),
    )


def _may_be(derived: Decimal, half: Decimal, cell: Money | None) -> bool:
    """Whether a cell may be the sum `derived` (both in 元); one that is no money counts as nothing."""
    return abs(derived - cell.yuan) <= half + cell.half if cell is not None else abs(derived) <= half


def _check_base(statement: StatementRecord, change: StatementRecord, cells: Sequence[Found]) -> Iterator[Check]:
    """Check the earlier year that a stated change goes back to against the cell of that year."""
    level, moved = to_money(statement.value, statement.unit), to_money(change.value, change.unit)
    earlier = [cell.record for cell in cells if cell.record.year == change.base_year]
    if level is None or moved is None or not earlier or statement.unit != change.unit:
        return
    derived, half = level.yuan - moved.yuan, level.half + moved.half
    off = [cell for cell in earlier if not _may_be(derived, half, to_money(cell.value, cell.unit))]
    if len(off) < len(earlier):
        yield Check(rule="change", kind="mismatch", outcome=HELD)
        return
    yield Check(
        rule="change",
        kind="mismatch",
        outcome=ERROR,
        table=off[0].source.place.table,
        expected=off[0].value,
        actual=statement.value - change.value,
        places=(place_of(statement), place_of(change), place_of(off[0])),
        message=say(
            "audit.prose.earlier",
            metric=statement.metric,
            stated=statement.value,
            unit=statement.unit,
            change=change.value,
            year=change.base_year,
            earlier=statement.value - change.value,
            printed=off[0].value,
        ),
    )
