"""What a table and its columns mean, from title, section and header words; numbers never decide.

Patterns are data: kg/lexicon/table_kinds.tsv (kg.extract.tables.kinds) and kg/lexicon/column_roles.tsv.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cache, lru_cache

from kg.blocks import Row, Table
from kg.extract.context import Column, Identity, Recognised
from kg.extract.tables.bands import RawBand, split_bands
from kg.extract.tables.kinds import UNKNOWN, TableKind, find_kind
from kg.lexicon import load_rows
from kg.read.assemble.headings import SECTION_JOINT
from kg.read.assemble.matrix import is_number
from kg.text.folding import compact
from kg.values.code import scheme_of, split_code
from kg.values.money import find_unit

TEXT = "text"
NAMES = ("name", "government_name")
_ROW_NAMES = frozenset(("name", "project", "item", "year", "catalogue", "budget_unit"))
_EXACT_LEVEL3 = re.compile(r"三级|指标名称|指标内容")
_CODE_PARTS = ("class_code", "section_code", "item_code")
_NUMBERS = frozenset(("amount", "unit_price", "quantity", "percent"))
_OPENING = frozenset(
    [
        "name",
        "code",
        "class_code",
        "text",
        "item",
        "project",
        "sequence",
        "government_name",
        "government_code",
    ]
)
_SIDES = {"收入": "income", "支出": "expenditure"}
_SIDE_WORD = re.compile(r"^(?:本年)?(收入|支出)(?:项目|类别|科目|内容)?(?:[(（].*)?$")
_INDICATOR = re.compile(r"(?:产出|效益|满意度|数量|质量|时效|成本|社会|经济|生态|可持续|影响)(?:效益)?(?:目标|指标)")
_EMPTY_AMOUNT = re.compile(
    r"合计|小计|总计|金额|预算数|决算数|支出|收入|拨款|资金|经费|费$|基金|结转|数$|预算$|决算$|总额|其中|补助|本级|结余"
)
_PATH_LESS = {"code", "name", "class_code", "section_code", "item_code"}


@lru_cache(maxsize=8192)
def column_role(leaf: str, above: str) -> str | None:
    """Return the role of a column by its header cell and the path above it, None if no pattern fits.

    >>> column_role("科目编码", ""), column_role("绩效目标", ""), column_role("基本支出", "")
    ('code', 'goal', None)
    """
    for role, pattern, context in _column_patterns():
        if pattern.search(leaf) and (context is None or context.search(above)):
            if role in _PATH_LESS and re.search(r"^政府(?:预算)?(?:支出)?经济", above):
                return "government_" + role.replace("class_", "").replace("section_", "").replace("item_", "")
            return role
    return None


@cache
def _column_patterns() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str] | None], ...]:
    return tuple(
        (role, re.compile(pattern), re.compile(rest[0]) if rest and rest[0] else None)
        for role, pattern, *rest in load_rows("column_roles")
    )


def recognise(table: Table, identity: Identity) -> Recognised:
    """Return the table with its kind, its bands and the role of each column.

    `identity` is whose table it is: its name is taken out of the title before the title is read.
    """
    bands = split_bands(table)
    header = compact("".join("/".join(column) for band in bands for column in band.paths))
    kind = UNKNOWN
    section = (table.place.section or "").split(SECTION_JOINT)[-1]
    for title in (_without_owner(table.title, identity), section):
        if not kind.is_known and title:
            kind = find_kind(title, header)
    kind = kind if kind.is_known else find_kind("", header)
    columns = [_columns(band, kind) for band in bands]
    return Recognised(
        table=table,
        kind=kind,
        scheme=_scheme(table, header, columns[0] if columns else (), bands),
        columns=columns[0] if columns else (),
        bands=tuple(band.to_band(roles) for band, roles in zip(bands, columns, strict=True)),
    )


def _without_owner(title: str, identity: Identity) -> str:
    key = compact(title)
    for name in (identity.department, *identity.aliases):
        if name and key.startswith(name):
            return key[len(name) :]
    return key


def _columns(band: RawBand, kind: TableKind) -> tuple[Column, ...]:
    paths = [tuple(path) for path in band.paths]
    sides = _sides(paths, band.rows)
    columns: list[Column] = []
    for index, path in enumerate(paths):
        kept = path[1:] if sides[index] is not None and len(path) > 1 and _SIDE_WORD.match(compact(path[0])) else path
        keys = tuple(compact(part) for part in kept)
        leaf, above = (keys[-1], "/".join(keys[:-1])) if keys else ("", "")
        cells = [compact(row.text(index)) for row in band.rows]
        columns.append(
            Column(
                role=_role(leaf, above, [cell for cell in cells if cell], kind),
                path=kept,
                side=sides[index],
                unit=_printed_unit(keys),
            )
        )
    columns = _with_code_parts(_with_one_indicator(columns))
    return _with_name(_with_groups(columns, band.rows), band.rows)


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


def _with_groups(columns: list[Column], rows: tuple[Row, ...]) -> list[Column]:
    """Count the lists printed side by side: a column that names rows opens one if numbers stand before it."""
    if not any(column.path for column in columns):
        return columns
    group, numbers = 0, False
    counted: list[Column] = []
    for index, column in enumerate(columns):
        if column.role in _NUMBERS:
            numbers = True
        elif numbers and column.role in _OPENING and _names_rows(column.role, rows, index):
            group, numbers = group + 1, False
        counted.append(replace(column, group=group))
    if group and not numbers:  # words after the last numbers are remarks, no list of their own
        counted = [replace(column, group=min(column.group, group - 1)) for column in counted]
    return counted


def _role(leaf: str, above: str, cells: list[str], table: TableKind) -> str:
    found = column_role(leaf, above)
    if found == "project" and table.projects == "lines":
        found = "name"  # 项目名称 there heads the lines of income and expenditure
    numbers = sum(map(is_number, cells))
    codes = sum(split_code(cell)[0] is not None and split_code(cell)[1] == "" for cell in cells)
    if found in NAMES and codes * 2 > len(cells):
        return "government_code" if found == "government_name" else "code"
    if found == "note" and numbers * 2 > len(cells):
        return "weight" if _INDICATOR.search(above) or "指标" in above else "amount"
    if found is None or (
        found in ("name", "project", "note", "content", "basis", "goal", "reason", "budget_unit")
        and numbers * 10 > 9 * len(cells)
        and cells
        and codes * 2 < numbers
    ):
        if table.indicators and _INDICATOR.search(above + "/" + leaf):
            return "level3" if not re.search("完成", leaf) else "actual"
        if (numbers * 2 >= len(cells) and cells) or (not cells and _EMPTY_AMOUNT.search(leaf)):
            return "percent" if leaf.endswith(("%", "率")) else "amount"
        return TEXT
    return found


def _names_rows(role: str, rows: tuple[Row, ...], index: int) -> bool:
    if role.endswith("code"):
        return any(row.text(index) for row in rows)
    return _has_text(rows, index, share=0.3)


def _sides(paths: list[tuple[str, ...]], rows: tuple[Row, ...]) -> list[str | None]:
    """Return for each column income or expenditure where one table prints both side by side."""
    tops = [_SIDE_WORD.match(compact(path[0])) if path else None for path in paths]
    if len({match.group(1) for match in tops if match is not None}) < 2:
        return [None] * len(paths)
    begun = {match.group(1): index for index, match in reversed(list(enumerate(tops))) if match is not None}
    if not all(_has_text(rows, index) for index in begun.values()):
        return [None] * len(paths)
    sides: list[str | None] = []
    for match in tops:
        sides.append(_SIDES[match.group(1)] if match is not None else (sides[-1] if sides else None))
    return sides


def _with_name(columns: list[Column], rows: tuple[Row, ...]) -> tuple[Column, ...]:
    """Give the role of the name to a text column where no header says which column names the rows."""
    for group in {column.group for column in columns}:
        mine = [index for index, column in enumerate(columns) if column.group == group]
        if any(_has_text(rows, index) for index in mine if columns[index].role in _ROW_NAMES):
            continue
        for index in mine:
            if columns[index].role == TEXT and _has_text(rows, index):
                columns[index] = replace(columns[index], role="name")
                break
    return tuple(columns)


def _has_text(rows: tuple[Row, ...], index: int, share: float = 0.0) -> bool:
    """Return whether a column prints words, in more than `share` of its filled cells."""
    cells = [compact(row.text(index)) for row in rows if row.text(index)]
    words = sum(not is_number(cell) for cell in cells)
    return words > share * len(cells)


def _scheme(table: Table, header: str, columns: tuple[Column, ...], bands: tuple[RawBand, ...]) -> str | None:
    counts: Counter[str] = Counter()
    for index, column in enumerate(columns):
        if column.role in ("code", "class_code", "name"):
            for row in bands[0].rows:
                code, _ = split_code(row.text(index))
                scheme = scheme_of(code) if code else None
                if scheme is not None:
                    counts[scheme] += 1
    if counts:
        return counts.most_common(1)[0][0]
    words = compact(table.title) + header
    if "经济分类" in words or "经济科目" in words:
        return "economic"
    return "function" if "功能分类" in words or "功能科目" in words else None
