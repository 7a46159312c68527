"""/compare: department-years beside one another, measure by measure, each figure linked to its print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from flask import Blueprint, Response, g, render_template, request

from web.addresses import Link, entity_address, source_address, this_search
from web.frame import money_text
from web.language import code_label, translate
from web.pages.chart import Chart, draw_bars
from web.pages.figures import (
    DepartmentYear,
    Figure,
    Print,
    department_years,
    figures_of,
    measures,
    presets,
    share,
    topic_label,
)
from web.sending import send_csv
from web.services import services

views = Blueprint("compare", __name__, template_folder="templates")

MOST, FIELDS = 6, 6
"""Department-years compared at once; fields of the form."""

MOST_OF_A_YEAR = 60
"""Departments of a year on one page; the CSV has all."""

COLUMNS = (
    "measure",
    "department",
    "year",
    "stage",
    "yuan",
    "value",
    "unit",
    "printed",
    "reading",
    "table",
    "row",
    "document",
    "record",
    "address",
)
"""The fields of a line of the CSV."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A figure of a cell; `share` as a percentage, None where it has none."""

    text: str
    figure: Figure
    share: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What is printed of a measure; `clash` counts the values where one stage has several."""

    shown: tuple[Shown, ...]
    clash: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The heading of a row or column, with what the names of sources in it are marked as."""

    text: str
    address: str | None
    printed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparePage:
    """Rows of cells under headings; `fields` are what the form holds, `known` what it offers."""

    fields: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    presets: tuple[Link, ...] = ()
    notices: tuple[str, ...] = ()
    corner: str = ""
    columns: tuple[Heading, ...] = ()
    rows: tuple[tuple[Heading, tuple[Cell, ...]], ...] = ()
    charted: str = ""
    charts: tuple[Link, ...] = ()
    chart: Chart | None = None
    csv: str | None = None


@views.get("/compare")
def compare() -> str | Response:
    """Show the department-years of `of`, or all of `year` by the measures of `group`; CSV with `format=csv`."""
    if services().generation_number() is None:
        return render_template("compare.html", page=ComparePage())
    known = department_years()
    group, year = request.args.get("group", ""), request.args.get("year", type=int)
    if group in presets() and year is not None:
        chosen = [each for each in known if each.year == year]
        missing: list[str] = []
        topics: Sequence[str] = presets()[group]
    else:
        chosen, missing = find_chosen(known, request.args.getlist("of"))
        group, topics = "", measures()
    if request.args.get("format") == "csv":
        return send_csv("suyuan-compare", [code_label("csv", name) for name in COLUMNS], lines(chosen, topics))
    return render_template("compare.html", page=_page(known, chosen, missing, topics, group))


def find_chosen(known: Sequence[DepartmentYear], asked: Iterable[str]) -> tuple[list[DepartmentYear], list[str]]:
    """Return the department-years that are asked for by name and year, and what is asked for and not known.

    A department without a year stands for its years, the newest first.
    """
    chosen, missing = [], []
    for text in filter(None, (" ".join(each.split()) for each in asked)):
        found = [each for each in known if text in (named(each), each.name, f"{each.iri} {each.year}")]
        chosen += [each for each in found if each not in chosen]
        missing += [] if found else [text]
    return chosen, missing


def named(each: DepartmentYear) -> str:
    """Return how a department-year is asked for."""
    return f"{each.name} {each.year}"


def _page(
    known: Sequence[DepartmentYear],
    chosen: Sequence[DepartmentYear],
    missing: Sequence[str],
    topics: Sequence[str],
    group: str,
) -> ComparePage:
    shown = chosen[: MOST_OF_A_YEAR if group else MOST]
    notices = [translate("compare.unknown", names="、".join(missing))] if missing else []
    if group and shown and len(shown) < len(chosen):
        notices.append(translate("compare.all_shown", year=shown[0].year, shown=len(shown), total=len(chosen)))
    elif len(chosen) > MOST:
        notices.append(translate("compare.too_many", most=MOST))
    held = [figures_of(each.iri, each.year) for each in shown]
    topics = [topic for topic in topics if any(topic in each for each in held)]
    charted = request.args.get("chart", "")
    charted = charted if charted in topics else topics[0] if topics else ""
    measured = [Heading(text=topic_label(topic, g.language), address=None, printed=False) for topic in topics]
    owners = [Heading(text=named(each), address=entity_address(each.iri), printed=True) for each in shown]
    cells = [[_cell(each, topic) for each in held] for topic in topics]
    by_department = bool(group)
    turned = [tuple(line[place] for line in cells) for place in range(len(shown))] if by_department else cells
    fields = [named(each) for each in shown] if not group else []
    return ComparePage(
        fields=tuple([*fields, *[""] * FIELDS][:FIELDS]),
        known=tuple(named(each) for each in known),
        presets=tuple(_presets(known)),
        notices=tuple(notices),
        corner=translate("compare.department") if by_department else translate("compare.measure"),
        columns=tuple(measured if by_department else owners),
        rows=tuple((heading, tuple(line)) for heading, line in zip(owners if group else measured, turned, strict=True)),
        charted=topic_label(charted, g.language) if charted else "",
        charts=tuple(Link(text=topic_label(t, g.language), address=this_search(chart=t) + "#chart") for t in topics),
        chart=_chart(shown, held, charted) if charted else None,
        csv=this_search(format="csv") if chosen else None,
    )


def _cell(figures: Mapping[str, tuple[Figure, ...]], topic: str) -> Cell:
    found = figures.get(topic, ())
    stages = [figure.stage for figure in found]
    is_total = topic == "total_expenditure"
    shown = tuple(
        Shown(text=figure_text(figure), figure=figure, share=None if is_total else _percent(share(figures, figure)))
        for figure in found
    )
    return Cell(shown=shown, clash=max((stages.count(stage) for stage in stages), default=0))


def _percent(part: Decimal | None) -> Decimal | None:
    return None if part is None else round(part * 100, 1)


def figure_text(figure: Figure) -> str:
    """Return a figure with its unit: money in the words of the page, a count as printed."""
    return money_text(figure.amount) if figure.amount is not None else f"{figure.size:f} {figure.first.unit}".strip()


def print_address(each: Print) -> str:
    """Return where a print is shown in its source."""
    return source_address(each.document.sha256, each.source, each.iri)


def _chart(
    shown: Sequence[DepartmentYear], held: Sequence[Mapping[str, tuple[Figure, ...]]], topic: str
) -> Chart | None:
    items = [
        (
            " · ".join(filter(None, (named(each), code_label("stage", figure.stage) if figure.stage else ""))),
            figure_text(figure),
            print_address(figure.first),
            figure.size,
        )
        for each, figures in zip(shown, held, strict=True)
        for figure in figures.get(topic, ())
    ]
    return draw_bars(items) if items else None


def _presets(known: Sequence[DepartmentYear]) -> Iterator[Link]:
    for year in sorted({each.year for each in known}, reverse=True)[:4]:
        for group in presets():
            text = f"{year} {translate(f'compare.group.{group}')}"
            yield Link(text=text, address=f"/compare?{urlencode({'group': group, 'year': year})}")


def lines(chosen: Iterable[DepartmentYear], topics: Sequence[str]) -> Iterator[tuple[object, ...]]:
    """Yield a line for each print of each measure of the department-years, as `COLUMNS` names its fields."""
    for each in chosen:
        figures = figures_of(each.iri, each.year)
        for topic in topics:
            for printed in (printed for figure in figures.get(topic, ()) for printed in figure.prints):
                yield (
                    topic_label(topic, g.language),
                    each.name,
                    each.year,
                    code_label("stage", printed.stage),
                    printed.amount,
                    printed.value if printed.amount is None else None,
                    printed.unit,
                    printed.printed,
                    code_label("reading", printed.reading),
                    printed.source.table or printed.source.section,
                    printed.name,
                    printed.document.title or printed.document.file,
                    printed.iri,
                    request.host_url.rstrip("/") + print_address(printed),
                )
