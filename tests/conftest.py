"""What many tests share: one home with the five documents ingested, and one server over it."""

from __future__ import annotations

import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.settings import Settings
from tests.e2e.command import Command
from tests.prepared import prepared
from tests.shared import DOCUMENTS

STARTING = 60.0

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # Jobs in the background ignore it, and so would every command that a test starts and interrupts.
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def five_documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the five documents, made once by the real command with the real model; don't change it."""

    def build(home: Path) -> None:
        done = Command(home=home, model=Settings().model).run("ingest", DOCUMENTS)
        assert done.code == 0, done.err

    return prepared(tmp_path_factory, "five-documents", build)


@pytest.fixture(scope="session")
def address(five_documents: Path) -> Iterator[str]:
    """The address of a real server over the five documents."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = Command(home=five_documents, model=Settings().model)
    process = command.start("serve", "--host", "127.0.0.1", "--port", port)
    try:
        wait_until_ready(f"http://127.0.0.1:{port}", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.communicate(timeout=30)


def wait_until_ready(address: str, process: subprocess.Popen[str]) -> None:
    """Return once the server answers /readyz; fail with what it printed if it never does."""
    end = time.monotonic() + STARTING
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    process.kill()
    pytest.fail(f"the server did not start: {process.communicate()[1]}")
