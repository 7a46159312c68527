"""The audit of made-up budgets: what adds up is not accused, what was misprinted on purpose is found."""

from __future__ import annotations

import pytest

from bench.misprints import Score, measure

ROUNDS = 6
TRUE, FOUND = 0.95, 0.75  # the share of errors that must be true, and of misprints that must be found


@pytest.fixture(scope="module")
def scores() -> dict[str, Score]:
    return measure(ROUNDS)


def test_errors_are_true(scores: dict[str, Score]) -> None:
    assert {form: score.precision for form, score in scores.items() if score.precision < TRUE} == {}


def test_misprints_are_found(scores: dict[str, Score]) -> None:
    assert {form: score.recall for form, score in scores.items() if score.recall < FOUND} == {}
