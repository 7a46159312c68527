"""What a trace is made of: steps of items, each with its evidence. These types are the JSON of /api/trace."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated, Literal, get_args

from kg.messages import Message
from kg.serialise import CODED
from kg.values.place import Place
from kg.values.vocabularies import Stage

StepName = Literal[
    "department",
    "duty",
    "function_code",
    "project",
    "amount",
    "part",
    "content",
    "goal",
    "indicator",
    "change",
    "legal_basis",
    "issuer",
    "evaluation",
    "problems",
    "rectification",
]
STEPS: tuple[StepName, ...] = get_args(StepName)
"""The steps of a trace in their order."""

_OF_EVALUATIONS: frozenset[StepName] = frozenset(("part", "evaluation", "problems", "rectification"))
"""Steps that only reports of what became of a project state."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentName:
    """A document and what it is called."""

    iri: str
    file: str
    sha256: str
    title: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A printed text and where it stands.

    The same text at the same place is one evidence, whatever was read from it.
    """

    text: Annotated[str, "as printed"]
    document: DocumentName
    record: Annotated[str, "the node that was read there"] = field(compare=False)
    source: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing of a step. What is printed is text; what we say of it is a Message."""

    label: Annotated[Message | str, "as printed, or in the language asked for", CODED]
    iri: str | None = None
    detail: Annotated[Message | str | None, "as printed, or in the language asked for", CODED] = None
    inferred: Annotated[bool, "no document states it in so many words"] = False
    stage: Annotated[Stage | None, "of an amount"] = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a trace; without items where nothing is printed of it."""

    step: StepName
    items: tuple[Item, ...]

    @property
    def is_expected(self) -> bool:
        """Whether a project without it misses something: not where only an evaluation states it."""
        return self.step not in _OF_EVALUATIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """The project, activity or duty that a trace starts from."""

    iri: str
    label: str
    type: str
    department: str | None
    year: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """Why a project of one year was given its money; `steps` has every name of STEPS in their order."""

    project: Traced
    steps: tuple[Step, ...]

    def items(self, step: StepName) -> tuple[Item, ...]:
        """Return the items of one step."""
        return next(each.items for each in self.steps if each.step == step)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resting:
    """What rests on a legal document: a project, activity or budget document."""

    iri: str
    label: str
    type: str
    department: str | None
    year: int | None
    amount: Decimal | None
    unit: Literal["元"] | None
    amount_wan: Annotated[Decimal | None, "the amount in 万元"]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Legal:
    """A legal document and who issued it; `inferred_issuers` as its number tells where no document names them."""

    iri: str
    label: str
    number: str | None
    kind: str | None
    date: str | None
    status: str | None
    replaced_by: str | None
    issuers: tuple[str, ...]
    inferred_issuers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalTrace:
    """A legal document and everything that rests on it."""

    legal: Legal
    evidence: Annotated[tuple[Evidence, ...], "of all that cites it"]
    projects: tuple[Resting, ...]
    documents: tuple[Resting, ...]
