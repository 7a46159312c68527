"""The facets, in the order a page shows them: the one list of what a search can be narrowed by.

The index keeps a column for each (search.facets.columns), a search takes the parameters of those that are
`asked` (search.request), and `SERVICE bud:search`, the command line, the description of the API and the pages
say and show what stands here. To add a facet, add a row, and its field to Filters where it is asked for;
CONTRIBUTING.md says what else there may be to do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from kg.serialise import KNOWN, NUMBER
from search.facets.bands import band_of
from search.facets.document_stages import (
    document_stage_labels,
    document_stage_words,
    parse_document_stage,
    read_document_stage,
)
from search.facets.facet import Bound, Facet, Facts, Label, Operator
from search.facets.levels import read_codes, read_region
from search.facets.parse import Value, read_band, read_code, read_years


def _same(value: object) -> Iterator[Label]:
    """Yield a value that is its own label, nothing for an empty one."""
    if value not in ("", None):
        yield Label(value=str(value), label=str(value))


def _titled(value: str, label: str) -> Iterator[Label]:
    if value:
        yield Label(value=value, label=label)


def _band(facts: Facts) -> Iterator[Label]:
    if facts.amount is not None:
        yield band_of(facts.amount)


FACETS = (
    Facet(
        name="year",
        title={"zh": "年度", "en": "Year"},
        told={"zh": "年度，如 2020 或 2020-2023", "en": "fiscal year or range: 2020, 2020,2023 or 2020-2023"},
        example="2020",
        read=lambda facts: _same(facts.year),
        parse=read_years,
        whole=True,
        shown=True,
    ),
    Facet(
        name="document_stage",
        title={"zh": "文件阶段", "en": "Document stage"},
        told={"zh": "文件的阶段：预算、决算或自评", "en": "stage of the document: budget, final or evaluation"},
        example="final",
        read=read_document_stage,
        parse=parse_document_stage,
        words=document_stage_words,
        labels=document_stage_labels,
        shown=True,
    ),
    Facet(
        name="department",
        title={"zh": "部门", "en": "Department"},
        told={"zh": "部门名称、简称或 IRI", "en": "department: name, short name or IRI"},
        example="信访局",
        read=lambda facts: _same(facts.department),
        called=("department", "label"),
        shown=True,
    ),
    Facet(
        name="region",
        title={"zh": "地区", "en": "Region"},
        told={"zh": "地区名称或行政区划代码", "en": "region: name or GB/T 2260 code, with those in it"},
        example="440300",
        read=read_region,
        called=("region", "code"),
        shown=True,
    ),
    Facet(
        name="kind",
        title={"zh": "内容", "en": "Kind"},
        told={
            "zh": "段落种类，如 goal、indicator、legal_basis",
            "en": "kind of passage: goal, indicator, legal_basis …",
        },
        example="goal",
        read=lambda facts: _same(facts.kind),
        group="passage",
        shown=True,
    ),
    Facet(
        name="function_code",
        title={"zh": "功能科目", "en": "Function code"},
        told={"zh": "功能分类科目（含下级）", "en": "functional classification code, with its children"},
        example="2010308",
        read=lambda facts: read_codes(facts, facts.functions),
        operator=Operator.PREFIX,
        parse=read_code,
        shown=True,
    ),
    Facet(
        name="economic_code",
        title={"zh": "经济科目", "en": "Economic code"},
        told={"zh": "经济分类科目（含下级）", "en": "economic classification code, with its children"},
        example="30201",
        read=lambda facts: read_codes(facts, facts.economics),
        operator=Operator.PREFIX,
        parse=read_code,
        shown=True,
    ),
    Facet(
        name="amount_band",
        title={"zh": "金额", "en": "Amount"},
        told={"zh": "金额区间（元），如 500000-1000000", "en": "band of amounts in yuan, as an answer names it"},
        example="500000-1000000",
        read=_band,
        operator=Operator.RANGE,
        parse=read_band,
        bounds=(
            Bound(
                name="min_amount",
                title={"zh": "最低金额（元）", "en": "lowest amount in yuan"},
                lower=True,
            ),
            Bound(
                name="max_amount",
                title={"zh": "最高金额（元）", "en": "highest amount in yuan"},
                lower=False,
            ),
        ),
        shown=True,
    ),
    Facet(
        name="legal_kind",
        title={"zh": "依据种类", "en": "Kind of legal basis"},
        told={"zh": "依据文件的种类，如 law、notice", "en": "kind of legal document cited: law, notice …"},
        example="notice",
        read=lambda facts: (Label(value=each.kind, label=each.kind) for each in facts.legal),
        group="legal",
        shown=True,
    ),
    Facet(
        name="legal",
        title={"zh": "依据文件", "en": "Legal basis"},
        told={"zh": "引用的文件：文号、标题或 IRI", "en": "legal document cited: number, title or IRI"},
        example="甲信〔2016〕2号",
        read=lambda facts: (Label(value=each.iri, label=each.label) for each in facts.legal),
        called=("legal", "iri"),
    ),
    Facet(
        name="document",
        title={"zh": "文件", "en": "Document"},
        told={"zh": "来源文件：文件名、SHA-256 或 IRI", "en": "source document: file name, SHA-256 or IRI"},
        example="budget-2020.pdf",
        read=lambda facts: _titled(facts.document, facts.title),
        called=("document", "iri"),
    ),
    Facet(
        name="about",
        title={"zh": "所述", "en": "About"},
        told={"zh": "段落所述的实体", "en": "what a passage is about"},
        read=lambda facts: _titled(facts.about, facts.about_label),
        asked=False,
    ),
    Facet(
        name="about_type",
        title={"zh": "所述种类", "en": "Type of what it is about"},
        told={"zh": "段落所述实体的类型", "en": "class of what a passage is about"},
        read=lambda facts: _same(facts.about_type),
        asked=False,
    ),
)

BY_NAME = {facet.name: facet for facet in FACETS}
ASKED = tuple(facet for facet in FACETS if facet.asked)
SHOWN = tuple(facet for facet in FACETS if facet.shown)
BOUNDS = tuple(bound for facet in ASKED for bound in facet.bounds)


def _told(name: str) -> str:
    """Return what may be asked for by a filter, for the schema."""
    facet = BY_NAME.get(name)
    return next(bound.title for bound in BOUNDS if bound.name == name)["en"] if facet is None else facet.told["en"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Restrictions from the graph: a field for each facet that may be asked for, and for each bound of one.

    Values of one field are alternatives, fields are joined by and. Bounds are in 元 and bound the amount of the
    entity a passage is about. A code stands for its children too. Names are labels, aliases, codes or IRIs.
    """

    year: Annotated[tuple[int, ...], _told("year"), KNOWN] = ()
    document_stage: Annotated[tuple[str, ...], _told("document_stage"), KNOWN] = ()
    department: Annotated[tuple[str, ...], _told("department"), KNOWN] = ()
    region: Annotated[tuple[str, ...], _told("region"), KNOWN] = ()
    kind: Annotated[tuple[str, ...], _told("kind"), KNOWN] = ()
    function_code: Annotated[tuple[str, ...], _told("function_code"), KNOWN] = ()
    economic_code: Annotated[tuple[str, ...], _told("economic_code"), KNOWN] = ()
    amount_band: Annotated[tuple[str, ...], _told("amount_band"), KNOWN] = ()
    legal_kind: Annotated[tuple[str, ...], _told("legal_kind"), KNOWN] = ()
    legal: Annotated[tuple[str, ...], _told("legal"), KNOWN] = ()
    document: Annotated[tuple[str, ...], _told("document"), KNOWN] = ()
    min_amount: Annotated[Decimal | None, _told("min_amount"), NUMBER, KNOWN] = None
    max_amount: Annotated[Decimal | None, _told("max_amount"), NUMBER, KNOWN] = None

    @classmethod
    def of(cls, chosen: Mapping[str, Sequence[Value] | Decimal | None]) -> Filters:
        """Return the filters of these fields by name, as the rows have parsed them: values of facets, bounds."""
        kept: dict[str, Any] = {
            name: value if value is None or isinstance(value, Decimal) else tuple(dict.fromkeys(value))
            for name, value in chosen.items()
        }
        return cls(**kept)

    def values(self, facet: Facet) -> tuple[Value, ...]:
        """Return the values of a facet that are asked for, none where it doesn't matter."""
        found: tuple[Value, ...] = getattr(self, facet.name)
        return found

    def limit(self, bound: Bound) -> Decimal | None:
        """Return the amount in 元 that a bound is set to, None where it isn't."""
        found: Decimal | None = getattr(self, bound.name)
        return found

    def joined(self, other: Filters) -> Filters:
        """Return both as one: alternatives of both; where both have a bound, this one's stands."""
        values = {facet.name: (*self.values(facet), *other.values(facet)) for facet in ASKED}
        limits = {
            bound.name: other.limit(bound) if self.limit(bound) is None else self.limit(bound) for bound in BOUNDS
        }
        return Filters.of({**values, **limits})

    @property
    def empty(self) -> bool:
        """True where nothing is restricted."""
        return self == Filters()
