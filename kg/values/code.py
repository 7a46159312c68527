"""Classification codes: of function (2…), economic (3…) and government economic classification (5…).

A code has three levels, 类, 款 and 项, each below the one whose digits it begins with: 201, 20103, 2010308
(《政府收支分类科目》). It is printed alone, in brackets before its name, or over three columns.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from kg.text.folding import compact, join_wrapped
from kg.values.vocabularies import SCHEMES, Scheme

FUNCTION: Scheme
ECONOMIC: Scheme
GOVERNMENT_ECONOMIC: Scheme
FUNCTION, ECONOMIC, GOVERNMENT_ECONOMIC = SCHEMES
BY_DIGIT: Mapping[str, Scheme] = {"2": FUNCTION, "3": ECONOMIC, "5": GOVERNMENT_ECONOMIC}
"""The classification of a code by its first digit."""
LEVELS = {3: "类", 5: "款", 7: "项"}
"""The level of a code by the number of its digits."""
LOWEST = max(LEVELS)
CODE = "|".join(rf"\d{{{digits}}}" for digits in LEVELS)
"""201, 20103, 2010308: a code of any level, for a pattern that says what may stand beside it."""

_FIRST = "".join(BY_DIGIT)
_BEFORE_NAME = re.compile(
    rf"^[\[【(（〔]?(?P<code>[{_FIRST}]\d{{2}}(?:\d{{2}}){{0,2}})[\]】)）〕]?[-—_、.:：]?(?P<name>.*)$", re.DOTALL
)
_NAME = re.compile(r"[\u4e00-\u9fff(（“\"]")
_COUNTED = "年月万亿元个台辆"  # 50万元以上设备, 201个单位: a number with what it counts is no code
_PROJECT_CODE = re.compile(r"^(?:\d[\dA-Z]{9,}|[A-Z]{1,4}\d[\dA-Z]{6,})\s?[-—_]\s?")
_OWNER_CODE = re.compile(r"^[\[（(]?\d{3,12}[\]）)]?[-—_\s]*")


@lru_cache(maxsize=16384)
def split_code(text: str) -> tuple[str | None, str]:
    """Return the code that a cell begins with and the name after it; no code where none is printed.

    >>> split_code("[2014004]信访业务"), split_code("2150701-行政运行"), split_code("20103 08")
    (('2014004', '信访业务'), ('2150701', '行政运行'), ('2010308', ''))
    >>> split_code("50万元以上设备"), split_code("301工资福利支出")
    ((None, '50万元以上设备'), ('301', '工资福利支出'))
    """
    match = _BEFORE_NAME.match(compact(text))
    if match is None:
        return None, join_wrapped(text)
    name = match["name"]
    if name and (name[0] in _COUNTED or not _NAME.match(name)):
        return None, join_wrapped(text)
    return match["code"], name


def strip_owner_code(name: str) -> str:
    """Return the name of a unit without the code of three to twelve digits that budgets print before it.

    >>> strip_owner_code("[161001]某市信访局"), strip_owner_code("289-某区审计局"), strip_owner_code("某局")
    ('某市信访局', '某区审计局', '某局')
    """
    return _OWNER_CODE.sub("", name)


def strip_project_code(name: str) -> str:
    """Return the name of a project without the long code that budgets print before it.

    >>> strip_project_code("500000210000000053-办案经费"), strip_project_code("2024年培训费")
    ('办案经费', '2024年培训费')
    """
    return _PROJECT_CODE.sub("", name)


def scheme_of(code: str) -> Scheme | None:
    """Return which classification a code is of, None for one of another kind.

    >>> scheme_of("2010308"), scheme_of("30201"), scheme_of("50502"), scheme_of("A0201")
    ('function', 'economic', 'government_economic', None)
    """
    return BY_DIGIT.get(code[:1])


def level_of(code: str) -> str | None:
    """Return 类, 款 or 项 by the number of digits, None for what is no code of these classifications.

    >>> level_of("201"), level_of("2010308"), level_of("2010"), level_of("A02")
    ('类', '项', None, None)
    """
    return LEVELS.get(len(code)) if code.isdigit() else None


def is_lowest(code: str) -> bool:
    """Return whether a code is a 项, below which there is none."""
    return len(code) == LOWEST and code.isdigit()


def parent_code(code: str) -> str | None:
    """Return the code one level up (类 3 digits, 款 5, 项 7), None for a 类.

    >>> parent_code("2010308"), parent_code("30201"), parent_code("201")
    ('20103', '302', None)
    """
    return code[:-2] if level_of(code) and len(code) > min(LEVELS) else None


def with_parents(code: str) -> tuple[str, ...]:
    """Return a code after those above it, the widest first.

    >>> with_parents("2010308")
    ('201', '20103', '2010308')
    """
    above = parent_code(code)
    return (*with_parents(above), code) if above else (code,)


def is_above(upper: str, lower: str) -> bool:
    """Return whether one code is above another, at any distance.

    >>> is_above("201", "2010308"), is_above("201", "201"), is_above("201", "20203")
    (True, False, False)
    """
    return len(upper) < len(lower) and lower.startswith(upper)


class CodeColumns:
    """Codes printed over three columns 类, 款, 项; a column may print its own two digits or all of them.

    >>> codes = CodeColumns()
    >>> codes.read("201", "", ""), codes.read("", "03", ""), codes.read("", "", "08")
    ('201', '20103', '2010308')
    """

    def __init__(self) -> None:
        self._class = self._section = ""

    def read(self, class_text: str, section_text: str, item_text: str) -> str | None:
        """Return the code of a row, parts that are not printed taken from the rows above."""
        parts = [re.sub(r"\D", "", compact(text)) for text in (class_text, section_text, item_text)]
        if not any(parts):
            return None
        if parts[0]:
            self._class, self._section = parts[0][:3], parts[0][:5] if len(parts[0]) >= 5 else ""
            if not any(parts[1:]):
                return parts[0] if len(parts[0]) in LEVELS else None
        if parts[1]:
            self._section = parts[1] if len(parts[1]) >= 5 else self._class + parts[1].zfill(2)
            if not parts[2]:
                return self._section if len(self._section) in (5, 7) else None
        if len(parts[2]) >= LOWEST:
            return parts[2]
        code = self._section + parts[2].zfill(2)
        return code if len(code) == LOWEST else None
