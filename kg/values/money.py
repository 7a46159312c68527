"""Money: its printed units and what they are worth, how it is found in text, compared and shown to people.

The units are `kg/lexicon/money_units.tsv` and stand nowhere else. Amounts are Decimals; the graph and every
comparison hold them in 元, a record keeps the printed value and unit beside that. A score (分) is no money.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from kg.lexicon import load_rows
from kg.values.numeral import NUMERALS, read_chinese_numeral
from kg.values.precision import half_unit

FULL, SHORT, NAMED, FOREIGN, ENGLISH = "full", "short", "named", "foreign", "english"
PRINTED_FORMS = (FULL, NAMED, FOREIGN)
"""The forms that say by themselves, wherever they stand, that a number is money."""
YUAN, WAN, YI = "元", "万元", "亿元"
_AMOUNT = r"\d[\d,]*(?:\.\d+)?"
WORDED = rf"\d{{0,4}}[{NUMERALS}]+(?:元整?|(?<=[万亿])(?![{NUMERALS}人个件次户亩吨条份名台平]))"
"""五百万元, 一千一百二十万五千元, 1千万, 三亿; without 元 it must end in 万 or 亿."""
_NOT_COUNTED = "(?![人个件次户亩吨千条份名台平])"


@dataclass(frozen=True, slots=True)
class Unit:
    """One spelling of a unit: `factor` in 元 (None for another currency), the unit it stands for, its form."""

    spelling: str
    factor: Decimal | None
    name: str
    form: str


@dataclass(frozen=True, slots=True)
class Money:
    """A sum as printed: its value and the unit it stands for."""

    value: Decimal
    unit: str

    @property
    def yuan(self) -> Decimal:
        """The sum in 元."""
        return self.value * factor_of(self.unit)

    @property
    def half(self) -> Decimal:
        """How far the true sum may be from the printed one, in 元: half a unit of the last digit.

        >>> Money(Decimal("74.4"), "万元").half
        Decimal('500.00')
        """
        return half_unit(self.value) * factor_of(self.unit)


@cache
def load_units() -> dict[str, Unit]:
    """Return every unit by its spelling."""
    return {
        spelling: Unit(spelling, None if factor == "-" else Decimal(factor), name, form)
        for spelling, factor, name, form in load_rows("money_units")
    }


@cache
def spellings(*forms: str) -> tuple[str, ...]:
    """Return the spellings of units of these forms, longest first.

    >>> spellings(SHORT), spellings(FULL)[:2]
    (('亿', '万'), ('千万元', '百万元'))
    """
    return tuple(sorted((unit.spelling for unit in load_units().values() if unit.form in forms), key=len, reverse=True))


def unit_pattern(*forms: str, blanks: bool = False) -> str:
    """Return a pattern for a unit, of the full form where none is asked for.

    `blanks` allows those of a stretched caption (万 元). A short unit that counts something (5万人) is none.

    >>> unit_pattern()
    '(?:千万元|百万元|亿元|万元|千元|百元|元)'
    >>> [re.search(unit_pattern(FULL, SHORT), text) is not None for text in ("50万，", "5万人")]
    [True, False]
    """
    joint = r"\s*" if blanks else ""
    words = (
        joint.join(map(re.escape, word)) + (_NOT_COUNTED if load_units()[word].form == SHORT else "")
        for word in spellings(*(forms or (FULL,)))
    )
    return f"(?:{'|'.join(words)})"


def amount_pattern(*forms: str, value: str = "value", unit: str = "unit", bare: bool = False) -> str:
    """Return a pattern for a number with its unit, in two named groups: 1,273.5 万元; the unit may miss if `bare`.

    >>> re.search(amount_pattern(), "安排 1,273.5 万元")["value"]
    '1,273.5'
    """
    return rf"(?P<{value}>{_AMOUNT})\s*(?P<{unit}>{unit_pattern(*forms)}){'?' if bare else ''}"


def is_money(unit: str | None) -> bool:
    """Return whether a printed unit is one of money that has a value in 元.

    >>> is_money("万元"), is_money("分"), is_money("万"), is_money(None)
    (True, False, False, False)
    """
    known = load_units().get((unit or "").strip())
    return known is not None and known.factor is not None and known.form in PRINTED_FORMS


def factor_of(unit: str) -> Decimal:
    """Return what one of a unit is worth in 元, in any spelling. Raises KeyError where it is none of money."""
    factor = load_units()[unit].factor
    if factor is None:
        raise KeyError(unit)
    return factor


def to_money(value: Decimal | None, unit: str | None) -> Money | None:
    """Return a sum of money; None where there is no value or the unit is not one of money.

    >>> to_money(Decimal("74.40"), "万元"), to_money(Decimal("0.95"), "分")
    (Money(value=Decimal('74.40'), unit='万元'), None)
    """
    if value is None or unit is None or not is_money(unit):
        return None
    return Money(value, load_units()[unit.strip()].name)


def to_yuan(value: Decimal | None, unit: str | None) -> Decimal | None:
    """Return an amount in 元; None where there is no value or the unit is not one of money.

    >>> to_yuan(Decimal("74.40"), "万元"), to_yuan(Decimal(2), "人"), to_yuan(Decimal("0.95"), "分")
    (Decimal('744000.00'), None, None)
    """
    money = to_money(value, unit)
    return None if money is None else money.yuan


def read_money(value: str, unit: str) -> Money:
    """Return the sum that a printed number and the unit behind it state, the unit under its full name.

    >>> read_money("1,273.50", "万"), read_money("2", "million").yuan
    (Money(value=Decimal('1273.50'), unit='万元'), Decimal('2000000'))
    """
    return Money(Decimal(value.replace(",", "").replace("，", "")), load_units()[unit].name)


def read_worded(text: str) -> Decimal | None:
    """Return in 元 the sum that WORDED matched: Chinese numerals, digits before them multiplied.

    >>> read_worded("五百万元"), read_worded("一千一百二十万五千元"), read_worded("8千万元"), read_worded("万元")
    (Decimal('5000000'), Decimal('11205000'), Decimal('80000000'), None)
    """
    words = text.removesuffix("整").removesuffix("元")
    named = words.lstrip("0123456789")
    digits = words[: len(words) - len(named)]
    if not digits:
        value = read_chinese_numeral(words) if words[:1] not in "万亿" else None
        return None if value is None else Decimal(value)
    steps = read_chinese_numeral("一" + named) if named and not set(named) - set("十百千万亿") else None
    return None if steps is None else Decimal(digits) * steps


def find_unit(text: str) -> str | None:
    """Return the first unit of money in a header word, None if there is none.

    >>> find_unit("预算金额（万元）"), find_unit("得分")
    ('万元', None)
    """
    match = _unit().search(text)
    return match.group() if match else None


def to_unit(yuan: Decimal, unit: str) -> Decimal:
    """Return an amount of 元 in another unit, without trailing zeros.

    >>> f"{to_unit(Decimal(7440000), WAN):f}"
    '744'
    """
    return (yuan / factor_of(unit)).normalize()


def show(yuan: Decimal) -> str:
    """Return an amount of 元 as pages print it: 元 in full, from ten thousand on in 万元 too.

    >>> show(Decimal(5000000)), show(Decimal("80.5"))
    ('5,000,000 元（500 万元）', '80.5 元')
    """
    text = f"{yuan:,f} {YUAN}"
    return f"{text}（{to_unit(yuan, WAN):,f} {WAN}）" if abs(yuan) >= factor_of(WAN) else text


def show_round(yuan: Decimal) -> str:
    """Return a round sum of 元 in its largest unit, as bounds are named.

    >>> show_round(Decimal(100000000)), show_round(Decimal(10000000)), show_round(Decimal(0))
    ('1亿元', '1000万元', '0')
    """
    unit = next((unit for unit in (YI, WAN) if yuan >= factor_of(unit)), YUAN if yuan else "")
    return f"{to_unit(yuan, unit):f}{unit}" if unit else "0"


def same(one: Money, other: Money) -> bool:
    """Return whether two sums are one within what their printed digits leave open.

    >>> same(Money(Decimal("74.40"), "万元"), Money(Decimal(744012), "元"))
    True
    """
    return abs(one.yuan - other.yuan) <= one.half + other.half


@cache
def _unit() -> re.Pattern[str]:
    return re.compile(unit_pattern(FULL))
