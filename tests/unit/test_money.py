"""Money: which printed units are money, what they are worth, and that every reader of money agrees."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from kg.extract.run import extract_records
from kg.ids import BASE
from kg.read.plain.reader import read_text
from kg.triples import to_quads
from kg.triples.terms import term
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
from tests.texts import HEAD, table

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


def test_a_table_of_scores_states_no_money() -> None:
    text = table(
        "项目支出绩效自评表",
        [
            ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"],
            ["产出指标", "数量指标", "审计项目数", "≥20个", "22个", "1", "0.95"],
            ["效益指标", "社会效益指标", "问题整改率", "≥95%", "98%", "10", "9"],
            ["总分", "", "", "", "", "11", "9.95"],
        ],
    )
    document = read_text((HEAD + text).encode("utf-8"), file="sample.txt")
    quads = list(to_quads(extract_records(document).records, BASE))
    scores = {quad.object.value for quad in quads if quad.predicate == term("bud:scoreGot")}
    assert scores == {"0.95", "9"}
    assert [quad for quad in quads if quad.predicate == term("bud:amount")] == []
    assert {quad.object.value for quad in quads if quad.predicate == term("bud:printedUnit")} == {"分"}
