"""The function code of a project: 类, 款 and 项 under the names of its year."""

from __future__ import annotations

from dataclasses import replace

from kg.rdf import Iri
from kg.store.base import GraphReader
from kg.trace.model import Item
from kg.trace.reading import join_parts, read_evidence, rows


def function_code_items(reader: GraphReader, project: str, year: str | None) -> tuple[Item, ...]:
    """Return the path of codes, outermost first; inferred where no document prints the project's code."""
    found = list(rows(reader, "project_codes", project=Iri(project)))
    stated = [row for row in found if row["inferred"] == "false"] or found
    return tuple(_item(reader, project, row, year) for row in stated)


def _item(reader: GraphReader, project: str, row: dict[str, str], year: str | None) -> Item:
    inferred = row["inferred"] == "true"
    cells = rows(reader, "code_cells", project=Iri(project), concept=Iri(row["concept"]))
    evidence = tuple(
        replace(entry, text=" ".join((cell["code"], cell["name"], cell.get("text", ""))).strip())
        for cell in cells
        for entry in read_evidence(reader, cell["cell"])
    )
    if not evidence and not inferred and row["own"] == row["concept"]:
        evidence = read_evidence(reader, project, row["code"])
    name = name_in_year(reader, row["concept"], int(year) if year else None)
    detail = join_parts(row.get("level"), row.get("evidence"))
    label = " ".join(part for part in (row["code"], name) if part)
    return Item(label=label, iri=row["concept"], detail=detail, inferred=inferred, evidence=evidence)


def name_in_year(reader: GraphReader, concept: str, year: int | None) -> str | None:
    """Return the name a code bore in `year`: one in use that year, else the nearest in time, else any."""
    names = list(rows(reader, "names_of_code", concept=Iri(concept)))
    if not names:
        return None

    def distance(row: dict[str, str]) -> tuple[int, str]:
        if year is None or "first" not in row:
            return 1000, row["name"]
        first, last = int(row["first"]), int(row["last"])
        return max(first - year, year - last, 0), row["name"]

    return min(names, key=distance)["name"]
