"""The closed vocabularies: each word that a record, the graph or a page may say, once.

A vocabulary is a `Literal`, so that a type checker sees a wrong word and plain text still is what is stored;
its words in order stand beside it. The ontology's labels, the shapes and the pages' catalogues are held against
these lists by tests/unit/test_vocabularies.py.
"""

from __future__ import annotations

from typing import Literal, TypeVar, get_args

Word = TypeVar("Word", bound=str)

ProjectKind = Literal["project", "activity", "duty", "category"]
PROJECT_KINDS: tuple[ProjectKind, ...] = get_args(ProjectKind)

Stage = Literal["budget", "previous_budget", "adjusted", "executed", "final"]
STAGES: tuple[Stage, ...] = get_args(Stage)
"""From plan to account."""

Side = Literal["income", "expenditure"]
SIDES: tuple[Side, ...] = get_args(Side)

Scheme = Literal["function", "economic", "government_economic"]
SCHEMES: tuple[Scheme, ...] = get_args(Scheme)

Reading = Literal["printed", "repaired", "printed_wrong"]
READINGS: tuple[Reading, ...] = get_args(Reading)

Severity = Literal["error", "rounding", "notice"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
"""From grave to slight."""

Outcome = Literal["held"] | Severity
"""What a check comes to: it holds, or the severity of its finding."""

FindingKind = Literal["sum", "shift", "unit", "percent", "duplicate", "mismatch", "year", "missing", "text"]
FINDING_KINDS: tuple[FindingKind, ...] = get_args(FindingKind)

MatchStatus = Literal["exact", "partial", "unresolved"]
MATCH_STATUSES: tuple[MatchStatus, ...] = get_args(MatchStatus)

LegalKind = Literal[
    "law", "regulation", "rules", "measures", "notice", "opinion", "minutes", "speech", "other"
]  # fmt: skip
LEGAL_KINDS: tuple[LegalKind, ...] = get_args(LegalKind)

PassageKind = Literal[
    "goal", "content", "duty", "annual_target", "indicator", "legal_basis", "reason", "explanation", "procurement",
    "note",
]  # fmt: skip
PASSAGE_KINDS: tuple[PassageKind, ...] = get_args(PassageKind)

NameKind = Literal["department", "region", "code", "legal", "project"]
NAME_KINDS: tuple[NameKind, ...] = get_args(NameKind)
"""What the words of a query can name."""

OwnerKind = Literal["department", "project", "activity"]
OWNER_KINDS: tuple[OwnerKind, ...] = get_args(OwnerKind)

AboutKind = Literal["department", "unit", "project", "activity", "duty", "category"]

Comparator = Literal[">=", ">", "<=", "<", "=", "≈"]
COMPARATORS: tuple[Comparator, ...] = get_args(Comparator)

DocumentKind = Literal["部门预算", "单位预算", "部门决算", "单位决算", "绩效自评", "绩效目标", "其他"]
DOCUMENT_KINDS: tuple[DocumentKind, ...] = get_args(DocumentKind)
FINAL_ACCOUNTS: frozenset[DocumentKind] = frozenset(("部门决算", "单位决算"))
"""The kinds whose figures are what was spent, unless called a budget."""

Measure = Literal[
    "total", "basic", "project", "personnel", "public_expense", "general_budget", "government_fund",
    "state_capital", "special_account", "fiscal_appropriation", "own_funds", "other_funds", "business_income",
    "operating_income", "operating_expenditure", "superior_subsidy", "affiliated_income", "to_superior",
    "to_affiliated", "carryover", "abroad", "vehicle", "vehicle_purchase", "vehicle_running", "reception", "meeting",
    "training", "procurement", "procurement_small", "quantity", "unit_price", "rate", "change", "other",
]  # fmt: skip
MEASURES: tuple[Measure, ...] = get_args(Measure)

ColumnRole = Literal[
    "text", "amount", "code", "class_code", "section_code", "item_code", "government_code", "name",
    "government_name", "economic_code", "economic_name",
    "budget_unit", "unit_code", "sequence", "year", "date", "percent", "project", "project_code",
    "project_kind", "nature", "fund_source", "goal", "content", "basis", "reason", "problems", "rectification",
    "explanation", "note", "level1", "level2", "level3", "target", "actual", "weight", "got", "grade_excellent",
    "grade_good", "grade_fair", "grade_poor", "item", "catalogue", "catalogue_code", "method", "quantity",
    "quantity_unit", "unit_price",
]  # fmt: skip
COLUMN_ROLES: tuple[ColumnRole, ...] = get_args(ColumnRole)


def word_of(text: str, words: tuple[Word, ...], where: str) -> Word:
    """Return `text` as the word of a vocabulary that it is. Raises ValueError for another, naming `where` it stands.

    >>> word_of("budget", STAGES, "stages.tsv")
    'budget'
    >>> word_of("budjet", STAGES, "stages.tsv")
    Traceback (most recent call last):
    ...
    ValueError: stages.tsv: 'budjet' is none of budget, previous_budget, adjusted, executed, final
    """
    for word in words:
        if word == text:
            return word
    raise ValueError(f"{where}: {text!r} is none of {', '.join(words)}")
