"""Extract the legal and policy documents that a document cites (kg.extract.citations.compose composes them).

In: the Context. Out: CitationRecords in reading order, each with the project and section that cites.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.blocks import Cell
from kg.extract.citations.compose import Mention, find_citations, may_cite
from kg.extract.context import Band, Context, Recognised
from kg.extract.places import source_of_cell, source_of_paragraph, table_name
from kg.extract.projects.forms import label_before
from kg.extract.projects.found import Projects
from kg.extract.prose.quantified import speaks
from kg.records import CitationRecord, CitedBy, Source


def extract_citations(context: Context, projects: Projects) -> Iterator[CitationRecord]:
    """Yield every citation of the paragraphs, then those of the tables."""
    own = context.identity.department
    for number, item in enumerate(context.prose):
        if not speaks(item):
            continue
        paragraph = item.paragraph
        basis = "依据" in (paragraph.place.section or "") or "政策" in (paragraph.place.section or "")
        for mention in find_citations(paragraph.text, basis=basis):
            cited_by = CitedBy(
                project=projects.of_paragraph(paragraph, mention.start),
                department=context.owners.of_paragraph(number) or own,
                section=paragraph.place.section,
            )
            source = source_of_paragraph(paragraph, mention.start, mention.end)
            yield _record(mention, source, cited_by)
    for recognised in context.tables:
        department = context.owners.of_table(recognised.number) or own
        for project, cell, basis in _cells(recognised, projects):
            for mention in find_citations(cell.text, basis=basis):
                cited_by = CitedBy(project=project, department=department, section=table_name(recognised.table))
                source = source_of_cell(cell, offset=mention.start, text=cell.text[mention.start : mention.end])
                yield _record(mention, source, cited_by)


def _cells(recognised: Recognised, projects: Projects) -> Iterator[tuple[str | None, Cell, bool]]:
    """Yield the cells that may cite, with the project of their row and whether they hold a legal basis."""
    for band in recognised.bands:
        bases = _basis_columns(band)
        for row in band.rows:
            project = projects.of_row(recognised, row)
            for cell in row.cells:
                if len(cell.text) > 3 and may_cite(cell.text):
                    yield project, cell, cell.column in bases or label_before(row, cell) == "basis"


def _basis_columns(band: Band) -> frozenset[int]:
    return frozenset(index for index, column in enumerate(band.columns) if column.role == "basis")


def _record(mention: Mention, source: Source, cited_by: CitedBy) -> CitationRecord:
    return CitationRecord(
        source=source,
        title=mention.title,
        full_title=mention.full_title,
        number=str(mention.number) if mention.number is not None else None,
        issuers=mention.issuers,
        date=mention.date,
        kind=mention.kind,
        printed=mention.printed,
        cited_by=cited_by,
        status=mention.status,
    )
