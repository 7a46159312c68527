"""A pool of worker processes that queries run in: kept warm, killed at the deadline, replaced.

Workers are started as fresh interpreters (never forked, so a server with threads may do it) and
talk over pipes. A query has a worker to itself; one that is killed or dies takes nothing along.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from pathlib import Path

from kg import errors
from kg.errors import QueryBusy, QueryError, QueryTimeout, QueryTooLarge, SuyuanError
from kg.query.worker import LENGTH

_WAIT_FOR_WORKER = 5.0  # seconds a query waits while every worker is taken
_START = "import sys; sys.path.insert(0, sys.argv[1]); from kg.query.worker import main; main()"
_MEMORY_SIGNS = (b"memory allocation", b"MemoryError", b"bad_alloc")


class Worker:
    """One process. `ask` is called by one thread at a time."""

    def __init__(self, setup: Mapping[str, object]) -> None:
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", _START, str(Path(__file__).resolve().parents[2])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            bufsize=0,
            start_new_session=True,
        )
        self._ready = False
        self.tired = False
        try:
            self._send(setup)
        except OSError:
            self.close()
            raise

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid

    def ask(self, request: Mapping[str, object], timeout: float) -> bytes:
        """Return the body of the answer.

        Raises QueryTimeout after `timeout` seconds (0: never), the worker being dead then, the
        error the worker reports, and BrokenWorker if it died without a word.
        """
        deadline = time.monotonic() + timeout if timeout else float("inf")
        try:
            if not self._ready:
                self._receive(deadline)
                self._ready = True
            self._send(request)
            header, body = self._receive(deadline)
        except TimeoutError as error:
            self.close()
            hint = "narrow the pattern or add LIMIT; patterns that share no variable multiply"
            message = f"the query ran longer than {timeout:g} s and was stopped"
            raise QueryTimeout(message, hint=hint) from error
        except (EOFError, OSError) as error:
            raise self._death() from error
        self.tired = bool(header.get("tired"))
        if "error" in header:
            kind = getattr(errors, str(header["error"]), QueryError)
            raise _error(kind, str(header["message"]), str(header["hint"]))
        return body

    def is_alive(self) -> bool:
        """Return whether the process still runs."""
        return self._process.poll() is None

    def close(self) -> None:
        """Kill the process and take its pipes away."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout, self._complaints):
            if pipe is not None:
                pipe.close()

    def _send(self, message: Mapping[str, object]) -> None:
        text = json.dumps(message).encode()
        assert self._process.stdin is not None
        data = memoryview(LENGTH.pack(len(text)) + text)
        while data:
            data = data[self._process.stdin.write(data) :]

    def _receive(self, deadline: float) -> tuple[dict[str, object], bytes]:
        size = LENGTH.unpack(self._read(LENGTH.size, deadline))[0]
        header: dict[str, object] = json.loads(self._read(size, deadline))
        length = header["size"]
        assert isinstance(length, int)
        return header, self._read(length, deadline)

    def _read(self, size: int, deadline: float) -> bytes:
        assert self._process.stdout is not None
        descriptor = self._process.stdout.fileno()
        waiting = select.poll()
        waiting.register(descriptor, select.POLLIN)
        parts, missing = [], size
        while missing:
            left = deadline - time.monotonic()
            if left <= 0 or not waiting.poll(None if left == float("inf") else left * 1000):
                raise TimeoutError
            part = os.read(descriptor, min(missing, 1 << 20))
            if not part:
                raise EOFError
            parts.append(part)
            missing -= len(part)
        return b"".join(parts)

    def _death(self) -> QueryError:
        """Return the error for a worker that is gone: out of memory, or for no reason we know."""
        try:
            status = self._process.wait(5)
        except subprocess.TimeoutExpired:
            status = 0
        self._complaints.seek(0)
        words = self._complaints.read(100_000)
        self.close()
        hint = "group or order fewer rows, or split the query up"
        if status == -signal.SIGKILL or any(sign in words for sign in _MEMORY_SIGNS):
            return QueryTooLarge("the query needed more memory than it may have", hint=hint)
        if status == -signal.SIGSEGV:  # how the engine ends when its recursion fills the stack
            return QueryTooLarge("the query is nested too deep for the engine", hint=hint)
        return BrokenWorker(f"the query stopped its worker (status {status})", hint="simplify the query")


class BrokenWorker(QueryError):
    """A worker died for a reason that isn't known."""

    code = "broken_worker"


class WorkerPool:
    """Lends workers: `kept` are kept alive between queries, `most` run at once."""

    def __init__(self, setup: Mapping[str, object], *, kept: int, most: int) -> None:
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

    def ask(self, request: Mapping[str, object], timeout: float) -> bytes:
        """Return the body of the answer from any worker.

        Errors as of Worker.ask; QueryBusy if no place becomes free in some seconds.
        """
        if not self._places.acquire(timeout=_WAIT_FOR_WORKER):
            raise QueryBusy("too many queries are running", hint="try again in some seconds")
        try:
            worker = self._take()
            try:
                return worker.ask(request, timeout)
            finally:
                self._give_back(worker)
        finally:
            self._places.release()

    def close(self) -> None:
        """Kill all workers that are free; those at work end with their query."""
        with self._lock:
            self._closed = True
            free, self._free = self._free, []
        for worker in free:
            worker.close()

    def _take(self) -> Worker:
        with self._lock:
            while self._free:
                worker = self._free.pop()
                if worker.is_alive():
                    return worker
                worker.close()
        return Worker(self._setup)

    def _give_back(self, worker: Worker) -> None:
        with self._lock:
            if worker.is_alive() and not worker.tired and not self._closed and len(self._free) < self._kept:
                self._free.append(worker)
                return
        worker.close()


def _error(kind: type[SuyuanError], message: str, hint: str) -> SuyuanError:
    return kind(message, hint=hint)
