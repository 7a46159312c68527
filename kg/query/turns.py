"""Whose query runs next: so many at once, a share of them for each client, so many wait, the rest comes back later.

A client (an address) that asks more than its share waits for its own queries and for nobody else's; a query
that there is no room for is refused while its client still listens, not when it has waited long.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from kg.errors import QueryBusy
from kg.messages import say

GRACE = 0.05
"""Seconds a query without a place in the queue may still wait: enough for a burst of quick ones to drain."""

SURPLUS = 32
"""Queries that may wait out their grace at once; each of them holds a thread of whoever asks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """How many queries run and how many wait now."""

    running: int
    waiting: int


@dataclass(eq=False, slots=True)
class _Ticket:
    client: str | None
    queued: bool


class Turns:
    """Turns to run: `places` at once, `share` of them for one client, `queue` waiting. Safe for threads.

    A client None is ourselves and has no share. As many queries of a client wait as it may run, so that
    the last of them waits for one round.
    """

    def __init__(self, *, places: int, share: int, queue: int) -> None:
        self._places = max(places, 1)
        self._share = min(max(share, 1), self._places)
        self._queue = queue
        self._running: Counter[str | None] = Counter()
        self._waiting: list[_Ticket] = []
        self._changed = threading.Condition()

    @contextmanager
    def turn(self, client: str | None, patience: float) -> Iterator[None]:
        """Run the block when it is this client's turn.

        Raises QueryBusy at once (after GRACE) where there is no room to wait, and after `patience`
        seconds (0: never) where there was.
        """
        self._take(client, patience)
        try:
            yield
        finally:
            with self._changed:
                self._running[client] -= 1
                if not self._running[client]:
                    del self._running[client]
                self._changed.notify_all()

    def load(self) -> Load:
        """Return how many run and wait."""
        with self._changed:
            return Load(running=self._running.total(), waiting=len(self._waiting))

    def _take(self, client: str | None, patience: float) -> None:
        with self._changed:
            ticket = _Ticket(client, self._has_room(client))
            if not ticket.queued and len(self._waiting) >= self._queue + SURPLUS:
                raise QueryBusy(say("error.query.busy"))
            self._waiting.append(ticket)
            try:
                longest = (patience or None) if ticket.queued else GRACE
                if not self._changed.wait_for(lambda: self._next() is ticket, longest):
                    raise QueryBusy(say("error.query.busy"))
                self._running[client] += 1
            finally:
                self._waiting.remove(ticket)
                self._changed.notify_all()

    def _has_room(self, client: str | None) -> bool:
        queued = [ticket.client for ticket in self._waiting if ticket.queued]
        return len(queued) < self._queue and (client is None or queued.count(client) < self._share)

    def _next(self) -> _Ticket | None:
        """Return whose turn it is: of those below their share who runs fewest, of these who came first."""
        if self._running.total() >= self._places:
            return None
        below = (each for each in self._waiting if each.client is None or self._running[each.client] < self._share)
        return min(below, key=lambda each: self._running[each.client], default=None)
