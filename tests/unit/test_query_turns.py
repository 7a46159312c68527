"""Turns to query: so many at once, a share for each client, a short queue, and none that waits for another's queries."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from kg.errors import QueryBusy
from kg.query.cost import is_quick
from kg.query.tokens import tokenise
from kg.query.turns import Turns

PATIENCE = 30.0


@contextmanager
def running(turns: Turns, *clients: str | None) -> Iterator[list[threading.Event]]:
    """Queries that run, one a client, until their event is set; all of them end with the block."""
    ends, threads = [], []
    for client in clients:
        begun, end = threading.Event(), threading.Event()

        def run(client: str | None = client, begun: threading.Event = begun, end: threading.Event = end) -> None:
            with turns.turn(client, PATIENCE):
                begun.set()
                end.wait(PATIENCE)

        threads.append(threading.Thread(target=run))
        threads[-1].start()
        assert begun.wait(PATIENCE)
        ends.append(end)
    try:
        yield ends
    finally:
        for end in ends:
            end.set()
        for thread in threads:
            thread.join()


@contextmanager
def waiting(turns: Turns, client: str, order: list[str]) -> Iterator[None]:
    """A query that waits for its turn, and writes into `order` when it has it."""

    def run() -> None:
        with turns.turn(client, PATIENCE):
            order.append(client)

    before = turns.load().waiting
    thread = threading.Thread(target=run)
    thread.start()
    while turns.load().waiting == before:
        pass
    yield
    thread.join()


def test_a_client_runs_no_more_than_its_share_and_another_passes() -> None:
    turns = Turns(places=4, share=2, queue=8)
    order: list[str] = []
    with running(turns, "greedy", "greedy") as ends, waiting(turns, "greedy", order):
        with turns.turn("other", PATIENCE):
            assert (turns.load().running, turns.load().waiting, order) == (3, 1, [])
        ends[0].set()
    assert order == ["greedy"]
    assert (turns.load().running, turns.load().waiting) == (0, 0)


def test_what_there_is_no_room_for_is_refused_while_the_rest_waits() -> None:
    turns = Turns(places=2, share=1, queue=8)
    order: list[str] = []
    with running(turns, "greedy") as ends, waiting(turns, "greedy", order):
        with pytest.raises(QueryBusy), turns.turn("greedy", PATIENCE):
            pytest.fail("more than may wait")
        assert turns.load().waiting == 1
        ends[0].set()
    assert order == ["greedy"]


def test_without_a_queue_a_burst_of_quick_queries_is_still_answered() -> None:
    turns = Turns(places=1, share=1, queue=0)
    with running(turns, "first") as ends:
        threading.Timer(0.001, ends[0].set).start()
        with turns.turn("second", PATIENCE):
            assert turns.load().running == 1


def test_who_runs_fewest_comes_first_and_else_who_came_first() -> None:
    turns = Turns(places=2, share=2, queue=8)
    order: list[str] = []
    with (
        running(turns, "greedy", "third") as ends,
        waiting(turns, "greedy", order),
        waiting(turns, "late", order),
        waiting(turns, "later", order),
    ):
        ends[1].set()
        while len(order) < 3:
            pass
    assert order == ["late", "later", "greedy"]


def test_queries_of_our_own_have_no_share_but_wait_for_a_place() -> None:
    turns = Turns(places=2, share=1, queue=1)
    with running(turns, None, None), pytest.raises(QueryBusy), turns.turn(None, 0.01):
        pytest.fail("there are two places")


@pytest.mark.parametrize(
    "sparql",
    [
        "ASK {}",
        "ASK WHERE { ?s ?p ?o }",
        "PREFIX e: <http://e/> SELECT * { e:项目 e:p ?o . } LIMIT 20 OFFSET 40",
        "DESCRIBE <http://e/1>",
        "SELECT ?s WHERE { ?s a bud:Project } LIMIT 1000",
    ],
)
def test_one_lookup_is_quick(sparql: str) -> None:
    assert is_quick(tokenise(sparql))


@pytest.mark.parametrize(
    "sparql",
    [
        "",
        "ASK { ?s ?p ?s }",
        "ASK { ?s ?p ?o . ?o ?q ?r }",
        "ASK { ?s ?p ?o ; ?q ?r }",
        "ASK { ?s bud:parent+ ?o }",
        "ASK { FILTER EXISTS { ?s ?p ?o } }",
        "ASK FROM <http://e/g> { ?s ?p ?o }",
        "SELECT * { ?s ?p ?o }",
        "SELECT * { ?s ?p ?o } LIMIT 100000",
        "SELECT DISTINCT ?p { ?s ?p ?o } LIMIT 5",
        "SELECT * { ?s ?p ?o } ORDER BY ?o LIMIT 5",
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o } LIMIT 5",
        "SELECT * { SERVICE bud:search { ?s bud:query 'x' } } LIMIT 5",
        "SELECT * { ?s ?p ?o } LIMIT 5 VALUES ?s { <http://e/1> }",
        "DESCRIBE ?s { ?s ?p ?o }",
        "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 5",
    ],
)
def test_what_may_take_long_is_not(sparql: str) -> None:
    assert not is_quick(tokenise(sparql))
