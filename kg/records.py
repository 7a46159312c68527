"""The typed records that extraction returns: one class a type, frozen, with its Place.

kg.serialise prints them: `type` and `source` first, then keys in the order of the fields, money and measures
as decimal strings, the same bytes for the same input. A Decimal keeps the digits it was printed with.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar

from kg.messages import Message
from kg.serialise import Flat
from kg.values.place import Place
from kg.values.vocabularies import (
    AboutKind,
    Comparator,
    DocumentKind,
    FindingKind,
    LegalKind,
    MatchStatus,
    Measure,
    OwnerKind,
    PassageKind,
    ProjectKind,
    Reading,
    Scheme,
    Severity,
    Side,
    Stage,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The place a record was read from and its text as printed."""

    place: Annotated[Place, Flat()]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """Province, city and district with the GB/T 2260 code of the smallest of them."""

    province: str | None = None
    city: str | None = None
    district: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Numbers printed in tables, texts of cells and paragraphs, and how many of each ended in a record."""

    numbers: int = 0
    accounted: int = 0
    texts: int = 0
    texts_accounted: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRecord:
    type: ClassVar[str] = "document"
    source: Source
    file: str
    sha256: str
    title: str
    kind: DocumentKind
    department: str | None
    units: tuple[str, ...]
    region: Region
    fiscal_year: int | None
    amount_unit: str | None
    coverage: Coverage
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountRecord:
    """One number of a table. `value` is in the printed `unit`; `value_yuan` in 元, None for counts.

    `code` is of `scheme`; `government_code` and `economic_code` are those of the economic classifications of
    governments and of departments where the row prints them beside it. `implied` is a zero for which the cell
    prints a mark (—, /): nothing was planned or spent, or nothing applies.
    """

    type: ClassVar[str] = "amount"
    source: Source
    table_kind: str
    scheme: Scheme | None
    code: str | None
    government_code: str | None
    economic_code: str | None = None
    name: str
    side: Side | None
    budget_unit: str | None
    header: tuple[str, ...]
    measure: Measure
    stage: Stage
    year: int | None
    value: Decimal
    unit: str | None
    value_yuan: Decimal | None
    reading: Reading = "printed"
    project: str | None = None
    implied: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectAmount:
    meaning: str
    stage: Stage
    value: Decimal
    unit: str | None
    value_yuan: Decimal | None = None
    year: int | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TextItem:
    """One goal or content item; `line` is its physical line, None where a format has none."""

    text: str
    line: int | None
    source: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A stated change on an earlier year. A decrease is negative; `percent` likewise."""

    base_year: int | None
    amount: Decimal | None
    percent: Decimal | None
    reason: str | None
    unit: str | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """What an evaluation came to: the score (of 100 points, mostly) and the grade as printed (优, 良好)."""

    score: Decimal | None
    grade: str | None
    source: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectRecord:
    """`problem_items` and `rectification_items` are the places of what prose says of `problems`, `rectification`."""

    type: ClassVar[str] = "project"
    source: Source
    kind: ProjectKind
    name: str
    aliases: tuple[str, ...]
    year: int | None
    parent: str | None
    function_code: str | None
    key_project: bool
    amounts: tuple[ProjectAmount, ...]
    goals: tuple[TextItem, ...]
    content: tuple[TextItem, ...]
    change: Change | None
    problems: str | None
    rectification: str | None
    budget_unit: str | None = None
    evaluation: Evaluation | None = None
    problem_items: tuple[TextItem, ...] = ()
    rectification_items: tuple[TextItem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedBy:
    project: str | None = None
    department: str | None = None
    section: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationRecord:
    """`number` is canonical 代字〔年〕序号号; `status` is exact, partial or unresolved."""

    type: ClassVar[str] = "citation"
    source: Source
    title: str | None
    full_title: str | None
    number: str | None
    issuers: tuple[str, ...]
    date: str | None
    kind: LegalKind
    printed: str
    cited_by: CitedBy
    status: MatchStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A target or grade: `comparator` is one of >= > <= < = ≈ or None; `qualitative` where no number."""

    printed: str
    comparator: Comparator | None = None
    number: Decimal | None = None
    unit: str | None = None
    qualitative: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actual:
    printed: str
    number: Decimal | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    weight: Decimal | None = None
    got: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorRecord:
    type: ClassVar[str] = "indicator"
    source: Source
    owner: str
    owner_kind: OwnerKind
    level1: str | None
    level2: str | None
    level3: str
    target: Target | None
    actual: Actual | None
    grades: Mapping[str, Target]
    not_applicable: bool
    score: Score | None
    year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcurementRecord:
    type: ClassVar[str] = "procurement"
    source: Source
    table_kind: str
    name: str
    code: str | None
    catalogue: str | None
    quantity: Decimal | None
    quantity_unit: str | None
    unit_price: Decimal | None
    amount: Decimal
    unit: str | None
    funding_project: str | None
    funding_line: str | None
    method: str | None
    value_yuan: Decimal | None = None
    year: int | None = None
    budget_unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRecord:
    """A number in prose. A decrease is negative; `implied` where words state it (持平, 无…支出).

    `stage` is that of an amount of money, `base_stage` that of what a change is compared with, where it is printed.
    """

    type: ClassVar[str] = "statement"
    source: Source
    metric: str
    subject: str | None
    value: Decimal
    unit: str | None
    year: int | None
    base_year: int | None
    implied: bool
    stage: Stage | None = None
    base_stage: Stage | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageRecord:
    """A piece of narrative text to search. `about` names the project or department it speaks of."""

    type: ClassVar[str] = "passage"
    source: Source
    kind: PassageKind
    text: str
    context: str
    about: str | None
    about_kind: AboutKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingPlace:
    place: Annotated[Place, Flat("line", "page", "table", "row", "col")]
    value: Decimal | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRecord:
    type: ClassVar[str] = "finding"
    source: Source
    kind: FindingKind
    severity: Severity
    message: Annotated[Message, Flat("message", "code", "arguments")]
    expected: Decimal | None
    actual: Decimal | None
    places: tuple[FindingPlace, ...]
    repaired: bool
    tolerance: Decimal | None = None


Record = (
    DocumentRecord
    | AmountRecord
    | ProjectRecord
    | CitationRecord
    | IndicatorRecord
    | ProcurementRecord
    | StatementRecord
    | PassageRecord
    | FindingRecord
)
