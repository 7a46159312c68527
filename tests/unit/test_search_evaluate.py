"""The judged queries of the project, and how they are scored."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import BadSearch
from kg.serialise import to_data
from kg.settings import Settings
from kg.values.place import Place
from search.evaluation.evaluate import measure, score
from search.evaluation.figures import Evaluation
from search.evaluation.judged import Judged, Target, load_queries, plain
from search.response import DocumentRef, Hit, Why
from tests.search_graph import open_engine, write_generation
from tests.shared import DOCUMENTS, ROOT, SHARED, needs_shared

QUERIES = load_queries(ROOT / "data" / "eval")
TEXTS = {path.name: plain(path.read_text("utf-8")) for path in DOCUMENTS.glob("*.txt")}


def hit(text: str, file: str = "a.txt") -> Hit:
    document = DocumentRef(iri="urn:d", file=file, sha256="", title="", department="", year=None)
    return Hit(iri="urn:p", kind="goal", text=text, context="", score=0.5, why=Why(), document=document, source=Place())


JUDGED = Judged(
    id="1", text="q", language="zh", kind="keyword",
    targets=(Target(file="a.txt", span="维护信访秩序", grade=3), Target(file="a.txt", span="解决 矛盾", grade=1)),
)  # fmt: skip


def test_there_are_enough_queries_of_every_kind() -> None:
    assert len(QUERIES) >= 60
    kinds = Counter(query.kind for query in QUERIES)
    assert set(kinds) >= {"keyword", "question", "paraphrase", "legal", "cross-year", "concept"}
    assert sum(query.language == "en" for query in QUERIES) >= 10
    assert len({query.id for query in QUERIES}) == len(QUERIES)


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.id)
def test_every_span_is_printed_in_its_document(query: Judged) -> None:
    assert query.targets
    for target in query.targets:
        assert plain(target.span) in TEXTS[target.file]
        assert target.grade in (1, 2, 3)


@needs_shared
def test_no_query_is_one_of_the_judges() -> None:
    given = {json.loads(line)["query"] for line in (SHARED / "gold" / "queries.jsonl").read_text("utf-8").splitlines()}
    assert not given & {query.text for query in QUERIES}


def test_a_span_counts_once() -> None:
    once = score(JUDGED, [hit("一、维护信访秩序，"), hit("维护信访秩序")])
    assert once == score(JUDGED, [hit("一、维护信访秩序，")])
    assert once.mrr == 1.0


def test_the_best_order_scores_one() -> None:
    assert score(JUDGED, [hit("维护信访秩序"), hit("解决矛盾")]).ndcg == pytest.approx(1.0)
    assert score(JUDGED, [hit("解决矛盾"), hit("维护信访秩序")]).ndcg < 1.0


def test_another_document_and_an_empty_text_count_nothing() -> None:
    assert score(JUDGED, [hit("维护信访秩序", file="b.txt"), hit("，。")]).ndcg == 0.0
    assert score(replace(JUDGED, targets=JUDGED.targets[1:]), []).recall == 0.0


def test_no_queries_are_told(tmp_path: Path) -> None:
    with pytest.raises(BadSearch, match="no judged queries"):
        load_queries(tmp_path)


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    """The figures of a small generation on two queries: one with a span of its own, one with none."""
    home = tmp_path_factory.mktemp("home")
    queries = home / "queries.jsonl"
    answered = {"file": "e20.txt", "span": "信访听证", "grade": 3}
    missed = {"file": "e20.txt", "span": "没有印出来的话", "grade": 2}
    lines = [
        {"id": "1", "query": "组织信访听证", "lang": "zh", "type": "keyword", "targets": [answered]},
        {"id": "2", "query": "legal advice", "lang": "en", "type": "question", "targets": [missed]},
    ]
    queries.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    settings = Settings(model="none")
    write_generation(home, settings, home / "cache")
    with open_engine(home, settings) as engine:
        return measure(engine, load_queries(queries))


def test_figures_are_told_in_all_by_language_and_by_kind_and_the_worst_named(measured: Evaluation) -> None:
    told = to_data(measured)
    assert [row["of"] for row in told["rows"]] == ["all", "en", "zh", "keyword", "question"]
    assert list(told["rows"][0]) == ["of", "queries", "ndcg@10", "recall@10", "mrr@10"]
    assert (told["rows"][2]["ndcg@10"], told["rows"][1]["ndcg@10"], told["rows"][0]["recall@10"]) == (1.0, 0.0, 0.5)
    assert told["worst"][0] == {"id": "2", "query": "legal advice", "ndcg@10": 0.0}
    assert told["cross_check"] is None
