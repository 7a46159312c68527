"""One address sends 40 slow queries at once and again; how another address is served meanwhile.

    python -m bench.fairness [--home .suyuan] [--seconds 45] [--slow 40]

The other address is 127.0.0.2. Prints p50 and p99 of what it asks, how soon the surplus is refused, and what is
left behind afterwards; exit status 1 where p99 is a second or more, an answer is wrong or something is left.
"""

from __future__ import annotations

import argparse
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from urllib.parse import quote, urlencode

from bench.sparql import children, filled, served

SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
OTHERS = {
    "/healthz": "/healthz",
    "a search": f"/api/search?q={quote('方便群众反映诉求')}",
    "a page": "/",
    "ASK {}": f"/sparql?{urlencode({'query': 'ASK {}'})}",
}
SOURCES = ("127.0.0.1", "127.0.0.2")
"""Who sends the slow queries, and who asks for everything else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One answer: its status, whether it says when to come back, and the seconds it took."""

    status: int
    retry: bool
    seconds: float


@dataclass(slots=True)
class Told:
    """What both addresses heard while the load was on."""

    slow: list[Heard] = field(default_factory=list)
    others: dict[str, list[Heard]] = field(default_factory=dict)


def run_load(
    port: int, *, seconds: float, slow: int, headers: tuple[Mapping[str, str], Mapping[str, str]] = ({}, {})
) -> Told:
    """Return what was heard in `seconds` of `slow` slow queries at once, sent again as they are answered."""
    heard, end = Told(), time.monotonic() + seconds

    def send_slow() -> None:
        while time.monotonic() < end:
            path = f"/sparql?{urlencode({'query': SLOW})}"
            heard.slow.append(ask(port, path, SOURCES[0], headers[0]))
            time.sleep(0.2)  # a client that is refused comes back, though not as soon as it was told

    threads = [threading.Thread(target=send_slow) for _ in range(slow)]
    for thread in threads:
        thread.start()
    while time.monotonic() < end:
        for name, path in OTHERS.items():
            heard.others.setdefault(name, []).append(ask(port, path, SOURCES[1], headers[1]))
    for thread in threads:
        thread.join()
    return heard


def ask(port: int, path: str, source: str, headers: Mapping[str, str]) -> Heard:
    """Return what a GET from the address `source` heard."""
    start = time.perf_counter()
    connection = HTTPConnection("127.0.0.1", port, timeout=120, source_address=(source, 0))
    try:
        connection.request("GET", path, headers=dict(headers))
        answer = connection.getresponse()
        answer.read()
        retry = answer.getheader("Retry-After") is not None
        return Heard(status=answer.status, retry=retry, seconds=time.perf_counter() - start)
    finally:
        connection.close()


def main(arguments: Sequence[str] = ()) -> int:
    """Print the figures; without a home, over the five source documents."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--seconds", type=float, default=45.0)
    parser.add_argument("--slow", type=int, default=40)
    chosen = parser.parse_args(arguments)
    with TemporaryDirectory() as folder, served(chosen.home or filled(Path(folder))) as (port, pid):
        before = len(children(pid))
        heard = run_load(port, seconds=chosen.seconds, slow=chosen.slow)
        left = len(children(pid)) - before
    return print_figures(heard, left)


def print_figures(heard: Told, left: int) -> int:
    """Print what was heard; return 1 where it is not what must hold."""
    good = left <= 0
    for name, answers in heard.others.items():
        times = [each.seconds for each in answers]
        late = quantiles(times, n=100)[98]
        good &= late < 1 and all(each.status == 200 for each in answers)
        print(f"{name:10} {len(times):6} asked, p50 {quantiles(times, n=2)[0]:6.3f} s, p99 {late:6.3f} s")
    refused = [each.seconds for each in heard.slow if each.status == 503]
    kinds = {status: sum(each.status == status for each in heard.slow) for status in (200, 503, 504)}
    print(f"slow queries by status: {kinds}; refused after p50 {quantiles(refused, n=2)[0]:.3f} s,", end=" ")
    print(f"p99 {quantiles(refused, n=100)[98]:.3f} s; processes left behind: {left}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
