"""The name of a row: what its first cells print beside the code."""

from __future__ import annotations

import re

from kg.text.folding import join_wrapped
from kg.text.patterns import NUMERALS
from kg.values.code import split_code

_OF_WHICH = re.compile(rf"^其中\s*[:：]\s*(?=[(（]?[{NUMERALS}\d]+[)）、.])")


def row_name(text: str) -> str:
    """Return the name of a row: its code and the blanks of line wraps taken out, item marks kept.

    >>> row_name("其中：（一）因公出国（境）费"), row_name("[301]工资福利支出"), row_name("合 计")
    ('（一）因公出国（境）费', '工资福利支出', '合计')
    """
    _, name = split_code(text)
    return _OF_WHICH.sub("", join_wrapped(name))
