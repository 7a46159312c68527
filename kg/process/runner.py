"""The runner seam: how the ingest spreads independent work, serially or over processes.

Every implementation passes tests/contract/runner.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class Runner(Protocol):
    """Maps a picklable function over items; results come back as they are done, with their item."""

    def map(self, work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[tuple[Item, Result | Exception]]:
        """Yield (item, result) for each item; an item whose work raised comes with its exception.

        A worker that dies (killed, out of memory, past its deadline) gives LimitExceeded or
        UnreadableInput for its item only; the others go on.
        """

    def close(self) -> None:
        """Stop the workers; pending work is dropped."""
