"""What long-lived readers hold: a resource of the current generation that moves over by itself.

A request leases the resource. When the link points elsewhere, one request opens the new
generation while the others go on with the old, which is closed when its last lease has ended.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Generic, Protocol, TypeVar

from kg.errors import NoGeneration, SuyuanError
from kg.messages import say
from kg.store.generations import Generation, Home


class Closable(Protocol):
    def close(self) -> None:
        """Release what is held."""


Resource = TypeVar("Resource", bound=Closable)


class _Held(Generic[Resource]):
    """An open resource, the hold on its generation, and how many use it."""

    def __init__(self, name: str, handle: int, resource: Resource) -> None:
        self.name = name
        self.handle = handle
        self.resource = resource
        self.leases = 0

    def close(self) -> None:
        self.resource.close()
        os.close(self.handle)


class Serving(Generic[Resource]):
    """Leases of a resource that `open_resource` makes from a generation. Safe for threads."""

    def __init__(self, home: Home, open_resource: Callable[[Generation], Resource]) -> None:
        self._home = home
        self._open_resource = open_resource
        self._held: _Held[Resource] | None = None
        self._lock = Lock()
        self._opening = Lock()
        self._refused: tuple[str, SuyuanError] | None = None

    @contextmanager
    def lease(self) -> Iterator[Resource]:
        """Hold the resource of the current generation for one request.

        Raises NoGeneration before the first ingest, and what `open_resource` raises if there is
        no older generation to go on with.
        """
        held = self._take()
        try:
            yield held.resource
        finally:
            self._give_back(held)

    @property
    def problem(self) -> SuyuanError | None:
        """Why the current generation is not the one served; None when it is."""
        return self._refused[1] if self._refused else None

    def close(self) -> None:
        """Close the resource once nobody uses it."""
        with self._lock:
            held, self._held = self._held, None
            if held is not None and held.leases == 0:
                held.close()

    def _take(self) -> _Held[Resource]:
        name = self._home.current_name()
        with self._lock:
            held = self._held
            if held is not None and self._good_enough(held, name):
                held.leases += 1
                return held
        with self._opening:
            self._move_over()
        with self._lock:
            if self._held is None:
                raise NoGeneration(say("error.home.closed", home=str(self._home.path)))
            self._held.leases += 1
            return self._held

    def _good_enough(self, held: _Held[Resource], name: str | None) -> bool:
        """Tell whether to go on with `held`: it is current, its successor is being opened or is damaged."""
        refused = self._refused is not None and self._refused[0] == name
        return held.name == name or self._opening.locked() or refused

    def _move_over(self) -> None:
        """Open the current generation and put it in place of the one held."""
        if self._held is not None and self._held.name == self._home.current_name():
            return
        try:
            fresh = self._open_current()
        except SuyuanError as error:
            if self._held is None:
                raise
            self._refused = (self._home.current_name() or "", error)
            return
        with self._lock:
            old, self._held, self._refused = self._held, fresh, None
            if old is not None and old.leases == 0:
                old.close()

    def _open_current(self) -> _Held[Resource]:
        for _ in range(3):
            generation = self._home.current()
            try:
                handle = generation.take_hold()
            except NoGeneration:
                continue  # it was replaced and pruned between the two calls
            try:
                name = f"generations/{generation.path.name}"
                return _Held(name, handle, self._open_resource(generation))
            except BaseException:
                os.close(handle)
                raise
        raise NoGeneration(say("error.home.current_gone", home=str(self._home.path)))

    def _give_back(self, held: _Held[Resource]) -> None:
        with self._lock:
            held.leases -= 1
            if held is not self._held and held.leases == 0:
                held.close()
