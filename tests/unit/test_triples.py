"""Records become the statements that the documentation promises."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kg.ids import BASE, Ids
from kg.messages import say
from kg.rdf import XSD, Iri, Literal, Quad
from kg.records import FindingPlace, FindingRecord, Record, Region
from kg.triples import to_quads
from kg.triples.terms import decimal, term
from kg.values.place import Place
from tests.made import amount, citation, document, project, source, statement

IDS = Ids()


def quads(*records: Record) -> list[Quad]:
    return list(to_quads(records, BASE))


def values(found: list[Quad], subject: Iri, predicate: str) -> list[str]:
    return [quad.object.value for quad in found if quad.subject == subject and quad.predicate == term(predicate)]


def typed(found: list[Quad], name: str) -> list[Iri]:
    return [quad.subject for quad in found if quad.predicate == term("rdf:type") and quad.object == term(name)]


def test_all_statements_of_a_document_are_in_its_own_graph() -> None:
    head = document()
    found = quads(head, project("乙项目"), amount("丙", "3", code="2010308"))
    assert {quad.graph for quad in found} == {IDS.document(head.sha256)}
    assert len(found) == len(set(found))


def test_records_without_their_document_are_refused() -> None:
    with pytest.raises(ValueError, match="document record"):
        quads(project("乙项目"))


def test_money_is_in_yuan_and_printed_text_stays() -> None:
    found = quads(document(), amount("信访事务", "12.50", code="2010308"))
    (cell,) = typed(found, "bud:Observation")
    assert Quad(cell, term("bud:amount"), Literal("125000", f"{XSD}decimal"), found[0].graph) in found
    assert values(found, cell, "bud:printedText") == ["12.50"]


def test_what_is_no_money_is_a_value() -> None:
    found = quads(document(), amount("汽车", "2", unit="辆", scheme=None, kind="assets", header=("数量",)))
    (cell,) = typed(found, "bud:Observation")
    assert values(found, cell, "bud:value") == ["2"] and values(found, cell, "bud:amount") == []


def test_a_score_is_no_money() -> None:
    found = quads(document(), amount("预算执行率", "0.95", unit="分", scheme=None, header=("得分",)))
    (cell,) = typed(found, "bud:Observation")
    assert values(found, cell, "bud:value") == ["0.95"] and values(found, cell, "bud:amount") == []
    assert values(found, cell, "bud:printedUnit") == ["分"]


@pytest.mark.parametrize(
    ("given", "normal"), [("500", "500"), ("500.00", "500"), ("-0.0", "0"), ("12.50", "12.5"), ("1E+3", "1000")]
)
def test_equal_decimals_are_equal_terms(given: str, normal: str) -> None:
    assert decimal(Decimal(given)).value == normal


def test_a_code_brings_the_codes_above_it() -> None:
    found = quads(document(), amount("信访事务", "3", code="2010308"))
    leaf, section = IDS.code("function", "2010308"), IDS.code("function", "20103")
    assert values(found, leaf, "skos:broader") == [section.value]
    assert values(found, section, "skos:broader") == [IDS.code("function", "201").value]
    assert values(found, leaf, "bud:codeLevel") == ["项"]


def test_two_economic_codes_in_a_row_are_linked_both_ways() -> None:
    found = quads(document(), amount("办公费", "3", code="30201", scheme="economic", government="50201"))
    own, government = IDS.code("economic", "30201"), IDS.code("government_economic", "50201")
    assert values(found, own, "skos:relatedMatch") == [government.value]
    assert values(found, government, "skos:relatedMatch") == [own.value]


def test_a_short_department_name_is_completed_from_the_region() -> None:
    found = quads(document("区甲局", aliases=["区甲局"], units=["区甲局本级"]))
    (department,) = typed(found, "bud:Department")
    assert department == IDS.of("department", "深圳市龙岗区甲局")
    assert values(found, department, "skos:altLabel") == ["区甲局"]
    assert typed(found, "bud:BudgetUnit") == [IDS.of("unit", "深圳市龙岗区甲局本级")]


def test_regions_lie_in_each_other_by_code() -> None:
    found = quads(document())
    assert values(found, IDS.of("region", "440307"), "bud:partOf") == [IDS.of("region", "440300").value]
    assert values(found, IDS.of("region", "440300"), "bud:partOf") == [IDS.of("region", "440000").value]
    assert values(found, IDS.of("region", "440307"), "bud:fullName") == ["广东省深圳市龙岗区"]


def test_a_municipality_is_one_region_and_lies_in_none() -> None:
    found = quads(document(region=Region(province="上海市", city="上海市", district=None, code="310000")))
    assert values(found, IDS.of("region", "310000"), "bud:partOf") == []
    assert values(found, IDS.of("region", "310000"), "bud:fullName") == ["上海市"]
    district = quads(document(region=Region(province="上海市", city="上海市", district="普陀区", code="310107")))
    assert values(district, IDS.of("region", "310107"), "bud:fullName") == ["上海市普陀区"]


def test_projects_of_two_units_with_one_name_stay_two() -> None:
    found = quads(
        document(units=["甲局本级", "乙中心"]),
        project("办公设备购置", unit="甲局本级"),
        project("办公设备购置", "20", line=6, unit="乙中心"),
    )
    assert len(set(typed(found, "bud:Project"))) == 2


def test_a_project_of_one_unit_keeps_the_plain_address() -> None:
    found = quads(document(), project("办公设备购置", unit="甲局本级"))
    assert typed(found, "bud:Project") == [IDS.of("project", "深圳市龙岗区甲局", "2020", "办公设备购置")]


def test_activities_of_one_name_under_two_duties_stay_two() -> None:
    found = quads(
        document(),
        project("一", kind="duty"),
        project("综合", kind="activity", parent="一", line=6),
        project("二", kind="duty", line=7),
        project("综合", kind="activity", parent="二", line=8),
    )
    activities = typed(found, "bud:Activity")
    assert len(set(activities)) == 2
    duties = {values(found, activity, "bud:partOf")[0] for activity in activities}
    assert duties == {duty.value for duty in typed(found, "bud:Duty")}


def test_the_whole_budget_is_the_projects_amount_not_a_part() -> None:
    made = project("乙")
    part = replace(made.amounts[0], meaning="其中：财政拨款", value=Decimal(4))
    found = quads(document(), replace(made, amounts=(part, made.amounts[0])))
    assert values(found, typed(found, "bud:Project")[0], "bud:amount") == ["100000"]


def test_a_project_amount_in_a_known_cell_is_that_cell() -> None:
    cell = amount("乙项目", "10", scheme=None, kind="project_performance", header=("项目金额",), line=5)
    made = project("乙项目")
    here = replace(made.amounts[0], source=cell.source)
    found = quads(document(), cell, replace(made, amounts=(here,)))
    (only,) = typed(found, "bud:Observation")
    assert values(found, only, "bud:about") == [typed(found, "bud:Project")[0].value]


def test_a_citing_project_has_its_legal_basis_directly() -> None:
    found = quads(
        document(), project("乙"), citation("某办法", "深龙信〔2016〕2号", cited_by="乙", issuers=["区财政局"])
    )
    legal = IDS.of("legal", "深龙信〔2016〕2号")
    assert values(found, typed(found, "bud:Project")[0], "bud:legalBasis") == [legal.value]
    assert values(found, legal, "bud:issuer") == [IDS.of("department", "深圳市龙岗区财政局").value]
    assert values(found, legal, "bud:documentYear") == ["2016"]
    assert values(found, legal, "bud:documentMark") == ["深龙信"]


def test_a_citation_of_no_project_belongs_to_the_document() -> None:
    head = document()
    found = quads(head, citation("信访条例"))
    assert values(found, IDS.document(head.sha256), "bud:legalBasis") == [IDS.of("legal", "信访条例").value]


def test_one_title_of_two_issuers_stays_two_documents() -> None:
    found = quads(
        document(),
        citation("关于做好年度工作的通知", issuers=["市财政局"]),
        citation("关于做好年度工作的通知", issuers=["市审计局"], line=6),
    )
    assert len(set(typed(found, "bud:LegalDocument"))) == 2


def test_the_countrys_name_makes_no_second_law() -> None:
    found = quads(document(), citation("预算法"), citation("中华人民共和国预算法", line=6))
    assert set(typed(found, "bud:LegalDocument")) == {IDS.of("legal", "预算法")}


def test_the_first_statement_of_a_metric_is_the_departments() -> None:
    found = quads(document(), statement("退休人数", "4"), statement("退休人数", "1", line=21))
    first = {
        values(found, node, "bud:value")[0]: values(found, node, "bud:firstMention")[0]
        for node in typed(found, "bud:Statement")
    }
    assert first == {"4": "true", "1": "false"}


def test_a_finding_points_to_the_number_it_concerns() -> None:
    said = statement("机关运行经费_同比变化额", "-4", "元")
    place = FindingPlace(place=said.source.place, value=Decimal(4), text=said.source.text)
    finding = FindingRecord(
        source=said.source,
        kind="unit",
        severity="error",
        message=say("audit.unit.slip", label="减少", change=Decimal(4), unit="元", meant="万元"),
        expected=Decimal(-40000),
        actual=Decimal(-4),
        places=(place,),
        repaired=False,
    )
    found = quads(document(), said, finding)
    (node,) = typed(found, "bud:Finding")
    assert values(found, node, "bud:concerns") == [typed(found, "bud:Statement")[0].value]
    assert values(found, node, "bud:cell") == values(found, node, "bud:concerns")


def test_two_numbers_in_one_cell_stay_two() -> None:
    first = amount("甲", "3")
    found = quads(document(), first, replace(first, value=Decimal(4)))
    assert len(typed(found, "bud:Observation")) == 2


def test_no_node_is_blank_and_every_place_is_told() -> None:
    found = quads(document(), project("乙"), amount("丙", "3", code="201"))
    assert all(isinstance(quad.subject, Iri) for quad in found)
    (cell,) = [node for node in typed(found, "bud:Observation") if values(found, node, "bud:tableTitle")]
    assert (values(found, cell, "bud:line"), values(found, cell, "bud:column")) == (["9"], ["4"])


def test_the_box_on_a_page_is_kept() -> None:
    cell = amount("丙", "3")
    boxed = replace(cell, source=replace(cell.source, place=Place(page=2, row=3, col=4, box=(1.0, 2.0, 3.5, 4.0))))
    found = quads(document(), boxed)
    assert values(found, typed(found, "bud:Observation")[0], "bud:box") == ["1.0 2.0 3.5 4.0"]
    assert source(3).place.box is None
