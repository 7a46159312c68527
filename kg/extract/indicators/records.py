"""Extract performance indicators: of the department, its projects and its activities.

In: the Context. Out: IndicatorRecords in reading order. Forms are read by kg.extract.indicators.rows,
self-evaluations of one row a project by kg.extract.indicators.self_evaluation; an indicator that does not apply is
kept and marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from kg.blocks import Cell, Row
from kg.extract.context import Band, Context, Recognised
from kg.extract.indicators.packed import read_packed
from kg.extract.indicators.rows import IndicatorRow, is_indicator_band, read_rows
from kg.extract.indicators.self_evaluation import find_slots, first_column, read_entries
from kg.extract.indicators.several import split_several
from kg.extract.indicators.targets import is_not_applicable, parse_actual, parse_grade, parse_target, target_within
from kg.extract.places import source_of_cell
from kg.extract.projects.found import Projects, RowProject
from kg.records import IndicatorRecord, Score, Target
from kg.text.folding import compact, fold, join_wrapped
from kg.values.measure import read_measure
from kg.values.vocabularies import OwnerKind

_UNIT_BEHIND = re.compile(r"[（(](?P<unit>[%％‰]|[\u4e00-\u9fff]{1,4}(?:/[\u4e00-\u9fff]{1,4})?)[)）]\s*[.。]?$")
_GRADES = {"grade_excellent": "优", "grade_good": "良", "grade_fair": "中", "grade_poor": "差"}


def extract_indicators(context: Context, projects: Projects) -> Iterator[IndicatorRecord]:
    """Yield the indicators of every table that prints some."""
    for table in context.tables:
        for band in table.bands if table.kind.indicators else ():
            slots = find_slots(band)
            if any(column.role in _GRADES for column in band.columns):
                yield from _graded(context, table, band, projects)
            elif slots and band.find("project") is not None:
                yield from _self_evaluated(context, table, band, projects)
            elif is_indicator_band(band):
                yield from _form(context, table, band, projects)
            else:
                yield from _packed(context, table, band, projects)


def _form(context: Context, table: Recognised, band: Band, projects: Projects) -> Iterator[IndicatorRecord]:
    goal = band.find("goal")
    named = any(projects.of_row(table, row) is not None for row in band.rows)
    tasks = goal is not None and not named and band.find("level1") is None and band.find("level2") is None
    owner: str | None = None
    task: tuple[str, str] = ("", "")
    for item in read_rows(band):
        owner = projects.of_row(table, item.row) or owner
        if tasks and goal is not None:
            task = _task(band, item, goal, task)
            yield _task_record(context, band, item, goal, task)
            continue
        for each in split_several(item):
            yield _record(context, each, *_owner(context, table, owner, projects))


def _packed(context: Context, table: Recognised, band: Band, projects: Projects) -> Iterator[IndicatorRecord]:
    """Yield the indicators that the cells of project rows pack together."""
    owner: str | None = None
    for row in band.rows:
        owner = projects.of_row(table, row) or owner
        for cell in row.cells:
            for item in read_packed(cell.text):
                name, kind = _owner(context, table, owner, projects)
                absent = _is_absent(item.level3, item.target)
                yield IndicatorRecord(
                    source=source_of_cell(cell, offset=item.start, text=cell.text[item.start : item.end].strip()),
                    owner=name,
                    owner_kind=kind,
                    level1=item.level1,
                    level2=item.level2,
                    level3=item.level3,
                    target=parse_target(item.target) if item.target else None,
                    actual=None,
                    grades={},
                    not_applicable=absent,
                    score=None,
                    year=context.identity.fiscal_year,
                )


def _owner(context: Context, table: Recognised, name: str | None, projects: Projects) -> tuple[str, OwnerKind]:
    """Return whose an indicator is and what that is; where no project is named, the body's whose table it is."""
    if name is not None:
        return name, "activity" if projects.kind_of(name) in ("activity", "duty") else "project"
    return context.owners.of_table(table.number) or context.identity.department or "", "department"


def _task(band: Band, item: IndicatorRow, goal: int, before: tuple[str, str]) -> tuple[str, str]:
    """Return the label and the goal of the task whose indicators follow, inherited where cells are merged."""
    label = item.row.text(0) if goal > 0 else ""
    return (join_wrapped(label) or before[0], join_wrapped(item.row.text(goal)) or before[1])


def _task_record(context: Context, band: Band, item: IndicatorRow, goal: int, task: tuple[str, str]) -> IndicatorRecord:
    """Return an indicator of a table of tasks and goals; below a header, the first cells are tasks."""
    header = join_wrapped("/".join(band.columns[0].path)) if band.columns[0].path and goal > 0 else ""
    if header:
        return _record(context, item, task[0], "activity", level1=header, level2=task[1])
    level2 = join_wrapped("/".join(band.columns[goal].path))
    owner = context.identity.department or ""
    return _record(context, item, owner, "department", level1=task[0] or None, level2=level2)


def _record(
    context: Context,
    item: IndicatorRow,
    owner: str,
    kind: OwnerKind,
    *,
    level1: str | None = None,
    level2: str | None = None,
) -> IndicatorRecord:
    absent = _is_absent(item.level3, item.target)
    return IndicatorRecord(
        source=source_of_cell(item.name),
        owner=owner,
        owner_kind=kind,
        level1=level1 or item.level1,
        level2=level2 or item.level2,
        level3=item.level3,
        target=_target(item),
        actual=parse_actual(item.actual) if item.actual else None,
        grades={},
        not_applicable=absent,
        score=_score(item.weight, item.got),
        year=context.identity.fiscal_year,
    )


def _is_absent(level3: str, target: str) -> bool:
    """Whether an indicator is only there to say that it does not apply (不适用生态效益指标 | 无)."""
    if is_not_applicable(level3) or is_not_applicable(target):
        return True
    return level3 == "无" or (target == "无" and level3.startswith(("不适用", "不涉及", "不直接", "无")))


def _target(item: IndicatorRow) -> Target | None:
    """Return the target of a row, with the unit printed behind the indicator where it has none itself."""
    if not item.target:
        return None
    target = parse_target(item.target)
    unit = _UNIT_BEHIND.search(item.level3)
    if target.number is None or target.unit or unit is None:
        return target
    return replace(target, unit=fold(unit["unit"]).strip())


def _graded(context: Context, table: Recognised, band: Band, projects: Projects) -> Iterator[IndicatorRecord]:
    """Yield the indicators of duties and activities, each with its grades; the best grade is the target."""
    name = band.find("level3")
    project: RowProject | None = None
    for row in band.rows:
        project = projects.at(table, row) or project
        cell = next((cell for cell in row.cells if cell.column == name and cell.text), None)
        if cell is None or project is None:
            continue
        owner, parent = project.name, project.parent
        grades = _grades(band, row)
        yield IndicatorRecord(
            source=source_of_cell(cell),
            owner=owner,
            owner_kind="activity",
            level1=parent or owner,
            level2=owner if parent else None,
            level3=join_wrapped(cell.text),
            target=_best(grades),
            actual=None,
            grades=grades,
            not_applicable=is_not_applicable(cell.text),
            score=None,
            year=context.identity.fiscal_year,
        )


def _grades(band: Band, row: Row) -> dict[str, Target]:
    return {
        _GRADES[column.role]: parse_grade(row.text(index))
        for index, column in enumerate(band.columns)
        if column.role in _GRADES and row.text(index)
    }


def _best(grades: dict[str, Target]) -> Target | None:
    return parse_target(grades["优"].printed) if "优" in grades else None


def _self_evaluated(context: Context, table: Recognised, band: Band, projects: Projects) -> Iterator[IndicatorRecord]:
    """Yield the indicators of one-row-a-project tables, with the results reached."""
    slots = find_slots(band)
    start = first_column(band, slots)
    for row in band.rows if start is not None else ():
        owner = projects.of_row(table, row)
        if owner is None or start is None:
            continue
        entries, _ = read_entries(row, start, slots)
        for entry in entries:
            actual = entry.actual.text.strip() if entry.actual is not None else ""
            absent = is_not_applicable(entry.name.text)
            yield IndicatorRecord(
                source=source_of_cell(entry.name),
                owner=owner,
                owner_kind="project",
                level1=entry.slot.level1,
                level2=entry.slot.level2,
                level3=entry.name.text.strip(),
                target=None if absent else _stated_target(entry.name, entry.target, actual),
                actual=parse_actual(actual) if actual and not absent else None,
                grades={},
                not_applicable=absent,
                score=None,
                year=context.identity.fiscal_year,
            )


def _stated_target(name: Cell, target: Cell | None, actual: str) -> Target | None:
    """Return the target of a self-evaluated indicator: its cell, its wording, or a result worded as one."""
    if target is not None:
        return parse_target(target.text)
    within = target_within(name.text.strip())
    if within is not None:
        return within
    result = target_within(actual)
    return result if result is not None and result.comparator in ("<=", ">=", "<", ">") else None


def _score(weight: str, got: str) -> Score | None:
    numbers = [_number(weight), _number(got)]
    return Score(weight=numbers[0], got=numbers[1]) if any(number is not None for number in numbers) else None


def _number(text: str) -> Decimal | None:
    measured = read_measure(compact(text)) if text else None
    return measured[0] if measured else None
