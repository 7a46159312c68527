"""The document, its department, its budget units and its region."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kg.ids import fold_name
from kg.rdf import Iri, Quad
from kg.records import DocumentRecord, Region
from kg.triples.facts import Facts
from kg.triples.scope import Scope
from kg.triples.terms import term

_LEVELS = (("province", 2), ("city", 4), ("district", 6))  # digits of a code of GB/T 2260 that name each level


def document_quads(record: DocumentRecord, scope: Scope) -> Iterator[Quad]:
    """Yield what a document record says: the document, who published it, its units and region."""
    region = region_iri(record.region, scope)
    facts = Facts(scope.document, scope.graph, "bud:BudgetDocument")
    facts.add("rdfs:label", record.title).add("dcterms:title", record.title)
    facts.add("bud:documentKind", record.kind).add("bud:fiscalYear", record.fiscal_year)
    facts.add("dcterms:publisher", scope.department_iri()).add("bud:department", scope.department_iri())
    facts.add("bud:region", region).add("bud:file", record.file).add("bud:sha256", record.sha256)
    facts.add("bud:amountUnit", record.amount_unit)
    facts.add("bud:numbersInTables", record.coverage.numbers)
    facts.add("bud:numbersAccounted", record.coverage.accounted).add("bud:coverage", _coverage(record))
    facts.add("bud:textsPrinted", record.coverage.texts).add("bud:textsAccounted", record.coverage.texts_accounted)
    facts.add("bud:budgetUnit", *(scope.unit(name) for name in record.units))
    yield from facts
    yield from _department_quads(record, scope, region)
    yield from _unit_quads(record, scope)
    yield from _region_quads(record.region, scope)


def _coverage(record: DocumentRecord) -> Decimal | None:
    """Return the share of table numbers that ended in a record, to four places; None without numbers."""
    if not record.coverage.numbers:
        return None
    return (Decimal(record.coverage.accounted) / record.coverage.numbers).quantize(Decimal("0.0001"))


def _department_quads(record: DocumentRecord, scope: Scope, region: Iri | None) -> Iterator[Quad]:
    department = scope.department_iri()
    if department is None:
        return
    others = [name for name in (record.department, *record.aliases) if name]
    facts = Facts(department, scope.graph, "bud:Department").add("rdfs:label", scope.department)
    facts.add("skos:altLabel", *(name for name in others if fold_name(name) != fold_name(scope.department)))
    yield from facts.add("bud:region", region)


def _unit_quads(record: DocumentRecord, scope: Scope) -> Iterator[Quad]:
    for name in record.units:
        iri, full = scope.unit(name), scope.unit_name(name)
        if iri is None or iri == scope.department_iri():
            continue
        facts = Facts(iri, scope.graph, "bud:BudgetUnit").add("rdfs:label", full)
        if fold_name(name) != fold_name(full):
            facts.add("skos:altLabel", name)
        yield from facts.add("org:subOrganizationOf", scope.department_iri())


def region_iri(region: Region, scope: Scope) -> Iri | None:
    """Return the IRI of the smallest part of a region, by its code or else by its names."""
    if region.code:
        return scope.ids.of("region", region.code)
    names = [name for name in (region.province, region.city, region.district) if name]
    return scope.ids.of("region", "".join(names)) if names else None


def _region_quads(region: Region, scope: Scope) -> Iterator[Quad]:
    """Yield the region and those it lies in; a code begins with that of the level above (GB/T 2260)."""
    iri = region_iri(region, scope)
    if iri is None:
        return
    named = [(name, digits) for level, digits in _LEVELS if (name := getattr(region, level))]
    parent: Iri | None = None
    for order, (name, digits) in enumerate(named, start=1):
        code = region.code if order == len(named) else region.code and region.code[:digits].ljust(6, "0")
        full = "".join(dict.fromkeys(above for above, _ in named[:order]))  # a municipality is its own city
        node = scope.ids.of("region", code or full)
        if node == parent:
            continue
        facts = Facts(node, scope.graph, "bud:Region").add("rdfs:label", name).add("skos:notation", code)
        facts.add("bud:fullName", full)
        yield from facts.add("bud:partOf", parent)
        parent = node
    if not named:
        yield Quad(iri, term("rdf:type"), term("bud:Region"), scope.graph)
