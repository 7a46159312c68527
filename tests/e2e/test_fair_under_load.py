"""One address that sends slow queries without end takes nothing away from the others."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import urlencode

import pytest

from bench.fairness import SLOW, SOURCES, ask, children, run_load
from kg.settings import Settings
from tests.e2e.command import Command
from tests.served import Client, serve


@contextmanager
def server(home: Settings, **settings: str) -> Iterator[tuple[int, int]]:
    """The command itself in a process of its own: its port and process id."""
    process = Command(home=home.home).start("serve", "--port", "0", **settings)
    try:
        assert process.stderr is not None
        found = re.search(r":(\d+)/", process.stderr.readline())
        assert found is not None
        port = int(found[1])
        while ask(port, "/readyz", SOURCES[0], {}).status != 200:
            pass
        yield port, process.pid
    finally:
        process.terminate()
        process.communicate(timeout=30)


BY_SOURCE: tuple[Mapping[str, str], Mapping[str, str]] = ({}, {})
BY_PROXY = ({"X-Forwarded-For": "203.0.113.7"}, {"X-Forwarded-For": "198.51.100.9"})


@pytest.mark.parametrize("headers", [BY_SOURCE, BY_PROXY], ids=["by source", "behind a proxy"])
def test_others_are_answered_while_one_address_asks_too_much(
    sample_settings: Settings, headers: tuple[Mapping[str, str], Mapping[str, str]]
) -> None:
    # Both requests come from this machine, which is the proxy then, whatever address of its own it uses.
    trusted = "*" if headers is BY_PROXY else ""
    with server(sample_settings, query_timeout="2", query_workers="1", trusted_proxy=trusted) as (port, pid):
        heard = run_load(port, seconds=4, slow=40, headers=headers)
        assert {each.status for each in heard.slow} == {503, 504}
        assert all(each.retry for each in heard.slow if each.status == 503)
        refused = sum(each.status == 503 for each in heard.slow)
        assert refused >= 34  # three run and three wait
        for name, answers in heard.others.items():
            assert {each.status for each in answers} == {200}, name
        assert _waits_for_nobody(port)
        end = time.monotonic() + 30
        while len(children(pid)) > 2 and time.monotonic() < end:
            time.sleep(0.1)
        assert len(children(pid)) <= 2  # one kept for each kind of query


def _waits_for_nobody(port: int) -> bool:
    figures = Client(port=port).get("/metrics").text
    return "suyuan_queries_running 0\n" in figures and "suyuan_queries_waiting 0\n" in figures


def test_an_address_that_nobody_vouches_for_is_not_believed(sample_settings: Settings) -> None:
    settings = {"query_timeout": 2.0, "query_workers": 1, "query_share": 1, "query_queue": 0}
    with serve(Settings(home=sample_settings.home, model="none", **settings)) as client:  # type: ignore[arg-type]
        heard: list[int] = []
        path = f"/sparql?{urlencode({'query': SLOW})}"
        threads = [
            threading.Thread(
                target=lambda number=number: heard.append(
                    ask(client.port, path, SOURCES[0], {"X-Forwarded-For": number}).status
                )
            )
            for number in ("203.0.113.1", "203.0.113.2", "203.0.113.3")
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(heard) == [503, 503, 504]
