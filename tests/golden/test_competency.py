"""The competency questions give their expected rows on the sample documents."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import ontology
from tests.graphs import sample_store

EXPECTED = Path(__file__).parent / "competency"
QUESTIONS = {path.stem: path for path in ontology.competency_paths()}
# Columns of a query that say where a row comes from, not what it says.
_BESIDE = {"source"}


def test_every_question_has_its_expected_rows() -> None:
    assert len(QUESTIONS) >= 20
    assert set(QUESTIONS) == {path.stem for path in EXPECTED.glob("*.json")}


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_a_question_is_asked_in_both_languages(name: str) -> None:
    chinese, english = QUESTIONS[name].read_text("utf-8").splitlines()[:2]
    assert re.match(r"# .*[\u4e00-\u9fff].*[？?]$", chinese)
    assert re.match(r"# [A-Z0-9][^\n]*\?$", english)


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_a_question_gets_its_expected_rows(name: str) -> None:
    expected = json.loads((EXPECTED / f"{name}.json").read_text("utf-8"))
    answer = sample_store().select(QUESTIONS[name].read_text("utf-8"))
    kept = [at for at, variable in enumerate(answer.variables) if variable not in _BESIDE]
    found = [[None if row[at] is None else row[at].value for at in kept] for row in answer.rows]
    assert sorted(map(_plain, found)) == sorted(map(_plain, expected["rows"]))


def _plain(row: list[object]) -> tuple[str, ...]:
    return tuple(_value(value) for value in row)


def _value(value: object) -> str:
    """Return a cell in a form that compares: numbers to two places, lists of issuers in one order."""
    if value is None:
        return ""
    text = re.sub(r"\s", "", str(value)).replace("（", "(").replace("）", ")").rstrip("%")
    if re.fullmatch(r"-?\d+(\.\d+)?", text):
        return f"{float(text):.2f}"
    return "、".join(sorted(text.split("、"))) if "、" in text and not re.search("[。；]", text) else text
