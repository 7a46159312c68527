"""What a query says: years, places, departments, codes, amounts, legal documents; and what it doesn't."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from kg.serialise import to_data
from kg.settings import Settings
from search.engine import SearchEngine
from search.index.near_copies import find_twins
from search.query.expand import find_synonyms, load_english, load_groups, translate
from search.query.understand import Understanding, understand
from search.rank.related import find_related
from search.request import SearchRequest
from tests.search_graph import FUND_2020, FUND_2023, FUND_RULES, HALL, open_engine, write_generation


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchEngine]:
    folder: Path = tmp_path_factory.mktemp("generation")
    settings = Settings()
    write_generation(folder, settings, folder / "cache")
    with open_engine(folder, settings) as opened:
        yield opened


def said(engine: SearchEngine, text: str) -> Understanding:
    facets = engine.index.facets
    return understand(text, engine.index.names, lambda facet, value: bool(facets.under(facet, [value])))


@pytest.mark.parametrize(
    ("text", "filters", "rest"),
    [
        ("2020年的预算", {"year": [2020]}, "预算"),
        ("2020到2023年 备用金怎么变", {"year": [2020, 2023]}, "备用金怎么变"),
        ("2020年与2023年对比", {"year": [2020, 2023]}, "与 对比"),
        ("2020-2023 救助", {"year": [2020, 2023]}, "救助"),
        ("FY 2023 training", {"year": [2023]}, "FY training"),
        ("1999年的事", {}, "1999年的事"),
        ("2020年12月31日的车辆", {}, "2020年12月31日的车辆"),
        ("东山的救助", {"region": ["990101"]}, "救助"),
        ("西河市 接待厅", {"region": ["990200"]}, "接待厅"),
        ("西河信访局的接待厅", {"department": ["云海省西河市信访局"]}, "接待厅"),
        ("云海省东山区信访局", {"department": ["云海省东山区信访局"]}, ""),
        ("信访局的职责", {}, "信访局的职责"),
        ("区信访局的职责", {}, "区信访局的职责"),
        ("东山区财政局文件", {}, "东山区财政局文件"),
        ("科目2010308有哪些项目", {"function_code": ["2010308"]}, "科目 有哪些项目"),
        ("201 件案件", {}, "201 件案件"),
        ("超过100万元的项目", {"min_amount": 1_000_000.0}, "项目"),
        ("100万元以下的项目", {"max_amount": 1_000_000.0}, "项目"),
        ("50万到600万元的项目", {"min_amount": 500_000.0, "max_amount": 6_000_000.0}, "项目"),
        ("不超过1.5亿元", {"max_amount": 150_000_000.0}, ""),
        ("projects over 2 million", {"min_amount": 2_000_000.0}, "projects"),
        ("五百万元以上的项目", {"min_amount": 5_000_000.0}, "项目"),
        ("1千万以上的项目", {"min_amount": 10_000_000.0}, "项目"),
        ("不到50万的项目", {"max_amount": 500_000.0}, "项目"),
        ("三十万元以下", {"max_amount": 300_000.0}, ""),
        ("二〇二三年的救助", {"year": [2023]}, "救助"),
        ("近三年救助", {"year": [2023]}, "救助"),
        ("近四年救助", {"year": [2020, 2023]}, "救助"),
        ("依据甲信〔2016〕2号的项目", {"legal": [FUND_RULES]}, "依据 的项目"),
        ("《2020年西河市工作要点》", {}, "《2020年西河市工作要点》"),
        ("三公经费", {}, "三公经费"),
    ],
)
def test_words_become_filters(engine: SearchEngine, text: str, filters: dict[str, object], rest: str) -> None:
    found = said(engine, text)
    assert to_data(found.filters) == filters
    assert found.rest == rest


def test_every_part_says_where_it_stands_and_how_to_undo_it(engine: SearchEngine) -> None:
    text = "2023年东山 超过100万元的稳定备用金"
    found = said(engine, text)
    assert [part.kind for part in found.parts] == ["year", "region", "amount", "project"]
    for part in found.parts:
        assert text[part.start : part.end] == part.text
    ids = [part.id for part in found.parts]
    assert len(set(ids)) == len(ids)
    assert found.filters.min_amount == Decimal(1_000_000)


@pytest.mark.parametrize("text", ["甲信〔2016〕2号", "2010308", "稳定备用金", "东山区信访局"])
def test_an_identifier_alone_names_its_entity(engine: SearchEngine, text: str) -> None:
    assert said(engine, text).entity is not None
    assert said(engine, f"{text}的原因").entity is None


def test_a_term_of_the_field_is_explained_and_restricts_nothing(engine: SearchEngine) -> None:
    (part,) = said(engine, "三公经费为什么减少").parts
    assert (part.kind, part.effect, part.text) == ("concept", "exact", "三公经费")
    assert "公务接待费" in part.label
    assert part.filters.empty


def test_projects_alike_share_sentences(engine: SearchEngine) -> None:
    found = find_related(engine.index, FUND_2020)
    assert found[0].about.iri == FUND_2023
    pair = found[0].shared[0]
    assert pair.own.text and pair.other.text
    assert HALL not in {one.about.iri for one in found[:1]}


def test_a_legal_document_stands_behind_goals(engine: SearchEngine) -> None:
    (only,) = find_related(engine.index, FUND_RULES)
    assert only.about.iri == FUND_2020
    assert [goal.kind for goal in only.goals] == ["goal"]


def test_synonyms_bring_the_others_of_their_group() -> None:
    assert "公安" in find_synonyms("警方与信访部门之间信息互通")
    assert find_synonyms("警") == []


def test_english_is_translated_by_phrase() -> None:
    assert translate("legal adviser") == ["法律顾问"]
    assert translate("budgets") == translate("budget") == ["预算"]
    assert translate("zzz") == []


def test_the_word_lists_are_clean() -> None:
    assert len(load_groups()) > 100
    assert len(load_english()) > 300
    assert all(len(group) > 1 and all(word.strip() == word and word for word in group) for group in load_groups())


@pytest.mark.parametrize(
    ("first", "second", "alike"),
    [
        ("保障信访大厅各项工作良好运转，营造良好环境。", "1、保障信访大厅各项工作良好运转,营造良好环境", True),
        (
            "通过外出协调，与当地政府共同推进化解三跨三分离重点信访案件。全力保障我区平稳可控。",
            "通过外出协调，与当地共同推进化解三跨三分离重点信访案件。全力保障我区平稳可控。",
            True,
        ),
        ("2020年预算数9万元，比2019年减少1万元。", "2020年预算数3万元，比2018年增加2万元。", False),
        ("满意度90%", "满意度95%", False),
        ("满意度90%", "满意度 90%", True),
    ],
)
def test_near_copies_fold_within_a_document(first: str, second: str, alike: bool) -> None:
    assert find_twins([(0, first), (0, second)]) == ([0, 0] if alike else [0, 1])
    assert find_twins([(0, first), (1, second)]) == [0, 1]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("2021年自评", True),
        ("自评里的满意度", True),
        ("信访 自评报告", True),
        ("self-evaluation of petitions", True),
        ("绩效自评 绩效监控", False),  # a topic
        ("自评得分", False),
        ("部门预算", False),  # what nearly every document is
        ("《项目自评管理办法》", False),  # a title
    ],
)
def test_a_word_for_a_stage_is_a_filter_where_it_stands_alone(engine: SearchEngine, text: str, asked: bool) -> None:
    parts = understand(text, engine.index.names, lambda facet, value: facet == "document_stage").parts
    assert [part.effect for part in parts if part.kind == "document_stage"] == ["filter"] * asked


@pytest.mark.parametrize(
    ("text", "excluded", "rest"),
    [
        ("不要东山 救助", [{"region": ["990101"]}], "救助"),
        ("除东山以外的救助", [{"region": ["990101"]}], "救助"),
        ("除了东山、西河市之外的救助", [{"region": ["990101"]}, {"region": ["990200"]}], "救助"),
        ("东山除外的救助", [{"region": ["990101"]}], "救助"),
        ("不含2023年的救助", [{"year": [2023]}], "救助"),
        ("非2023年的救助", [{"year": [2023]}], "救助"),
        ("救助 except 2020", [{"year": [2020]}], "救助"),
        ("不包括西河信访局的救助", [{"department": ["云海省西河市信访局"]}], "救助"),
        ("扣除2020年救助", [], "扣除 救助"),
        ("清除2020年的救助", [], "清除 的救助"),
        ("除2020年的救助", [], "除 的救助"),
    ],
)
def test_what_is_not_wanted_is_excluded(
    engine: SearchEngine, text: str, excluded: list[dict[str, object]], rest: str
) -> None:
    found = said(engine, text)
    assert [to_data(each) for each in found.excluded] == excluded
    assert found.rest == rest
    assert found.filters.empty or not excluded


def test_an_exclusion_leaves_all_else_and_can_be_undone(engine: SearchEngine) -> None:
    years = {hit.document.year for hit in engine.search(SearchRequest(text="不要2020年的救助", limit=50)).hits}
    assert years == {2023}
    (part,) = engine.search(SearchRequest(text="不要2020年的救助")).query.understood
    assert (part.effect, part.text) == ("exclude", "不要2020年")
    assert {hit.document.year for hit in engine.search(SearchRequest(text="救助", limit=50)).hits} == {2020, 2023}
    undone = engine.search(SearchRequest(text="不要2020年的救助", ignore=(part.id,), limit=50))
    assert {hit.document.year for hit in undone.hits} == {2020, 2023}
