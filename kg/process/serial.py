"""A Runner that does one item after the other in this process, without limits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from kg.process.runner import Item, Result
from kg.settings import Settings


class SerialRunner:
    """For debugging, and where starting processes is not worth it."""

    def map(self, work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[tuple[Item, Result | Exception]]:
        """Yield (item, result) in the order of the items; one whose work raised comes with its exception."""
        for item in items:
            result: Result | Exception
            try:
                result = work(item)
            except Exception as error:
                result = error
            yield item, result

    def close(self) -> None:
        """Nothing is held."""


def open_runner(settings: Settings) -> SerialRunner:
    """Return a serial runner, whatever the settings."""
    return SerialRunner()
