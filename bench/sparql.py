"""How long queries and searches take over HTTP, against the same query in process; and the server's memory.

    python -m bench.sparql [--home .suyuan] [--times 200]

Starts `suyuan serve` on a free port and asks over one kept connection, as a client would.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from kg.settings import Settings

QUERIES = {
    "one fact": "SELECT ?y { ?p a bud:Project ; rdfs:label ?name ; bud:fiscalYear ?y } LIMIT 1",
    "projects and their basis": (
        "SELECT ?name ?number { ?p a bud:Project ; rdfs:label ?name ; bud:legalBasis/bud:documentNumber ?number }"
    ),
    "all amounts of a code": (
        "SELECT ?d ?y ?m ?a { ?o bud:functionCode/skos:notation '2010308' ; bud:fiscalYear ?y ;"
        " bud:measure ?m ; bud:amount ?a ; bud:department/rdfs:label ?d }"
    ),
    "sums by department": (
        "SELECT ?d (SUM(?a) AS ?sum) { ?o a bud:Observation ; bud:amount ?a ; bud:department ?d } GROUP BY ?d"
    ),
    "ten thousand rows": "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 10000",
}
SEARCHES = ("信访稳定备用金", "方便群众反映诉求", "2020年培训经费", "legal basis of maintenance", "三公经费")


def main(arguments: Sequence[str] = ()) -> int:
    """Print the table; without a home, over the five source documents."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--times", type=int, default=200, help="how often each is asked")
    chosen = parser.parse_args(arguments)
    with TemporaryDirectory() as folder:
        measure(chosen.home or filled(Path(folder)), chosen.times)
    return 0


def filled(home: Path) -> Path:
    """Return `home` with the five source documents in it."""
    from suyuan.pipeline import ingest

    ingest([Path(__file__).parents[1] / "data" / "documents"], Settings(home=home))
    return home


def measure(home: Path, times: int) -> None:
    """Print medians and memory of a server over `home`."""
    with served(home) as (port, pid):
        connection = HTTPConnection("127.0.0.1", port)
        print(f"{'query':28} {'/sparql p50':>12} {'in process':>12} {'ratio':>7}")
        for name, query in QUERIES.items():
            path = f"/sparql?{urlencode({'query': query})}"
            served_ms = timed(lambda path=path: get(connection, path), times)  # type: ignore[misc]
            inside_ms = timed(in_process(home, query), times)
            print(f"{name:28} {served_ms:9.2f} ms {inside_ms:9.2f} ms {served_ms / inside_ms:7.2f}")
        for text in SEARCHES:
            path = f"/api/search?{urlencode({'q': text})}"
            spent = timed(lambda path=path: get(connection, path), max(times // 4, 5))  # type: ignore[misc]
            print(f"/api/search {text:16} p50 {spent:9.2f} ms")
        print(
            f"memory of the server {resident(pid):.0f} MiB; of its query workers "
            f"{', '.join(f'{resident(child):.0f}' for child in children(pid))} MiB"
        )


@contextmanager
def served(home: Path) -> Iterator[tuple[int, int]]:
    """Run the server over `home`; yield its port and process id."""
    start = "from suyuan.cli import main; main()"
    line = [sys.executable, "-c", start, "--home", str(home), "serve", "--port", "0"]
    process = subprocess.Popen(line, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        found = re.search(r":(\d+)/", process.stderr.readline())
        if found is None:
            raise SystemExit(process.stderr.read())
        time.sleep(2)  # until it has warmed up
        yield int(found[1]), process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def timed(work: Callable[[], object], times: int) -> float:
    """Return the median milliseconds of `work`, after three runs that don't count."""
    spent = []
    for turn in range(times + 3):
        start = time.perf_counter()
        work()
        if turn >= 3:
            spent.append((time.perf_counter() - start) * 1000)
    return median(spent)


def get(connection: HTTPConnection, path: str) -> bytes:
    """Return the body of a GET over a kept connection."""
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise SystemExit(body.decode())
    return body


def in_process(home: Path, query: str) -> Callable[[], bytes]:
    """Return what runs the query on the engine itself and writes the same JSON."""
    import pyoxigraph

    from kg.store.generations import Home
    from kg.store.oxigraph import open_engine
    from kg.triples.terms import NAMESPACES

    engine = open_engine(Home(home).current().graph_path)

    def run() -> bytes:
        answer = engine.query(query, prefixes=NAMESPACES)
        assert isinstance(answer, pyoxigraph.QuerySolutions)
        return answer.serialize(format=pyoxigraph.QueryResultsFormat.JSON) or b""

    return run


def resident(pid: int) -> float:
    """Return the MiB a process holds."""
    pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)


def children(pid: int) -> list[int]:
    """Return the processes that `pid` has started."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return [int(child) for task in tasks for child in (task / "children").read_text("ascii").split()]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
