"""A reasoner (RDFS: superclasses, domains, ranges) finds nothing in the graph that isn't so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import get_args

import pytest
from rdflib import RDFS, URIRef

import ontology
from kg.ids import BASE
from kg.rdf import Iri, Quad
from kg.records import Change, ProcurementRecord, ProjectAmount, ProjectRecord
from kg.triples import to_quads
from kg.triples.terms import BUD, NAMESPACES
from kg.values.vocabularies import ProjectKind
from tests.graphs import sample_store
from tests.made import document, project, source

TYPE = f"{NAMESPACES['rdf']}type"
CLASSES = {"project": "Project", "activity": "Activity", "duty": "Duty", "category": "ProjectCategory"}


def full_project(kind: ProjectKind) -> ProjectRecord:
    """A record with every field that its kind may have."""
    spent = ProjectAmount(meaning="支出金额", stage="executed", value=Decimal(9), unit="万元", source=source(5, "9", 4))
    rate = ProjectAmount(meaning="执行率", stage="executed", value=Decimal(90), unit="%", source=source(5, "90%", 5))
    made = project(f"甲{kind}", kind=kind, code="2010308", goals=("满意度不低于九成",))
    change = Change(
        base_year=2019, amount=Decimal(1), percent=Decimal(10), reason="人员增加", unit="万元", source=source(6)
    )
    return replace(
        made, amounts=(*made.amounts, spent, rate), change=change, problems="进度偏慢", rectification="加快进度"
    )


def bought(funded_by: str) -> ProcurementRecord:
    return ProcurementRecord(
        source=source(30, "复印纸"), table_kind="procurement", name="复印纸", code=None, catalogue=None, quantity=None, quantity_unit=None,
        unit_price=None, amount=Decimal(2), unit="万元", funding_project=funded_by, funding_line=None, method=None,
    )  # fmt: skip


def full_quads() -> Iterable[Quad]:
    kinds: tuple[ProjectKind, ...] = get_args(ProjectKind)
    return to_quads([document(), *map(full_project, kinds), *(bought(f"甲{kind}") for kind in kinds)], BASE)


def declared(property_: URIRef) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for subject, value in ontology.load_vocabulary().subject_objects(property_):
        found.setdefault(str(subject), set()).add(str(value))
    return found


def above(name: str, classes: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """Yield a class and all its superclasses."""
    yield name
    for parent in classes.get(name, ()):
        yield from above(parent, classes)


def test_a_project_category_an_activity_and_a_duty_are_no_projects() -> None:
    parents = declared(RDFS.subClassOf)
    for name in ("ProjectCategory", "Activity", "Duty", "Programme"):
        found = set(above(BUD + name, parents))
        assert len(found) > 1
        assert not found & {f"{BUD}Project", f"{NAMESPACES['schema']}Project"}, name


@pytest.mark.parametrize("quads", [full_quads, lambda: sample_store().quads()], ids=["made", "sample"])
def test_reasoning_adds_no_class_of_ours_to_a_node(quads) -> None:  # type: ignore[no-untyped-def]
    parents, domains, ranges = (declared(each) for each in (RDFS.subClassOf, RDFS.domain, RDFS.range))
    stated: dict[str, set[str]] = {}
    inferred: dict[str, set[tuple[str, str]]] = {}
    for quad in quads():
        subject, predicate, value = quad.subject.value, quad.predicate.value, quad.object
        if predicate == TYPE:
            stated.setdefault(subject, set()).update(above(value.value, parents))
        inferred.setdefault(subject, set()).update((name, predicate) for name in domains.get(predicate, ()))
        if isinstance(value, Iri):
            inferred.setdefault(value.value, set()).update((name, predicate) for name in ranges.get(predicate, ()))
    added = {
        (node, name, predicate)
        for node, found in inferred.items()
        for name, predicate in found
        if name.startswith(BUD) and node in stated and name not in stated[node]
    }
    assert len(stated) > 10
    assert added == set()


@pytest.mark.parametrize("kind", get_args(ProjectKind))
def test_each_kind_of_project_record_becomes_its_own_class(kind: ProjectKind) -> None:
    types = {quad.subject.value: quad.object.value for quad in full_quads() if quad.predicate.value == TYPE}
    assert BUD + CLASSES[kind] in types.values()
    assert types[next(iri for iri in types if iri.endswith(f"甲{kind}"))] == BUD + CLASSES[kind]
