"""The figures of prose as arithmetic needs them: levels, changes, shares; with their words and lines.

In: the quantified paragraphs of a document. Out: figures in reading order. What they measure is not asked here
(kg.extract.prose.statements says that); only how they hang together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.audit.base.check import text_place
from kg.blocks import Paragraph
from kg.extract.prose.quantified import Quantified
from kg.records import FindingPlace
from kg.values.money import Money, is_money, to_money
from kg.values.precision import half_unit
from kg.values.year import YEAR

LEVEL, CHANGE, PERCENT, SHARE, OTHER = "level", "change", "percent", "share", "other"

_CLAUSE = re.compile(r"[，,。；;：:、（）()]")
_UP = re.compile(r"(?:增加|增长|上升|提高|增|多|增幅|上涨)[了为约数额至]*$")
_DOWN = re.compile(r"(?:减少|下降|降低|压减|核减|缩减|减|少|降幅|下调|压缩)[了为约数额]*$")
_STANDARD = re.compile(
    r"(?:人均|户均|每(?:人|户|月|次|天|辆|平方米|公里|亩|套|生)?|按|标准|单价|均价|平均)[^，,。；;：:、]{0,10}$"
)
_SHARE = re.compile(r"(?:占|占比)[^，,。；;：:、%％]{0,24}$")
_COMPARED = re.compile(rf"(?:比|较|与|是|由|从)\s*(?:上一?年|去年|前年|往年|年初|预算|{YEAR})[^，,。；;]{{0,16}}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure: `value` is signed for changes, `label` the words of its clause, `depth` its brackets."""

    value: Decimal
    unit: str
    role: str
    label: str
    start: int
    end: int
    depth: int
    place: FindingPlace

    @property
    def yuan(self) -> Decimal:
        """The value in 元 (as it is, where the unit is none of money)."""
        return self._money.yuan if self._money else self.value

    @property
    def half(self) -> Decimal:
        """Half a unit of the last printed digit, in 元 as `yuan`."""
        return self._money.half if self._money else half_unit(self.value)

    @property
    def is_money(self) -> bool:
        """Whether the unit is one of money."""
        return is_money(self.unit)

    @property
    def _money(self) -> Money | None:
        return to_money(self.value, self.unit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """A paragraph with its figures."""

    paragraph: Paragraph
    figures: tuple[Figure, ...]


def find_prose(paragraphs: Iterable[Quantified]) -> tuple[Prose, ...]:
    """Return every paragraph with its figures, those without any included."""
    return tuple(Prose(paragraph=item.paragraph, figures=_figures(item)) for item in paragraphs)


def _figures(item: Quantified) -> tuple[Figure, ...]:
    paragraph, text = item.paragraph, item.paragraph.text
    figures = []
    for quantity in item.quantities:
        if quantity.measures == "time" or quantity.comparator in (">=", ">", "<=", "<"):
            continue
        before = text[: quantity.start]
        clause = _CLAUSE.split(before)[-1]
        role, sign = _role(clause.rstrip(), quantity.measures)
        place = replace(paragraph.place, line=paragraph.line_at(quantity.start))
        figures.append(
            Figure(
                value=quantity.value * sign,
                unit=quantity.unit,
                role=role,
                label=clause.strip(),
                start=quantity.start,
                end=quantity.end,
                depth=_count(before, "（(") - _count(before, "）)"),
                place=text_place(place, f"{clause.strip()}{text[quantity.start : quantity.end]}", quantity.value),
            )
        )
    return tuple(figures)


def _role(clause: str, measures: str) -> tuple[str, int]:
    up, down = _UP.search(clause) is not None, _DOWN.search(clause) is not None
    sign = -1 if down else 1
    if measures == "percent":
        if up or down:
            return PERCENT, sign
        return (SHARE if _SHARE.search(clause) else OTHER), 1
    if up or down:
        return CHANGE, sign
    return (OTHER if _COMPARED.search(clause) or _STANDARD.search(clause) else LEVEL), 1


def _count(text: str, letters: str) -> int:
    return sum(text.count(letter) for letter in letters)
