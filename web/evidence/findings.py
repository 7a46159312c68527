"""The page of findings: what the audit found, narrowed, counted, sorted, paged, with links to the printed cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from flask import Blueprint, Response, g, render_template, request

from kg.errors import NotFound
from kg.messages import say
from kg.store.terms import is_iri
from kg.values.money import to_yuan
from kg.values.vocabularies import SEVERITIES
from web.addresses import entity_address, place_text, this_search, this_search_with
from web.api.findings import HeldFinding, read_findings
from web.language import code_label, translate
from web.paging import Paging, paged
from web.queries import rows
from web.sending import send_csv
from web.services import services

views = Blueprint("findings", __name__, template_folder="templates")

A_PAGE = 50  # findings on one page
COLUMNS = ("document", "department", "year", "severity", "kind", "message", "expected", "found", "gap", "unit")
PERCENT = "%"
SORTS = ("severity", "gap", "document", "kind")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A finding with its department and year; `unit` is that of both figures, `gap` how far they are apart.

    The unit of a count is empty; it is None where the figures have two, which the message names.
    """

    finding: HeldFinding
    department: str
    department_name: str
    year: str
    unit: str | None
    gap: Decimal | None

    @property
    def gap_yuan(self) -> Decimal:
        """The size of the gap in 元, 0 where it is none of money."""
        return abs(to_yuan(self.gap, self.unit or None) or Decimal(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A way to narrow the list, or to widen it again where it is `on`; `count` is how many are then shown."""

    text: str
    address: str
    count: str = ""
    on: bool = False
    printed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingsPage:
    findings: tuple[Told, ...] = ()
    chips: tuple[tuple[str, tuple[Chip, ...]], ...] = ()
    sorts: tuple[Chip, ...] = ()
    paging: Paging | None = None
    csv: str | None = None


DIMENSIONS: Mapping[str, Callable[[Told], str]] = {
    "severity": lambda told: told.finding.severity,
    "kind": lambda told: told.finding.kind,
    "department": lambda told: told.department,
    "year": lambda told: told.year,
    "repaired": lambda told: "true" if told.finding.repaired else "false",
    "document": lambda told: told.finding.document.iri,
}
"""What findings are narrowed by."""


@views.get("/findings")
def show() -> str | Response:
    """List what the audit found, narrowed by `DIMENSIONS` and sorted; CSV with `format=csv`."""
    if services().generation_number() is None:
        return render_template("findings.html", page=FindingsPage())
    document = request.args.get("document")
    if document and not is_iri(document):
        raise NotFound(say("error.document.unknown", name=document[:200]))
    held = told_findings(str(services().generation().path), g.language)
    chosen = {name: request.args[name] for name in DIMENSIONS if request.args.get(name)}
    sort = request.args.get("sort", "severity")
    found = in_order(narrowed(held, chosen), sort)
    if request.args.get("format") == "csv":
        header = [code_label("csv", name) for name in (*COLUMNS, "place", "address")]
        return send_csv("suyuan-findings", header, lines(found))
    paging = paged(len(found), A_PAGE)
    page = FindingsPage(
        findings=tuple(found[paging.start : paging.end]),
        chips=tuple((name, chips) for name in DIMENSIONS if (chips := tuple(_chips(held, chosen, name)))),
        sorts=tuple(
            Chip(text=translate(f"findings.by.{key}"), address=this_search(sort=key), on=sort == key) for key in SORTS
        ),
        paging=paging,
        csv=this_search(format="csv"),
    )
    return render_template("findings.html", page=page)


@lru_cache(maxsize=8)
def told_findings(generation: str, language: str) -> tuple[Told, ...]:
    """Return all findings of a generation, their messages in a language."""
    facts: dict[str, list[dict[str, str]]] = {}
    for row in rows("evidence/finding_facts"):
        facts.setdefault(row["iri"], []).append(row)
    return tuple(_told(finding, facts[finding.iri]) for finding in read_findings({}))


def _told(finding: HeldFinding, facts: Sequence[Mapping[str, str]]) -> Told:
    first = facts[0]
    unit = unit_of(finding, {row["unit"] for row in facts if "unit" in row})
    gap = finding.actual - finding.expected if finding.actual is not None and finding.expected is not None else None
    return Told(
        finding=finding,
        department=first.get("department", ""),
        department_name=first.get("name", ""),
        year=first.get("year", ""),
        unit=unit,
        gap=None if unit is None or finding.kind == "year" else gap,
    )


def unit_of(finding: HeldFinding, printed: Iterable[str]) -> str | None:
    """Return the unit of both figures of a finding, empty for a count, None where they differ in it."""
    units = set(printed)
    counted = units - {PERCENT}
    if finding.kind == "percent" or units == {PERCENT}:
        return PERCENT
    return None if len(counted) > 1 else next(iter(counted), "")


def narrowed(held: Iterable[Told], chosen: Mapping[str, str]) -> list[Told]:
    """Return the findings that have what is chosen."""
    return [told for told in held if all(DIMENSIONS[name](told) == value for name, value in chosen.items())]


def in_order(found: Sequence[Told], sort: str) -> list[Told]:
    """Return findings sorted by one of SORTS; those alike stay as they were, the gravest first."""
    keys: Mapping[str, Callable[[Told], object]] = {
        "severity": lambda told: SEVERITIES.index(told.finding.severity),
        "gap": lambda told: -told.gap_yuan,
        "document": lambda told: told.finding.document.title or told.finding.document.file,
        "kind": DIMENSIONS["kind"],
    }
    return sorted(found, key=keys.get(sort, keys["severity"]))  # type: ignore[arg-type]


def _chips(held: Iterable[Told], chosen: Mapping[str, str], name: str) -> Iterator[Chip]:
    """Yield the values of a dimension with what would be shown, the other choices kept."""
    others = {other: value for other, value in chosen.items() if other != name}
    counts = Counter(DIMENSIONS[name](told) for told in narrowed(held, others))
    if name == "document":
        if name in chosen:
            yield Chip(text=translate("findings.all"), address=this_search(without=[(name, chosen[name])]))
        return
    if len(counts) < 2 and name not in chosen:
        return
    names = {told.department: told.department_name for told in held}
    for value, count in sorted(counts.items(), key=lambda each: (-each[1], each[0])):
        on = chosen.get(name) == value
        yield Chip(
            text=_value_text(name, value, names),
            address=this_search(without=[(name, value)]) if on else this_search_with(name, value),
            count=f"{count:,}",
            on=on,
            printed=name == "department",
        )


def _value_text(name: str, value: str, departments: Mapping[str, str]) -> str:
    if name == "department":
        return departments.get(value) or value
    if name == "repaired":
        return translate("findings.repaired") if value == "true" else translate("findings.not_repaired")
    return code_label({"kind": "finding"}.get(name, name), value) or "—"


def lines(found: Iterable[Told]) -> Iterator[tuple[object, ...]]:
    """Yield a line for each finding, as `COLUMNS` names its fields, then its places and its address."""
    host = request.host_url.rstrip("/")
    for told in found:
        finding = told.finding
        named = (finding.document.title or finding.document.file, told.department_name, told.year)
        kinds = (code_label("severity", finding.severity), code_label("finding", finding.kind), finding.message)
        figures = (finding.expected, finding.actual, told.gap, told.unit)
        places = "; ".join(place_text(place) for place in finding.places)
        yield (*named, *kinds, *figures, places, host + entity_address(finding.iri))
