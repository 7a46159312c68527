"""One protocol between a process and its children: whole messages, an end, a deadline; pickles for the runner alone."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

import pytest

from kg.process.channel import receive, send
from tests.arch.imports import modules
from tests.shared import ROOT


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    ends = os.pipe()
    yield ends
    for end in ends:
        try:
            os.close(end)
        except OSError:
            continue


def test_messages_come_whole_and_in_order(pipe: tuple[int, int]) -> None:
    source, target = pipe
    send(target, {"file": "预算\udc80.txt", "timeout": 1.5}, b"\x00body")
    send(target, {})
    assert receive(source) == ({"file": "预算\udc80.txt", "timeout": 1.5}, b"\x00body")
    assert receive(source) == ({}, b"")


@pytest.mark.parametrize("kept", [0, 3, 16, 20])
def test_the_end_is_told_even_in_the_midst_of_a_message(pipe: tuple[int, int], kept: int) -> None:
    source, target = pipe
    send(target, {"a": 1}, b"body")
    whole = os.read(source, 1000)
    os.write(target, whole[:kept])
    os.close(target)
    with pytest.raises(EOFError):
        receive(source)


def test_nobody_waits_past_the_deadline_but_what_has_come_is_read(pipe: tuple[int, int]) -> None:
    source, target = pipe
    past = time.monotonic() - 1
    with pytest.raises(TimeoutError):
        receive(source, past)
    send(target, {"late": True})
    assert receive(source, past) == ({"late": True}, b"")


def test_nothing_is_unpickled_but_what_the_runner_sends_and_gets() -> None:
    users = {path.relative_to(ROOT).as_posix() for path in modules().values() if "pickle." in path.read_text("utf-8")}
    assert users == {"kg/process/items.py", "kg/process/processes.py"}
