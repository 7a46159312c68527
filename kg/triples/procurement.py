"""Items of government procurement and of purchased services, and the projects that pay for them."""

from __future__ import annotations

from collections.abc import Iterator

from kg.rdf import Quad
from kg.records import ProcurementRecord
from kg.triples.facts import Facts
from kg.triples.scope import Scope
from kg.values.money import to_yuan


def procurement_quads(record: ProcurementRecord, scope: Scope) -> Iterator[Quad]:
    """Yield one item; `bud:amount` and `bud:unitPrice` in 元."""
    node = scope.names.name("procurement", record.source, record.name, record.code)
    facts = Facts(node, scope.graph, "bud:ProcurementItem").add_source(scope.document, record.source)
    facts.add("bud:procurementKind", record.table_kind)
    facts.add("rdfs:label", record.name).add("bud:catalogueCode", record.code)
    facts.add("bud:catalogue", record.catalogue).add("bud:quantity", record.quantity)
    facts.add("bud:quantityUnit", record.quantity_unit).add("bud:printedUnit", record.unit)
    facts.add("bud:unitPrice", to_yuan(record.unit_price, record.unit))
    money = to_yuan(record.amount, record.unit)
    facts.add("bud:amount", money).add("bud:value", record.amount if money is None else None)
    facts.add("bud:fundedBy", scope.project(record.funding_project, record.source, ("project",)))
    facts.add("bud:fundingName", record.funding_project).add("bud:fundingLine", record.funding_line)
    facts.add("bud:method", record.method).add("bud:department", scope.department_iri())
    facts.add("bud:budgetUnit", scope.unit(record.budget_unit))
    yield from facts.add("bud:fiscalYear", record.year or scope.record.fiscal_year)
