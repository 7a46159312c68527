"""The documents of a generation to be: contents and paths, what replaces what."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import NotFound
from kg.ingest.catalogue import Catalogue
from kg.ingest.lookup import find_document
from kg.ingest.reading import Reading

ONE = Reading(
    sha256="1" * 64, file="预算.txt", graph="g:1", title="某局2020年部门预算", department="某局",
    fiscal_year=2020, kind="部门预算", pages=None, records=1, quads=3, issues=0,
)  # fmt: skip
TWO = replace(ONE, sha256="2" * 64, graph="g:2")
OTHER = replace(TWO, department="他局")


def paths(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    return {entry.sha256[0]: entry.paths for entry in catalogue.entries}


def test_new_bytes_at_a_known_path_replace_the_old() -> None:
    catalogue = Catalogue(())
    catalogue.put(ONE, Path("/a/预算.txt"), "v")
    gone = catalogue.put(TWO, Path("/a/预算.txt"), "v")
    assert [entry.sha256 for entry in gone] == [ONE.sha256]
    assert paths(catalogue) == {"2": ("/a/预算.txt",)}


def test_a_content_stays_as_long_as_one_path_holds_it() -> None:
    catalogue = Catalogue(())
    catalogue.put(ONE, Path("/a/预算.txt"), "v")
    catalogue.put(ONE, Path("/b/copy.txt"), "v")
    assert catalogue.put(TWO, Path("/b/copy.txt"), "v") == ()
    assert paths(catalogue) == {"1": ("/a/预算.txt",), "2": ("/b/copy.txt",)}


@pytest.mark.parametrize(
    ("reading", "there", "kept"),
    [
        (TWO, False, {"2"}),
        (TWO, True, {"1", "2"}),
        (OTHER, False, {"1", "2"}),
    ],
)
def test_a_moved_version_replaces_only_its_own_kind_and_only_what_is_gone(
    tmp_path: Path, reading: Reading, there: bool, kept: set[str]
) -> None:
    old = tmp_path / "old" / "预算.txt"
    old.parent.mkdir()
    if there:
        old.write_text("x")
    catalogue = Catalogue(())
    catalogue.put(ONE, old, "v")
    catalogue.put(reading, tmp_path / "new" / "预算.txt", "v")
    assert set(paths(catalogue)) == kept


def test_what_is_gone_is_told_by_its_graph() -> None:
    before = Catalogue(())
    before.put(ONE, Path("/a.txt"), "v")
    after = Catalogue(before.entries)
    assert not after.changed
    after.put(TWO, Path("/a.txt"), "v")
    assert after.changed
    assert [entry.graph for entry in after.gone] == ["g:1"]
    again = Catalogue(before.entries)
    again.put(ONE, Path("/a.txt"), "another version of the code")
    assert again.changed
    assert again.gone == ()


@pytest.mark.parametrize("name", ["预算.txt", "某局2020年部门预算", "g:1", "111111", "/a/预算.txt", "copy.txt"])
def test_a_document_goes_by_many_names(name: str) -> None:
    catalogue = Catalogue(())
    catalogue.put(ONE, Path("/a/预算.txt"), "v")
    catalogue.put(ONE, Path("/b/copy.txt"), "v")
    assert find_document(name, catalogue.entries).sha256 == ONE.sha256


@pytest.mark.parametrize("name", ["预算", "2020年部门预算", "预祘.txt", "某局2021年部门预算"])
def test_a_name_that_is_none_brings_those_near_it(name: str) -> None:
    catalogue = Catalogue(())
    catalogue.put(ONE, Path("/a/预算.txt"), "v")
    with pytest.raises(NotFound) as caught:
        find_document(name, catalogue.entries)
    assert set(caught.value.near) & {"预算.txt", "某局2020年部门预算"}


def test_a_path_tells_files_of_one_name_apart() -> None:
    catalogue = Catalogue(())
    catalogue.put(ONE, Path("/a/预算.txt"), "v")
    catalogue.put(OTHER, Path("/b/预算.txt"), "v")
    assert find_document("/b/预算.txt", catalogue.entries).sha256 == OTHER.sha256
    with pytest.raises(NotFound) as caught:
        find_document("预算.txt", catalogue.entries)
    assert caught.value.near == ("/a/预算.txt", "/b/预算.txt")
