"""Projects, activities, duties and categories with their amounts, goals and stated changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from kg.ids import fold_name
from kg.rdf import Iri, Quad
from kg.records import Change, ProjectAmount, ProjectRecord, TextItem
from kg.triples.codes import PREDICATES, code_quads
from kg.triples.facts import Facts
from kg.triples.scope import Scope
from kg.triples.whole_amount import BUDGET, EXECUTED, find_whole
from kg.values.money import to_yuan
from kg.values.vocabularies import ProjectKind

CLASSES: Mapping[ProjectKind, str] = {
    "project": "bud:Project",
    "activity": "bud:Activity",
    "duty": "bud:Duty",
    "category": "bud:ProjectCategory",
}


def project_quads(record: ProjectRecord, iri: Iri, scope: Scope) -> Iterator[Quad]:
    """Yield a project and one observation for each of its amounts."""
    facts = Facts(iri, scope.graph, CLASSES[record.kind])
    facts.add_source(scope.document, record.source)
    facts.add("rdfs:label", record.name).add("skos:altLabel", *record.aliases)
    facts.add("bud:department", scope.department_iri()).add("bud:budgetUnit", scope.unit(record.budget_unit))
    facts.add("bud:fiscalYear", record.year or scope.record.fiscal_year)
    facts.add("bud:isKeyProject", record.key_project)
    facts.add("bud:goal", *(item.text for item in record.goals))
    facts.add("bud:content", *(item.text for item in record.content))
    if record.evaluation is not None:
        facts.add("bud:evaluationScore", record.evaluation.score).add("bud:evaluationGrade", record.evaluation.grade)
    facts.add("bud:problems", record.problems).add("bud:rectification", record.rectification)
    facts.add("bud:partOf", _parent(record, iri, scope))
    _add_amounts(facts, record.amounts, record.year or scope.record.fiscal_year)
    if record.change is not None:
        _add_change(facts, record.change, scope.record.amount_unit)
    if record.function_code:
        facts.add(PREDICATES["function"], scope.ids.code("function", record.function_code))
        yield from code_quads("function", record.function_code, scope)
    yield from facts
    for kind, items in _texts(record):
        for item in items:
            yield from _text_quads(item, kind, iri, scope)
    for amount in record.amounts:
        yield from _amount_quads(amount, record, iri, scope)


def _texts(record: ProjectRecord) -> Iterator[tuple[str, tuple[TextItem, ...]]]:
    """Yield what a project's texts are and where each stands: goals, contents, and what an evaluation found."""
    yield "goal", record.goals
    yield "content", record.content
    yield "problems", record.problem_items
    yield "rectification", record.rectification_items
    source = record.evaluation.source if record.evaluation is not None else None
    if source is not None:
        yield "evaluation", (TextItem(text=source.text, line=source.place.line, source=source),)


def _text_quads(item: TextItem, kind: str, iri: Iri, scope: Scope) -> Iterator[Quad]:
    """Yield where a goal or content was read; the text itself is on the project."""
    if item.source is None or not item.text.strip():
        return
    node = scope.names.name("text", item.source, iri.value, kind, item.text)
    facts = Facts(node, scope.graph, "bud:ProjectText").add_source(scope.document, item.source)
    facts.add("bud:itemKind", kind).add("bud:itemText", item.text)
    yield from facts.add("bud:about", iri).add("bud:department", scope.department_iri())


def _parent(record: ProjectRecord, iri: Iri, scope: Scope) -> Iri | None:
    """Return what the node is part of: its parent by name, else the department for a duty."""
    if record.parent:
        kinds = {"activity": ("duty", "category")}.get(record.kind, ("category", "duty", "project"))
        found = [pair for pair in scope.projects if fold_name(pair[0].name) == fold_name(record.parent)]
        found = [pair for pair in found if pair[1] != iri]
        chosen = next((pair for pair in found if pair[0].kind in kinds), found[0] if found else None)
        if chosen is not None:
            return chosen[1]
    return scope.department_iri() if record.kind == "duty" else None


def _add_amounts(facts: Facts, amounts: tuple[ProjectAmount, ...], year: int | None) -> None:
    """State the budget and the spending directly; the other amounts are observations only."""
    facts.add("bud:amount", find_whole(amounts, BUDGET, year))
    facts.add("bud:executedAmount", find_whole(amounts, EXECUTED, year))
    rates = (entry.value for entry in amounts if entry.unit in {"%", "％"})
    facts.add("bud:executionRate", next(rates, None))


def yuan(amount: ProjectAmount) -> Decimal | None:
    """Return an amount in 元, None where it isn't money."""
    return to_yuan(amount.value, amount.unit)


def _add_change(facts: Facts, change: Change, unit: str | None) -> None:
    """State a change on an earlier year; `unit` is that of the document, for a change without one."""
    facts.add("bud:changeBaseYear", change.base_year).add("bud:changePercent", change.percent)
    facts.add("bud:changeReason", change.reason)
    facts.add("bud:changePrinted", change.source.text if change.source else None)
    facts.add("bud:changeAmount", to_yuan(change.amount, change.unit or unit))


def _amount_quads(amount: ProjectAmount, record: ProjectRecord, iri: Iri, scope: Scope) -> Iterator[Quad]:
    """Yield what an amount of a project says; a cell that is known already only gains its project."""
    source = amount.source or record.source
    known = scope.observed.get(source.place.key) if amount.source else None
    if known is not None:
        yield from Facts(known, scope.graph).add("bud:about", iri).add("bud:meaning", amount.meaning)
        return
    node = scope.names.name("observation", source, iri.value, amount.meaning, amount.stage)
    facts = Facts(node, scope.graph, "bud:Observation").add_source(scope.document, source)
    facts.add("rdfs:label", f"{record.name} {amount.meaning}".strip()).add("bud:about", iri)
    facts.add("bud:department", scope.department_iri()).add("bud:budgetUnit", scope.unit(record.budget_unit))
    facts.add("bud:fiscalYear", amount.year or record.year or scope.record.fiscal_year)
    facts.add("bud:stage", amount.stage).add("bud:measure", amount.meaning).add("bud:meaning", amount.meaning)
    facts.add("bud:rowName", record.name).add("bud:printedUnit", amount.unit).add("bud:reading", "printed")
    money = yuan(amount)
    yield from facts.add("bud:amount", money).add("bud:value", amount.value if money is None else None)
