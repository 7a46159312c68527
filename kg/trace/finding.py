"""Names, numbers and IRIs -> the projects and legal documents they mean, or NotFound with near matches."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

from kg.errors import NotFound
from kg.ids import fold_name
from kg.messages import say
from kg.rdf import Iri, Literal
from kg.resolve.similarity import core_name
from kg.store.base import GraphReader
from kg.text.patterns import NUMBER_CLOSE, NUMBER_OPEN
from kg.trace.reading import rows
from kg.triples.citations import plain_title

_NUMBER = re.compile(rf"^(.*?)[{NUMBER_OPEN}]\s*(\d{{4}})\s*[{NUMBER_CLOSE}]\s*(?:第)?\s*(\d+)\s*号?(?:文件?)?$")


def find_projects(
    reader: GraphReader, name: str, department: str | None = None, year: int | None = None
) -> list[dict[str, str]]:
    """Return every project, activity or duty of a name or IRI, newest first, one row each.

    Raises NotFound with the nearest names where there is none.
    """
    found = _matching(reader, name)
    chosen = [
        row
        for row in found
        if (department is None or fold_name(department) in fold_name(row.get("departmentName", "")))
        and (year is None or row.get("year") == str(year))
    ]
    if not chosen:
        near = _near(fold_name(name), (row["name"] for row in rows(reader, "project_names")))
        within = tuple(str(part) for part in (department, year) if part is not None)
        elsewhere = tuple(f"{row['label']}（{row.get('departmentName', '')}，{row.get('year', '')}）" for row in found)
        said = say("error.project.within" if within else "error.project.unknown", name=name, within=within)
        raise NotFound(said, near=elsewhere or near)
    unique = {row["project"]: row for row in reversed(chosen)}
    return sorted(unique.values(), key=lambda row: (-int(row.get("year", 0)), row["project"]))


def _matching(reader: GraphReader, name: str) -> list[dict[str, str]]:
    if re.match(r"^https?://", name):
        return list(rows(reader, "project_by_iri", project=Iri(name)))
    found = list(rows(reader, "named_projects", name=Literal(name)))
    if found:
        return found
    # As printed it is unknown; widths of brackets and the mark of a key project shouldn't matter.
    wanted = fold_name(name).lstrip("★☆*※")
    known = [row["name"] for row in rows(reader, "project_names")]
    alike = [other for other in known if fold_name(other) == wanted]
    return [row for other in alike for row in rows(reader, "named_projects", name=Literal(other))]


def _near(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return up to five known names that are like `name`, the nearest first."""
    by_core = {core_name(other): other for other in known}
    wanted = core_name(name)
    within = [other for core, other in by_core.items() if wanted in core or core in wanted]
    close = [by_core[core] for core in difflib.get_close_matches(wanted, list(by_core), n=5, cutoff=0.4)]
    return tuple(dict.fromkeys([*close, *within]))[:5]


def canonical_number(text: str) -> str | None:
    """Return a document number in canonical form, None for text that is none.

    >>> canonical_number("深龙信[2016]2号"), canonical_number("信访条例")
    ('深龙信〔2016〕2号', None)
    """
    match = _NUMBER.match(fold_name(text))
    return f"{match[1]}〔{match[2]}〕{match[3]}号" if match else None


def find_legal(reader: GraphReader, name: str) -> str:
    """Return the legal document of that number, title or IRI. Raises NotFound with near matches."""
    names = [(row["legal"], row["name"]) for row in rows(reader, "legal_names")]
    wanted = canonical_number(name) or plain_title(name.strip("《》"))
    for legal, known in names:
        if name == legal or plain_title(known) == wanted:
            return legal
    holding = {legal for legal, known in names if len(wanted) >= 4 and wanted in plain_title(known)}
    if len(holding) == 1:
        return holding.pop()
    near = [known for legal, known in names if legal in holding]
    if not near:
        known_names = sorted({known for _, known in names})
        near = difflib.get_close_matches(wanted, known_names, n=5, cutoff=0.4)
    raise NotFound(say("error.legal.unknown", name=name), near=tuple(near[:5]))
