"""Which files an ingest reads, and what it keeps of them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.errors import InputRefused, LimitExceeded, UnreadableInput
from kg.ingest.catalogue import Catalogue
from kg.ingest.inputs import Input, find_files, identify
from kg.ingest.plan import plan_reading
from kg.ingest.reading import Reading, ReadingCache
from kg.ingest.report import refusal
from kg.ingest.sources import keep_source
from kg.messages import say
from kg.rdf import Iri, Literal, Quad
from kg.serialise import to_data
from kg.settings import Settings

GRAPH = Iri("https://example.org/g")
QUADS = [Quad(GRAPH, GRAPH, Literal(text), GRAPH) for text in ("一", "12.50", 'a"b\n')]


def reading(sha256: str, file: str) -> Reading:
    return Reading(
        sha256=sha256, file=file, graph=GRAPH.value, title="", department=None, fiscal_year=None, kind="",
        pages=None, records=1, quads=3, issues=0, seconds={"read": 0.5},
    )  # fmt: skip


def put(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)


def test_folders_give_the_files_of_known_kinds_in_order(tmp_path: Path) -> None:
    put(tmp_path, "b.PDF", "a.txt", "sub/c.html", "sub/notes.py", ".hidden/d.txt", ".e.txt", "sub/f", "sub.ods")
    found = find_files([tmp_path, tmp_path / "a.txt"]).files
    assert [path.relative_to(tmp_path).as_posix() for path in found] == ["a.txt", "b.PDF", "sub/c.html", "sub.ods"]


def test_what_a_folder_holds_besides_is_listed_with_the_reason(tmp_path: Path) -> None:
    put(
        tmp_path, "预算.txt", "sub/notes.PY", "sub/f", ".hidden/d.txt", ".~lock.预算.xlsx#", "~$预算.docx",
        "__MACOSX/预算.txt", "版式.ofd", "说明.md", "清单.csv",
    )  # fmt: skip
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "link").symlink_to(tmp_path / "sub")
    found = find_files([tmp_path])
    assert [path.name for path in found.files] == ["预算.txt"]
    assert {(each.file, each.status, each.told("en")) for each in found.passed} == {
        ("sub/notes.PY", "skipped", "no reader for files of kind .py"),
        ("sub/f", "skipped", "files of kind without suffix are read where they are named"),
        (".hidden", "skipped", "a hidden folder"),
        (".~lock.预算.xlsx#", "skipped", "a hidden file"),
        ("~$预算.docx", "skipped", "the lock of a file that is open elsewhere"),
        ("__MACOSX", "skipped", "a packer's folder of shadows"),
        ("版式.ofd", "skipped", "no reader for files of kind .ofd; export it as PDF"),
        ("说明.md", "skipped", "files of kind .md are read where they are named"),
        ("清单.csv", "skipped", "files of kind .csv are read where they are named"),
        ("pipe.txt", "skipped", "not a file"),
        ("link", "skipped", "a link to a folder"),
    }


def test_reasons_are_told_in_every_language_and_known_to_programs_by_their_code(tmp_path: Path) -> None:
    put(tmp_path, "版式.ofd", "f", ".hidden")
    passed = {each.file: each for each in find_files([tmp_path]).passed}
    assert {name: (each.code, each.told("zh")) for name, each in passed.items()} == {
        "版式.ofd": ("outcome.no_reader.advised", "没有读取 .ofd 文件的程序；请导出为 PDF"),
        "f": ("outcome.named_only", "无后缀 文件要指明才读"),
        ".hidden": ("outcome.hidden_file", "隐藏的文件"),
    }
    placed = refusal(
        "a.pdf", UnreadableInput("a.pdf", say("error.input.no_pages"), place=say("error.input.page", page=3))
    )
    assert (placed.told("zh"), placed.told("en")) == ("第 3 页：没有页", "page 3: it has no pages")
    assert to_data(placed, "en")["reason"] == placed.told("en")


def test_every_file_of_a_folder_is_read_or_listed_once(tmp_path: Path) -> None:
    put(tmp_path, "预算.txt", "sub/说明.md", "sub/other.xyz")
    found = find_files([tmp_path, tmp_path / "sub", tmp_path / "sub/说明.md"])
    assert [path.name for path in found.files] == ["预算.txt", "说明.md"]
    assert [each.file for each in found.passed] == ["other.xyz"]


def test_a_folder_that_cannot_be_opened_is_listed(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0)
    if os.access(tmp_path / "closed", os.R_OK):
        pytest.skip("this user opens every folder")
    (listed,) = find_files([tmp_path]).passed
    assert (listed.file, listed.told("en")) == ("closed", "it can't be opened: Permission denied")


def test_a_file_that_is_named_is_read_whatever_its_suffix(tmp_path: Path) -> None:
    (tmp_path / "budget").write_text("x")
    named = (tmp_path / "budget", tmp_path / "missing")
    assert find_files(named).files == named


def test_what_cannot_be_opened_is_refused_with_its_name(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "large.txt").write_bytes(b"x" * (2 << 20))
    settings = Settings(read_max_bytes=1)
    for name, kind in (("missing.txt", UnreadableInput), ("pipe.txt", UnreadableInput), ("large.txt", LimitExceeded)):
        refused = identify(tmp_path / name, settings)
        assert isinstance(refused, InputRefused)
        assert (type(refused), refused.file) == (kind, name)


def test_a_path_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt"))
    path.write_text("x")
    refused = identify(path, Settings())
    assert isinstance(refused, UnreadableInput)
    assert refused.file == "\\udcff.txt"


def test_files_are_known_by_their_bytes(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("预算")
    first, second = (identify(tmp_path / name, Settings()) for name in ("a.txt", "b.txt"))
    assert isinstance(first, Input)
    assert isinstance(second, Input)
    assert first.sha256 == second.sha256


def test_the_plan_reads_each_new_content_once(tmp_path: Path) -> None:
    for name, text in (("a.txt", "1"), ("b.txt", "1"), ("c.txt", "2"), ("d.txt", "3")):
        (tmp_path / name).write_text(text)
    shas = {name: identify(tmp_path / f"{name}.txt", Settings()).sha256 for name in "acd"}  # type: ignore[union-attr]
    catalogue = Catalogue(())
    catalogue.put(reading(shas["c"], "c.txt"), tmp_path / "c.txt", "v")
    cache = ReadingCache(tmp_path / "cache", "v")
    cache.keep(reading(shas["d"], "d.txt"), QUADS)
    plan = plan_reading([*find_files([tmp_path]).files, tmp_path / "no.txt"], catalogue, cache, "v", Settings())
    assert [task.name for task in plan.tasks] == ["a.txt"]
    assert [kept.file for kept in plan.kept] == ["d.txt"]
    assert [path.name for path in plan.paths[shas["a"]]] == ["a.txt", "b.txt"]
    told = {outcome.file: (outcome.status, outcome.told("en")) for outcome in plan.outcomes}
    assert told == {
        "b.txt": ("skipped", "the same content as a.txt"),
        "c.txt": ("skipped", "unchanged"),
        "no.txt": ("refused", "no such file"),
    }
    later = plan_reading([tmp_path / "c.txt"], catalogue, ReadingCache(tmp_path / "cache", "w"), "w", Settings())
    assert [task.name for task in later.tasks] == ["c.txt"]


def test_a_reading_is_kept_whole_for_its_version_and_name(tmp_path: Path) -> None:
    cache = ReadingCache(tmp_path, "v")
    kept = reading("ab" * 32, "预算.txt")
    assert cache.load(kept.sha256, kept.file) is None
    cache.keep(kept, QUADS)
    cache.keep(kept, QUADS)
    assert cache.load(kept.sha256, kept.file) == kept
    assert list(cache.quads(kept)) == QUADS
    assert cache.load(kept.sha256, "another.txt") is None
    assert ReadingCache(tmp_path, "w").load(kept.sha256, kept.file) is None
    (tmp_path / ".half").mkdir()
    cache.prune()
    assert [path.name.endswith("-v") for path in tmp_path.iterdir()] == [True]
    ReadingCache(tmp_path, "w").prune()
    assert not list(tmp_path.iterdir())


def test_a_source_that_changed_meanwhile_is_not_kept(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("1")
    source = identify(tmp_path / "a.txt", Settings())
    assert isinstance(source, Input)
    (tmp_path / "a.txt").write_text("2")
    with pytest.raises(UnreadableInput, match="changed"):
        keep_source(tmp_path / "sources", source.path, source.sha256)
    (tmp_path / "a.txt").write_text("1")
    for _ in range(2):
        keep_source(tmp_path / "sources", source.path, source.sha256)
    assert (tmp_path / "sources" / source.sha256).read_text() == "1"


def test_a_refusal_keeps_place_and_reason() -> None:
    outcome = refusal("a.txt", UnreadableInput("a.txt", "damaged", place="page 3"))
    assert (outcome.status, outcome.told("en"), outcome.code) == ("refused", "page 3: damaged", "unreadable_input")
    error = ValueError("odd")
    error.add_note("kg/read/x.py:7")
    unforeseen = refusal("a.txt", error)
    assert unforeseen.code == "internal_error"
    assert "ValueError: odd (kg/read/x.py:7)" in unforeseen.told("en")
