"""Read indicators packed into one cell: 1、1-产出指标；11-数量指标；名称；年度指标值:≥95%。2、…

In: the text of a cell. Out: Packed values in the cell's order; none where a cell is an ordinary indicator.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.text.folding import join_wrapped

_ITEM = re.compile(
    r"(?:^|(?<=[。；;\s\d%]))\s*\d{1,3}\s?[、.]\s?(?=\d{0,2}\s?[-—]?\s?[\u4e00-\u9fff]{2,8}(?:指标|目标))"
)
_LEVEL = re.compile(r"^\d{0,3}\s?[-—.、]?\s?(?P<name>[\u4e00-\u9fff]{2,12}?(?:指标|目标|效益|满意度|影响))$")
_VALUE = re.compile(r"^(?P<label>[\u4e00-\u9fff]{0,10}(?:指标值|目标值|完成值))\s*[:：]\s*(?P<value>.+)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """One packed indicator; `target` is the value of the year, `start` and `end` span it in the cell."""

    level1: str | None
    level2: str | None
    level3: str
    target: str
    start: int
    end: int


def read_packed(text: str) -> list[Packed]:
    """Return the indicators that `text` packs, with their levels and the target of the year.

    >>> found = read_packed("1、1-产出指标；12-质量指标；回访率；实施周期指标值:90%；年度指标值:≥95%。"
    ...                     "2、2-效益指标；22-社会效益；接通率；年度指标值:≥93%。")
    >>> [(item.level1, item.level2, item.level3, item.target) for item in found]
    [('产出指标', '质量指标', '回访率', '≥95%'), ('效益指标', '社会效益', '接通率', '≥93%')]
    """
    marks = list(_ITEM.finditer(text))
    if not marks or not re.search("(?:指标值|目标值)\\s*[:：]", text):
        return []
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    found = [_read(text, mark.end(), end) for mark, end in zip(marks, ends, strict=True)]
    return [item for item in found if item is not None]


def _read(text: str, start: int, end: int) -> Packed | None:
    levels: list[str] = []
    names: list[str] = []
    values: dict[str, str] = {}
    for part in re.split("[；;]", text[start:end]):
        bare = join_wrapped(part).strip(" 。")
        value = _VALUE.match(bare)
        level = _LEVEL.match(bare) if not names else None
        if value:
            values[value["label"]] = value["value"].strip(" 。")
        elif values and bare:
            last = next(reversed(values))
            values[last] = f"{values[last]}；{bare}"
        elif level and len(levels) < 2:
            levels.append(level["name"])
        elif bare:
            names.append(bare)
    if not names:
        return None
    target = next((value for label, value in values.items() if "年度" in label or "本年" in label), None)
    return Packed(
        level1=levels[0] if levels else None,
        level2=levels[1] if len(levels) > 1 else None,
        level3="；".join(names).rstrip("."),
        target=target or next(iter(values.values()), ""),
        start=start,
        end=end,
    )
