"""合计 = 基本 + 项目: totals across a row, along the header paths.

Which columns a total adds up is not always in the header (a 总计 is followed by its parts, by shares
of them and by other things). So a decomposition is learned from the table: the one that most of
its rows obey; the rows that don't are the findings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.audit.base.cell_sums import check_sum
from kg.audit.base.check import ERROR, Check
from kg.audit.base.sheets import Columns, Line, Sheet, is_partial, is_total
from kg.audit.base.tolerance import judge_sum
from kg.text.folding import compact

ENOUGH = 0.7
"""The share of rows that must obey before columns count as the parts of a total, so that the rest are errors."""
SURE = ({"基本支出", "项目支出"},)


def check_row_totals(sheet: Sheet) -> Iterator[Check]:
    """Yield one check for each total of a row whose parts are known."""
    for total in sheet.columns:
        parts = find_parts(sheet, total)
        if parts:
            obeyed = _fully_obeyed(sheet, total, parts)
            for line in sheet.lines:
                yield from _check_line(sheet, line, total, parts, obeyed)


def find_parts(sheet: Sheet, total: int) -> tuple[int, ...]:
    """Return the columns that the total column adds up, none if it isn't a total or they aren't clear."""
    group = _group(sheet.columns, total)
    if group is None:
        return ()
    whole = list(_candidates(sheet.columns, total, group))
    learned = _most_obeyed(sheet, total, whole)
    if not learned:  # sometimes the columns called 其中 are all the parts there are
        learned = _most_obeyed(sheet, total, list(_candidates(sheet.columns, total, group, partial=True)))
    return learned or next((parts for parts in whole if _is_sure(sheet.columns, parts)), ())


def _most_obeyed(sheet: Sheet, total: int, candidates: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    """Return the columns whose sum most rows obey, the fullest of several; none if too few rows do."""
    best: tuple[float, int, tuple[int, ...]] = (0.0, 0, ())
    for parts in candidates:
        obeyed, lines = _obeyed(sheet, total, parts)
        if lines and obeyed / lines >= ENOUGH:
            best = max(best, (obeyed / lines, len(parts), parts))
    return best[2]


def _group(columns: Columns, total: int) -> tuple[str, ...] | None:
    """Return the header path whose columns a total sums: its own path, or the one above a 小计."""
    path = columns[total]
    if not path:
        return None
    if any(len(other) > len(path) and other[: len(path)] == path for other in columns.values()):
        return path
    return path[:-1] if is_total(path[-1]) else None


def _candidates(
    columns: Columns, total: int, group: tuple[str, ...], *, partial: bool = False
) -> Iterator[tuple[int, ...]]:
    """Yield sets of columns that a total may add up, the fullest first."""
    depth = len(group)
    inside = [column for column, path in columns.items() if path and path[:depth] == group and column != total]
    after = _outermost(columns, [column for column in inside if column > total], depth, partial=partial)
    before = _outermost(columns, [column for column in inside if column < total], depth, partial=partial)
    for run in (after, before[::-1]):
        for size in range(len(run), 1, -1):
            yield tuple(run[:size])
    if len(after) == 1 and group and not partial:
        yield tuple(after)


def _outermost(columns: Columns, inside: list[int], depth: int, *, partial: bool = False) -> list[int]:
    """Return one column for each part: the total of a group of columns, else all of them.

    Columns that name a share (其中：…) are left out unless `partial`: sometimes the shares are all there is.
    """
    groups: dict[str, list[int]] = {}
    for column in inside:
        path = columns[column]
        head = path[depth] if len(path) > depth else ""
        groups.setdefault(f"{head}#{column}" if len(path) == depth + 1 else head, []).append(column)
    chosen: list[int] = []
    for members in groups.values():
        first = columns[members[0]]
        if not partial and any(is_partial(word) for word in (*first[-1:], *first[depth : depth + 1])):
            continue
        whole = next(
            (column for column in members if len(columns[column]) > depth + 1 and is_total(columns[column][-1])), None
        )
        shown = [member for member in members if partial or not is_partial(columns[member][-1])]
        chosen += [whole] if whole is not None else shown
    return chosen


def _obeyed(sheet: Sheet, total: int, parts: tuple[int, ...]) -> tuple[int, int]:
    obeyed = lines = 0
    for line in sheet.lines:
        if total not in line.cells or not line.cells[total].value:
            continue
        values = [line.cells[part].value for part in parts if part in line.cells]
        if values:
            lines += 1
            obeyed += judge_sum(line.cells[total].value, values, sheet.half)[0] != ERROR
    return obeyed, lines


def _fully_obeyed(sheet: Sheet, total: int, parts: tuple[int, ...]) -> int:
    """Return in how many lines at least two of the parts are something, and make the total; 0 if as many fail."""
    obeyed = failed = 0
    for line in sheet.lines:
        values = [line.cells[part].value for part in parts if part in line.cells]
        if total not in line.cells or sum(map(bool, values)) < 2:
            continue
        holds = judge_sum(line.cells[total].value, values, sheet.half)[0] != ERROR
        obeyed, failed = obeyed + holds, failed + (not holds)
    return obeyed if obeyed > failed else 0


def _is_sure(columns: Columns, parts: tuple[int, ...]) -> bool:
    """Whether the words alone make the parts a whole, however few rows obey."""
    words = {compact(columns[part][-1]) for part in parts}
    return len(parts) > 1 and words in SURE


def _check_line(sheet: Sheet, line: Line, total: int, parts: tuple[int, ...], obeyed: int) -> Iterator[Check]:
    if total not in line.cells:
        return
    whole = line.cells[total]
    cells = [line.cells[part] for part in parts if part in line.cells]
    yield from check_sum(
        sheet,
        [whole],
        cells,
        rule="row_total",
        code="audit.sum.row",
        obeyed=obeyed,
        line=line.label,
        column="/".join(whole.header),
        parts=tuple(cell.header[-1] for cell in cells),
    )
