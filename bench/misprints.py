"""How many of the errors that the audit tells are true, and how many misprints it finds, on made-up budgets.

    python -m bench.misprints [ROUNDS]

Each form of tests/property/misprints.py is made ROUNDS times as it should be and ROUNDS times with one figure
exchanged. An error is true if it cites the exchanged figure, and is in the correct copy always false.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from random import Random

from tests.audited import audit_text
from tests.property.misprints import FORMS, Budget, misprint

ROUNDS = 40


@dataclass(slots=True)
class Score:
    """Errors told and true, misprints made and found."""

    told: int = 0
    true: int = 0
    made: int = 0
    found: int = 0

    def add(self, other: Score) -> None:
        self.told, self.true = self.told + other.told, self.true + other.true
        self.made, self.found = self.made + other.made, self.found + other.found

    @property
    def precision(self) -> float:
        return self.true / self.told if self.told else 1.0

    @property
    def recall(self) -> float:
        return self.found / self.made if self.made else 1.0


def measure(rounds: int = ROUNDS) -> dict[str, Score]:
    """Return the score of each form; what can't be told from its correct copy (rows withheld) is not misprinted."""
    scores: dict[str, Score] = {}
    for make in FORMS:
        score = Score()
        for seed in range(rounds):
            dice = Random(seed)
            budget = make(dice)
            score.told += len(_cited(budget))
            if budget.form == "withheld":
                continue
            wrong, printed = misprint(budget, dice)
            cited = _cited(wrong)
            true = sum(printed in values for values in cited)
            score.add(Score(told=len(cited), true=true, made=1, found=bool(true)))
        scores[budget.form] = score
    return scores


def _cited(budget: Budget) -> list[set[str]]:
    """Return the figures that each error cites."""
    findings = audit_text(budget.text).findings
    return [
        {f"{place.value:f}" for place in found.places if place.value is not None}
        for found in findings
        if found.severity == "error"
    ]


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    whole = Score()
    for form, score in measure(rounds).items():
        whole.add(score)
        _print(form, score)
    _print("all", whole)


def _print(form: str, score: Score) -> None:
    told = f"errors {score.told:4} true {score.precision:6.1%}"
    print(f"{form:10} {told}   misprints {score.made:4} found {score.recall:6.1%}")


if __name__ == "__main__":
    main()
