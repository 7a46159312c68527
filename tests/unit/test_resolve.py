"""What several documents say of one thing is linked; what only looks alike is not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from kg.ids import BASE, Ids
from kg.rdf import Iri
from kg.records import Record, Region
from kg.resolve.function_codes import find_only_subsets
from kg.store.oxigraph import OxigraphReader
from kg.triples import to_quads
from kg.triples.terms import NAMESPACES
from tests.graphs import build_store, sample_store
from tests.made import amount, citation, document, project

IDS = Ids()
PREFIXES = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in NAMESPACES.items())
Store = Callable[..., OxigraphReader]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    def build(*documents: Sequence[Record], codes: bool = False) -> OxigraphReader:
        return build_store(tmp_path / "graph", [to_quads(records, BASE) for records in documents], codes=codes)

    return build


def rows(reader: OxigraphReader, sparql: str) -> set[tuple[str | None, ...]]:
    found = reader.select(PREFIXES + sparql).rows
    return {tuple(None if term is None else term.value for term in row) for row in found}


def test_a_department_of_two_spellings_becomes_one(store: Store) -> None:
    reader = store(
        [document("深圳市龙岗区甲局", 2020), project("乙")],
        [document("龙岗区甲局", 2021, region=Region()), project("丙")],
    )
    found = rows(
        reader,
        """SELECT ?name WHERE { ?p a bud:Project ; rdfs:label ?name ;
        bud:department/rdfs:label "深圳市龙岗区甲局" }""",
    )
    assert found == {("乙",), ("丙",)}
    lesser, fuller = IDS.of("department", "龙岗区甲局"), IDS.of("department", "深圳市龙岗区甲局")
    assert reader.ask(PREFIXES + f"ASK {{ <{lesser.value}> bud:mergedInto <{fuller.value}> }}")
    assert reader.ask(PREFIXES + f'ASK {{ <{fuller.value}> skos:altLabel "龙岗区甲局" }}')


def test_a_short_name_that_could_be_two_departments_stays_alone(store: Store) -> None:
    reader = store(
        [document("甲市鼓楼区乙局", 2020, region=Region(city="甲市", district="鼓楼区"))],
        [document("丙市鼓楼区乙局", 2020, region=Region(city="丙市", district="鼓楼区"))],
        [document("鼓楼区乙局", 2021, region=Region())],
    )
    assert not reader.ask(PREFIXES + "ASK { ?x bud:mergedInto ?y }")


def test_a_name_without_a_place_proves_nothing(store: Store) -> None:
    reader = store([document("深圳市龙岗区信访局", 2020)], [document("信访局", 2021, region=Region())])
    assert not reader.ask(PREFIXES + "ASK { ?x bud:mergedInto ?y }")


def test_a_title_alone_joins_the_numbered_document(store: Store) -> None:
    reader = store(
        [document(), project("乙"), citation("某某区某管理办法", "深龙信〔2016〕2号", cited_by="乙")],
        [document(year=2021), project("丙"), citation("某某区某管理办法", cited_by="丙")],
    )
    found = rows(reader, 'SELECT ?n WHERE { ?p rdfs:label ?n ; bud:legalBasis/bud:documentNumber "深龙信〔2016〕2号" }')
    assert found == {("乙",), ("丙",)}


def test_a_title_that_two_numbered_documents_bear_joins_neither(store: Store) -> None:
    reader = store(
        [document(), citation("某通知", "甲〔2016〕2号"), citation("某通知", "乙〔2017〕3号", line=6)],
        [document(year=2021), citation("某通知")],
    )
    assert not reader.ask(PREFIXES + "ASK { ?x bud:mergedInto ?y }")


def test_other_years_or_issuers_are_other_documents(store: Store) -> None:
    reader = store(
        [document(), citation("某区某通知", "甲〔2016〕2号", issuers=["深圳市财政局"])],
        [
            document(year=2021),
            citation("某区某通知", issuers=["深圳市审计局"]),
            citation("某区某通知", date="2018-05-01", line=7),
        ],
    )
    numbered = IDS.of("legal", "甲〔2016〕2号").value
    assert not reader.ask(PREFIXES + f"ASK {{ ?x bud:mergedInto <{numbered}> }}")


def test_statutes_that_resemble_each_other_stay_two() -> None:
    found = rows(
        sample_store(),
        """SELECT ?title ?status ?successor WHERE {
        ?l a bud:LegalDocument ; eli:title ?title ; bud:status ?status . OPTIONAL { ?l bud:replacedBy/eli:title ?successor }
        FILTER(?title IN ("信访条例", "信访工作条例")) }""",
    )
    assert found == {("信访条例", "replaced", "信访工作条例"), ("信访工作条例", "in_force", None)}


def test_two_rules_on_staff_of_two_departments_stay_two() -> None:
    found = rows(
        sample_store(),
        """SELECT ?l WHERE { ?l a bud:LegalDocument ; eli:title ?title .
        FILTER(CONTAINS(?title, "职能配置、内设机构和人员编制规定")) FILTER NOT EXISTS { ?l bud:mergedInto ?m } }""",
    )
    assert len(found) == 2


def test_an_issuer_is_inferred_only_from_a_proved_mark(store: Store) -> None:
    reader = store(
        [
            document(),
            citation("甲通知", "深信〔2016〕1号", issuers=["深圳市信访局"]),
            citation("乙通知", "深信〔2017〕5号", line=6),
            citation("丙通知", "粤信〔2019〕78号", line=7),
        ],
    )
    found = rows(reader, "SELECT ?n ?name WHERE { ?l bud:documentNumber ?n ; bud:issuerInferred/rdfs:label ?name }")
    assert found == {("深信〔2017〕5号", "深圳市信访局")}
    assert not rows(reader, 'SELECT ?i WHERE { ?l bud:documentNumber "深信〔2017〕5号" ; bud:issuer ?i }')


def test_a_mark_that_two_bodies_use_proves_no_issuer(store: Store) -> None:
    reader = store(
        [
            document(),
            citation("甲通知", "深信〔2016〕1号", issuers=["深圳市信访局"]),
            citation("丁通知", "深信〔2016〕9号", issuers=["深圳市信息办"], line=6),
            citation("乙通知", "深信〔2017〕5号", line=7),
        ],
    )
    assert not reader.ask(PREFIXES + "ASK { ?l bud:issuerInferred ?i }")


def test_a_project_of_the_same_name_is_one_programme_over_the_years() -> None:
    found = rows(
        sample_store(),
        """SELECT ?from ?to ?status ?score WHERE {
        ?l a bud:ProgrammeLink ; bud:status ?status ; bud:score ?score ; bud:from ?a ; bud:to ?b .
        ?a rdfs:label "信访稳定备用金" ; bud:fiscalYear ?from . ?b bud:fiscalYear ?to }""",
    )
    assert found == {("2020", "2023", "exact", "1")}


def test_a_renamed_project_is_a_scored_candidate_and_never_merged() -> None:
    links = rows(
        sample_store(),
        """SELECT ?from ?to ?status WHERE {
        ?l a bud:ProgrammeLink ; bud:status ?status ; bud:evidence ?e ; bud:score ?s ; bud:from/rdfs:label ?from ;
        bud:to/rdfs:label ?to . FILTER(CONTAINS(?from, "信息") && ?s < 1) }""",
    )
    assert links == {
        ("信访信息化运行维护费", "信访信息化运行维护", "candidate"),
        ("信访信息化运行维护费", "信息系统运行与维护", "candidate"),
        ("信访信息化运行维护", "信息系统运行与维护", "candidate"),
    }
    assert not rows(sample_store(), 'SELECT ?x WHERE { ?p rdfs:label "信息系统运行与维护" ; bud:programme ?x }')


def test_unlike_projects_are_not_linked(store: Store) -> None:
    reader = store([document(), project("食堂运营")], [document(year=2021), project("道路绿化养护", line=6)])
    assert not reader.ask(PREFIXES + "ASK { ?l a bud:ProgrammeLink }")


def test_the_same_name_in_another_department_is_another_programme(store: Store) -> None:
    reader = store([document(), project("办公设备购置")], [document("深圳市龙岗区乙局", 2021), project("办公设备购置")])
    assert not reader.ask(PREFIXES + "ASK { ?l a bud:ProgrammeLink }")


def test_a_code_is_inferred_where_one_set_of_projects_makes_up_its_sum(store: Store) -> None:
    reader = store(
        [
            document(),
            amount("信访事务", "30", code="2010308"),
            amount("培训支出", "5", code="2050803", line=10),
            project("甲", "10"),
            project("乙", "20", line=6),
            project("丙", "5", line=7),
        ],
        codes=True,
    )
    found = rows(reader, "SELECT ?n ?c WHERE { ?p rdfs:label ?n ; bud:inferredFunctionCode/skos:notation ?c }")
    assert found == {("甲", "2010308"), ("乙", "2010308"), ("丙", "2050803")}
    assert not reader.ask(PREFIXES + "ASK { ?p a bud:Project ; bud:functionCode ?c }")


def test_a_sum_that_two_sets_make_up_proves_nothing() -> None:
    found = find_only_subsets({Iri("a"): Decimal(5), Iri("b"): Decimal(5), Iri("c"): Decimal(7)})
    assert Decimal(5) not in found and Decimal(12) not in found
    assert found[Decimal(7)] == (Iri("c"),) and found[Decimal(17)] == (Iri("a"), Iri("b"), Iri("c"))


def test_a_name_that_the_code_lists_lack_is_added_with_its_year(store: Store) -> None:
    reader = store([document(), amount("某新事务", "3", code="2990199")])
    found = rows(
        reader,
        'SELECT ?n ?f ?l WHERE { ?x bud:nameOf/skos:notation "2990199" ; rdfs:label ?n ; bud:firstYear ?f ; bud:lastYear ?l }',
    )
    assert found == {("某新事务", "2020", "2020")}
    assert rows(reader, 'SELECT ?n WHERE { ?c skos:notation "2990199" ; skos:prefLabel ?n }') == {("某新事务",)}


def test_the_resolution_is_the_same_for_the_same_graph() -> None:
    from kg.resolve import resolution_quads

    assert list(resolution_quads(sample_store(), BASE)) == list(resolution_quads(sample_store(), BASE))
