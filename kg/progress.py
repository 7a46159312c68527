"""What a long task tells about itself while it runs; the command line draws a bar from it."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Hears about stages of a task. Called from one thread; never raises."""

    def stage(self, name: str, total: int | None = None) -> None:
        """Begin the stage `name` (read, triples, embed, publish, …) of `total` steps, if known."""

    def advance(self, amount: int = 1, note: str = "") -> None:
        """Report `amount` more steps done; `note` says on what (a file, a count of pages)."""

    def close(self) -> None:
        """End the last stage."""


class Silent:
    """A Progress that shows nothing."""

    def stage(self, name: str, total: int | None = None) -> None:
        """Ignore it."""

    def advance(self, amount: int = 1, note: str = "") -> None:
        """Ignore it."""

    def close(self) -> None:
        """Ignore it."""
