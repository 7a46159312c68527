"""How far figures may miss each other: the bounds themselves, on either side of each."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.audit.base.tolerance import finest_half_unit, half_unit, judge_pair, judge_ratio, judge_sum

HALF = Decimal("0.5")


def numbers(*texts: str) -> list[Decimal]:
    return [Decimal(text) for text in texts]


@pytest.mark.parametrize(
    ("printed", "half"),
    [("250", "0.5"), ("0", "0.5"), ("91.6", "0.05"), ("91.66", "0.005"), ("1E+3", "0.5"), ("-0.250", "0.0005")],
)
def test_half_a_unit_of_the_last_digit(printed: str, half: str) -> None:
    assert half_unit(Decimal(printed)) == Decimal(half)


def test_a_table_is_as_fine_as_its_finest_figure() -> None:
    assert finest_half_unit(numbers("5", "2.25", "3.1")) == Decimal("0.005")
    assert finest_half_unit([]) == HALF


@pytest.mark.parametrize(
    ("total", "parts", "outcome", "tolerance"),
    [
        ("3", ("1", "2"), "held", "1.5"),
        ("4", ("1", "2"), "rounding", "1.5"),
        ("2", ("1", "2"), "rounding", "1.5"),
        ("4.5", ("1", "2"), "error", "1.5"),  # ranges that only touch
        ("1.5", ("1", "2"), "error", "1.5"),
        ("4", ("1", "2", "0", "0"), "rounding", "1.5"),  # zeros add no tolerance
        ("5", ("1", "2", "0", "0"), "error", "1.5"),
        ("5", ("1", "1", "1"), "error", "2.0"),
        ("4.9", ("1", "1", "1"), "rounding", "2.0"),
        ("1", (), "error", "0.5"),
        ("0", (), "held", "0.5"),
    ],
)
def test_a_total_against_its_parts(total: str, parts: tuple[str, ...], outcome: str, tolerance: str) -> None:
    found = judge_sum(Decimal(total), numbers(*parts), HALF)
    assert found == (outcome, sum(numbers(*parts)), Decimal(tolerance))


@pytest.mark.parametrize(
    ("other", "outcome"), [("10", "held"), ("11", "rounding"), ("9", "rounding"), ("11.01", "error"), ("8.99", "error")]
)
def test_two_prints_of_one_figure_have_a_closed_bound(other: str, outcome: str) -> None:
    assert judge_pair(Decimal(10), Decimal(other), Decimal(1)) == outcome


def ratio(part: str, whole: str, printed: str, half: str = "0") -> tuple[str, Decimal] | None:
    return judge_ratio((Decimal(part), Decimal(half)), (Decimal(whole), Decimal(half)), Decimal(printed))


@pytest.mark.parametrize(
    ("part", "whole", "printed", "outcome"),
    [
        ("1", "4", "25", "held"),
        ("1", "3", "33.3", "held"),
        ("1", "8", "12", "held"),  # 12.5, half way, rounds either way
        ("1", "8", "13", "held"),
        ("2", "3", "66", "rounding"),  # cut, not rounded
        ("2", "3", "67", "held"),
        ("2", "3", "68", "error"),
        ("2", "3", "65", "error"),
        ("-1", "4", "-25", "held"),
        ("-1", "4", "25", "error"),
    ],
)
def test_a_percentage_of_figures_that_are_exact(part: str, whole: str, printed: str, outcome: str) -> None:
    found = ratio(part, whole, printed)
    assert found is not None
    assert found == (outcome, Decimal(part) / Decimal(whole) * 100)


@pytest.mark.parametrize(
    ("part", "whole", "printed", "outcome"),
    [
        # 3±0.5 of 19±0.5 is 12.8 … 18.9 %
        ("3", "19", "12", "error"),
        ("3", "19", "13", "rounding"),
        ("3", "19", "19", "rounding"),
        ("3", "19", "20", "error"),
        # -3±0.5 of 19±0.5 is -18.9 … -12.8 %
        ("-3", "19", "-12", "error"),
        ("-3", "19", "-13", "rounding"),
        ("-3", "19", "-19", "rounding"),
        ("-3", "19", "-20", "error"),
        # 0±0.5 of 4±0.5 is -14.3 … 14.3 %
        ("0", "4", "14", "rounding"),
        ("0", "4", "-14", "rounding"),
        ("0", "4", "15", "error"),
        ("0", "4", "-15", "error"),
    ],
)
def test_a_percentage_that_some_true_figures_give_is_rounding(
    part: str, whole: str, printed: str, outcome: str
) -> None:
    found = ratio(part, whole, printed, half="0.5")
    assert found is not None
    assert found[0] == outcome


@pytest.mark.parametrize("whole", ["0", "-4", "0.5", "0.4"])
def test_no_percentage_of_what_may_be_nothing(whole: str) -> None:
    assert ratio("1", whole, "25", half="0.5") is None


def test_a_whole_just_above_nothing_has_a_percentage() -> None:
    assert ratio("1", "0.6", "167", half="0.5") is not None
