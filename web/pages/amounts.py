"""/amounts: all amounts as a table, filtered, sorted, paged with true counts; as CSV and JSON too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from flask import Blueprint, Response, g, render_template, request

from kg.errors import BadSearch
from kg.extract.tables.kinds import load_kinds
from kg.messages import say
from kg.rdf import Iri, Literal, Term
from kg.store.terms import is_iri
from kg.triples.terms import BUD, decimal, integer
from web.addresses import Link, source_address, this_search
from web.language import catalogue, code_label, translate
from web.pages.ledger import (
    MOST_ADDED,
    SORTS,
    AmountRow,
    choices,
    find_amounts,
    names,
    read_figure,
    read_rows,
    why_not_added,
)
from web.paging import Paging, paged
from web.sending import send, send_csv
from web.services import services

views = Blueprint("amounts", __name__, template_folder="templates")

A_PAGE, MOST_JSON = 50, 1000  # rows of a page, and of an answer as JSON
TYPES = {"cell": "Observation", "prose": "Statement", "bought": "ProcurementItem"}
COLUMNS = (
    "department",
    "year",
    "stage",
    "yuan",
    "printed",
    "unit",
    "reading",
    "table",
    "row",
    "column",
    "code",
    "document",
    "record",
    "address",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A value of a filter, and how many amounts have it."""

    value: str
    text: str
    count: int
    on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountsPage:
    """The rows of a page; `total` is their sum where they can be added, else `reason` says why not."""

    filters: Mapping[str, tuple[Option, ...]]
    typed: Mapping[str, str]
    rows: tuple[AmountRow, ...] = ()
    sorts: tuple[Link, ...] = ()
    sorted_by: str = ""
    paging: Paging | None = None
    problem: str | None = None
    total: Decimal | None = None
    reason: str | None = None
    exports: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Amounts:
    """A page of the amounts as JSON; `total` counts all that the filters ask for."""

    total: int
    offset: int
    amounts: tuple[AmountRow, ...]


@views.get("/amounts")
def amounts() -> str | tuple[str, int] | Response:
    """Show the amounts that the filters ask for; `format` csv or json gives them to programs."""
    if services().generation_number() is None:
        return render_template("amounts.html", page=AmountsPage(filters={}, typed=_typed()))
    sort = request.args.get("sort", "-amount")
    sort = sort if sort.removeprefix("-") in SORTS else "-amount"
    try:
        found = find_amounts(read_filters(), sort)
    except BadSearch as error:
        page = AmountsPage(filters=_filters(), typed=_typed(), problem=error.told(g.language))
        return render_template("amounts.html", page=page), 400
    iris = [iri for iri, _ in found]
    form = request.args.get("format")
    if form == "csv":
        return send_csv("suyuan-amounts", [code_label("csv", name) for name in COLUMNS], lines(iris))
    paging = paged(len(iris), A_PAGE if form != "json" else MOST_JSON)
    rows = tuple(read_rows(iris[paging.start : paging.end]))
    if form == "json":
        return send(Amounts(total=paging.total, offset=paging.start, amounts=rows))
    reason, total = _sum(iris, sum((amount for _, amount in found), Decimal(0)))
    page = AmountsPage(
        filters=_filters(),
        typed=_typed(),
        rows=rows,
        sorts=tuple(_sorts(sort)),
        sorted_by=sort.removeprefix("-"),
        paging=paging,
        total=total,
        reason=reason,
        exports=tuple(Link(text=form.upper(), address=this_search(format=form)) for form in ("csv", "json")),
    )
    return render_template("amounts.html", page=page)


def read_filters() -> dict[str, Term]:
    """Return what the address narrows the amounts to. Raises BadSearch for a number that is none."""
    asked = {name: value for name, value in _typed().items() if value}
    chosen: dict[str, Term] = {}
    if "department" in asked:
        chosen["department"] = Iri(asked["department"]) if is_iri(asked["department"]) else Literal(asked["department"])
    if "year" in asked:
        chosen["year"] = integer(int(_number("year", asked["year"])))
    chosen |= {name: Literal(asked[name]) for name in ("stage", "kind") if name in asked}
    chosen |= {to: Literal(asked[name]) for name, to in (("code", "start"), ("text", "words")) if name in asked}
    if asked.get("type") in TYPES:
        chosen["type"] = Iri(BUD + TYPES[asked["type"]])
    for name in ("low", "high"):
        if name in asked:
            chosen[name] = decimal(_number(name, asked[name]) * 10_000)
    if "figure" in asked:
        figure = read_figure(asked["figure"])
        if not figure:
            raise BadSearch(say("error.amounts.number", name="figure", text=asked["figure"]))
        chosen |= figure
    return chosen


def _number(name: str, text: str) -> Decimal:
    found = read_figure(text).get("digits")
    if found is None:
        raise BadSearch(say("error.amounts.number", name=name, text=text))
    return Decimal(found.value)


def _typed() -> dict[str, str]:
    fields = ("figure", "text", "code", "low", "high", "department", "year", "stage", "kind", "type", "sort")
    return {name: request.args.get(name, "").strip()[:300] for name in fields}


def _filters() -> dict[str, tuple[Option, ...]]:
    generation = str(services().generation().path)
    known, held = names(generation), choices(generation)
    return {
        dimension: tuple(
            Option(
                value=value,
                text=_option(dimension, value, known),
                count=count,
                on=request.args.get(dimension) == value,
            )
            for value, count in held.get(dimension, ())
        )
        for dimension in ("department", "year", "stage", "kind")
    }


def _option(dimension: str, value: str, known: Mapping[str, object]) -> str:
    if dimension == "department":
        return str(known.get(value, value))
    if dimension == "kind" and value in load_kinds():
        return catalogue().word(f"table_kind.{value}", load_kinds()[value].label, g.language)
    return code_label("stage", value) if dimension == "stage" else value


def _sorts(sort: str) -> Iterator[Link]:
    for key in SORTS:
        turned = f"-{key}" if sort == key or (sort != f"-{key}" and key in ("amount", "year")) else key
        mark = {key: " ↑", f"-{key}": " ↓"}.get(sort, "")
        yield Link(text=translate(f"amounts.by.{key}") + mark, address=this_search(sort=turned, page=None))


def _sum(iris: list[str], total: Decimal) -> tuple[str | None, Decimal | None]:
    """Return why the amounts found can't be added, or their sum."""
    if len(iris) < 2:
        return None, None
    reason = "amounts.sum.many" if len(iris) > MOST_ADDED else why_not_added(read_rows(iris))
    return (None, total) if reason is None else (translate(reason), None)


def lines(iris: list[str]) -> Iterator[tuple[object, ...]]:
    """Yield a line for each amount, as `COLUMNS` names its fields."""
    host = request.host_url.rstrip("/")
    for row in read_rows(iris):
        address = host + source_address(row.document.sha256, row.source, row.iri)
        told = (row.department_name, row.year, code_label("stage", row.stage), row.amount, row.printed, row.unit)
        place = (code_label("reading", row.reading), row.source.table or row.source.section, row.name, row.header)
        yield (*told, *place, row.code, row.document.title or row.document.file, row.iri, address)
