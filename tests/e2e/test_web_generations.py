"""A running server moves over to a new generation by itself, and no answer mixes two."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kg.settings import Settings
from tests.e2e.command import Command
from tests.served import Client, ingest, serve
from tests.shared import DOCUMENTS

pytestmark = pytest.mark.slow

FIRST, SECOND = (next(DOCUMENTS.glob(f"{number}_*.txt")) for number in ("002", "004"))
ONE, TWO = ("1", "1"), ("2", "2")


def test_answers_go_on_while_a_generation_is_published_and_are_of_one_version(tmp_path: Path) -> None:
    settings = ingest(tmp_path / "home", FIRST)
    with serve(settings) as client:
        assert seen(client) == ONE
        wrong: list[object] = []
        ended = threading.Event()

        def ask() -> None:
            while not ended.is_set():
                try:
                    if (found := seen(client)) not in {ONE, TWO}:
                        wrong.append(found)
                except Exception as error:
                    wrong.append(error)

        askers = [threading.Thread(target=ask) for _ in range(2)]
        for asker in askers:
            asker.start()
        ingest(settings.home, SECOND)
        deadline = time.monotonic() + 30
        while seen(client) != TWO and time.monotonic() < deadline:
            time.sleep(0.05)
        ended.set()
        for asker in askers:
            asker.join()
        assert wrong == []
        assert seen(client) == TWO
        assert client.get("/api/search", q="信访").data()["generation"] == 2


def seen(client: Client) -> tuple[str, ...]:
    """Return how many documents the graph holds, and in how many a search finds something, in one answer."""
    (row,) = client.rows(
        "SELECT ?held ?found { { SELECT (COUNT(?d) AS ?held) { ?d a bud:BudgetDocument } }"
        " { SELECT (COUNT(DISTINCT ?in) AS ?found) {"
        " SERVICE bud:search { ?passage bud:query '信访' ; bud:limit 100 } ?passage bud:inDocument ?in } } }"
    )
    return row


def test_the_command_serves_until_it_is_told_to_stop_and_leaves_no_process(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    with running(settings) as (client, process):
        assert client.get("/healthz").status == 200
        assert client.get("/readyz").status == 503
        assert Command(home=settings.home).run("ingest", FIRST).code == 0
        assert client.get("/readyz").data()["generation"] == 1
        assert client.query("ASK { ?d a bud:BudgetDocument }").data()["boolean"] is True
        form = {"Content-Type": "application/sparql-query"}
        flood = client.send("POST", "/sparql", headers=form, body=b"x" * 2_000_000)
        assert (flood.status, flood.error["code"]) == (413, "request_too_large")
        workers = children(process.pid)
        assert workers
    assert process.returncode == 0
    assert not any(Path(f"/proc/{pid}").exists() for pid in workers)


@contextmanager
def running(settings: Settings) -> Iterator[tuple[Client, subprocess.Popen[str]]]:
    """Run `suyuan serve` on a free port."""
    process = Command(home=settings.home).start("serve", "--port", "0")
    try:
        assert process.stderr is not None
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", process.stderr.readline())
        assert found, "it said no address"
        yield Client(port=int(found[1])), process
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)


def children(pid: int) -> set[int]:
    """Return the processes that `pid` has started."""
    tasks = Path(f"/proc/{pid}/task")
    found = {int(child) for task in tasks.iterdir() for child in (task / "children").read_text().split()}
    assert os.getpid() not in found
    return found
