"""What one document says about who and what its records speak of: names -> IRIs.

Records name their project, department or unit; here the names become nodes. A name is looked up
in its own document only; links between documents are made in kg.resolve.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kg.ids import Ids, fold_name
from kg.rdf import Iri
from kg.records import AmountRecord, DocumentRecord, ProjectRecord, Record, Source, StatementRecord
from kg.triples.facts import Namer
from kg.triples.organizations import complete_name
from kg.values.place import Place
from kg.values.vocabularies import PROJECT_KINDS, AboutKind, ProjectKind


@dataclass(slots=True)
class Scope:
    """The names of one document. `department` is the full name, "" where the document has none."""

    ids: Ids
    record: DocumentRecord
    document: Iri
    graph: Iri
    department: str
    names: Namer
    projects: list[tuple[ProjectRecord, Iri]] = field(default_factory=list)
    observed: dict[tuple[object, ...], Iri] = field(default_factory=dict)
    said: dict[tuple[object, ...], Iri] = field(default_factory=dict)
    subjects: dict[Iri, Iri] = field(default_factory=dict)
    stated: set[tuple[object, ...]] = field(default_factory=set)

    @classmethod
    def of(cls, records: Sequence[Record], ids: Ids) -> Scope:
        """Return the scope of the records of one document. Raises ValueError without a document record."""
        record = next((entry for entry in records if isinstance(entry, DocumentRecord)), None)
        if record is None:
            raise ValueError("the records of a document must hold its document record")
        department = complete_name(record.department or "", record.region, ())
        scope = cls(
            ids,
            record,
            ids.document(record.sha256),
            ids.document_graph(record.sha256),
            department,
            Namer(ids, record.sha256),
        )
        scope._name_projects([entry for entry in records if isinstance(entry, ProjectRecord)])
        return scope

    def organization(self, name: str) -> str:
        """Return the full name of a body the document speaks of (区财政局 -> 深圳市龙岗区财政局)."""
        own = (self.record.department or "", *self.record.aliases)
        if fold_name(name) in map(fold_name, own):
            return self.department
        return complete_name(name, self.record.region, (self.department,))

    def department_iri(self) -> Iri | None:
        """Return the department's IRI, None where the document names none."""
        return self.ids.of("department", self.department) if self.department else None

    def unit(self, name: str | None) -> Iri | None:
        """Return the IRI of a budget unit; a unit with the department's own name is the department."""
        if not name or not name.strip():
            return None
        full = self.unit_name(name)
        if fold_name(full) == fold_name(self.department):
            return self.department_iri()
        return self.ids.of("unit", full)

    def unit_name(self, name: str) -> str:
        """Return a unit's full name: the department's short name at its head is completed."""
        for alias in sorted((self.record.department or "", *self.record.aliases), key=len, reverse=True):
            if alias and name.startswith(alias) and not name.startswith(self.department):
                return self.department + name[len(alias) :]
        return self.organization(name)

    def project(self, name: str | None, source: Source, kinds: Iterable[ProjectKind] = ()) -> Iri | None:
        """Return the project, activity or duty of that name, the nearest one above `source` if several.

        `kinds` narrows the choice when it leaves one at all.
        """
        if not name:
            return None
        wanted, kinds = fold_name(name), set(kinds)
        found = [
            (record, iri)
            for record, iri in self.projects
            if any(fold_name(known) == wanted for known in (record.name, *record.aliases))
        ]
        found = [pair for pair in found if pair[0].kind in kinds] or found
        if not found:
            return None
        above = [pair for pair in found if pair[0].source.place.above(source.place)]
        return (above[-1] if above else found[0])[1]

    def about(self, name: str | None, kind: AboutKind | None, source: Source) -> Iri | None:
        """Return what a record is about: a project (activity, duty), a unit or the department."""
        if kind != "department" and kind != "unit":
            project = self.project(name, source, [kind] if kind else ())
            if project is not None or kind in PROJECT_KINDS:
                return project
        if not name or fold_name(self.organization(name)) == fold_name(self.department):
            return self.department_iri()
        if any(fold_name(name) == fold_name(unit) for unit in self.record.units):
            return self.unit(name)
        return self.department_iri() if kind == "department" else None

    def observation(self, record: AmountRecord) -> Iri:
        """Return a fresh IRI for a number of a table and remember its cell."""
        iri = self.names.name("observation", record.source, record.header, record.name)
        self.observed.setdefault(record.source.place.key, iri)
        return iri

    def statement(self, record: StatementRecord) -> Iri:
        """Return a fresh IRI for a number in prose and remember its words."""
        iri = self.names.name("statement", record.source, record.metric, record.subject, record.value)
        self.said.setdefault((*record.source.place.key, fold_name(record.source.text)), iri)
        return iri

    def cell(self, place: Place, text: str) -> Iri | None:
        """Return the number, of a table or in prose, that stands at a place in these words."""
        words = (*place.key, fold_name(text))
        return self.said.get(words) or self.observed.get(place.key)

    def _name_projects(self, records: list[ProjectRecord]) -> None:
        units: dict[tuple[str, str], set[str]] = {}
        for record in records:
            unit = fold_name(self.unit_name(record.budget_unit)) if record.budget_unit else ""
            units.setdefault((record.kind, fold_name(record.name)), set()).add(unit)
        for record in records:
            shared = len(units[record.kind, fold_name(record.name)] - {""}) > 1
            self.projects.append((record, self._project_iri(record, shared)))

    def _project_iri(self, record: ProjectRecord, shared: bool) -> Iri:
        year = record.year or self.record.fiscal_year
        path = [self.department or self.record.file, str(year or "")]
        if record.kind == "activity" and record.parent:
            path.append(record.parent)
        path.append(record.name)
        # Two units of one department may each have a project of the same name.
        if shared and record.budget_unit:
            path.append(self.unit_name(record.budget_unit))
        return self.ids.of(record.kind, *path)
