"""Read the indicators of self-evaluation tables that print one project a row, whatever its cells slipped to.

Where empty cells collapsed, the rest of a row stands left of its header. So the header only says which
second levels there are and in which order; which cells are an indicator, a target, a result or 不适用 is
found by what they hold, and the best reading of the whole row wins (dynamic programming over cells and
levels, both in order).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.blocks import Cell, Row
from kg.extract.context import Band
from kg.extract.indicators.targets import is_not_applicable
from kg.lexicon import load_rows
from kg.text.folding import compact

_RESULT = re.compile(
    r"^(?:\d+(?:\.\d+)?\s?%|\d+(?:\.\d+)?\s?(?:件|份|篇|次|人|个|台|宗|场|户|项|万元|元|天|分)?|已?(?:全部)?完成|达标|良好|优)$"
)
_NOTHING = re.compile(r"^(?:无|暂无|没有)[。.]?$")
_MISSED_SLOT, _TAIL = -1.0, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A second level of the header: its printed names and what tells its entries."""

    level1: str | None
    level2: str
    cue: re.Pattern[str] | None


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
        slots.append(Slot(level1=level1, level2=text, cue=_cue(kind[0])))
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
            _offer(best, (at, slot + 1), state[0] + _MISSED_SLOT, state[1])
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
        fit = 0.3 if slot.cue is not None and slot.level2[:2] in ("经济", "生态", "可持", "成本") else 0.0
        score = fit + (1.0 if not rest else 1.4 if len(rest) == 1 and is_not_applicable(rest[0]) else -4.0)
        return score, Entry(slot=slot, name=cells[0], target=None, actual=cells[1] if rest else None)
    score = -3.0 if _RESULT.match(name) or _NOTHING.match(name) else 0.0
    if any(is_not_applicable(text) or _NOTHING.match(text) for text in rest):
        score -= 4.0
    score += _fit(name, slot)
    if len(cells) == 1:
        return score - 0.6, Entry(slot=slot, name=cells[0], target=None, actual=None)
    result = bool(_RESULT.match(texts[-1]))
    if len(cells) == 2:
        return score + (2.0 if result else 0.7), Entry(slot=slot, name=cells[0], target=None, actual=cells[1])
    score += (1.6 if result else -2.0) - (2.0 if _RESULT.match(texts[1]) else 0.0)
    return score, Entry(slot=slot, name=cells[0], target=cells[1], actual=cells[2])


def _fit(name: str, slot: Slot) -> float:
    """How well the words of an indicator suit a second level; satisfaction is never anything else."""
    if "满意" in name:
        return 1.5 if "满意" in slot.level2 else -1.5
    if slot.cue is None or not slot.cue.search(name):
        return -0.5 if "满意" in slot.level2 else 0.0
    return 0.5


def _rest_cost(cells: list[Cell]) -> float:
    """What it costs to leave cells to the columns behind the indicators: two may remain."""
    results = sum(bool(_RESULT.match(cell.text.strip())) for cell in cells)
    return max(0, len(cells) - _TAIL) * 2.0 + results * 2.0


@cache
def _cue(kind: str) -> re.Pattern[str] | None:
    return next((re.compile(row[2]) for row in load_rows("indicator_cues") if row[0] == kind), None)
