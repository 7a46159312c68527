"""The process that does untrusted work: reads files of anybody, runs queries of anybody.

Started by kg.process.worker in a fresh interpreter and talked to over its standard input and
output; what libraries read there or print goes nowhere. It is confined before the session that
does the work is loaded, killed from outside when work runs past its deadline, and ends by itself
when memory runs out or nobody is left to ask it.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Callable, Mapping
from typing import Any, cast

from kg.process.channel import Message, receive, send
from kg.process.confine import Limits, confine
from kg.registry import load_place

Session = Callable[[Mapping[str, Any], bytes], tuple[Mapping[str, object], bytes]]
"""Answers one request, header and body, with another; `tired` in the header asks to be replaced."""

_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_GRACE = 5  # seconds after the deadline at which a child ends that nobody killed


def main(parent: int) -> None:
    """Answer requests until the input ends."""
    requests, answers = _take_streams()
    # Whoever started us may ignore it (a job in the background does); we are ended by it as by any other.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    setup, _ = receive(requests)
    if setup["follows_thread"]:
        _die_with(parent)
    confine(Limits(**setup["limits"]))
    open_session = cast("Callable[[Mapping[str, Any]], Session]", load_place(setup["session"]))
    session = open_session(setup["given"])
    while (request := _next(requests)) is not None:
        header, body = request
        if header["timeout"]:
            signal.alarm(int(header["timeout"]) + _GRACE)
        answer = session(header, body)
        try:
            send(answers, *answer)
        except BrokenPipeError:
            sys.exit(1)
        signal.alarm(0)


def _next(requests: int) -> Message | None:
    try:
        return receive(requests)
    except EOFError:
        return None


def _take_streams() -> tuple[int, int]:
    """Return file handles for messages in and out; standard input and output are nothing from now on."""
    requests, answers = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1):
        os.dup2(nothing, standard)
    return requests, answers


def _die_with(parent: int) -> None:
    """Have the kernel end this process when the thread that started it ends, however that comes about."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit(1)
