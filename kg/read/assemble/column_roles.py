"""The role that a header cell gives its column: kg/lexicon/column_roles.tsv."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from kg.lexicon import load_rows
from kg.values.vocabularies import COLUMN_ROLES, ColumnRole, word_of

_GOVERNMENT: Mapping[ColumnRole, ColumnRole] = {
    "name": "government_name",
    "code": "government_code",
    "class_code": "government_code",
    "section_code": "government_code",
    "item_code": "government_code",
}
"""The roles of columns that stand under a header of the government's economic classification."""
_UNDER_GOVERNMENT = re.compile(r"^政府(?:预算)?(?:支出)?经济")


@lru_cache(maxsize=8192)
def column_role(leaf: str, above: str) -> ColumnRole | None:
    """Return the role of a column by its header cell and the path above it, None if no pattern fits.

    >>> column_role("科目编码", ""), column_role("绩效目标", ""), column_role("基本支出", "")
    ('code', 'goal', None)
    """
    for role, pattern, context in _column_patterns():
        if pattern.search(leaf) and (context is None or context.search(above)):
            return _GOVERNMENT.get(role, role) if _UNDER_GOVERNMENT.search(above) else role
    return None


@cache
def _column_patterns() -> tuple[tuple[ColumnRole, re.Pattern[str], re.Pattern[str] | None], ...]:
    return tuple(
        (
            word_of(role, COLUMN_ROLES, "column_roles.tsv"),
            re.compile(pattern),
            re.compile(rest[0]) if rest and rest[0] else None,
        )
        for role, pattern, *rest in load_rows("column_roles")
    )
