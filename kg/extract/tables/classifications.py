"""Columns of one row's several classifications: function, the government's economic, the department's economic.

A row may print a code of each (2130301 | 50101 | 30101). The first names the row, the others are told apart here:
by the words of the header over the names and codes, else by the first digit of the codes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.blocks import Row
from kg.extract.context import Column
from kg.text.folding import compact
from kg.values.code import ECONOMIC, FUNCTION, GOVERNMENT_ECONOMIC, scheme_of, split_code
from kg.values.vocabularies import ColumnRole, Scheme

CODE_ROLES = frozenset(("code", "class_code", "section_code", "item_code", "government_code"))
_NAME_ROLES = frozenset(("name", "government_name"))
_WORDS: tuple[tuple[Scheme, re.Pattern[str]], ...] = (
    (GOVERNMENT_ECONOMIC, re.compile(r"政府(?:预算)?(?:支出)?经济")),
    (ECONOMIC, re.compile(r"经济")),
    (FUNCTION, re.compile(r"功能")),
)
_ROLES: dict[Scheme, tuple[ColumnRole, ColumnRole]] = {
    GOVERNMENT_ECONOMIC: ("government_code", "government_name"),
    ECONOMIC: ("economic_code", "economic_name"),
}
"""The roles of a code and of a name of a classification that stands beside the row's own."""


def with_classifications(columns: Sequence[Column], rows: tuple[Row, ...]) -> list[Column]:
    """Give codes and names of a second and third classification roles of their own.

    The economic classification of departments is the row's own unless its function stands there too.
    """
    told = [(run, _scheme(run, columns, rows)) for run in _runs(columns)]
    changed = list(columns)
    for run, scheme in told:
        others = {other for mine, other in told if mine != run and columns[mine[0]].group == columns[run[0]].group}
        beside = others - {scheme, None} if scheme == GOVERNMENT_ECONOMIC else others & {FUNCTION}
        if scheme in _ROLES and beside:
            code, name = _ROLES[scheme]
            for index in run:
                changed[index] = replace(changed[index], role=name if changed[index].role in _NAME_ROLES else code)
    return changed


def named_scheme(*headers: str) -> Scheme | None:
    """Return the classification named by the first of these header paths that names one.

    >>> named_scheme("支出功能分类科目"), named_scheme("预算数", "政府预算支出经济分类")
    ('function', 'government_economic')
    """
    found = (scheme for words in map(compact, headers) for scheme, pattern in _WORDS if pattern.search(words))
    return next(found, None)


def _runs(columns: Sequence[Column]) -> Iterator[tuple[int, ...]]:
    """Yield neighbouring columns of one classification: its codes with the name at their right, or either alone."""
    run: list[int] = []
    for index, column in enumerate(columns):
        if column.role in CODE_ROLES and (not run or column.group == columns[run[-1]].group):
            if run and column.role in ("code", "class_code"):
                yield tuple(run)
                run = []
            run.append(index)
            continue
        if column.role in _NAME_ROLES:
            yield (*run, index)
        elif run:
            yield tuple(run)
        run = [index] if column.role in CODE_ROLES else []
    if run:
        yield tuple(run)


def _scheme(run: tuple[int, ...], columns: Sequence[Column], rows: tuple[Row, ...]) -> Scheme | None:
    named = named_scheme(*("/".join(columns[index].path) for index in reversed(run)))
    if named is not None:
        return named
    codes = [split_code(row.text(index))[0] for row in rows for index in run]
    schemes = Counter(scheme for scheme in (scheme_of(code) for code in codes if code) if scheme is not None)
    return schemes.most_common(1)[0][0] if schemes else None
