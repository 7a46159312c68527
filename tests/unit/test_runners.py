"""Both runners keep the contract; children of the process runner may die in every way."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from kg.errors import InputRefused, LimitExceeded, UnreadableInput
from kg.process.processes import ProcessRunner, open_runner
from kg.process.runner import Runner
from kg.process.runners import RUNNERS
from kg.settings import Settings
from tests.contract.runner import RunnerContract, square


class TestSerialRunner(RunnerContract):
    def open_runner(self) -> Runner:
        return RUNNERS.load("serial")(Settings())


class TestProcessRunner(RunnerContract):
    def open_runner(self) -> Runner:
        return RUNNERS.load("processes")(Settings(workers=2, read_timeout=60))


def misbehave(how: str) -> str:
    if how == "hang":
        time.sleep(600)
    if how == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if how == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if how == "leave":
        os._exit(3)
    if how == "print":
        print("noise", flush=True)
        os.write(1, b"more noise")
    if how == "memory":
        return str(len(bytearray(600 << 20)))
    if how == "unpicklable":
        return lambda: how  # type: ignore[return-value]
    if how in ("AF_INET", "AF_UNIX"):
        socket.socket(getattr(socket, how)).close()
    if how == "interrupted":
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(600)
    if how == "child":
        subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)", "suyuan-test-grandchild"])
        time.sleep(600)
    return how


def runner(timeout: float = 60, memory: int = 500) -> ProcessRunner:
    return open_runner(Settings(workers=2, read_timeout=timeout, read_memory=memory))


@pytest.mark.parametrize(
    ("how", "error", "reason"),
    [
        ("killed", LimitExceeded, "memory"),
        ("crash", UnreadableInput, "SIGSEGV"),
        ("leave", UnreadableInput, "exit status 3"),
        ("memory", LimitExceeded, "memory"),
        ("interrupted", UnreadableInput, "SIGINT"),
    ],
)
def test_a_child_that_dies_fails_its_item_alone(how: str, error: type[InputRefused], reason: str) -> None:
    pool = runner()
    found = dict(pool.map(misbehave, ["one", how, "two", "print", "three"]))
    pool.close()
    refusal = found.pop(how)
    assert type(refusal) is error
    assert refusal.file == how
    assert reason in refusal.reason
    assert found == {name: name for name in ("one", "two", "print", "three")}


def test_a_child_that_hangs_is_ended_at_its_deadline() -> None:
    pool = runner(timeout=2)
    found = dict(pool.map(misbehave, ["one", "hang", "two"]))
    pool.close()
    assert isinstance(found["hang"], LimitExceeded)
    assert "longer than 2 s" in found["hang"].reason
    assert (found["one"], found["two"]) == ("one", "two")


def test_what_a_child_has_started_ends_with_it() -> None:
    pool = runner(timeout=2)
    found = dict(pool.map(misbehave, ["child"]))
    pool.close()
    assert isinstance(found["child"], LimitExceeded)
    # Whoever adopts it may take a moment to bury it.
    end = time.monotonic() + 30
    while grandchildren() and time.monotonic() < end:
        time.sleep(0.05)
    assert not grandchildren()


def grandchildren() -> list[bytes]:
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            found.append(path.read_bytes())
    return [command for command in found if b"suyuan-test-grandchild" in command]


def test_without_limits_work_takes_as_long_as_it_takes() -> None:
    pool = ProcessRunner(workers=1, timeout=0, memory=0)
    assert [result for _, result in pool.map(square, [1, 2])] == [1, 4]
    pool.close()


def test_a_result_that_cannot_be_sent_is_an_error_of_its_item() -> None:
    pool = runner()
    found = dict(pool.map(misbehave, ["unpicklable", "one"]))
    pool.close()
    assert isinstance(found["unpicklable"], RuntimeError)
    assert found["one"] == "one"


def test_a_child_reaches_nothing_beyond_the_machine() -> None:
    pool = runner()
    found = dict(pool.map(misbehave, ["AF_INET", "AF_UNIX"]))
    pool.close()
    assert isinstance(found["AF_INET"], PermissionError)
    assert found["AF_UNIX"] == "AF_UNIX"


def process_of(_: int) -> int:
    return os.getpid()


def grow(size: int) -> int:
    return len(bytearray(size << 20)) and os.getpid()


def test_children_are_kept_until_they_have_grown_large() -> None:
    ballast = b"x" * (400 << 20)  # what the parent uses is not the child's doing
    pool = ProcessRunner(workers=1, timeout=60, memory=600)
    small = {process for _, process in pool.map(process_of, range(3))}
    large = [process for _, process in pool.map(grow, [400, 1])]
    pool.close()
    assert len(small) == 1
    assert len(set(large)) == 2
    assert ballast


def test_results_that_nobody_waits_for_end_their_children() -> None:
    pool = ProcessRunner(workers=2, timeout=60, memory=2048)
    results = pool.map(misbehave, ["one", "hang", "hang"])
    assert next(results) == ("one", "one")
    results.close()  # type: ignore[attr-defined]
    assert list(pool.map(square, [2])) == [(2, 4)]
    pool.close()


def test_children_end_when_their_parent_is_killed() -> None:
    code = (
        "from tests.unit.test_runners import *\n"
        "pool = ProcessRunner(workers=1, timeout=60, memory=1024)\n"
        "for _, process in pool.map(process_of, [0]):\n"
        "    print(process, flush=True)\n"
        "time.sleep(600)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    deadline = time.monotonic() + 30
    while Path(f"/proc/{child}").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not Path(f"/proc/{child}").exists()


def test_limits_come_from_the_settings() -> None:
    pool = runner(memory=2000)
    found = dict(pool.map(misbehave, ["memory"]))
    pool.close()
    assert found["memory"] == str(600 << 20)
