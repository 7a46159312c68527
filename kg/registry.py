"""Names in the settings or in a file's bytes -> implementations, each imported only when it is asked for.

A seam has one Registry, beside its protocol: `ENGINES` in kg.store.engines, `RUNNERS` in
kg.process.runners, and so on. A name that isn't in it may be `module:attribute` itself, so that
another package can bring its own implementation without a change here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import Generic, TypeVar, cast

from kg.messages import Message, say
from kg.settings import BadSetting

Part = TypeVar("Part")


def place_of(part: Callable[..., object]) -> str:
    """Return where a function or class of a module can be loaded from again: `module:attribute`.

    >>> place_of(Registry)
    'kg.registry:Registry'
    """
    return f"{part.__module__}:{part.__qualname__}"


def load_place(place: str) -> object:
    """Return what stands at `module:attribute`. Raises ImportError, AttributeError, or ValueError for no place."""
    module, _, attribute = place.partition(":")
    return getattr(import_module(module), attribute)


class Registry(Generic[Part]):
    """What implements one seam. `kind` says in one or two words what it is, for the error.

    >>> Registry[type]("number", {"exact": "decimal:Decimal"}).load("exact")
    <class 'decimal.Decimal'>
    """

    def __init__(self, kind: str, places: Mapping[str, str]) -> None:
        self.kind = kind
        self._places = dict(places)

    @property
    def _told_kind(self) -> Message:
        return say(f"part.{self.kind.replace(' ', '_')}")

    def __iter__(self) -> Iterator[str]:
        """Yield the names, in the order they are registered."""
        return iter(self._places)

    def load(self, name: str) -> Part:
        """Return what `name` stands for: a registered name, or any `module:attribute`.

        Raises BadSetting for a name that is neither, or where nothing can be imported.
        """
        place = self._places.get(name, name)
        if ":" not in place:
            raise BadSetting(say("error.setting.part", kind=self._told_kind, name=name, known=tuple(self)))
        try:
            return cast(Part, load_place(place))
        except (ImportError, AttributeError, ValueError) as error:
            raise BadSetting(say("error.setting.load", kind=self._told_kind, place=place, reason=str(error))) from error
