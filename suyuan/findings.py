"""What the audit found, in one shape whether it comes from a file just read or from the graph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Annotated, Any

from kg.messages import Argument, read_message
from kg.records import DocumentRecord, FindingRecord
from kg.serialise import Digits, to_data
from kg.settings import Settings
from kg.store.manifest import DocumentEntry
from kg.values.place import Place
from kg.values.vocabularies import SEVERITIES


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding. `where` is the lines (L), pages (p), rows (r) and columns (c) of its cells."""

    severity: str
    kind: str
    message: str
    code: str
    arguments: Mapping[str, Argument]
    expected: str | None
    actual: str | None
    repaired: bool
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited:
    """One document and its findings, counted by severity. `numbers` and `accounted` count the numbers in its tables.

    `coverage` is the share of them that ended in a record, 1 where there are none.
    """

    file: str
    department: str | None
    fiscal_year: int | None
    kind: str
    numbers: int
    accounted: int
    coverage: Annotated[float, Digits(4)]
    error: int
    rounding: int
    notice: int
    repaired: int
    findings: tuple[Finding, ...]

    def only(self, severities: tuple[str, ...]) -> Audited:
        """Return it with the findings of these severities."""
        kept = tuple(each for each in self.findings if each.severity in severities)
        return replace(self, findings=kept, **_counts(kept))


def _counts(findings: Sequence[Finding]) -> dict[str, Any]:
    found = Counter(each.severity for each in findings)
    counts = {name: found[name] for name in SEVERITIES}
    return counts | {"repaired": sum(each.repaired for each in findings)}


def of_file(file: Path, settings: Settings) -> Audited:
    """Return what the audit finds in a file. Raises InputRefused."""
    from suyuan.reading import extract

    records = extract(file, settings).records
    head = next(record for record in records if isinstance(record, DocumentRecord))
    findings = tuple(_from_record(record, settings.language) for record in records if isinstance(record, FindingRecord))
    numbers, accounted = head.coverage.numbers, head.coverage.accounted
    return Audited(
        file=head.file, department=head.department, fiscal_year=head.fiscal_year, kind=head.kind,
        numbers=numbers, accounted=accounted, coverage=_share(accounted, numbers),
        findings=findings, **_counts(findings),
    )  # fmt: skip


def of_home(settings: Settings) -> tuple[Audited, ...]:
    """Return what the audit found in every document of the current generation. Raises NoGeneration."""
    from kg.store.generations import Home
    from kg.store.queries import load_query

    generation = Home(settings.home).current()
    graph = generation.open_graph()
    try:
        found: dict[str, list[Finding]] = {}
        rows = graph.select(load_query("ontology", "findings")).dicts()
        for (document, _), group in groupby(rows, itemgetter("document", "iri")):
            found.setdefault(document, []).append(_from_rows([*group], settings.language))
        counted = {row["document"]: row for row in graph.select(load_query("ontology", "coverage")).dicts()}
    finally:
        graph.close()
    entries = generation.manifest.documents
    return tuple(_of_entry(entry, counted.get(entry.graph, {}), found.get(entry.graph, ())) for entry in entries)


def _of_entry(entry: DocumentEntry, counted: Mapping[str, str], findings: Sequence[Finding]) -> Audited:
    numbers, accounted = int(counted.get("numbers", 0)), int(counted.get("accounted", 0))
    return Audited(
        file=entry.file, department=entry.department, fiscal_year=entry.fiscal_year, kind=entry.kind,
        numbers=numbers, accounted=accounted, coverage=_share(accounted, numbers),
        findings=tuple(findings), **_counts(findings),
    )  # fmt: skip


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _from_record(record: FindingRecord, language: str) -> Finding:
    return Finding(
        severity=record.severity, kind=record.kind, message=record.message.told(language),
        code=record.message.code, arguments=record.message.arguments,
        expected=to_data(record.expected), actual=to_data(record.actual), repaired=record.repaired,
        where=_where(each.place for each in record.places),
    )  # fmt: skip


def _from_rows(rows: Sequence[Mapping[str, str]], language: str) -> Finding:
    row = rows[0]
    message = read_message(row["code"], row["arguments"])
    return Finding(
        severity=row["severity"], kind=row["kind"], message=message.told(language),
        code=message.code, arguments=message.arguments, expected=row.get("expected"),
        actual=row.get("actual"), repaired=row.get("repaired") == "true", where=_where(map(Place.from_row, rows)),
    )  # fmt: skip


def _where(places: Iterable[Place]) -> str:
    return "；".join(dict.fromkeys(filter(None, (place.mark for place in places))))
