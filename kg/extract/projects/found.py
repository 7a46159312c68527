"""The projects, activities and duties of a document, and which row, form and paragraph speaks of which.

In: the Context. Out: Projects: a record for each, in the order of their first formal mention, and what the
other extractors ask of a row, a form or a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from kg.blocks import Paragraph, Row
from kg.extract.context import Context, Recognised, RowKey
from kg.extract.indicators.rows import is_indicator_band
from kg.extract.projects.duties import find_duty_mentions
from kg.extract.projects.evaluation.report import find_evaluated
from kg.extract.projects.forms import find_form_mentions
from kg.extract.projects.groups import group_mentions, group_tree, join_mentions
from kg.extract.projects.mentions import Mention, Told, whole_paragraph
from kg.extract.projects.merged import merge_mentions
from kg.extract.projects.prose import find_prose_mentions
from kg.extract.projects.sections import find_section_mentions
from kg.extract.projects.tables import find_table_mentions
from kg.extract.projects.told import find_told_mentions
from kg.records import ProjectRecord
from kg.values.vocabularies import ProjectKind

_KEY_PROSE = re.compile(r"(?:纳入|列为|作为|确定为|属于)(?:了)?[^。；，]{0,12}重点[^。；，]{0,8}项目")


@dataclass(frozen=True, slots=True, kw_only=True)
class RowProject:
    """What a row speaks of: name, kind and parent as in its record; `named` if the row itself prints the name."""

    name: str
    kind: ProjectKind
    parent: str | None = None
    named: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A stretch of a paragraph that speaks of a project."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Projects:
    """The projects of a document and what speaks of them: rows by their key, forms by the number of their table."""

    records: tuple[ProjectRecord, ...]
    rows: Mapping[RowKey, RowProject]
    forms: Mapping[int, str]
    paragraphs: Mapping[Paragraph, tuple[Stretch, ...]]

    @property
    def names(self) -> tuple[str, ...]:
        """All names of projects, aliases too, the longest first."""
        found = {name for record in self.records for name in (record.name, *record.aliases) if record.kind == "project"}
        return tuple(sorted(found, key=lambda name: (-len(name), name)))

    def at(self, table: Recognised, row: Row) -> RowProject | None:
        """Return what a row speaks of, None where it speaks of no project, activity or duty."""
        return self.rows.get(table.key(row))

    def of_row(self, table: Recognised, row: Row) -> str | None:
        """Return the name of the project, activity or duty a row speaks of."""
        found = self.at(table, row)
        return found.name if found is not None else None

    def kind_of(self, name: str) -> ProjectKind | None:
        """Return what a name is the name of: project, activity or duty; None if of nothing known."""
        return next((record.kind for record in self.records if record.name == name), None)

    def of_form(self, table: Recognised) -> str | None:
        """Return the project a whole table is about: the only one that its rows name in a form."""
        return self.forms.get(table.number)

    def of_paragraph(self, paragraph: Paragraph, at: int | None = None) -> str | None:
        """Return the project a paragraph speaks of, at an offset in it; without one only if it speaks of one alone."""
        stretches = self.paragraphs.get(paragraph, ())
        if at is None:
            names = {stretch.name for stretch in stretches}
            return names.pop() if len(names) == 1 else None
        return next((stretch.name for stretch in stretches if stretch.start <= at < stretch.end), None)


def find_projects(context: Context) -> Projects:
    """Return the projects of a document: the mentions of tables, forms, prose and sections merged."""
    forms = list(find_form_mentions(context))
    numbers = {table.number for table, _ in forms}
    tables = [mention for mention in find_table_mentions(context) if mention.at is None or mention.at[0] not in numbers]
    known = frozenset(mention.name for mention in tables)
    told = _told(context, known)
    mentions = [*tables, *(mention for _, mention in forms), *dict.fromkeys(each.mention for each in told)]
    groups = _groups(mentions, context)
    keyed = _key_names(context, groups)
    records = [merge_mentions(group, context.identity.fiscal_year, keyed) for group in groups]
    names = {table.number: _name_in(groups, mention) for table, mention in forms}
    in_forms = {
        table.key(row): RowProject(name=names[table.number], kind="project", named=False)
        for table, _ in forms
        for row in table.table.rows
    }
    return Projects(
        records=tuple(records),
        rows=_with_merged(context, _rows(groups, records)) | in_forms,
        forms=names,
        paragraphs=_stretches(groups, told),
    )


def _told(context: Context, known: frozenset[str]) -> list[Told]:
    """Return what prose tells of projects; a report that evaluates a fund is read as such and in no other way."""
    evaluated = list(find_evaluated(context, known))
    if evaluated:
        return evaluated
    told = list(find_told_mentions(context))
    read = {each.paragraph for each in told}
    prose = (pair for pair in find_prose_mentions(context, known) if pair[0] not in read)
    sections = ((one, mention) for paragraphs, mention in find_section_mentions(context) for one in paragraphs)
    return [*told, *(whole_paragraph(paragraph, mention) for paragraph, mention in (*prose, *sections))]


def _stretches(groups: list[list[Mention]], told: list[Told]) -> dict[Paragraph, tuple[Stretch, ...]]:
    found: dict[Paragraph, tuple[Stretch, ...]] = {}
    for each in told:
        stretch = Stretch(name=_name_in(groups, each.mention), start=each.start, end=each.end)
        found[each.paragraph] = (*found.get(each.paragraph, ()), stretch)
    return found


def _groups(mentions: list[Mention], context: Context) -> list[list[Mention]]:
    """Return the mentions of one project, category, activity or duty together; a task that is a project is one."""
    tasks = [mention for mention in mentions if mention.kind == "activity"]
    groups = group_mentions([mention for mention in mentions if mention.kind == "project"])
    tasks = join_mentions(groups, tasks)
    groups += [[mention] for mention in mentions if mention.kind == "category"]
    groups += group_tree(tasks)
    return groups + group_tree(list(find_duty_mentions(context)))


def _rows(groups: list[list[Mention]], records: list[ProjectRecord]) -> dict[RowKey, RowProject]:
    return {
        mention.at: RowProject(name=record.name, kind=record.kind, parent=record.parent)
        for group, record in zip(groups, records, strict=True)
        for mention in group
        if mention.at is not None
    }


def _with_merged(context: Context, named: dict[RowKey, RowProject]) -> dict[RowKey, RowProject]:
    """Return what rows speak of, those too that a merged cell reaches down to: indicators below one project."""
    found = dict(named)
    for table in context.tables:
        for band in table.bands:
            columns = [index for index, column in enumerate(band.columns) if column.role in ("project", "name")]
            below: RowProject | None = None
            reach = 0
            for row in band.rows if columns else ():
                own = named.get(table.key(row))
                cells = [cell for cell in row.cells if cell.column in columns and cell.text]
                if own is not None:
                    below, reach = own, max((cell.row + cell.row_span for cell in cells), default=0)
                elif cells:
                    below = None
                elif below is not None and (row.cells[0].row < reach or is_indicator_band(band)):
                    found[table.key(row)] = replace(below, named=False)
    return found


def _key_names(context: Context, groups: list[list[Mention]]) -> frozenset[str]:
    """Return the projects that prose calls key projects (…纳入重点绩效管理项目)."""
    names = sorted({mention.name for group in groups for mention in group if len(mention.name) > 2}, key=len)
    found = set()
    for paragraph in context.document.paragraphs:
        for match in _KEY_PROSE.finditer(paragraph.text) if "重点" in paragraph.text else ():
            clause = re.split(r"[，。；,;]", paragraph.text[: match.start()])[-1]
            found.update([name for name in names if name in clause][-1:])
    return frozenset(found)


def _name_in(groups: list[list[Mention]], mention: Mention) -> str:
    group = next(group for group in groups if any(other is mention for other in group))
    return min(group, key=lambda other: other.rank).name
