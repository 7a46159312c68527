"""Long-lived readers move over to a new generation by themselves, and never mix two."""

from __future__ import annotations

import shutil
import threading
import time
from pathlib import Path

import pytest

from kg.errors import GenerationDamaged, NoGeneration
from kg.store.generations import Generation, Home
from kg.store.serving import Serving
from tests.unit.test_generations import publish


class Resource:
    """Both parts of a generation, as a server would open them."""

    def __init__(self, generation: Generation) -> None:
        self.graph = generation.open_graph()
        self.index = (generation.index_path / "passages").read_text()
        self.closed = False

    def said(self) -> tuple[str, str]:
        assert not self.closed
        (quad,) = self.graph.quads()
        return quad.object.value, self.index

    def close(self) -> None:
        self.closed = True
        self.graph.close()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def test_before_the_first_ingest_there_is_nothing_to_lease(home: Home) -> None:
    serving = Serving(home, Resource)
    with pytest.raises(NoGeneration), serving.lease():
        raise AssertionError("nothing was ingested")


def test_a_lease_sees_the_generation_that_was_current_when_it_began(home: Home) -> None:
    serving = Serving(home, Resource)
    publish(home, "a")
    with serving.lease() as first:
        publish(home, "b")
        assert first.said() == ("a", "a")
        with serving.lease() as second:
            assert second.said() == ("b", "b")
            assert not first.closed
    assert first.closed
    assert not second.closed
    serving.close()
    assert second.closed


def test_leases_of_one_generation_share_it(home: Home) -> None:
    serving = Serving(home, Resource)
    publish(home, "a")
    with serving.lease() as first, serving.lease() as second:
        assert first is second
    serving.close()


def test_a_damaged_generation_leaves_the_former_one_serving(home: Home) -> None:
    serving = Serving(home, Resource)
    publish(home, "a")
    with serving.lease():
        pass
    damaged = publish(home, "b")
    shutil.rmtree(damaged.graph_path)
    with serving.lease() as resource:
        assert resource.said() == ("a", "a")
    assert isinstance(serving.problem, GenerationDamaged)
    with pytest.raises(GenerationDamaged):
        publish(home, "nothing to build on")
    home.switch(home.previous())
    publish(home, "c", keep=9)
    with serving.lease() as resource:
        assert resource.said() == ("c", "c")
    assert serving.problem is None
    serving.close()


def test_readers_during_publishing_see_one_version_and_no_error(home: Home) -> None:
    publish(home, "0", keep=1)
    serving = Serving(home, Resource)
    stop, seen = threading.Event(), set()
    failures: list[object] = []

    def read() -> None:
        while not stop.is_set():
            try:
                with serving.lease() as resource:
                    graph, index = resource.said()
                    seen.add(graph)
                    time.sleep(0.001)
                    if graph != index:
                        failures.append((graph, index))
            except Exception as error:
                failures.append(error)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for number in range(1, 13):
        publish(home, str(number), keep=1)
    stop.set()
    for reader in readers:
        reader.join()
    # While one request opens the new generation, others go on with the old: only now nobody opens.
    with serving.lease() as resource:
        assert resource.said() == ("12", "12")
    serving.close()
    assert not failures
    assert len(seen) > 2
