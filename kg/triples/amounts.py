"""Numbers of tables as observations (qb:Observation), and the codes they stand under."""

from __future__ import annotations

from collections.abc import Iterator

from kg.ids import fold_name
from kg.rdf import Iri, Quad
from kg.records import AmountRecord
from kg.triples.codes import PREDICATES, code_quads
from kg.triples.facts import Facts
from kg.triples.scope import Scope
from kg.triples.topics import find_aspect, find_table_topic, is_total, plain_row
from kg.values.code import ECONOMIC, GOVERNMENT_ECONOMIC
from kg.values.money import to_yuan


def amount_quads(record: AmountRecord, scope: Scope) -> Iterator[Quad]:
    """Yield the observation of one table cell: money in 元 (`bud:amount`), anything else as `bud:value`."""
    node = scope.observation(record)
    about = scope.project(record.project, record.source)
    if about is not None:
        scope.subjects[node] = about
    facts = Facts(node, scope.graph, "bud:Observation")
    facts.add_source(scope.document, record.source)
    facts.add("bud:department", scope.department_iri()).add("bud:budgetUnit", scope.unit(record.budget_unit))
    facts.add("bud:fiscalYear", record.year).add("bud:stage", record.stage)
    facts.add("bud:tableKind", record.table_kind)
    facts.add("bud:scheme", record.scheme).add("bud:code", record.code)
    name = record.name or record.budget_unit or ""
    facts.add("bud:rowName", plain_row(name)).add("rdfs:label", _label(record))
    if plain_row(name) != name:
        facts.add("bud:rowPrinted", name)
    facts.add("bud:headerPath", " / ".join(record.header)).add("bud:measure", record.measure)
    facts.add("bud:side", record.side).add("bud:printedUnit", record.unit).add("bud:reading", record.reading)
    facts.add("bud:implied", True if record.implied else None)
    yuan = to_yuan(record.value, record.unit)
    facts.add("bud:amount", yuan).add("bud:value", record.value if yuan is None else None)
    topic = find_table_topic(record.table_kind, record.source.place.table or "", record.name, record.header)
    facts.add("bud:topic", scope.ids.of("topic", topic) if topic else None)
    facts.add("bud:aspect", find_aspect(record.name, record.header))
    facts.add("bud:isTotal", True if _is_total(record, scope) else None)
    facts.add("bud:about", about)
    yield from _with_codes(facts, record, scope)


def _is_total(record: AmountRecord, scope: Scope) -> bool:
    """Return whether the row sums up its table or, where it bears a unit's name, that unit."""
    if record.code or record.government_code or record.economic_code or record.project:
        return False
    names = {fold_name(name) for name in (record.budget_unit, scope.department, *scope.record.units) if name}
    name = fold_name(record.name)
    if not name:
        return bool(record.budget_unit)
    return is_total(record.name) or name in names or fold_name(scope.organization(record.name)) in names


def _label(record: AmountRecord) -> str:
    return " ".join(part for part in (record.code, record.name, record.measure) if part)


def _with_codes(facts: Facts, record: AmountRecord, scope: Scope) -> Iterator[Quad]:
    printed = {GOVERNMENT_ECONOMIC: record.government_code, ECONOMIC: record.economic_code}
    if record.code and record.scheme in PREDICATES:
        printed[record.scheme] = record.code
    nodes: dict[str, Iri] = {}
    for scheme, code in printed.items():
        if code:
            nodes[scheme] = scope.ids.code(scheme, code)
            facts.add(PREDICATES[scheme], nodes[scheme])
            yield from code_quads(scheme, code, scope)
    if ECONOMIC in nodes and GOVERNMENT_ECONOMIC in nodes:
        # The crosswalk is stated where a document prints both codes side by side.
        own, government = nodes[ECONOMIC], nodes[GOVERNMENT_ECONOMIC]
        yield from Facts(own, scope.graph).add("skos:relatedMatch", government)
        yield from Facts(government, scope.graph).add("skos:relatedMatch", own)
    yield from facts
