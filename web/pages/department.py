"""A department as one page: its chief figures beside last year's, bars over the years, its projects as a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from flask import g, request

from kg.rdf import Iri
from web.addresses import Link, this_search
from web.language import code_label, translate
from web.pages.chart import Chart, draw_bars
from web.pages.compare import figure_text, print_address
from web.pages.figures import DepartmentYear, Figure, department_years, figures_of, share, tiles, topic_label
from web.queries import rows

SORTS = ("amount", "name", "year")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A measure in the newest year: all its figures, those of the year before, the share of the total in per cent."""

    label: str
    year: int
    figures: tuple[Figure, ...]
    share: Decimal | None
    before: tuple[tuple[int, Figure], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectLine:
    """A project of the department; `amount` in 元, `reasons` how many legal bases it names."""

    iri: str
    name: str
    year: int | None
    amount: Decimal | None
    goals: int
    reasons: int
    indicators: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """What is told of a department before what the graph says of it."""

    tiles: tuple[Tile, ...]
    chart: Chart | None
    charted: str
    projects: tuple[ProjectLine, ...]
    sorts: tuple[Link, ...]
    links: tuple[Link, ...]
    everything: str | None


def read_department(iri: str) -> Department:
    """Return the page of a department. Raises NoGeneration."""
    years = sorted((each for each in department_years() if each.iri == iri), key=lambda each: -each.year)
    sort = request.args.get("sort", "amount")
    return Department(
        tiles=tuple(_tiles(iri, years)),
        chart=_chart(years),
        charted=topic_label(tiles()[0], g.language),
        projects=tuple(sorted(_projects(iri), key=_order(sort))),
        sorts=tuple(Link(text=translate(f"amounts.by.{key}"), address=this_search(sort=key)) for key in SORTS),
        links=tuple(_links(iri, years)),
        everything=None if "all" in request.args else this_search(all=1),
    )


def _tiles(iri: str, years: list[DepartmentYear]) -> Iterator[Tile]:
    for topic in tiles():
        held = ((each.year, figures_of(iri, each.year)) for each in years)
        year, figures = next(((year, figures) for year, figures in held if topic in figures), (0, {}))
        if not year:
            continue
        part = share(figures, figures[topic][0]) if topic != tiles()[0] else None
        yield Tile(
            label=topic_label(topic, g.language),
            year=year,
            figures=figures[topic],
            share=None if part is None else round(part * 100, 1),
            before=tuple((year - 1, figure) for figure in figures_of(iri, year - 1).get(topic, ())),
        )


def _chart(years: list[DepartmentYear]) -> Chart | None:
    items = [
        (
            f"{each.year} {code_label('stage', figure.stage) if figure.stage else ''}".strip(),
            figure_text(figure),
            print_address(figure.first),
            figure.size,
        )
        for each in reversed(years)
        for figure in figures_of(each.iri, each.year).get(tiles()[0], ())
    ]
    return draw_bars(items) if items else None


def _projects(iri: str) -> Iterator[ProjectLine]:
    for row in rows("pages/department_projects", {"department": Iri(iri)}):
        yield ProjectLine(
            iri=row["iri"],
            name=row["name"],
            year=int(row["year"]) if "year" in row else None,
            amount=Decimal(row["amount"]) if "amount" in row else None,
            goals=int(row.get("goals", 0)),
            reasons=int(row.get("reasons", 0)),
            indicators=int(row.get("indicators", 0)),
        )


def _order(sort: str) -> Callable[[ProjectLine], Any]:
    """Return what projects are sorted by: the largest or newest first, names as they are."""
    keys: Mapping[str, Callable[[ProjectLine], Any]] = {
        "name": lambda line: (line.name, -(line.year or 0)),
        "year": lambda line: (-(line.year or 0), -(line.amount or 0)),
    }
    return keys.get(sort, lambda line: (-(line.amount or 0), line.name))


def _links(iri: str, years: list[DepartmentYear]) -> Iterator[Link]:
    asked = urlencode({"of": [f"{each.name} {each.year}" for each in years]}, doseq=True)
    yield Link(text=translate("nav.compare"), address=f"/compare?{asked}")
    yield Link(text=translate("nav.amounts"), address=f"/amounts?{urlencode({'department': iri})}")
    yield Link(text=translate("nav.findings"), address=f"/findings?{urlencode({'department': iri})}")
