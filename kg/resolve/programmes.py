"""Link the projects of a department over the years: the same name exactly, a renamed one as a candidate.

A candidate is never merged: it is a bud:ProgrammeLink with a score and the evidence for it, and its
projects have `bud:candidateProgramme` where those of the same name have `bud:programme`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations

from kg.ids import Ids, fold_name
from kg.rdf import Iri, Quad
from kg.resolve.similarity import Weights, core_name, shared_order
from kg.store.base import GraphReader
from kg.store.queries import load_query
from kg.triples.facts import Facts

THRESHOLD = 0.5
"""Likeness of names from which two projects of neighbouring years may be one; below it half the words differ."""
_CODE_BONUS = 0.05  # a function code is shared by many projects: it only breaks ties
_BASIS_BONUS = 0.10  # a common legal basis is rarer than a common code


@dataclass(slots=True)
class YearProject:
    """One project of one year with what it can be recognised by in another."""

    iri: Iri
    department: str
    year: int
    name: str
    names: set[str] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)
    bases: set[Iri] = field(default_factory=set)
    texts: dict[str, None] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """Goals and content together."""
        return "\n".join(self.texts)


@dataclass(frozen=True, slots=True)
class Link:
    """`first` of the earlier year, `second` of the later. `status` is exact or candidate."""

    first: YearProject
    second: YearProject
    status: str
    score: float
    evidence: str


def programme_quads(reader: GraphReader, ids: Ids) -> Iterator[Quad]:
    """Yield programmes and the links between their projects, department by department."""
    by_department: dict[str, list[YearProject]] = defaultdict(list)
    for project in read_projects(reader):
        by_department[project.department].append(project)
    for department in sorted(by_department):
        yield from _department_quads(find_links(by_department[department]), department, ids)


def read_projects(reader: GraphReader) -> list[YearProject]:
    """Return every project of the graph with its names, codes, bases and texts, sorted by year and IRI."""
    found: dict[Iri, YearProject] = {}
    answer = reader.select(load_query("ontology", "projects_over_years"))
    for iri, _, department, year, name, other, code, _, text, basis in answer.rows:
        if not isinstance(iri, Iri) or department is None or year is None or name is None:
            continue
        project = found.setdefault(iri, YearProject(iri, department.value, int(year.value), name.value))
        project.names.update(fold_name(known.value) for known in (name, other) if known is not None)
        project.codes.update([code.value] if code else [])
        project.bases.update([basis] if isinstance(basis, Iri) else [])
        project.texts.update({text.value: None} if text else {})
    return sorted(found.values(), key=lambda project: (project.year, project.iri))


def find_links(projects: list[YearProject]) -> list[Link]:
    """Return the links between one department's projects, exact ones first."""
    names = Weights(core_name(project.name) for project in projects)
    texts = Weights(project.text for project in projects)
    exact = [
        Link(first, second, "exact", 1.0, f"项目名称相同：{first.name}")
        for first, second in combinations(projects, 2)
        if first.year < second.year and first.names & second.names
    ]
    tied = {(link.first.iri, link.second.year) for link in exact} | {
        (link.second.iri, link.first.year) for link in exact
    }
    pairs = [
        _compare(first, second, names, texts)
        for first, second in combinations(projects, 2)
        if first.year < second.year and (first.iri, second.year) not in tied and (second.iri, first.year) not in tied
    ]
    return exact + _mutual([link for link in pairs if link.score >= THRESHOLD])


def _compare(first: YearProject, second: YearProject, names: Weights, texts: Weights) -> Link:
    """Return a candidate link with a score of 0 to 0.99 and, in words, what it rests on."""
    left, right = core_name(first.name), core_name(second.name)
    by_name = 0.95 if left == right else (shared_order(left, right) + names.likeness(left, right)) / 2
    by_text = texts.likeness(first.text, second.text)
    score = max(by_name, 0.65 * by_name + 0.35 * by_text) if by_name > 0 else 0.0
    evidence = [f"名称相似度 {by_name:.2f}（{first.name} / {second.name}）"]
    if first.text and second.text:
        evidence.append(f"目标与内容相似度 {by_text:.2f}")
    if common := first.codes & second.codes:
        score += _CODE_BONUS
        evidence.append(f"功能科目相同：{'、'.join(sorted(common))}")
    if first.bases & second.bases:
        score += _BASIS_BONUS
        evidence.append("依据文件相同")
    return Link(first, second, "candidate", min(score, 0.99), "；".join(evidence))


def _mutual(links: list[Link]) -> list[Link]:
    """Return the links in which each project is the other's best of that year."""
    best: dict[tuple[Iri, int], Link] = {}
    for link in sorted(links, key=lambda link: (link.score, link.first.iri, link.second.iri)):
        best[link.first.iri, link.second.year] = link
        best[link.second.iri, link.first.year] = link
    return [
        link
        for link in links
        if best[link.first.iri, link.second.year] is link and best[link.second.iri, link.first.year] is link
    ]


def _department_quads(links: list[Link], department: str, ids: Ids) -> Iterator[Quad]:
    certain = _groups([link for link in links if link.status == "exact"])
    likely = _groups(links)
    for link in links:
        yield from _link_quads(link, ids)
    for group in certain:
        yield from _group_quads(group, "bud:programme", department, ids)
    for group in likely:
        if group not in certain:
            yield from _group_quads(group, "bud:candidateProgramme", department, ids)


def _groups(links: list[Link]) -> list[list[YearProject]]:
    """Return the projects that links hold together, each group by year."""
    groups: dict[Iri, list[YearProject]] = {}
    for link in links:
        left = groups.get(link.first.iri, [link.first])
        right = groups.get(link.second.iri, [link.second])
        merged = left if left is right else left + [one for one in right if one not in left]
        for project in merged:
            groups[project.iri] = merged
    unique = {group[0].iri: group for group in groups.values()}
    return [sorted(group, key=lambda one: (one.year, one.iri)) for group in unique.values()]


def _group_quads(group: list[YearProject], predicate: str, department: str, ids: Ids) -> Iterator[Quad]:
    """Yield a programme, named by its first project, and its members."""
    programme = ids.of("programme", department, group[0].name)
    facts = Facts(programme, ids.resolution_graph, "bud:Programme").add("rdfs:label", group[0].name)
    facts.add("bud:department", ids.of("department", department))
    yield from facts.add("prov:hadMember", *(project.iri for project in group))
    for project in group:
        yield from Facts(project.iri, ids.resolution_graph).add(predicate, programme)


def _link_quads(link: Link, ids: Ids) -> Iterator[Quad]:
    node = ids.hashed("programme-link", link.first.iri.value, link.second.iri.value)
    facts = Facts(node, ids.resolution_graph, "bud:ProgrammeLink")
    facts.add("rdfs:label", f"{link.first.year} {link.first.name} → {link.second.year} {link.second.name}")
    facts.add("bud:from", link.first.iri).add("bud:to", link.second.iri).add("bud:status", link.status)
    score = Decimal(f"{link.score:.2f}")
    yield from facts.add("bud:score", score).add("bud:evidence", link.evidence)
