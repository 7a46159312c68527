"""A name of a seam leads to its implementation, or raises."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.registry import Registry
from kg.settings import BadSetting

NUMBERS: Registry[Callable[[str], object]] = Registry("number", {"exact": "decimal:Decimal", "torn": "decimal:Lost"})


def test_a_registered_name_is_imported() -> None:
    assert str(NUMBERS.load("exact")("12.50")) == "12.50"
    assert list(NUMBERS) == ["exact", "torn"]


def test_a_name_may_be_an_implementation_from_elsewhere() -> None:
    assert str(NUMBERS.load("fractions:Fraction")("1/2")) == "1/2"


@pytest.mark.parametrize("name", ["rough", "", "torn", "no_such_module:x", "decimal:", ":Decimal"])
def test_a_name_that_leads_nowhere_raises(name: str) -> None:
    with pytest.raises(BadSetting, match="number"):
        NUMBERS.load(name)


def test_an_unknown_name_is_told_the_known_ones() -> None:
    with pytest.raises(BadSetting) as caught:
        NUMBERS.load("rough")
    assert caught.value.hint == "one of exact, torn"
