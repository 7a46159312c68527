"""What each column of a band means: its header gives the role, its cells settle ties.

In: a band and the kind of its table. Out: a Column for each grid column.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kg.blocks import Row, TableBand
from kg.extract.context import Column
from kg.extract.tables.classifications import with_classifications
from kg.extract.tables.kinds import TableKind
from kg.extract.tables.side_by_side import find_sides, has_words, is_side, with_groups
from kg.read.assemble.column_roles import column_role
from kg.read.assemble.matrix import is_number
from kg.text.folding import compact
from kg.values.code import split_code
from kg.values.money import find_unit
from kg.values.no_value import is_no_value
from kg.values.vocabularies import ColumnRole

TEXT: ColumnRole = "text"
NAMES = ("name", "government_name")
_ROW_NAMES = frozenset(("name", "project", "item", "year", "catalogue", "budget_unit"))
_EXACT_LEVEL3 = re.compile(r"三级|指标名称|指标内容")
_NAMED = re.compile(r"^[\u4e00-\u9fff（(“]")
_FEWEST_LABELS = 3
"""Numbers of a column without header that show it to name its rows, not to measure them."""
_PERCENT = re.compile(r"(?<![频效汇])率(?:$|[^\u4e00-\u9fff])|%")
_CODE_PARTS: tuple[ColumnRole, ...] = ("class_code", "section_code", "item_code")
_INDICATOR = re.compile(r"(?:产出|效益|满意度|数量|质量|时效|成本|社会|经济|生态|可持续|影响)(?:效益)?(?:目标|指标)")
_EMPTY_AMOUNT = re.compile(
    r"合计|小计|总计|金额|预算数|决算数|支出|收入|拨款|资金|经费|费$|基金|结转|数$|预算$|决算$|总额|其中|补助|本级|结余"
)


def find_columns(band: TableBand, kind: TableKind) -> tuple[Column, ...]:
    """Return a Column for each grid column of the band: role, header path without the side, side, unit and group."""
    paths = [tuple(path) for path in band.paths]
    sides = find_sides(paths, band.rows)
    columns: list[Column] = []
    for index, path in enumerate(paths):
        kept = path[1:] if sides[index] is not None and len(path) > 1 and is_side(path[0]) else path
        keys = tuple(compact(part) for part in kept)
        leaf, above = (keys[-1], "/".join(keys[:-1])) if keys else ("", "")
        cells = [compact(row.text(index)) for row in band.rows]
        columns.append(
            Column(
                role=_role(leaf, above, [cell for cell in cells if cell and not is_no_value(cell)], kind),
                path=kept,
                side=sides[index],
                unit=_printed_unit(keys),
            )
        )
    columns = _with_code_parts(_with_one_indicator(columns))
    return _with_name(with_classifications(with_groups(columns, band.rows), band.rows), band.rows)


def _printed_unit(keys: tuple[str, ...]) -> str | None:
    """Return the money unit that the header path itself prints, the innermost one."""
    return next((unit for key in reversed(keys) if "元" in key and (unit := find_unit(key))), None)


def _with_code_parts(columns: list[Column]) -> list[Column]:
    """Where two or three columns share one header 科目编码 they hold 类, 款 and 项 of the code."""
    for start in range(len(columns)):
        end = start
        while end < len(columns) and columns[end].role == "code" and columns[end].path == columns[start].path:
            end += 1
        if 2 <= end - start <= 3:
            parts = [replace(column, role=role) for column, role in zip(columns[start:end], _CODE_PARTS, strict=False)]
            return [*columns[:start], *parts, *_with_code_parts(columns[end:])]
    return columns


def _with_one_indicator(columns: list[Column]) -> list[Column]:
    """Where one header cell says 三级指标 or 指标名称, a bare 绩效指标 beside it is only the form's label."""
    exact = [column for column in columns if column.role == "level3" and _EXACT_LEVEL3.search(compact(column.path[-1]))]
    if not exact:
        return columns
    return [
        column
        if column.role != "level3" or _EXACT_LEVEL3.search(compact(column.path[-1]))
        else replace(column, role=TEXT)
        for column in columns
    ]


def _role(leaf: str, above: str, cells: list[str], table: TableKind) -> ColumnRole:
    found = column_role(leaf, above)
    if found == "project" and table.projects == "lines":
        found = "name"  # 项目名称 there heads the lines of income and expenditure
    numbers = sum(map(is_number, cells))
    codes = sum(split_code(cell)[0] is not None and split_code(cell)[1] == "" for cell in cells)
    if found in NAMES and codes * 2 > len(cells):
        return "government_code" if found == "government_name" else "code"
    if found == "unit_code" and codes * 2 > len(cells):
        return "code"  # 单位编码 over a column that prints the units' codes above those of the accounts
    if found == "code" and sum(_NAMED.search(cell) is not None for cell in cells) * 2 > len(cells) > 2 * codes:
        return "name"  # 科目编码 reaches over the names beside the codes
    if found is None and not _EMPTY_AMOUNT.search(leaf) and (label := _number_that_names(cells)):
        return label
    if found == "note" and numbers * 2 > len(cells):
        return "weight" if table.indicators or _INDICATOR.search(above) or "指标" in above else "amount"
    if found is None or (
        found in ("name", "project", "note", "content", "basis", "goal", "reason", "budget_unit")
        and numbers * 10 > 9 * len(cells)
        and cells
        and codes * 2 < numbers
    ):
        if table.indicators and _INDICATOR.search(above + "/" + leaf):
            return "level3" if not re.search("完成", leaf) else "actual"
        if (numbers * 2 >= len(cells) and cells) or (not cells and _EMPTY_AMOUNT.search(leaf)):
            return "percent" if _PERCENT.search(leaf) else "amount"
        return TEXT
    return found


def _number_that_names(cells: list[str]) -> ColumnRole | None:
    """Return sequence for 1, 2, 3 …, unit_code for codes of one department; None for numbers that measure."""
    if len(cells) < _FEWEST_LABELS or not all(cell.isdigit() for cell in cells):
        return None
    if [int(cell) for cell in cells] == list(range(1, len(cells) + 1)):
        return "sequence"
    coded = {len(cell) for cell in cells} == {6} and len({cell[:3] for cell in cells}) == 1
    return "unit_code" if coded else None


def _with_name(columns: list[Column], rows: tuple[Row, ...]) -> tuple[Column, ...]:
    """Give the role of the name to a text column where no header says which column names the rows."""
    for group in {column.group for column in columns}:
        mine = [index for index, column in enumerate(columns) if column.group == group]
        if any(has_words(rows, index) for index in mine if columns[index].role in _ROW_NAMES):
            continue
        for index in mine:
            if columns[index].role == TEXT and has_words(rows, index):
                columns[index] = replace(columns[index], role="name")
                break
    return tuple(columns)
