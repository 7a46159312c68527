"""One child process seen from outside: started, asked, killed at the deadline, and what it died of.

Children are fresh interpreters rather than forks, so the parent may have threads and stores open.
"""

from __future__ import annotations

import json
import math
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field

from kg.process.channel import Message, receive, send
from kg.process.confine import Limits

_START = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from kg.process.child import main; main(int(sys.argv[2]))"
)
_MEMORY_SIGNS = (b"memory allocation", b"MemoryError", b"bad_alloc")
_LAST_WORDS = 100_000
"""Characters kept of what a dead worker wrote to its error stream: a traceback, not a flood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What a child is for.

    session         `module:attribute` of a function that gets `given` and returns a kg.process.child.Session
    given           what it gets, as JSON can hold it
    limits          what the child may cost
    follows_thread  whether it ends with the thread that started it; a child lent to many threads must not
    """

    session: str
    given: Mapping[str, object] = field(default_factory=dict)
    limits: Limits
    follows_thread: bool = False


class Overdue(Exception):
    """A child had no answer at its deadline and was killed."""


class Died(Exception):
    """A child ended without an answer. `status` is its exit status, negative for a signal; `words` its last."""

    def __init__(self, status: int, words: bytes) -> None:
        super().__init__(f"a child died of {self._name(status)}")
        self.status = status
        self.of_memory = status in (-signal.SIGKILL, -signal.SIGXCPU) or any(sign in words for sign in _MEMORY_SIGNS)
        # How compiled code ends when its recursion fills the stack.
        self.of_a_crash = status == -signal.SIGSEGV
        self.how = self._name(status)

    @staticmethod
    def _name(status: int) -> str:
        return signal.Signals(-status).name if status < 0 else f"exit status {status}"


class Worker:
    """A child under a Setup. One thread at a time may ask it."""

    def __init__(self, setup: Setup) -> None:
        self._words = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 (closed with the process)
        path = json.dumps([os.path.abspath(entry) for entry in sys.path])  # noqa: PTH100 (of "" too)
        # A session of its own, so that it can be killed with everything it has started.
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", _START, path, str(os.getpid())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._words,
            bufsize=0,
            start_new_session=True,
        )
        self._deadline = math.inf
        self.tired = False
        self._send(asdict(setup))

    @property
    def deadline(self) -> float:
        """When the answer to what was begun is due, on the monotonic clock."""
        return self._deadline

    def fileno(self) -> int:
        """Return the file handle that becomes readable when the answer comes or the child dies."""
        assert self._process.stdout is not None
        return self._process.stdout.fileno()

    def begin(self, header: Mapping[str, object], body: bytes = b"", *, timeout: float) -> None:
        """Send a request, to be answered within `timeout` seconds; 0 for as long as it takes."""
        self._deadline = time.monotonic() + timeout if timeout else math.inf
        # It shares its offset with the child's standard error, so that goes back to the start as well.
        self._words.seek(0)
        self._words.truncate()
        self._send({**header, "timeout": timeout}, body)

    def finish(self) -> Message:
        """Return the answer to what was begun, header and body.

        Raises Overdue and Died; the process is gone then, with all it has started.
        """
        try:
            header, body = receive(self.fileno(), self._deadline)
        except TimeoutError as error:
            self.kill()
            raise Overdue from error
        except (EOFError, OSError, ValueError) as error:
            raise self._died() from error
        self.tired = bool(header.get("tired"))
        return header, body

    def ask(self, header: Mapping[str, object], body: bytes = b"", *, timeout: float) -> Message:
        """Return the answer to one request; errors as of `finish`."""
        self.begin(header, body, timeout=timeout)
        return self.finish()

    def is_alive(self) -> bool:
        """Return whether the process still runs."""
        return self._process.poll() is None

    def kill(self) -> None:
        """End the process and all it has started, and take its pipes away; twice is no error."""
        self._end()
        for pipe in (self._process.stdin, self._process.stdout, self._words):
            assert pipe is not None
            pipe.close()

    def _end(self) -> int:
        """Return the exit status; a process that is dying already keeps its own."""
        if self._process.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
        return self._process.wait()

    def _died(self) -> Died:
        status = self._end()
        self._words.seek(0)
        died = Died(status, self._words.read(_LAST_WORDS))
        self.kill()
        return died

    def _send(self, header: Mapping[str, object], body: bytes = b"") -> None:
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):  # it is dead; reading its answer will tell
            send(self._process.stdin.fileno(), header, body)
