"""Whose document it is: title, kind, department with its other spellings, region, year, unit of its money."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from kg.blocks import Document, Paragraph, Table
from kg.extract.context import Identity
from kg.extract.identity.department import find_aliases, find_department
from kg.extract.identity.fiscal_year import find_year
from kg.extract.identity.kind import find_kind
from kg.extract.identity.located import locate
from kg.extract.identity.regions import to_region
from kg.extract.identity.title import LONGEST_TITLE, find_title, made_title, opening_lines, title_of_form
from kg.extract.identity.units import find_units
from kg.text.folding import compact
from kg.values.measure import read_number
from kg.values.money import find_unit, unit_pattern


def find_identity(document: Document) -> Identity:
    """Return whose document this is, from its content alone (never from the file's name)."""
    lines = opening_lines(document)
    text = compact_text(document)
    printed = find_title(lines, text) or title_of_form(document)
    if not printed and lines and not document.tables:
        printed = lines[0][:LONGEST_TITLE]
    department = find_department(printed, document, lines, text)
    kind = find_kind(printed, document, text)
    year = find_year(printed, kind, document, text)
    return Identity(
        title=printed or made_title(department, year, kind),
        kind=kind,
        department=department,
        aliases=find_aliases(department, text) if department else (),
        units=find_units(document, department),
        region=to_region(locate(department).division if department else None),
        fiscal_year=year,
        amount_unit=find_amount_unit(document),
    )


def compact_text(document: Document) -> str:
    """Return the prose without blanks, a paragraph a line, with the owners and titles of tables."""
    lines: list[str] = []
    for block in document.blocks:
        if isinstance(block, Table):
            lines.extend(compact(part) for part in (block.owner, block.title) if part)
        else:
            lines.append(compact(block.text))
    return "\n".join(lines)


@cache
def _money() -> re.Pattern[str]:
    return re.compile(rf"\d\s*({unit_pattern()})(?!/)")


def find_amount_unit(document: Document) -> str | None:
    """Return the unit of most of the money printed, in tables and prose together."""
    counts: Counter[str] = Counter()
    for block in document.blocks:
        if isinstance(block, Paragraph):
            counts.update(_money().findall(block.text))
            continue
        headed = {
            column: unit
            for column, path in enumerate(block.header)
            if path and (unit := find_unit(path[-1])) is not None
        }
        for row in block.rows:
            for cell in row.cells:
                unit = headed.get(cell.column, block.unit)
                if unit and cell.text and cell.text[0].isdigit() and read_number(compact(cell.text)) is not None:
                    counts[unit] += 1
    return counts.most_common(1)[0][0] if counts else None
