"""Classification codes as printed: 2010308, [2014004]信访业务, 2150701-行政运行, three columns 类/款/项."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.text.folding import compact, join_wrapped, strip_item_mark

_CODE = re.compile(r"^[\[【(（〔]?(?P<code>[235]\d{2}(?:\d{2}){0,2})[\]】)）〕]?[-—_、.:：]?(?P<name>.*)$", re.DOTALL)
_OF_WHICH = re.compile(r"^其中\s*[:：]\s*(?=[(（]?[一二三四五六七八九十\d]+[)）、.])")
_SCHEMES = {"2": "function", "3": "economic", "5": "government_economic"}


@lru_cache(maxsize=16384)
def split_code(text: str) -> tuple[str | None, str]:
    """Return the code that a cell begins with and the name after it; no code where none is printed.

    >>> split_code("[2014004]信访业务"), split_code("2150701-行政运行"), split_code("20103 08")
    (('2014004', '信访业务'), ('2150701', '行政运行'), ('2010308', ''))
    >>> split_code("50万元以上设备"), split_code("301工资福利支出")
    ((None, '50万元以上设备'), ('301', '工资福利支出'))
    """
    key = compact(text)
    match = _CODE.match(key)
    if match is None:
        return None, join_wrapped(text)
    name = match["name"]
    if name and (name[0].isdigit() or name[0] in ".,%年月万亿元个台辆" or not re.match(r"[\u4e00-\u9fff(（“\"]", name)):
        return None, join_wrapped(text)
    return match["code"], name


def scheme_of(code: str) -> str | None:
    """Return which classification a code is of: function (2…), economic (3…), government_economic (5…)."""
    return _SCHEMES.get(code[:1])


def row_name(text: str) -> str:
    """Return the name of a row: its code and the blanks of line wraps taken out, item marks kept.

    >>> row_name("其中：（一）因公出国（境）费"), row_name("[301]工资福利支出"), row_name("合 计")
    ('（一）因公出国（境）费', '工资福利支出', '合计')
    """
    _, name = split_code(text)
    return _OF_WHICH.sub("", join_wrapped(name))


def bare_name(text: str) -> str:
    """Return the name of a row without its item mark, for comparing.

    >>> bare_name("（一）因公出国（境）费")
    '因公出国(境)费'
    """
    return compact(strip_item_mark(row_name(text)))


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
                return parts[0] if len(parts[0]) in (3, 5, 7) else None
        if parts[1]:
            self._section = parts[1] if len(parts[1]) >= 5 else self._class + parts[1].zfill(2)
            if not parts[2]:
                return self._section if len(self._section) in (5, 7) else None
        if len(parts[2]) >= 7:
            return parts[2]
        code = self._section + parts[2].zfill(2)
        return code if len(code) == 7 else None
