"""What became of each file of an ingest, and where the time went."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Annotated

from kg.errors import InputRefused, SuyuanError
from kg.messages import Message, say, told
from kg.serialise import Digits

READ, KEPT, SKIPPED, REFUSED, REMOVED = "read", "kept", "skipped", "refused", "removed"
"""Read now; read by an ingest that was stopped; already in, or passed over in its folder; can't be taken in;
taken out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one file; `reason` says why it was skipped, refused or replaces another.

    It is a Message but for words of others, and empty where there is nothing to say. `code` is stable, for
    programs: that of the error where the file was refused, else that of the reason.
    """

    file: str
    status: str
    reason: Message | str = ""
    code: str = ""
    pages: int | None = None
    records: int = 0
    quads: int = 0

    def told(self, language: str) -> str:
        """Return the reason in a language of the catalogue."""
        return told(self.reason, language)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One ingest or removal. `generation` is the one that serves afterwards, None if none does.

    `seconds` by stage: read (with extract, audit and triples as the children's own sums), store,
    links, index, publish; `counts` of the generation: documents, triples, passages.
    """

    generation: int | None
    published: bool
    files: tuple[Outcome, ...]
    counts: dict[str, int] = field(default_factory=dict)
    seconds: Annotated[dict[str, float], Digits(3)] = field(default_factory=dict)

    @property
    def refused(self) -> tuple[Outcome, ...]:
        """The files that couldn't be taken in."""
        return tuple(outcome for outcome in self.files if outcome.status == REFUSED)

    def tally(self) -> dict[str, int]:
        """Return status -> number of files, in the order of the statuses."""
        counted = Counter(outcome.status for outcome in self.files)
        return {name: counted[name] for name in (READ, KEPT, SKIPPED, REFUSED, REMOVED) if counted[name]}


def skipped(file: str, reason: Message) -> Outcome:
    """Return the outcome of a file that isn't read, with the reason."""
    return Outcome(file=file, status=SKIPPED, reason=reason, code=reason.code)


def refusal(file: str, error: Exception) -> Outcome:
    """Return the outcome of a file whose reading raised `error`, foreseen or not."""
    if isinstance(error, SuyuanError):
        where = error.where if isinstance(error, InputRefused) else ""
        reason = say("outcome.at", where=where, reason=error.said) if where else error.said
        return Outcome(file=file, status=REFUSED, reason=reason, code=error.code)
    notes = " ".join(getattr(error, "__notes__", ()))
    fault = f"{type(error).__name__}: {error}" + (f" ({notes})" if notes else "")
    return Outcome(file=file, status=REFUSED, reason=say("outcome.fault", fault=fault), code="internal_error")


class Stopwatch:
    """Seconds by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def time(self, stage: str) -> Iterator[None]:
        """Add the time of the block to a stage."""
        begun = time.perf_counter()
        try:
            yield
        finally:
            self.add(stage, time.perf_counter() - begun)

    def add(self, stage: str, seconds: float) -> None:
        """Add seconds to a stage."""
        self.seconds[stage] = self.seconds.get(stage, 0.0) + seconds
