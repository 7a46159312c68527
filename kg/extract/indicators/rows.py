"""Read the indicator rows of forms: levels 1 to 3, target, result, weight and score, shifted rows put right.

In: a band whose header names levels and a target. Out: IndicatorRow values, levels inherited from above.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.blocks import Cell, Row
from kg.extract.context import Band
from kg.extract.indicators.evidence import HINT, LIKELY, SURE
from kg.extract.indicators.targets import is_not_applicable, parse_target
from kg.extract.prose.quantities import comparators
from kg.lexicon import load_rows
from kg.text.folding import compact, fold, join_wrapped
from kg.values.item_mark import strip_item_mark
from kg.values.vocabularies import ColumnRole

_NAME_AND_VALUE = re.compile(r"^(?:其中[:：]?)?(?P<name>[^:：]{3,40})[:：]\s*(?P<value>[^:：]{1,20})$")
_NUMBERED = re.compile(r"^指标\s?\d{1,2}\s?[：:.、]\s?")
_JOINED = re.compile(
    r"^(?P<level1>(?:产出|效益|满意度|成本)指标)(?P<level2>(?:数量|质量|时效|成本|经济成本|社会成本|生态环境成本|经济效益"
    r"|社会效益|生态效益|可持续影响|服务对象满意度)指标)(?P<name>.+)$"
)
_BESIDE = frozenset(
    [
        "actual",
        "weight",
        "got",
        "reason",
        "note",
        "rectification",
        "problems",
        "nature",
        "quantity_unit",
        "explanation",
    ]
)

_LONGEST_VALUE = 10
"""Characters of a cell that is a value alone (不低于95%); a number in a longer one belongs to its wording."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorRow:
    """One indicator as printed; `name` is its cell, `level3` its text, levels 1 and 2 as inherited."""

    level1: str | None
    level2: str | None
    level3: str
    name: Cell
    target: str
    actual: str
    weight: str
    got: str
    row: Row


def is_indicator_band(band: Band) -> bool:
    """Whether the rows of a band are indicators: a third level beside a target, a result or other levels."""
    roles = {column.role for column in band.columns}
    return "level3" in roles and bool(roles & {"target", "actual", "level1", "level2"})


def read_rows(band: Band) -> Iterator[IndicatorRow]:
    """Yield the indicators of a band, top down."""
    columns = _Columns(band)
    level1: str | None = None
    level2: str | None = None
    read = [(row, slots) for row in band.rows if (slots := columns.assign(row)) is not None]
    firsts = _whole_levels([first for _, (first, _, _, _) in read], 1)
    seconds = _whole_levels([second for _, (_, second, _, _) in read], 2)
    for (row, (_, _, third, target)), first, second in zip(read, firsts, seconds, strict=True):
        if first:
            level1, level2 = _level(first), None
        if second:
            level2 = _level(second)
        if third is None:
            continue
        name, value = _split_value(third.text, target)
        top, sub = (None if not first and _contradicts(level1, level2) else level1), level2
        joined = _JOINED.match(name) if not top and not sub else None
        if joined:
            top, sub, name = joined["level1"], joined["level2"], joined["name"]
        yield IndicatorRow(
            level1=top,
            level2=sub,
            level3=_NUMBERED.sub("", name),
            name=third,
            target=value,
            actual=columns.text(row, "actual"),
            weight=columns.text(row, "weight"),
            got=columns.text(row, "got"),
            row=row,
        )


def _whole_levels(texts: list[str], level: int) -> list[str]:
    """Return the cells of a level, those joined that a page break cuts in two (产出指 / 标), as if they were merged."""
    whole = list(texts)
    last: int | None = None
    for at, text in enumerate(texts):
        if not text:
            continue
        if last is not None and level not in level_of(whole[last]) and level in level_of(whole[last] + text):
            whole[last], whole[at] = compact(whole[last] + text), ""
        else:
            last = at
    return whole


def _contradicts(level1: str | None, level2: str | None) -> bool:
    """Whether an inherited first level can't be that of a printed second one: a benefit is no output."""
    return bool(level1 and level2 and level1.startswith("产出") and re.match("(?:经济|社会|生态)效益|可持续", level2))


def level_of(text: str) -> frozenset[int]:
    """Return the levels that a text names by its words: {1} for 产出指标, {2} for 数量指标, {} for none.

    >>> sorted(level_of("产出指标")), sorted(level_of("数量 指标")), sorted(level_of("案件办结率"))
    ([1], [2], [])
    """
    key = compact(text)
    return frozenset(level for pattern, level in _level_patterns() if pattern.search(key))


class _Columns:
    """The columns of a band by what they hold; a slipped row is read one column further right or left."""

    def __init__(self, band: Band) -> None:
        self.band = band
        roles = [column.role for column in band.columns]
        self.first = _find(roles, "level1")
        self.second = _find(roles, "level2")
        after = max(-1 if self.first is None else self.first, -1 if self.second is None else self.second)
        self.third = [index for index, role in enumerate(roles) if role == "level3" and index > after]
        self.target = [index for index, role in enumerate(roles) if role == "target"]
        self.other = frozenset(index for index, role in enumerate(roles) if role in _BESIDE)

    def text(self, row: Row, role: ColumnRole) -> str:
        """Return the text of the first filled cell of `role`."""
        return next(
            (
                row.text(index)
                for index, column in enumerate(self.band.columns)
                if column.role == role and row.text(index)
            ),
            "",
        )

    def assign(self, row: Row) -> tuple[str, str, Cell | None, str] | None:
        """Return the texts of levels 1 and 2, the cell of level 3 and the target, as they are meant."""
        if not self.third:
            return None
        readings = [reading for reading in (self._reading(row, shift) for shift in (0, -1, 1)) if reading is not None]
        return max(readings, key=_plausibility, default=None)

    def _reading(self, row: Row, shift: int) -> tuple[str, str, Cell | None, str] | None:
        """Read a row as if its cells stood `shift` columns right of where they belong."""
        if shift and (self.first is None or self.second is None):
            return None
        first = _cell(row, self.first, shift)
        second = _cell(row, self.second, shift)
        thirds = [cell for index in self.third if (cell := _cell(row, index, shift)) is not None]
        third = thirds[0] if thirds else None
        if shift and (
            third is None
            or (
                self.first is not None
                and shift < 0
                and _cell(row, self.first, 0) is None
                and _cell(row, self.second, 0) is None
            )
        ):
            return None
        end = third.column if third is not None else (self.third[-1] + shift)
        return (
            first.text if first else "",
            second.text if second else "",
            third,
            self._target(row, end, shift),
        )

    def _target(self, row: Row, end: int, shift: int) -> str:
        """Return the target: its own column with sign and unit, else the first cell behind the name."""
        own = [
            cell.text for index in self.target if (cell := _cell(row, index, shift)) is not None and cell.column > end
        ]
        if not own:
            own = [
                cell.text
                for cell in row.cells
                if cell.column > end and cell.text.strip() and cell.column - shift not in self.other
            ]
        if not own:
            return ""
        sign = fold(self.text(row, "nature")).strip()
        unit = join_wrapped(self.text(row, "quantity_unit"))
        printed = own[0].strip()
        if re.fullmatch(r"[\d.,]+(?:[-~至][\d.,]+)?", fold(printed)) and unit not in ("", "-", "/", "无"):
            printed += unit
        return sign + printed if sign in comparators()["before"] and fold(printed)[:1].isdigit() else printed


def _plausibility(reading: tuple[str, str, Cell | None, str]) -> float:
    """How far a reading of a row makes sense: levels named as such, a target that is one."""
    first, second, third, target = reading
    score = 0.0
    if first:
        score += LIKELY if 1 in level_of(first) else -LIKELY if 2 in level_of(first) else 0.0
    if second:
        score += LIKELY if 2 in level_of(second) else -LIKELY if 1 in level_of(second) else 0.0
    if third is not None:
        score -= SURE if level_of(third.text) else 0.0
        score -= SURE if _is_value(third.text) else 0.0
        score += HINT if target or is_not_applicable(third.text) else -HINT
    return score


def _is_value(text: str) -> bool:
    target = parse_target(text)
    return target.number is not None and len(compact(text)) <= _LONGEST_VALUE


def _cell(row: Row, column: int | None, shift: int) -> Cell | None:
    if column is None:
        return None
    return next((cell for cell in row.cells if cell.column == column + shift and cell.text.strip()), None)


def _find(roles: list[ColumnRole], role: ColumnRole) -> int | None:
    return roles.index(role) if role in roles else None


def _level(text: str) -> str:
    return strip_item_mark(join_wrapped(text))


def _split_value(text: str, target: str) -> tuple[str, str]:
    """Split an indicator that holds its value in its own cell (预算完成率：100%)."""
    name = join_wrapped(text)
    match = _NAME_AND_VALUE.match(name) if not target else None
    if match and parse_target(match["value"]).number is not None:
        return match["name"].strip(), match["value"].strip()
    return name, target.strip()


@cache
def _level_patterns() -> tuple[tuple[re.Pattern[str], int], ...]:
    return tuple((re.compile(pattern), int(level)) for pattern, level in load_rows("indicator_levels"))
