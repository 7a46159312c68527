"""What the audit found, in one shape whether it comes from a file just read or from the graph."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from kg.blocks import Place
from kg.records import DocumentRecord, FindingRecord, to_data
from suyuan.commands.edge import Call


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding. `where` is the lines (L), pages (p), rows (r) and columns (c) of its cells."""

    severity: str
    kind: str
    message: str
    expected: str | None
    actual: str | None
    repaired: bool
    where: str

    def to_data(self) -> dict[str, object]:
        """Return the finding as JSON values."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited:
    """One document and its findings. `numbers` and `accounted` count the numbers in its tables."""

    file: str
    department: str | None
    fiscal_year: int | None
    kind: str
    numbers: int
    accounted: int
    findings: tuple[Finding, ...]

    @property
    def coverage(self) -> float:
        """The share of the numbers in tables that ended in a record; 1 where there are none."""
        return self.accounted / self.numbers if self.numbers else 1.0

    def only(self, severities: tuple[str, ...]) -> Audited:
        """Return it with the findings of these severities."""
        return replace(self, findings=tuple(each for each in self.findings if each.severity in severities))

    def counted(self) -> dict[str, object]:
        """Return the document with the number of findings by severity and of repairs."""
        found = Counter(each.severity for each in self.findings)
        data: dict[str, object] = {name: getattr(self, name) for name in self.__slots__ if name != "findings"}
        data |= {"coverage": round(self.coverage, 4), "error": found["error"], "rounding": found["rounding"]}
        return data | {"notice": found["notice"], "repaired": sum(each.repaired for each in self.findings)}


def of_file(file: Path, call: Call) -> Audited:
    """Return what the audit finds in a file. Raises InputRefused."""
    from suyuan.commands.read import extract_guarded

    records = extract_guarded(file, call).records
    head = next(record for record in records if isinstance(record, DocumentRecord))
    findings = tuple(_from_record(record) for record in records if isinstance(record, FindingRecord))
    return Audited(
        file=head.file, department=head.department, fiscal_year=head.fiscal_year, kind=head.kind,
        numbers=head.coverage.numbers, accounted=head.coverage.accounted, findings=findings,
    )  # fmt: skip


def of_home(call: Call) -> tuple[Audited, ...]:
    """Return what the audit found in every document of the current generation. Raises NoGeneration."""
    from kg.store.generations import Home
    from ontology import load_query

    generation = Home(call.settings.home).current()
    graph = generation.open_graph()
    try:
        found: dict[str, list[Finding]] = {}
        for row in graph.select(load_query("findings")).dicts():
            found.setdefault(row["document"], []).append(_from_row(row))
        counted = {row["document"]: row for row in graph.select(load_query("coverage")).dicts()}
    finally:
        graph.close()
    return tuple(
        Audited(
            file=entry.file, department=entry.department, fiscal_year=entry.fiscal_year, kind=entry.kind,
            numbers=int(counted.get(entry.graph, {}).get("numbers", 0)),
            accounted=int(counted.get(entry.graph, {}).get("accounted", 0)),
            findings=tuple(found.get(entry.graph, ())),
        )
        for entry in generation.manifest.documents
    )  # fmt: skip


def _from_record(record: FindingRecord) -> Finding:
    data = to_data(record)
    spots = [_spot(each.place) for each in record.places]
    return Finding(
        severity=record.severity, kind=record.kind, message=record.message,
        expected=_text(data["expected"]), actual=_text(data["actual"]), repaired=record.repaired,
        where="；".join(dict.fromkeys(spot for spot in spots if spot)),
    )  # fmt: skip


def _from_row(row: dict[str, str]) -> Finding:
    return Finding(
        severity=row["severity"], kind=row["kind"], message=row["message"], expected=row.get("expected"),
        actual=row.get("actual"), repaired=row.get("repaired") == "true", where=row.get("places", ""),
    )  # fmt: skip


def _spot(place: Place) -> str:
    parts = (("p", place.page), ("L", place.line), ("r", place.row), ("c", place.col))
    return "".join(f"{mark}{number}" for mark, number in parts if number is not None)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
