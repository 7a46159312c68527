"""Figures whose parts are known by their names: 三公 and its three kinds, a project in prose and in its table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kg.audit.base.check import ERROR, HELD, NOTICE, ROUNDING, Check, place_of, text_place
from kg.lexicon import load_rows
from kg.messages import say
from kg.records import FindingPlace, ProjectAmount, ProjectRecord, StatementRecord
from kg.values.money import is_money, same, to_money, to_yuan

_WHOLE = re.compile(r"总额|合计|总计|^预算(?:数|金额)?(?:[（(]|$)|^项目金额")
PROSE = "项目预算"


def check_statement_parts(statements: Sequence[StatementRecord]) -> Iterator[Check]:
    """Yield one check for each metric all of whose parts are stated once, for one year."""
    stated: dict[tuple[str, int | None], list[StatementRecord]] = {}
    for statement in statements:
        if statement.subject is None and is_money(statement.unit):
            stated.setdefault((statement.metric, statement.year), []).append(statement)
    for metric, *names in load_rows("statement_parts"):
        for (name, year), wholes in stated.items():
            parts = [stated.get((part, year), []) for part in names]
            if name == metric and all(_one_value(group) for group in (wholes, *parts)):
                yield _check_parts(wholes[0], [group[0] for group in parts])


def check_project_amounts(projects: Sequence[ProjectRecord]) -> Iterator[Check]:
    """Yield one check for each project whose budget stands in prose and in a table."""
    for project in projects:
        prose = [amount for amount in project.amounts if amount.meaning == PROSE]
        cells = [amount for amount in project.amounts if _WHOLE.search(amount.meaning.rpartition("/")[2])]
        if len(prose) != 1 or not cells:
            continue
        if any(_equal(prose[0], cell) for cell in cells):
            yield Check(rule="project", kind="mismatch", outcome=HELD)
            continue
        yield Check(
            rule="project",
            kind="mismatch",
            outcome=ERROR,
            expected=cells[0].value,
            actual=prose[0].value,
            places=tuple(_place(project, amount) for amount in (prose[0], *cells)),
            message=say(
                "audit.project.amount",
                project=project.name,
                stated=prose[0].value,
                unit=prose[0].unit,
                printed=cells[0].value,
                printed_unit=cells[0].unit,
            ),
        )


def _one_value(group: Sequence[StatementRecord]) -> bool:
    return len({to_yuan(statement.value, statement.unit) for statement in group}) == 1


def _check_parts(whole: StatementRecord, parts: Sequence[StatementRecord]) -> Check:
    stated = [to_money(one.value, one.unit) for one in (whole, *parts)]
    total, *summands = [Decimal(0) if one is None else one.yuan for one in stated]
    found = sum(summands, Decimal(0))
    tolerance = sum((one.half for one in stated if one is not None and one.value), Decimal(0))
    if found == total:
        return Check(rule="prose_sum", kind="sum", outcome=HELD)
    factor = to_yuan(Decimal(1), whole.unit) or Decimal(1)
    return Check(
        rule="prose_sum",
        kind="sum",
        outcome=ROUNDING if abs(found - total) < tolerance else ERROR if _are_near(whole, parts) else NOTICE,
        expected=found / factor,
        actual=whole.value,
        tolerance=tolerance / factor,
        places=tuple(place_of(one) for one in (whole, *parts)),
        message=say(
            "audit.sum.stated",
            metric=whole.metric,
            printed=whole.value,
            unit=whole.unit,
            parts=tuple(part.value for part in parts),
            found=found / factor,
        ),
    )


def _are_near(whole: StatementRecord, parts: Sequence[StatementRecord]) -> bool:
    """Whether whole and parts stand under one heading, at one stage: elsewhere they may be of another scope."""
    return all(part.source.place.section == whole.source.place.section and part.stage == whole.stage for part in parts)


def _equal(one: ProjectAmount, other: ProjectAmount) -> bool:
    first, second = to_money(one.value, one.unit), to_money(other.value, other.unit)
    return one.value == other.value if first is None or second is None else same(first, second)


def _place(project: ProjectRecord, amount: ProjectAmount) -> FindingPlace:
    source = amount.source or project.source
    return text_place(source.place, source.text, amount.value)
