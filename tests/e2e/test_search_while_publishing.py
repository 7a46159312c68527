"""Searches go on while generations are published: no error, and no answer of two versions."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.progress import Silent
from kg.settings import Settings
from kg.store.generations import Generation, Home
from kg.store.serving import Serving
from search.engine import SearchEngine
from search.model.embed import open_embedder
from search.request import SearchRequest
from suyuan.pipeline import ingest, remove

pytestmark = pytest.mark.slow

BUDGET = """{name}{year}年部门预算

第一部分 部门概况

一、主要职能

负责处理群众来信来访，组织信访听证，化解矛盾纠纷。{name}负责第{year}号事项的督查督办工作。

二、部门收支情况

{year}年部门预算支出100万元，比上年增加10万元，主要原因是劝返任务加重，新增社工。
"""


@pytest.fixture
def files(tmp_path: Path) -> Iterator[list[Path]]:
    folder = tmp_path / "in"
    folder.mkdir()
    found = []
    for number, name in enumerate(("云海市东山区信访局", "云海市西河区信访局", "云海市南湖区信访局")):
        path = folder / f"{number}.txt"
        path.write_text(BUDGET.format(name=name, year=2020 + number), "utf-8")
        found.append(path)
    yield found


def test_search_answers_while_generations_are_published(files: list[Path], tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home", runner="serial", keep_generations=2)
    ingest([files[0]], settings, Silent())
    embedder = open_embedder(settings.model)
    home = Home(settings.home)
    held = {home.current().number: {"0.txt"}}

    def open_one(generation: Generation) -> SearchEngine:
        return SearchEngine.open(generation, settings, embedder)

    serving = Serving(home, open_one)
    answers: list[tuple[int, frozenset[str], int]] = []
    failures: list[BaseException] = []
    done = threading.Event()

    def ask() -> None:
        try:
            while not done.is_set():
                with serving.lease() as engine:
                    answer = engine.search(SearchRequest(text="劝返任务 新增社工", limit=50))
                files_found = frozenset(hit.document.file for hit in answer.hits)
                answers.append((answer.generation, files_found, answer.total))
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        for added in ({files[1]}, {files[2]}):
            ingest(sorted(added), settings, Silent())
            held[home.current().number] = held[max(held)] | {path.name for path in added}
        remove(["1.txt"], settings, Silent())
        held[home.current().number] = {"0.txt", "2.txt"}
        newest = home.current().number
        for _ in range(2000):
            if failures or any(number == newest for number, _, _ in answers):
                break
            done.wait(0.01)
    finally:
        done.set()
        for thread in threads:
            thread.join()
        serving.close()
    assert not failures
    assert {number for number, _, _ in answers} >= {min(held), max(held)}
    for number, found, total in answers:
        assert found == held[number]
        assert total
