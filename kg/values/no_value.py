"""Marks that a cell prints in place of a number: —, ／, -: nothing was planned or spent, or nothing applies."""

from __future__ import annotations

import re

_NO_VALUE = re.compile(r"[-—–―─－]{2,3}|[-—–―─－/／\\]")


def is_no_value(key: str) -> bool:
    """Return whether a cell's compact text is only a mark that there is no number.

    >>> [is_no_value(key) for key in ("—", "／", "--", "0", "-3", "一", "")]
    [True, True, True, False, False, False, False]
    """
    return _NO_VALUE.fullmatch(key) is not None
