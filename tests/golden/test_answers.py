"""The five answers every release must give right."""

from __future__ import annotations

import ontology
from kg.rdf import Term
from kg.triples.terms import NAMESPACES
from tests.graphs import sample_store

PREFIXES = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in NAMESPACES.items())
LONGGANG = "深圳市龙岗区信访局"


def ask(sparql: str) -> set[tuple[str | None, ...]]:
    def plain(term: Term | None) -> str | None:
        return None if term is None else term.value

    return {tuple(map(plain, row)) for row in sample_store().select(PREFIXES + sparql).rows}


def test_projects_rest_on_their_legal_documents() -> None:
    found = ask("""SELECT ?project ?number WHERE {
        ?p a bud:Project ; rdfs:label ?project ; bud:legalBasis/bud:documentNumber ?number }""")
    assert found == {
        ("信访事务", "深龙办发〔2019〕31号"),
        ("信访事务", "深办发〔2017〕4号"),
        ("办公设备购置", "深财规〔2013〕20号"),
        ("办公设备购置", "深龙财〔2019〕90号"),
        ("信访信息化运行维护费", "深龙数通〔2018〕25号"),
        ("信访信息化运行维护费", "深信〔2016〕1号"),
        ("信访信息化运行维护费", "粤信函字〔2019〕78号"),
        ("信访稳定备用金", "深龙信〔2016〕2号"),
        ("区信访大厅(区维稳中心)管理事务", "深龙委办〔2010〕48号"),
        ("区信访大厅(区维稳中心)管理事务", "深龙信联办〔2018〕2号"),
        ("全区信访业务培训", "深龙财〔2018〕74号"),
    }


def test_projects_also_rest_on_documents_without_a_number() -> None:
    found = ask("""SELECT ?project ?title WHERE {
        ?p a bud:Project ; rdfs:label ?project ; bud:legalBasis ?legal . ?legal eli:title ?title .
        FILTER NOT EXISTS { ?legal bud:documentNumber ?number } }""")
    assert ("其他一般管理事务", "研究对口帮扶工作相关事宜会议纪要") in found
    assert ("信访信息化运行维护费", "关于开展2017年全市信访接待场所规范化建设督导检查的通知") in found
    assert len(found) == 3


def test_everything_under_a_function_code_in_a_year() -> None:
    found = ask("""SELECT DISTINCT ?department ?thing ?amount WHERE {
        { ?x a bud:Project ; rdfs:label ?thing } UNION { ?x a bud:Observation ; bud:topic/rdfs:label ?thing }
        ?x bud:functionCode/skos:notation "2010308" ; bud:fiscalYear 2020 ; bud:amount ?amount ;
           bud:department/rdfs:label ?department . }""")
    projects = {row for row in found if row[1] in {"信访稳定备用金", "信访事务", "办公设备购置", "其他一般管理事务"}}
    assert projects == {
        (LONGGANG, "信访稳定备用金", "5000000"),
        (LONGGANG, "信访事务", "380000"),
        (LONGGANG, "办公设备购置", "40000"),
        (LONGGANG, "其他一般管理事务", "40000"),
    }
    totals = {row for row in found if row[1] in {"支出总计", "基本支出", "项目支出"}}
    assert totals == {
        (LONGGANG, "支出总计", "7230000"),
        (LONGGANG, "基本支出", "0"),
        (LONGGANG, "项目支出", "7230000"),
        ("广州市信访局", "支出总计", "1040000"),
        ("广州市信访局", "基本支出", "0"),
        ("广州市信访局", "项目支出", "1040000"),
    }


def test_a_project_over_the_years() -> None:
    found = ask("""SELECT ?year ?amount WHERE {
        ?p a bud:Project ; rdfs:label "信访稳定备用金" ; bud:fiscalYear ?year ; bud:amount ?amount }""")
    assert found == {("2020", "5000000"), ("2023", "5000000")}


def test_indicators_with_target_and_actual_value() -> None:
    query = next(path for path in ontology.competency_paths() if path.stem == "CQ07")
    rows = {row[2] for row in ask(query.read_text("utf-8"))}
    assert {"设备具备配置时限", "化解年度重点案件", "在项目完成后一个月内支付完毕"} <= rows


def test_documents_of_an_issuer_that_projects_cite() -> None:
    found = ask("""SELECT DISTINCT ?title ?number WHERE {
        ?p a bud:Project ; bud:legalBasis ?legal .
        ?legal bud:issuer/rdfs:label "深圳市信访局" ; eli:title ?title .
        OPTIONAL { ?legal bud:documentNumber ?number } }""")
    assert found == {
        ("关于开展2017年全市信访接待场所规范化建设督导检查的通知", None),
        ("市网上信访信息系统区级数据中心建设有关问题的通知", "深信〔2016〕1号"),
    }
