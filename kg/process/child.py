"""The process that does the work of one item at a time, under the limits of the settings.

Started by kg.process.processes and talked to over its standard input and output; whatever the
readers print goes nowhere. It ends when its parent does.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import traceback
from typing import BinaryIO, cast

from kg.process.channel import receive, send
from kg.process.memory import peak_memory

_PR_SET_PDEATHSIG = 1


def main(parent: int) -> None:
    """Answer requests (work, item) with (True, result) or (False, exception) and the peak memory in MiB."""
    _die_with(parent)
    requests, answers = _take_streams()
    limit = receive(requests)
    if callable(limit):
        limit()
    while True:
        try:
            request = receive(requests)
        except EOFError:
            return
        _answer(answers, request)


def _answer(answers: BinaryIO, request: object) -> None:
    work, item = cast("tuple[object, object]", request)
    assert callable(work)
    try:
        good, outcome = True, work(item)
    except MemoryError:
        good, outcome = False, MemoryError()
    except Exception as error:
        error.add_note(_last_frame(error))
        good, outcome = False, error
    peak = peak_memory()
    try:
        send(answers, (good, outcome, peak))
    except BrokenPipeError:
        sys.exit(1)
    except Exception as error:
        send(answers, (False, RuntimeError(f"{type(outcome).__name__} can't be sent back: {error}"), peak))


def _last_frame(error: Exception) -> str:
    """Return file and line that raised it, for a report of what no one foresaw."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{os.path.relpath(frames[-1].filename)}:{frames[-1].lineno}" if frames else ""


def _take_streams() -> tuple[BinaryIO, BinaryIO]:
    """Return input and output for messages; what libraries read and print is nothing from now on."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1):
        os.dup2(nothing, standard)
    return requests, answers


def _die_with(parent: int) -> None:
    """Have the kernel end this process when its parent ends, however that comes about."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit(1)
