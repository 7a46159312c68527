"""The function code of a project that prints none, where the amounts of its department prove it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from kg.ids import Ids
from kg.rdf import Iri, Quad, Term
from kg.store.base import GraphReader
from kg.store.queries import load_query
from kg.triples.facts import Facts
from kg.values.code import is_lowest

_MOST = 12  # The sums of more projects than this are not tried: 2 to the 12th is enough work for a hint.


@dataclass(slots=True)
class Year:
    """A department's year: leaf codes with their project expenditure, and the projects without a code."""

    codes: dict[str, tuple[Iri, set[Decimal]]] = field(default_factory=dict)
    projects: dict[Iri, set[Decimal]] = field(default_factory=dict)


def function_code_quads(reader: GraphReader, ids: Ids) -> Iterator[Quad]:
    """Yield `bud:inferredFunctionCode` with its evidence, only where one set of projects makes up the sum."""
    for year in read_years(reader).values():
        amounts = {project: min(found) for project, found in year.projects.items() if len(found) == 1}
        if len(amounts) != len(year.projects):
            continue
        subsets = find_only_subsets(amounts)
        for code, (concept, sums) in sorted(year.codes.items()):
            chosen = subsets.get(min(sums), ()) if len(sums) == 1 else ()
            for project in chosen:
                facts = Facts(project, ids.resolution_graph).add("bud:inferredFunctionCode", concept)
                yield from facts.add("bud:inferenceEvidence", _evidence(code, min(sums), len(chosen)))


def _evidence(code: str, amount: Decimal, count: int) -> str:
    return f"科目{code}的项目支出{amount:f}元，只有这{count}个项目的预算之和与之相等"


def read_years(reader: GraphReader) -> dict[tuple[Term, str], Year]:
    """Return (department, year) -> its codes and projects, for years that have both."""
    found: dict[tuple[Term, str], Year] = defaultdict(Year)
    for department, year, concept, code, amount in reader.select(load_query("ontology", "code_amounts")).rows:
        if department and year and isinstance(concept, Iri) and code and amount and is_lowest(code.value):
            entry = found[department, year.value].codes.setdefault(code.value, (concept, set()))
            entry[1].add(Decimal(amount.value))
    for project, department, year, amount in reader.select(load_query("ontology", "uncoded_projects")).rows:
        if department and year and isinstance(project, Iri) and amount:
            found[department, year.value].projects.setdefault(project, set()).add(Decimal(amount.value))
    return {key: year for key, year in sorted(found.items()) if year.codes and year.projects}


def find_only_subsets(amounts: dict[Iri, Decimal]) -> dict[Decimal, tuple[Iri, ...]]:
    """Return each sum that exactly one set of projects makes up, with that set.

    Projects without money say nothing and are left out; too many projects give no sums at all.
    """
    projects = [project for project in sorted(amounts) if amounts[project] > 0]
    if len(projects) > _MOST:
        return {}
    sums: dict[Decimal, list[tuple[Iri, ...]]] = {Decimal(0): [()]}
    for project in projects:
        for total, subsets in [(total, tuple(found)) for total, found in sums.items()]:
            more = [(*subset, project) for subset in subsets]
            # Two sets are as good as many: the sum then proves nothing.
            sums.setdefault(total + amounts[project], []).extend(more[:2])
    return {total: subsets[0] for total, subsets in sums.items() if len(subsets) == 1 and total}
