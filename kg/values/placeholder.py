"""Marks that a form prints where somebody should write: XX, ××, ＿＿."""

from __future__ import annotations

import re

_PLACEHOLDER = re.compile(r"(?<![A-Za-zＡ-Ｚ])(?:[XxＸｘ×]{2,}|[△]{2,}|[_＿]{2,})(?![A-Za-z])")


def has_placeholder(text: str) -> bool:
    """Return whether a text has a blank that nobody has filled in.

    >>> [has_placeholder(text) for text in ("XX局2024年预算", "支出××万元", "XXL号3件", "二〇〇九年")]
    [True, True, False, False]
    """
    return _PLACEHOLDER.search(text) is not None
