"""What a check returns: one thing looked at, and whether it holds.

A check that holds is counted only; one that doesn't becomes a finding, with every cell it compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from kg.messages import Message, say
from kg.records import AmountRecord, FindingPlace, FindingRecord, Source, StatementRecord
from kg.values.place import Place
from kg.values.vocabularies import FindingKind, Outcome

HELD: Literal["held"] = "held"
ERROR: Literal["error"] = "error"
ROUNDING: Literal["rounding"] = "rounding"
NOTICE: Literal["notice"] = "notice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """`outcome` is held, or the severity of the finding; `rule` names the check for the summary.

    `table` is the caption of the table that was looked at, None for prose; `message` is None for what is held.
    `totals` (one value, printed once or more) and `parts` are the cells of a sum, from which kg.audit.proof judges
    whether an error is proved; `obeyed` counts the lines of the table in which the same columns add up.
    """

    rule: str
    kind: FindingKind
    outcome: Outcome
    table: str | None = None
    message: Message | None = None
    expected: Decimal | None = None
    actual: Decimal | None = None
    tolerance: Decimal | None = None
    places: tuple[FindingPlace, ...] = ()
    repaired: bool = False
    totals: tuple[AmountRecord, ...] = ()
    parts: tuple[AmountRecord, ...] = ()
    obeyed: int = 0

    def to_finding(self) -> FindingRecord:
        """Return the finding of a check that doesn't hold, at the first of its places."""
        assert self.message is not None
        assert self.outcome != HELD
        first = self.places[0]
        return FindingRecord(
            source=Source(place=first.place, text=first.text),
            kind=self.kind,
            severity=self.outcome,
            message=self.message,
            expected=self.expected,
            actual=self.actual,
            places=self.places,
            repaired=self.repaired,
            tolerance=self.tolerance,
        )


def undecided(check: Check, doubt: Message) -> Check:
    """Return an error as the notice that says what could not be decided."""
    assert check.message is not None
    return replace(check, outcome=NOTICE, message=say("audit.undecided", finding=check.message, doubt=doubt))


def place_of(record: AmountRecord | StatementRecord) -> FindingPlace:
    """Return the place of a record with its value."""
    return FindingPlace(place=record.source.place, value=record.value, text=record.source.text)


def text_place(place: Place, text: str, value: Decimal | None = None) -> FindingPlace:
    """Return a place that is cited for its text."""
    return FindingPlace(place=place, value=value, text=text)


def places_of(records: Sequence[AmountRecord | StatementRecord]) -> tuple[FindingPlace, ...]:
    """Return the places of records, in their order."""
    return tuple(place_of(record) for record in records)
