"""Performance indicators: target, actual value, grade bands and score."""

from __future__ import annotations

from collections.abc import Iterator

from kg.rdf import Quad
from kg.records import IndicatorRecord, Target
from kg.triples.facts import Facts
from kg.triples.scope import Scope

_GRADES = {"优": "Excellent", "良": "Good", "中": "Fair", "差": "Poor"}


def indicator_quads(record: IndicatorRecord, scope: Scope) -> Iterator[Quad]:
    """Yield an indicator and link its owner (project, activity or department) to it."""
    owner = scope.about(record.owner, record.owner_kind, record.source)
    node = scope.names.name("indicator", record.source, record.owner, record.level2, record.level3)
    facts = Facts(node, scope.graph, "bud:Indicator").add_source(scope.document, record.source)
    facts.add("bud:owner", owner).add("bud:ownerName", record.owner).add("bud:ownerKind", record.owner_kind)
    facts.add("bud:department", scope.department_iri())
    facts.add("bud:fiscalYear", record.year or scope.record.fiscal_year)
    facts.add("bud:level1", record.level1).add("bud:level2", record.level2).add("bud:level3", record.level3)
    facts.add("rdfs:label", record.level3)
    _add_target(facts, "bud:target", record.target)
    if record.actual is not None:
        facts.add("bud:actualText", record.actual.printed).add("bud:actualNumber", record.actual.number)
        facts.add("bud:actualUnit", record.actual.unit)
    for grade, target in record.grades.items():
        if grade in _GRADES:
            _add_target(facts, f"bud:grade{_GRADES[grade]}", target)
    facts.add("bud:notApplicable", True if record.not_applicable else None)
    if record.score is not None:
        facts.add("bud:scoreWeight", record.score.weight).add("bud:scoreGot", record.score.got)
    yield from facts
    if owner is not None:
        yield from Facts(owner, scope.graph).add("bud:indicator", node)


def _add_target(facts: Facts, prefix: str, target: Target | None) -> None:
    """State a target or a grade; the text of a grade is the property without a suffix."""
    if target is None:
        return
    facts.add(f"{prefix}Text" if prefix == "bud:target" else prefix, target.printed)
    facts.add(f"{prefix}Comparator", target.comparator).add(f"{prefix}Number", target.number)
    facts.add(f"{prefix}Unit", target.unit)
    if prefix == "bud:target":
        facts.add("bud:targetQualitative", target.qualitative)
