"""The role that a header cell gives its column: kg/lexicon/column_roles.tsv."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from kg.lexicon import load_rows

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
