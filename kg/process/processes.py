"""A Runner over child processes, any of which may hang, crash or use too much memory.

Such an item fails alone; its child is replaced and the others go on. Children are plain
processes rather than forks, so the parent may have threads and stores open.
"""

from __future__ import annotations

import json
import math
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from selectors import EVENT_READ, DefaultSelector
from typing import cast

from kg.errors import LimitExceeded, UnreadableInput
from kg.process.channel import receive, send
from kg.process.runner import Item, Result
from kg.settings import Settings

_START = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from kg.process.child import main; main(int(sys.argv[2]))"
)


class ProcessRunner:
    """At most `workers` children, each with `timeout` seconds for an item; 0 is no limit.

    `limit` is called in each child before its first item; a child whose peak memory has passed
    `memory` MiB is replaced after the item, so that the next one starts from nothing.
    """

    def __init__(self, *, workers: int, timeout: float, memory: int, limit: Callable[[], object] | None = None) -> None:
        self._workers = workers
        self._timeout = timeout or math.inf
        self._memory = memory or sys.maxsize
        self._limit = limit
        self._idle: list[_Child] = []
        self._busy: dict[_Child, object] = {}

    def map(self, work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[tuple[Item, Result | Exception]]:
        """Yield (item, result) as they are done.

        An item comes with the exception its work raised; with LimitExceeded if it took too long
        or its child was killed, UnreadableInput if the child crashed on it.
        """
        pending = iter(items)
        try:
            self._fill(work, pending)
            while self._busy:
                for child, outcome in self._finished():
                    item = cast(Item, self._busy.pop(child))
                    self._fill(work, pending)
                    yield item, cast("Result | Exception", outcome)
        finally:
            for child in tuple(self._busy):
                self._busy.pop(child)
                child.kill()

    def close(self) -> None:
        """Stop the children; pending work is dropped."""
        for child in (*self._idle, *self._busy):
            child.kill()
        self._idle.clear()
        self._busy.clear()

    def _fill(self, work: Callable[[Item], Result], pending: Iterator[Item]) -> None:
        """Give work to children until all are busy or nothing is left."""
        while len(self._busy) < self._workers:
            try:
                item = next(pending)
            except StopIteration:
                return
            child = self._idle.pop() if self._idle else _Child(self._limit)
            self._busy[child] = item
            child.begin(work, item, time.monotonic() + self._timeout)

    def _finished(self) -> Iterator[tuple[_Child, object]]:
        """Wait for at least one child; yield those that are done or beyond hope, with the outcome."""
        with DefaultSelector() as selector:
            for child in self._busy:
                selector.register(child.answers, EVENT_READ, child)
            nearest = min(child.deadline for child in self._busy)
            wait = None if nearest == math.inf else max(0.0, nearest - time.monotonic())
            ready = [key.data for key, _ in selector.select(wait)]
        for child in ready:
            yield child, self._outcome(child)
        now = time.monotonic()
        for child in [child for child in self._busy if child not in ready and child.deadline <= now]:
            child.kill()
            yield child, LimitExceeded(_name(self._busy[child]), f"it took longer than {self._timeout:g} s")

    def _outcome(self, child: _Child) -> object:
        """Return what a child answered, or the error that stands for its death."""
        file = _name(self._busy[child])
        try:
            good, outcome, peak = child.answer()
        except EOFError:
            return _cause_of_death(child.kill(), file)
        if peak > self._memory:
            child.kill()
        else:
            self._idle.append(child)
        if not good and isinstance(outcome, MemoryError):
            return LimitExceeded(file, "it needs more memory than a file may use")
        return outcome


class _Child:
    """One child process and the deadline of the item it works on."""

    def __init__(self, limit: Callable[[], object] | None) -> None:
        command = [sys.executable, "-c", _START, json.dumps(sys.path), str(os.getpid())]
        # A session of its own, so that it can be killed with everything it has started.
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        assert self._process.stdin is not None and self._process.stdout is not None
        self._requests = self._process.stdin
        self.answers = self._process.stdout
        self.deadline = 0.0
        self._send(limit)

    def begin(self, work: object, item: object, deadline: float) -> None:
        """Give it an item, to be done by `deadline` on the monotonic clock."""
        self.deadline = deadline
        self._send((work, item))

    def answer(self) -> tuple[bool, object, int]:
        """Return (did it succeed, result or exception, peak memory in MiB). Raises EOFError if it died."""
        return cast("tuple[bool, object, int]", receive(cast("object", self.answers)))  # type: ignore[arg-type]

    def kill(self) -> int:
        """End it and all it has started; return its exit status, negative for a signal."""
        if self._process.poll() is None or self._process.returncode == 0:
            self._signal_group()
        status = self._process.wait()
        for stream in (self._requests, self.answers):
            _close(stream)
        return status

    def _signal_group(self) -> None:
        try:
            os.killpg(self._process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return

    def _send(self, message: object) -> None:
        try:
            send(self._requests, message)  # type: ignore[arg-type]
        except BrokenPipeError:
            return  # it is dead; reading its answer will tell


def _close(stream: object) -> None:
    try:
        stream.close()  # type: ignore[attr-defined]
    except BrokenPipeError:
        return


def _cause_of_death(status: int, file: str) -> Exception:
    if status in (-signal.SIGKILL, -signal.SIGXCPU):
        return LimitExceeded(file, "its reader was killed, most likely for the memory it used")
    how = signal.Signals(-status).name if status < 0 else f"exit status {status}"
    return UnreadableInput(file, f"its reader crashed ({how})", hint="the file may be damaged")


def _name(item: object) -> str:
    """Return what to call an item: the name of a path or a task, else the item itself."""
    return str(getattr(item, "name", item))


def open_runner(settings: Settings) -> ProcessRunner:
    """Return a runner with one child a core (or `settings.workers`) under the reading limits."""
    from kg.read.limits import limit_process

    return ProcessRunner(
        workers=settings.workers or len(os.sched_getaffinity(0)),
        timeout=settings.read_timeout,
        memory=settings.read_memory // 2,
        limit=partial(limit_process, settings),
    )
