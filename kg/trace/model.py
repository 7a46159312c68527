"""What a trace is made of: steps of items, each with its evidence; and how it prints as JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from kg.triples.terms import decimal
from kg.values.money import WAN, to_unit
from kg.values.place import Place

STEPS = (
    "department",
    "duty",
    "function_code",
    "project",
    "amount",
    "content",
    "goal",
    "indicator",
    "change",
    "legal_basis",
    "issuer",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A printed text and where it stands; `record` is the node that was read there.

    The same text at the same place is one evidence, whatever was read from it.
    """

    text: str
    document: str
    file: str
    sha256: str
    title: str
    place: Place
    record: str = field(compare=False)

    def to_data(self) -> dict[str, object]:
        """Return text, document, record and source."""
        return {
            "text": self.text,
            "document": {"iri": self.document, "file": self.file, "sha256": self.sha256, "title": self.title},
            "record": self.record,
            "source": self.place.to_data(),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing of a step. `inferred` where no document states it in so many words."""

    label: str
    iri: str | None = None
    detail: str | None = None
    inferred: bool = False
    stage: str | None = None
    evidence: tuple[Evidence, ...] = ()

    def to_data(self) -> dict[str, object]:
        """Return label, iri, detail, inferred, stage (of an amount) and evidence."""
        return {
            "label": self.label,
            "iri": self.iri,
            "detail": self.detail,
            "inferred": self.inferred,
            "stage": self.stage,
            "evidence": [entry.to_data() for entry in self.evidence],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """Why a project of one year was given its money. `steps` has every name of STEPS, empty ones too."""

    iri: str
    label: str
    type: str
    department: str | None
    year: int | None
    steps: dict[str, tuple[Item, ...]]

    def to_data(self) -> dict[str, object]:
        """Return `project` and `steps` in the order of STEPS."""
        return {
            "project": {
                "iri": self.iri,
                "label": self.label,
                "type": self.type,
                "department": self.department,
                "year": self.year,
            },
            "steps": [{"step": name, "items": [item.to_data() for item in self.steps.get(name, ())]} for name in STEPS],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Resting:
    """What rests on a legal document: a project, activity or budget document; `amount` is decimal 元."""

    iri: str
    label: str
    type: str
    department: str | None
    year: int | None
    amount: str | None
    evidence: tuple[Evidence, ...]

    def to_data(self) -> dict[str, object]:
        """Return the fields, `unit` beside the amount, and the amount in 万元."""
        wan = None if self.amount is None else decimal(to_unit(Decimal(self.amount), WAN)).value
        return {
            "iri": self.iri,
            "label": self.label,
            "type": self.type,
            "department": self.department,
            "year": self.year,
            "amount": self.amount,
            "unit": "元" if self.amount is not None else None,
            "amount_wan": wan,
            "evidence": [entry.to_data() for entry in self.evidence],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalTrace:
    """A legal document and everything that rests on it."""

    iri: str
    label: str
    number: str | None
    kind: str | None
    date: str | None
    status: str | None
    replaced_by: str | None
    issuers: tuple[str, ...]
    inferred_issuers: tuple[str, ...]
    projects: tuple[Resting, ...]
    documents: tuple[Resting, ...]

    def to_data(self) -> dict[str, object]:
        """Return `legal`, its `evidence`, the `projects` and the budget `documents` that cite it."""
        resting = (*self.projects, *self.documents)
        return {
            "legal": {
                "iri": self.iri,
                "label": self.label,
                "number": self.number,
                "kind": self.kind,
                "date": self.date,
                "status": self.status,
                "replaced_by": self.replaced_by,
                "issuers": list(self.issuers),
                "inferred_issuers": list(self.inferred_issuers),
            },
            "evidence": [entry.to_data() for one in resting for entry in one.evidence],
            "projects": [project.to_data() for project in self.projects],
            "documents": [document.to_data() for document in self.documents],
        }
