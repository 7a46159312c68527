"""What an alteration is: a pure function from a text to an altered text and the change its facts must follow.

    alter(text, dice) -> Altered(text, change)

`Change` says how every fact of the original document moves: which words of it read otherwise,
by which factor money grew, which columns were added. Facts that carry none of these stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """How the facts of a document move when its text is altered."""

    words: tuple[tuple[str, str], ...] = ()
    factor: Decimal = Decimal(1)
    added: frozenset[str] = frozenset()

    @property
    def rescales(self) -> bool:
        """Whether figures are printed otherwise than before."""
        return self.factor != 1

    @property
    def resizes(self) -> bool:
        """Whether words or figures are longer or shorter than before."""
        return self.rescales or any(len(old) != len(new) for old, new in self.words)

    def text(self, printed: str) -> str:
        """Return `printed` with its words replaced, in their order."""
        for old, new in self.words:
            printed = printed.replace(old, new)
        return printed

    def then(self, other: Change) -> Change:
        """Return the change of this alteration followed by `other`."""
        return Change(
            words=self.words + other.words,
            factor=self.factor * other.factor,
            added=self.added | other.added,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Altered:
    """An altered text, in the encoding its bytes shall have, and the change of its facts."""

    text: str
    change: Change = field(default_factory=Change)
    encoding: str = "utf-8"

    def data(self) -> bytes:
        """Return the bytes of the altered file."""
        return self.text.encode(self.encoding)


Alteration = Callable[[str, Random], Altered]


def alter(text: str, alterations: tuple[Alteration, ...], seed: int) -> Altered:
    """Apply `alterations` one after the other, every one with dice of its own thrown from `seed`."""
    altered = Altered(text=text)
    for number, alteration in enumerate(alterations):
        step = alteration(altered.text, Random(seed * 1009 + number))
        encoding = step.encoding if step.encoding != "utf-8" else altered.encoding
        altered = Altered(text=step.text, change=altered.change.then(step.change), encoding=encoding)
    return altered
