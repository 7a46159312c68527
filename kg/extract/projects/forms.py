"""Find projects in forms: one table a project, labels with their values beside them (项目名称 | X | …).

In: the Context. Out: pairs of a table and the Mention it makes. Indicators are kg.extract.indicators.rows.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from kg.blocks import Cell, Row
from kg.extract.context import Band, Context, Recognised
from kg.extract.indicators.rows import is_indicator_band
from kg.extract.places import source_of_cell
from kg.extract.projects.mentions import Mention, clean_name, is_name, is_organ, is_total, text_items
from kg.extract.tables.periods import stage
from kg.read.assemble.form_labels import LONGEST_LABEL, form_label
from kg.records import ProjectAmount, TextItem
from kg.text.folding import compact, join_wrapped
from kg.values.code import strip_owner_code
from kg.values.measure import read_measure
from kg.values.money import to_yuan, unit_pattern

_MONEY = re.compile(
    r"(?:资金|金额|预算|拨款|结转|结余|收入|支出|补助|安排|总额|区县|投入|合计|经费|执行数|债券)(?:总额|数|资金)?(?:[(（].*[)）])?[:：]?$"
)
_FIRST_ROWS = 4
"""Rows in which a form of one project names it: below its title, year and unit lines."""

_LABELLED_CELLS = 6
"""Cells of the row that names the project: at most three labels with their values."""
_SHORTEST_TEXT = 5
"""Characters of a goal or content below its header: shorter cells are marks and labels."""


def find_form_mentions(context: Context) -> Iterator[tuple[Recognised, Mention]]:
    """Yield the project of each form with its table; a form of the department itself names none."""
    for table in context.tables:
        named = _named(context, table) if table.kind.one_project else None
        if named is not None:
            yield table, _mention(context, table, named)


def label_before(row: Row, cell: Cell) -> str | None:
    """Return what the label left of `cell` in its row says it is, None if no label stands there."""
    meaning: str | None = None
    for other in row.cells:
        if other is cell:
            return meaning
        if other.text.strip():
            meaning = form_label(other.text) or (None if len(other.text) > LONGEST_LABEL else meaning)
    return None


def is_money_label(text: str) -> bool:
    """Return whether a form's cell says which money stands beside it (其中：财政拨款, 年度资金总额：)."""
    key = compact(text)
    return len(key) <= LONGEST_LABEL and bool(_MONEY.search(key))


def labelled_value(row: Row) -> tuple[str, Cell] | None:
    """Return the one value of a row with what its label says it is; None for a row that is more than both."""
    cells = [cell for cell in row.cells if cell.text.strip()]
    meaning = form_label(cells[0].text) if len(cells) == 2 else None
    return (meaning, cells[1]) if meaning is not None else None


def _named(context: Context, table: Recognised) -> Cell | None:
    """Return the cell that names the form's project: beside the label 项目名称 in one of its first rows."""
    for row in _rows(table)[:_FIRST_ROWS]:
        cells = [cell for cell in row.cells if cell.text.strip()]
        for label, value in itertools.pairwise(cells):
            if form_label(label.text) == "name":
                name = clean_name(value.text)
                plausible = (
                    is_name(name)
                    and not re.search("部门整体|整体支出", name)
                    and not is_total(name)
                    and form_label(value.text) is None
                    and read_measure(compact(name)) is None
                )
                return value if plausible and len(cells) <= _LABELLED_CELLS and not is_organ(name, context) else None
    return None


def _rows(table: Recognised) -> list[Row]:
    """Return the rows of labels and values: those of bands without a header."""
    return [
        row
        for band in table.bands
        if not any(column.path for column in band.columns)
        for row in (*band.header_rows, *band.rows)
    ]


def _mention(context: Context, table: Recognised, named: Cell) -> Mention:
    goals: list[TextItem] = []
    content: list[TextItem] = []
    found: dict[str, str] = {}
    for band in table.bands:
        if is_indicator_band(band):
            continue
        headless = not any(column.path for column in band.columns)
        for row in (*band.header_rows, *band.rows) if headless else band.rows:
            for meaning, cell in _values(band, row):
                if meaning == "goal":
                    goals += text_items(cell)
                elif meaning == "content":
                    content += text_items(cell)
                else:
                    found.setdefault(meaning, join_wrapped(cell.text))
    return Mention(
        name=clean_name(named.text),
        kind="project",
        source=source_of_cell(named),
        rank=1,
        amounts=tuple(_amounts(context, table)),
        goals=tuple(goals),
        content=tuple(content),
        problems=found.get("problems"),
        rectification=found.get("rectification"),
        budget_unit=_unit(found.get("unit")),
        office=_unit(found.get("office")),
    )


def _unit(printed: str | None) -> str | None:
    return strip_owner_code(compact(printed)) if printed else None


def _values(band: Band, row: Row) -> Iterator[tuple[str, Cell]]:
    """Yield the values of a row with what their labels say; in a band of goals the column says it."""
    label: str | None = None
    for cell in row.cells:
        if not cell.text.strip():
            continue
        column = band.columns[cell.column] if cell.column < len(band.columns) else None
        role = column.role if column is not None and column.path else ""
        meaning = form_label(cell.text)
        if meaning is not None:
            label = meaning
        elif role in ("goal", "content") and len(compact(cell.text)) >= _SHORTEST_TEXT:
            yield role, cell
        elif label is not None:
            yield label, cell
            label = None


def _amounts(context: Context, table: Recognised) -> Iterator[ProjectAmount]:
    """Yield the money of a form: the number beside a label of money, with its column's header."""
    default = table.table.unit or context.identity.amount_unit
    for band in table.bands:
        if is_indicator_band(band):
            continue
        unit = default
        for row in band.rows:
            label = ""
            for cell in row.cells:
                text = join_wrapped(cell.text)
                measured = read_measure(compact(cell.text)) if text else None
                printed = _bracketed_unit().search(compact(cell.text))
                unit = printed[1] if printed else unit
                if text and measured is None:
                    label = text.rstrip("：:") if _MONEY.search(compact(text)) else ""
                elif measured is not None and label:
                    yield from _amount(context, band, cell, label, measured, unit)


def _amount(
    context: Context, band: Band, cell: Cell, label: str, measured: tuple[Decimal, str], unit: str | None
) -> Iterator[ProjectAmount]:
    column = band.columns[cell.column] if cell.column < len(band.columns) else None
    role = column.role if column is not None and column.path else "amount"
    if role in ("weight", "got", "percent") or measured[1] in ("%", "‰"):
        return  # points and rates are no money
    path = "/".join(join_wrapped(part) for part in column.path) if column is not None else ""
    unit = measured[1] or unit
    yield ProjectAmount(
        meaning=f"{label}/{path}" if path else label,
        stage=stage(compact(path or label), "budget"),
        value=measured[0],
        unit=unit,
        value_yuan=to_yuan(measured[0], unit),
        year=context.identity.fiscal_year,
        source=source_of_cell(cell),
    )


@cache
def _bracketed_unit() -> re.Pattern[str]:
    return re.compile(rf"[(（]({unit_pattern()})[)）]")
