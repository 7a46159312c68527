"""Money: which printed units are money, what they are worth, and that every reader of money agrees."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from kg.values.measure import load_measures, read_measure
from kg.values.money import (
    ENGLISH,
    FOREIGN,
    FULL,
    NAMED,
    SHORT,
    Money,
    amount_pattern,
    find_unit,
    is_money,
    load_units,
    read_money,
    same,
    show,
    to_yuan,
    unit_pattern,
)

WORTH = [
    ("元", 1),
    ("百元", 100),
    ("千元", 1000),
    ("万元", 10**4),
    ("百万元", 10**6),
    ("千万元", 10**7),
    ("亿元", 10**8),
]


@pytest.mark.parametrize(("unit", "factor"), WORTH)
def test_every_full_unit_is_found_measured_and_converted_alike(unit: str, factor: int) -> None:
    assert find_unit(f"金额（{unit}）") == unit
    assert read_measure(f"3{unit}") == (Decimal(3), unit)
    assert load_measures()[unit] == "money"
    assert to_yuan(Decimal(3), unit) == 3 * factor


def test_the_table_of_units_is_whole() -> None:
    units = load_units()
    assert {unit.form for unit in units.values()} == {FULL, SHORT, NAMED, FOREIGN, ENGLISH}
    assert len(units) >= 14
    for unit in units.values():
        assert units[unit.name].name == unit.name and units[unit.name].factor == unit.factor


@pytest.mark.parametrize("unit", ["分", "角", "人", "%", "万", "亿", "美元", "", None])
def test_what_is_no_unit_of_money_has_no_value_in_yuan(unit: str | None) -> None:
    assert not is_money(unit) and to_yuan(Decimal("0.95"), unit) is None


@pytest.mark.parametrize(
    ("text", "found"), [("安排50万，", ("50", "万元")), ("1,273.5 万元", ("1273.5", "万元")), ("服务5万人次", None)]
)
def test_wan_alone_is_money_unless_it_counts(text: str, found: tuple[str, str] | None) -> None:
    match = re.search(amount_pattern(FULL, SHORT), text)
    money = read_money(match["value"], match["unit"]) if match else None
    assert (None if money is None else (str(money.value), money.unit)) == found


def test_the_longest_unit_is_read() -> None:
    match = re.search(unit_pattern(blanks=True), "单位：百 万 元")
    assert match is not None and match.group() == "百 万 元"


def test_sums_are_the_same_within_their_printed_digits() -> None:
    assert same(Money(Decimal("74.4"), "万元"), Money(Decimal(744300), "元"))
    assert not same(Money(Decimal("74.40"), "万元"), Money(Decimal(744300), "元"))


@pytest.mark.parametrize(("yuan", "text"), [("9999.5", "9,999.5 元"), ("-25000", "-25,000 元（-2.5 万元）")])
def test_people_read_large_sums_in_wan(yuan: str, text: str) -> None:
    assert show(Decimal(yuan)) == text
