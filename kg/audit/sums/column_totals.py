"""合计 = Σ of the lines it stands over: the total line of a table against its top codes, or its lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.audit.base.cell_sums import check_sum
from kg.audit.base.check import ERROR, Check
from kg.audit.base.sheets import Line, Sheet, is_partial
from kg.audit.sums.hierarchy import find_branches


@dataclass(slots=True)
class Segment:
    """Lines without a code (totals, units) and the top codes printed below them."""

    heads: list[Line] = field(default_factory=list)
    tops: list[Line] = field(default_factory=list)


def check_column_totals(sheet: Sheet, owners: frozenset[str]) -> Iterator[Check]:
    """Yield the checks of the total and unit lines of a coded table; `owners` are names of departments."""
    segments = _segments(sheet, owners)
    coded = [segment for segment in segments if segment.tops]
    if not coded:
        return
    if len(coded) == 1:
        heads = [head for segment in segments for head in segment.heads]
        yield from _check(sheet, heads, coded[0].tops)
        return
    own = [segment.heads[-1] for segment in coded if segment.heads]
    for segment in coded:
        yield from _check(sheet, segment.heads[-1:], segment.tops)
    if len(own) == len(coded):
        yield from _check(sheet, coded[0].heads[:-1], own)


def _segments(sheet: Sheet, owners: frozenset[str]) -> list[Segment]:
    tops = [branch.line for run in find_branches(sheet) for branch in run]
    coded = {line.code for line in sheet.lines if line.code}
    segments = [Segment()]
    for line in sheet.lines:
        if any(line is top for top in tops):
            segments[-1].tops.append(line)
        elif line.code is None and _is_head(line, owners) and coded:
            if segments[-1].tops:
                segments.append(Segment())
            segments[-1].heads.append(line)
    return segments


def _is_head(line: Line, owners: frozenset[str]) -> bool:
    if is_partial(line.label):
        return False
    return line.is_total or line.label in owners or (line.unit is not None and line.name in ("", line.unit))


def _check(sheet: Sheet, heads: Sequence[Line], parts: Sequence[Line]) -> Iterator[Check]:
    """Check the heads of one set of parts; heads with the same figure make one check."""
    if not heads:
        return
    for column in heads[-1].cells:
        totals = sheet.column(heads, column)
        cells = sheet.column(parts, column)
        if not cells or not (totals[-1].value or any(cell.value for cell in cells)):
            continue
        for value in dict.fromkeys(total.value for total in totals):
            same = [total for total in totals if total.value == value]
            header = "/".join(same[0].header)
            yield from check_sum(
                sheet, same, cells, rule="column_total", code="audit.sum.column", line=same[0].name, column=header
            )


def judge_lines(sheet: Sheet, total: Line, parts: Sequence[Line], rule: str) -> list[Check]:
    """Return the checks of one total line against its parts, one for each column where something stands."""
    return [
        check
        for column, whole in total.cells.items()
        for check in check_sum(
            sheet, [whole], sheet.column(parts, column), rule=rule, code="audit.sum.items", line=total.label
        )
    ]


def count_errors(checks: Sequence[Check]) -> int:
    """Return how many checks fail beyond rounding."""
    return sum(check.outcome == ERROR for check in checks)
