"""Names in the settings or in a file's bytes -> implementations, each imported only when it is asked for.

A seam has one Registry, beside its protocol: `ENGINES` in kg.store.engines, `RUNNERS` in
kg.process.runners, and so on. A name that isn't in it may be `module:attribute` itself, so that
another package can bring its own implementation without a change here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Generic, TypeVar, cast

from kg.settings import BadSetting

Part = TypeVar("Part")


class Registry(Generic[Part]):
    """What implements one seam. `kind` says in one or two words what it is, for the error.

    >>> Registry[type]("number", {"exact": "decimal:Decimal"}).load("exact")
    <class 'decimal.Decimal'>
    """

    def __init__(self, kind: str, places: Mapping[str, str]) -> None:
        self.kind = kind
        self._places = dict(places)

    def __iter__(self) -> Iterator[str]:
        """Yield the names, in the order they are registered."""
        return iter(self._places)

    def load(self, name: str) -> Part:
        """Return what `name` stands for: a registered name, or any `module:attribute`.

        Raises BadSetting for a name that is neither, or where nothing can be imported.
        """
        module, _, attribute = self._places.get(name, name).partition(":")
        if not attribute:
            raise BadSetting(f"there is no {self.kind} {name!r}", hint=f"one of {', '.join(self)}")
        try:
            return cast(Part, getattr(import_module(module), attribute))
        except (ImportError, AttributeError, ValueError) as error:
            raise BadSetting(f"{self.kind} {module}:{attribute} can't be loaded: {error}") from error
