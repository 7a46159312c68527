"""A Runner over child processes, any of which may hang, crash or use too much memory.

Such an item fails alone; its child is replaced and the others go on.
"""

from __future__ import annotations

import math
import os
import pickle
import time
from collections.abc import Callable, Iterable, Iterator
from selectors import EVENT_READ, DefaultSelector
from typing import cast

from kg.errors import LimitExceeded, UnreadableInput
from kg.messages import say
from kg.process import items
from kg.process.confine import Limits
from kg.process.pool import WorkerPool
from kg.process.runner import Item, Result
from kg.process.worker import Died, Overdue, Setup, Worker
from kg.registry import place_of
from kg.settings import Settings


class ProcessRunner:
    """At most `workers` children, each with `timeout` seconds for an item; 0 is no limit.

    A child may take `memory` MiB, 0 for no limit; one whose peak has passed half of that is replaced
    after the item.
    """

    def __init__(self, *, workers: int, timeout: float, memory: int) -> None:
        # What converts old Word files talks to itself over a local socket.
        limits = Limits(memory=memory, local_sockets=True)
        given = {"memory": memory // 2}
        setup = Setup(session=place_of(items.open_session), given=given, limits=limits, follows_thread=True)
        self._pool = WorkerPool(setup, kept=workers, most=workers)
        self._workers = workers
        self._timeout = timeout
        self._busy: dict[Worker, object] = {}

    def map(self, work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[tuple[Item, Result | Exception]]:
        """Yield (item, result) as they are done.

        An item comes with the exception its work raised; with LimitExceeded if it took too long
        or its child was killed, UnreadableInput if the child crashed on it.
        """
        pending = iter(items)
        try:
            self._fill(work, pending)
            while self._busy:
                for worker in self._finished():
                    if worker not in self._busy:
                        continue  # closed in the meantime
                    item = self._busy.pop(worker)
                    outcome = self._outcome(worker, item)
                    self._fill(work, pending)
                    yield cast(Item, item), cast("Result | Exception", outcome)
        finally:
            self._drop()

    def close(self) -> None:
        """Stop the children; pending work is dropped."""
        self._drop()
        self._pool.close()

    def _drop(self) -> None:
        while self._busy:
            worker, _ = self._busy.popitem()
            worker.kill()
            self._pool.give_back(worker)

    def _fill(self, work: Callable[[Item], Result], pending: Iterator[Item]) -> None:
        """Give work to children until all are busy or nothing is left."""
        while len(self._busy) < self._workers:
            try:
                item = next(pending)
            except StopIteration:
                return
            worker = self._pool.take()
            self._busy[worker] = item
            worker.begin({}, pickle.dumps((work, item)), timeout=self._timeout)

    def _finished(self) -> list[Worker]:
        """Wait for at least one child; return those that have answered, died or are overdue."""
        with DefaultSelector() as selector:
            for worker in self._busy:
                selector.register(worker, EVENT_READ, worker)
            nearest = min(worker.deadline for worker in self._busy)
            wait = None if nearest == math.inf else max(0.0, nearest - time.monotonic())
            ready: list[Worker] = [key.data for key, _ in selector.select(wait)]
        now = time.monotonic()
        return [worker for worker in self._busy if worker in ready or worker.deadline <= now]

    def _outcome(self, worker: Worker, item: object) -> object:
        """Return what a child answered, or the error that stands for its death; the child is free again."""
        file = _name(item)
        try:
            _, body = worker.finish()
        except Overdue:
            return LimitExceeded(file, say("error.input.slow", seconds=f"{self._timeout:g}"))
        except Died as death:
            return _refusal(death, file)
        finally:
            self._pool.give_back(worker)
        good, outcome = pickle.loads(body)
        if not good and isinstance(outcome, MemoryError):
            return LimitExceeded(file, say("error.input.memory"))
        return outcome


def _refusal(death: Died, file: str) -> Exception:
    if death.of_memory:
        return LimitExceeded(file, say("error.input.killed"))
    return UnreadableInput(file, say("error.input.crashed", how=death.how))


def _name(item: object) -> str:
    """Return what to call an item: the name of a path or a task, else the item itself."""
    return str(getattr(item, "name", item))


def open_runner(settings: Settings) -> ProcessRunner:
    """Return a runner with one child a core (or `settings.workers`) under the reading limits."""
    return ProcessRunner(
        workers=settings.workers or len(os.sched_getaffinity(0)),
        timeout=settings.read_timeout,
        memory=settings.read_memory,
    )
