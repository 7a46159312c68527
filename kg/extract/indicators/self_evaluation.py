"""Read the indicators of self-evaluation tables that print one project a row, whatever its cells slipped to.

Where empty cells collapsed, the rest of a row stands left of its header. So the header only says which
second levels there are and in which order; which cells are an indicator, a target, a result or 不适用 is
found by what they hold, and the best reading of the whole row wins (dynamic programming over cells and
levels, both in order).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.blocks import Cell, Row
from kg.extract.context import Band
from kg.extract.indicators.evidence import HINT, IMPOSSIBLE, LIKELY, SURE
from kg.extract.indicators.targets import is_not_applicable
from kg.lexicon import load_rows
from kg.text.folding import compact
from kg.values.measure import read_measure

_REACHED = re.compile(r"^(?:已?(?:全部)?完成|达标|良好|优)$")
_NOTHING = re.compile(r"^(?:无|暂无|没有)[。.]?$")
_TAIL = 2
"""Cells that may follow the indicators: problems and rectification."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A second level of the header: its names, what tells its entries, and whether many projects have none."""

    level1: str | None
    level2: str
    cue: re.Pattern[str]
    may_miss: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One indicator of a row: the cell that names it, the cells of its target and its result, if printed."""

    slot: Slot
    name: Cell
    target: Cell | None
    actual: Cell | None


def find_slots(band: Band) -> tuple[Slot, ...]:
    """Return the second levels that the header of a self-evaluation prints, in order, () if none."""
    texts = [compact(cell.text) for row in band.header_rows for cell in row.cells if cell.text]
    tops = [text for text in texts if re.search(r"^(?:产出|效益|满意)", text)]
    slots = []
    for text in texts:
        kind = next(
            (
                row
                for row in load_rows("indicator_cues")
                if text.startswith((row[0], "服务对象" + row[0], "社会公众"))
                and text.endswith(("指标", "目标"))
                and re.search(row[0], text)
            ),
            None,
        )
        if kind is None or (text in tops and any(other != text and re.search(kind[0], other) for other in texts)):
            continue
        level1 = next((top for top in tops if top.startswith(kind[1])), None)
        slots.append(Slot(level1=level1, level2=text, cue=re.compile(kind[2]), may_miss=len(kind) > 3))
    return tuple(slots) if len(slots) >= 3 and tops else ()


def first_column(band: Band, slots: tuple[Slot, ...]) -> int | None:
    """Return the grid column where the indicators of a row begin, None if the header doesn't say."""
    tops = {slot.level1 for slot in slots} | {slot.level2 for slot in slots}
    return next(
        (index for index, column in enumerate(band.columns) if any(compact(part) in tops for part in column.path)),
        None,
    )


def read_entries(row: Row, start: int, slots: tuple[Slot, ...]) -> tuple[list[Entry], list[Cell]]:
    """Return the indicators of a row and the cells left over at its end (problems, rectification)."""
    cells = [cell for cell in row.cells if cell.column >= start and cell.text.strip()]
    best: dict[tuple[int, int], tuple[float, list[Entry]]] = {(0, 0): (0.0, [])}
    for at in range(len(cells) + 1):
        for slot in range(len(slots) + 1):
            state = best.get((at, slot))
            if state is None or slot == len(slots):
                continue
            _offer(best, (at, slot + 1), state[0] - LIKELY, state[1])
            for length in (1, 2, 3):
                if at + length <= len(cells):
                    score, entry = _read(cells[at : at + length], slots[slot])
                    _offer(best, (at + length, slot + 1), state[0] + score, [*state[1], entry])
    ends = [
        (score - _rest_cost(cells[at:]), at, entries)
        for (at, slot), (score, entries) in best.items()
        if slot == len(slots)
    ]
    _, used, entries = max(ends, key=lambda end: (end[0], end[1]), default=(0.0, 0, []))
    return entries, cells[used:]


def _offer(
    best: dict[tuple[int, int], tuple[float, list[Entry]]],
    key: tuple[int, int],
    score: float,
    entries: list[Entry],
) -> None:
    if key not in best or score > best[key][0]:
        best[key] = (score, entries)


def _read(cells: list[Cell], slot: Slot) -> tuple[float, Entry]:
    """Score the reading of one to three cells as an indicator of `slot`."""
    texts = [cell.text.strip() for cell in cells]
    name, rest = texts[0], texts[1:]
    if is_not_applicable(name):
        both = len(rest) == 1 and is_not_applicable(rest[0])
        score = LIKELY if not rest else LIKELY + HINT if both else -IMPOSSIBLE
        score += HINT if slot.may_miss else 0.0
        return score, Entry(slot=slot, name=cells[0], target=None, actual=cells[1] if rest else None)
    score = -IMPOSSIBLE if _is_result(name) or _NOTHING.match(name) else 0.0
    if any(is_not_applicable(text) or _NOTHING.match(text) for text in rest):
        score -= IMPOSSIBLE
    score += _fit(name, slot)
    if len(cells) == 1:
        return score - HINT, Entry(slot=slot, name=cells[0], target=None, actual=None)
    result = _is_result(texts[-1])
    if len(cells) == 2:
        return score + (SURE if result else HINT), Entry(slot=slot, name=cells[0], target=None, actual=cells[1])
    score += (LIKELY + HINT if result else -SURE) - (SURE if _is_result(texts[1]) else 0.0)
    return score, Entry(slot=slot, name=cells[0], target=cells[1], actual=cells[2])


def _fit(name: str, slot: Slot) -> float:
    """How well the words of an indicator suit a second level; satisfaction is never anything else."""
    if "满意" in name:
        return SURE if "满意" in slot.level2 else -SURE
    if not slot.cue.search(name):
        return -HINT if "满意" in slot.level2 else 0.0
    return HINT


def _rest_cost(cells: list[Cell]) -> float:
    """What it costs to leave cells to the columns behind the indicators: two may remain."""
    results = sum(_is_result(cell.text.strip()) for cell in cells)
    return (max(0, len(cells) - _TAIL) + results) * SURE


def _is_result(text: str) -> bool:
    """Whether a cell is a result: a measure (95%, 20件) or a word for having got there."""
    return read_measure(text) is not None or bool(_REACHED.match(text))
