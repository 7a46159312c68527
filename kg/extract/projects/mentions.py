"""One mention of a project in a document: a row of a table or a paragraph. Several make one project.

In: rows and cells. Out: Mention values; kg.extract.projects.merged merges them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from kg.blocks import Cell, Paragraph, Row
from kg.extract.context import Band, Context, Recognised, RowKey
from kg.extract.items import split_items
from kg.extract.places import source_of_cell, source_of_row
from kg.extract.tables.periods import column_periods, table_year
from kg.extract.tables.units import names_unit
from kg.lexicon import load_words
from kg.records import Change, Evaluation, ProjectAmount, Source, TextItem
from kg.text.folding import compact, join_wrapped
from kg.text.patterns import DIGIT_MARK
from kg.values.code import strip_project_code
from kg.values.item_mark import strip_item_mark
from kg.values.measure import read_measure
from kg.values.money import find_unit, to_yuan
from kg.values.vocabularies import ColumnRole, ProjectKind

STAR = "★☆▲※*"
LONGEST_NAME = 60
"""Characters of a project name; longer texts in a column of names are goals or remarks."""
_SPENT = re.compile("(?:执行|支出|完成|到位)(?:进度|率)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """What one place says of a project.

    `at` is the row it stands in; `rank` orders the places by how formally they name it (0 first). `office` is who is in
    charge (主管部门): it is named where no unit is, and tells no projects apart.
    """

    name: str
    kind: ProjectKind
    source: Source
    rank: int = 1
    parent: str | None = None
    function_code: str | None = None
    key: bool = False
    amounts: tuple[ProjectAmount, ...] = ()
    goals: tuple[TextItem, ...] = ()
    content: tuple[TextItem, ...] = ()
    change: Change | None = None
    problems: str | None = None
    rectification: str | None = None
    budget_unit: str | None = None
    office: str | None = None
    evaluation: Evaluation | None = None
    problem_items: tuple[TextItem, ...] = ()
    rectification_items: tuple[TextItem, ...] = ()
    at: RowKey | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A stretch of a paragraph that tells of a project; several stretches may share one mention."""

    paragraph: Paragraph
    mention: Mention
    start: int
    end: int


def whole_paragraph(paragraph: Paragraph, mention: Mention) -> Told:
    """Return a paragraph that tells of one project alone."""
    return Told(paragraph=paragraph, mention=mention, start=0, end=len(paragraph.text))


def clean_name(text: str) -> str:
    """Return a project's name without star, item mark and the blanks of line wraps.

    >>> clean_name("★信息化 运行费"), clean_name("　　1、业务办理")
    ('信息化运行费', '业务办理')
    """
    bare = strip_project_code(join_wrapped(text.strip().lstrip(STAR)))
    return strip_item_mark(bare).strip(STAR + " 　")


def is_total(name: str) -> bool:
    """Whether a row's name says that it sums others up, or spends on no project (合计, 基本支出).

    >>> is_total("合 计"), is_total("其中：部门项目支出"), is_total("培训费")
    (True, True, False)
    """
    return bool(_totals().match(compact(name)))


def is_name(name: str) -> bool:
    """Whether a text can name a project at all: not a sentence, not a number."""
    return (
        bool(name)
        and len(name) <= LONGEST_NAME
        and not re.search("[。；]", name)
        and bool(re.search(r"[^\d.,%\s]", name))
    )


def is_organ(name: str, context: Context) -> bool:
    """Whether a row's name is the department or one of its units, not a project."""
    return names_unit(name, context.identity)


def text_items(cell: Cell, *, split: bool = True) -> tuple[TextItem, ...]:
    """Return the items of a goal or content cell, each with the line it begins on."""
    items = []
    pieces = split_items(cell.text)
    for piece in pieces if split else pieces[:1]:
        text = join_wrapped(piece.text)
        if text and not re.fullmatch(rf"[\s\-—–/无。]+|{DIGIT_MARK}", text):
            source = source_of_cell(cell, offset=piece.start, text=piece.text)
            items.append(TextItem(text=text, line=source.place.line, source=source))
    return tuple(items)


def row_amounts(context: Context, table: Recognised, band: Band, row: Row) -> tuple[ProjectAmount, ...]:
    """Return the numbers of a row that are money, in the order of the columns, and how much of it was spent in percent.

    Other rates (增长率, 占比) are no amounts of a project.
    """
    notes = "\n".join(note.text for note in table.table.notes)
    base = table_year(table.table.title, notes, context.identity.fiscal_year)
    periods = column_periods(band.columns, base, context.identity)
    found = []
    for cell in row.cells:
        if not cell.text or cell.column >= len(band.columns):
            continue
        column = band.columns[cell.column]
        if column.role not in ("amount", "percent"):
            continue
        measured = read_measure(compact(cell.text))
        if measured is None:
            continue
        value, suffix = measured
        unit = suffix or ("%" if column.role == "percent" else None)
        unit = unit or find_unit(compact("/".join(column.path))) or table.table.unit or context.identity.amount_unit
        if unit in ("%", "‰") and not _SPENT.search(compact(column.path[-1]) if column.path else ""):
            continue
        found.append(
            ProjectAmount(
                meaning="/".join(join_wrapped(part) for part in column.path),
                stage=periods[cell.column].stage,
                value=value,
                unit=unit,
                value_yuan=to_yuan(value, unit),
                year=periods[cell.column].year,
                source=source_of_cell(cell),
            )
        )
    return tuple(found)


def mention_of_row(context: Context, table: Recognised, band: Band, row: Row, cell: Cell, name: str) -> Mention:
    """Return what a row says of the project that `cell` names: other columns give goal, content and so on."""
    goals: list[TextItem] = []
    content: list[TextItem] = []
    for other in row.cells:
        role = band.columns[other.column].role if other.column < len(band.columns) else "text"
        if other.text and role == "goal":
            goals += text_items(other)
        elif other.text and role == "content" and other is not cell:
            content += text_items(other)
    return Mention(
        name=name,
        kind="project",
        source=source_of_row(row, cell),
        amounts=row_amounts(context, table, band, row),
        goals=tuple(goals),
        content=tuple(content),
        at=table.key(row),
        key=cell.text.strip().startswith(tuple(STAR)),
        problems=_text_of(band, row, "problems"),
        rectification=_text_of(band, row, "rectification"),
    )


def with_parent(mention: Mention, parent: str | None, unit: str | None) -> Mention:
    """Return the mention placed under a category or duty and a budget unit."""
    return replace(mention, parent=parent, budget_unit=unit)


def _text_of(band: Band, row: Row, role: ColumnRole) -> str | None:
    column = band.find(role)
    return row.text(column) or None if column is not None else None


@cache
def _totals() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in load_words("row_totals")))
