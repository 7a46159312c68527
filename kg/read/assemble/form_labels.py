"""The labels of forms, where each value stands beside a cell that says what it is: kg/lexicon/form_labels.tsv."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from kg.lexicon import load_rows
from kg.text.folding import compact

LONGEST_LABEL, _LONGEST_PRINTED = 16, 40
"""Characters of a form's label without blanks, and as printed with them: longer cells hold what was filled in."""


@lru_cache(maxsize=4096)
def form_label(text: str) -> str | None:
    """Return what a label of a form stands for (name, goal, content, basis …), None if it is no label.

    >>> form_label("项目名称"), form_label("年度总体目标"), form_label("办案经费")
    ('name', 'goal', None)
    """
    key = compact(text).rstrip(":：") if len(text) < _LONGEST_PRINTED else ""
    if not key or len(key) > LONGEST_LABEL:
        return None
    return next((meaning for pattern, meaning in _labels() if pattern.match(key)), None)


@cache
def _labels() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), meaning) for pattern, meaning in load_rows("form_labels"))
