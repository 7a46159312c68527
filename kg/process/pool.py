"""Workers for everybody who asks: some kept warm, so many at once, replaced when they die or tire."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from kg.process.worker import Setup, Worker


class Busy(Exception):
    """Every worker is taken."""


class WorkerPool:
    """Lends workers made by one Setup: `kept` are kept alive between loans, `most` are lent at once.

    Safe for threads. A worker is lent to one borrower; one that is killed or dies takes nothing along.
    """

    def __init__(self, setup: Setup, *, kept: int, most: int) -> None:
        self._setup = setup
        self._kept = max(kept, 1)
        self._free: list[Worker] = []
        self._places = threading.BoundedSemaphore(max(most, self._kept))
        self._lock = threading.Lock()
        self._closed = False

    def warm(self) -> None:
        """Start the workers that are kept, without waiting for them."""
        with self._lock:
            while len(self._free) < self._kept and not self._closed:
                self._free.append(Worker(self._setup))

    @contextmanager
    def lent(self, patience: float) -> Iterator[Worker]:
        """Lend a worker for the block. Raises Busy if no place becomes free in `patience` seconds."""
        worker = self.take(patience)
        try:
            yield worker
        finally:
            self.give_back(worker)

    def take(self, patience: float = 0.0) -> Worker:
        """Return a worker, to be given back. Raises Busy as `lent` does."""
        if not self._places.acquire(timeout=patience):
            raise Busy
        try:
            return self._free_worker() or Worker(self._setup)
        except BaseException:
            self._places.release()
            raise

    def give_back(self, worker: Worker) -> None:
        """Keep a worker for the next, or end it: it died, is tired, or enough are kept."""
        with self._lock:
            keep = worker.is_alive() and not worker.tired and not self._closed and len(self._free) < self._kept
            if keep:
                self._free.append(worker)
        if not keep:
            worker.kill()
        self._places.release()

    def close(self) -> None:
        """End all workers that are free; those lent end when they are given back."""
        with self._lock:
            self._closed = True
            free, self._free = self._free, []
        for worker in free:
            worker.kill()

    def _free_worker(self) -> Worker | None:
        with self._lock:
            while self._free:
                worker = self._free.pop()
                if worker.is_alive():
                    return worker
                worker.kill()
        return None
