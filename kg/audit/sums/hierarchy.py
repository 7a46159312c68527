"""类 = Σ款 = Σ项: every code against the codes right below it, column by column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.audit.base.cell_sums import check_sum
from kg.audit.base.check import Check
from kg.audit.base.sheets import Line, Sheet
from kg.values.code import is_above, level_of
from kg.values.vocabularies import SCHEMES


@dataclass(slots=True)
class Branch:
    """A coded line and the coded lines right below it."""

    line: Line
    children: list[Branch] = field(default_factory=list)


def find_branches(sheet: Sheet) -> list[list[Branch]]:
    """Return the code trees of a table, one list of top branches for each run of coded lines.

    A line without a code (a unit, a total) ends a run: the codes below it are counted anew.
    """
    runs: list[list[Branch]] = []
    stack: list[Branch] = []
    coded = sheet.scheme in SCHEMES
    for line in sheet.lines:
        if line.code is None:
            runs.append([])
            stack = []
        if line.code is None or not coded or level_of(line.code) is None:
            continue
        if not runs:
            runs.append([])
        while stack and not is_above(stack[-1].line.code or "", line.code):
            stack.pop()
        branch = Branch(line)
        (stack[-1].children if stack else runs[-1]).append(branch)
        stack.append(branch)
    return [run for run in runs if run]


def check_hierarchy(sheet: Sheet) -> Iterator[Check]:
    """Yield one check for each code with codes below it and each column."""
    for run in find_branches(sheet):
        for top in run:
            yield from _check_branch(sheet, top)


def _check_branch(sheet: Sheet, branch: Branch) -> Iterator[Check]:
    if not branch.children:
        return
    lines = [child.line for child in branch.children]
    label = f"{branch.line.code} {branch.line.label}"
    for column, total in branch.line.cells.items():
        parts = sheet.column(lines, column)
        header = "/".join(total.header)
        yield from check_sum(sheet, [total], parts, rule="hierarchy", code="audit.sum.codes", line=label, column=header)
    for child in branch.children:
        yield from _check_branch(sheet, child)
