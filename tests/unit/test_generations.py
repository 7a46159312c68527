"""Generations: built beside the current one, switched in one step, pruned, rolled back; one writer."""

from __future__ import annotations

import multiprocessing
import os
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import GenerationDamaged, NoGeneration, NotFound, StoreError, StoreLocked
from kg.rdf import Iri, Literal, Quad
from kg.store.disk import checksums
from kg.store.draft import begin_draft, publish_draft
from kg.store.generations import Generation, Home
from kg.store.lock import writer_lock
from kg.store.manifest import DocumentEntry, Manifest, read_manifest

GRAPH = Iri("https://example.org/graph")
EMPTY = Manifest(number=0, base_iri="https://example.org/", engine="oxigraph", code="test")


def publish(home: Home, text: str, keep: int = 3, manifest: Manifest = EMPTY) -> Generation:
    """Publish a generation whose graph says `text` and nothing else."""
    draft = begin_draft(home)
    writer = draft.open_writer("oxigraph")
    writer.replace_graph(GRAPH, [Quad(GRAPH, GRAPH, Literal(text), GRAPH)])
    writer.close()
    draft.index_path.mkdir()
    (draft.index_path / "passages").write_text(text)
    return publish_draft(home, draft, manifest, keep)


def said(generation: Generation) -> list[str]:
    graph = generation.open_graph()
    try:
        return [quad.object.value for quad in graph.quads()]
    finally:
        graph.close()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def test_a_home_without_generations_says_so(home: Home) -> None:
    assert (home.current_name(), home.numbers()) == (None, ())
    with pytest.raises(NoGeneration):
        home.current()


def test_a_link_that_is_none_is_told(home: Home) -> None:
    home.link.mkdir(parents=True)
    with pytest.raises(GenerationDamaged):
        home.current()


def test_generations_follow_each_other_and_the_last_serves(home: Home) -> None:
    for text in ("first", "second"):
        publish(home, text)
    current = home.current()
    assert (current.number, home.numbers(), said(current)) == (2, (1, 2), ["second"])
    assert said(home.generation(1)) == ["first"]
    assert current.path == home.path / "generations" / "0002"


def test_the_store_of_a_published_generation_never_changes(home: Home) -> None:
    first = publish(home, "first")
    files = first.manifest.files
    publish(home, "second")
    assert checksums(first.path).items() >= files.items()


def test_a_reader_of_the_old_generation_keeps_its_answers(home: Home) -> None:
    graph = publish(home, "first").open_graph()
    publish(home, "second")
    assert [quad.object.value for quad in graph.quads()] == ["first"]
    graph.close()


def test_a_manifest_comes_back_as_it_was_written(home: Home) -> None:
    entry = DocumentEntry(sha256="ab", file="预算.txt", paths=("/x.txt",), graph="g", reading="r", pages=3)
    manifest = replace(EMPTY, documents=(entry,), graphs={"g": 1}, index={"passages": 1})
    generation = publish(home, "x", manifest=manifest)
    read = read_manifest(generation.path / "manifest.json")
    assert read.documents == (entry,)
    assert (read.number, read.graphs, read.index) == (1, {"g": 1}, {"passages": 1})
    assert set(read.files) >= {"index/passages"}
    assert read.document("ab") == entry
    assert read.document("cd") is None


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"format": 99}', '{"format": 1, "documents": [{"x": 1}]}'])
def test_a_damaged_manifest_is_told(home: Home, text: str) -> None:
    generation = publish(home, "x")
    (generation.path / "manifest.json").write_text(text)
    with pytest.raises(GenerationDamaged):
        home.current().manifest  # noqa: B018


def test_old_generations_are_pruned_but_the_last_few_stay(home: Home) -> None:
    for text in "abcde":
        publish(home, text, keep=2)
    assert home.numbers() == (4, 5)
    assert sorted(path.name for path in home.generations.iterdir()) == ["0004", "0005"]


def test_keeping_none_keeps_the_current_one(home: Home) -> None:
    for text in "ab":
        publish(home, text, keep=0)
    assert home.numbers() == (2,)


def test_a_generation_in_use_is_not_pruned(home: Home) -> None:
    first = publish(home, "a", keep=1)
    with first.hold():
        publish(home, "b", keep=1)
        publish(home, "c", keep=1)
        assert home.numbers() == (1, 3)
        assert said(first) == ["a"]
    publish(home, "d", keep=1)
    assert home.numbers() == (4,)


def test_going_back_makes_the_former_generation_serve(home: Home) -> None:
    for text in "abc":
        publish(home, text)
    home.switch(home.previous())
    assert said(home.current()) == ["b"]
    home.switch(home.previous())
    assert said(home.current()) == ["a"]
    with pytest.raises(NotFound):
        home.previous()


def test_after_going_back_the_next_generation_builds_on_what_serves(home: Home) -> None:
    for text in "ab":
        publish(home, text)
    home.switch(home.previous())
    draft = begin_draft(home)
    assert (draft.number, draft.base and draft.base.number) == (3, 1)


def test_a_generation_that_is_not_kept_is_named_with_those_that_are(home: Home) -> None:
    for text in "ab":
        publish(home, text)
    with pytest.raises(NotFound) as caught:
        home.generation(7)
    assert caught.value.near == ("1", "2")


def test_what_a_dead_process_left_is_removed(home: Home) -> None:
    publish(home, "a")
    abandoned = begin_draft(home)
    abandoned.open_writer("oxigraph").close()
    (home.generations / ".pruned-0000" / "graph").mkdir(parents=True)
    (home.generations / "0002").mkdir()
    (home.path / ".current.99").symlink_to("generations/0009")
    assert said(home.current()) == ["a"]
    assert publish(home, "b").number == 2
    assert sorted(path.name for path in home.generations.iterdir()) == ["0001", "0002"]
    assert not list(home.path.glob(".*"))


def test_sources_that_no_generation_names_go_with_the_last_that_did(home: Home) -> None:
    entry = DocumentEntry(sha256="ab", file="a.txt", paths=("/a.txt",), graph="g", reading="r")
    publish(home, "a", keep=1, manifest=replace(EMPTY, documents=(entry,)))
    (home.sources / "ab").write_text("bytes")
    publish(home, "b", keep=1)
    assert not (home.sources / "ab").exists()


def test_a_second_writer_is_refused_at_once(tmp_path: Path) -> None:
    with writer_lock(tmp_path), pytest.raises(StoreLocked, match=str(os.getpid())), writer_lock(tmp_path):
        raise AssertionError("two writers at once")
    with writer_lock(tmp_path):
        pass


def hold_lock_and_die(home: Path) -> None:
    with writer_lock(home):
        os._exit(9)


def test_the_lock_of_a_dead_writer_is_free(tmp_path: Path) -> None:
    process = multiprocessing.get_context("spawn").Process(target=hold_lock_and_die, args=(tmp_path,))
    process.start()
    process.join()
    assert process.exitcode == 9
    with writer_lock(tmp_path):
        pass


def test_a_home_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="can't be written"), writer_lock(tmp_path / "file" / "home"):
        raise AssertionError("there is no such folder")


def test_files_that_are_hashed_already_are_not_read_again(tmp_path: Path) -> None:
    (tmp_path / "index").mkdir()
    for name in ("index/vectors.npy", "graph.sst"):
        (tmp_path / name).write_bytes(name.encode())
    taken = checksums(tmp_path)
    (tmp_path / "index/vectors.npy").write_bytes(b"as if it were not there")
    assert checksums(tmp_path, {"index/vectors.npy": taken["index/vectors.npy"]}) == taken
    assert checksums(tmp_path) != taken
