"""Extract projects, activities and duties: the mentions of one document merged, one record each.

In: the Context. Out: ProjectRecords in the order of their first formal mention. `find_projects` also tells
which row and which paragraph speaks of which project, for the other extractors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from kg.blocks import Paragraph, Row
from kg.extract.context import Context, Recognised
from kg.extract.projects.duties import find_duty_mentions
from kg.extract.projects.forms import find_form_mentions
from kg.extract.projects.mentions import Mention
from kg.extract.projects.prose import find_prose_mentions
from kg.extract.projects.sections import find_section_mentions
from kg.extract.projects.tables import find_table_mentions
from kg.records import ProjectAmount, ProjectRecord, TextItem
from kg.text.folding import compact
from kg.values.year import YEAR

_TAIL = re.compile(r"(?:专项)?(?:工作)?(?:项目)?(?:经费|费用|资金|费|专项|项目)?$")
_KEY_PROSE = re.compile(r"(?:纳入|列为|作为|确定为|属于)(?:了)?[^。；，]{0,12}重点[^。；，]{0,8}项目")


@dataclass(slots=True, kw_only=True)
class Projects:
    """The projects of a document and what speaks of them; rows and paragraphs are known by identity."""

    records: tuple[ProjectRecord, ...] = ()
    by_row: dict[int, str] = field(default_factory=dict)
    by_paragraph: dict[int, str] = field(default_factory=dict)
    by_form: dict[int, str] = field(default_factory=dict)
    parents: dict[int, str | None] = field(default_factory=dict)
    kinds: dict[int, str] = field(default_factory=dict)
    named: set[int] = field(default_factory=set)

    @property
    def names(self) -> tuple[str, ...]:
        """All names of projects, aliases too, the longest first."""
        found = {name for record in self.records for name in (record.name, *record.aliases) if record.kind == "project"}
        return tuple(sorted(found, key=lambda name: (-len(name), name)))

    def of_row(self, row: Row) -> str | None:
        """Return the project, activity or duty a row speaks of."""
        return self.by_row.get(id(row))

    def kind_of(self, name: str) -> str | None:
        """Return what a name is the name of: project, activity or duty; None if of nothing known."""
        return next((record.kind for record in self.records if record.name == name), None)

    def of_form(self, table: Recognised) -> str | None:
        """Return the project a whole table is about: the only one that its rows name in a form."""
        return self.by_form.get(id(table.table))

    def of_paragraph(self, paragraph: Paragraph) -> str | None:
        """Return the project a paragraph speaks of."""
        return self.by_paragraph.get(id(paragraph))


_last: list[tuple[Context, Projects]] = []


def extract_projects(context: Context) -> Iterator[ProjectRecord]:
    """Yield the projects, categories, duties and activities of the document."""
    yield from find_projects(context).records


def find_projects(context: Context) -> Projects:
    """Return the projects of a document; those of the last context are kept, as four extractors ask."""
    if not _last or _last[0][0] is not context:
        _last[:] = [(context, _find(context))]
    return _last[0][1]


def _find(context: Context) -> Projects:
    projects = Projects()
    forms = list(find_form_mentions(context))
    in_forms = {id(table.table) for table, _ in forms}
    mentions = [mention for mention in find_table_mentions(context) if id(mention.table) not in in_forms]
    known = frozenset(mention.name for mention in mentions)
    prose = list(find_prose_mentions(context, known))
    sections = list(find_section_mentions(context))
    mentions += [mention for _, mention in (*forms, *prose, *sections)]
    groups = _group([mention for mention in mentions if mention.kind == "project"])
    groups += [[mention] for mention in mentions if mention.kind == "category"]
    groups += _group_tree([mention for mention in mentions if mention.kind == "activity"])
    groups += _group_tree(list(find_duty_mentions(context)))
    year = context.identity.fiscal_year
    keyed = _key_names(context, groups)
    records = []
    for group in groups:
        record = _merge(group, year, keyed)
        records.append(record)
        for mention in group:
            if mention.row is not None:
                projects.named.add(id(mention.row))
                projects.by_row[id(mention.row)] = record.name
                projects.parents[id(mention.row)] = record.parent
                projects.kinds[id(mention.row)] = record.kind
    for paragraph, mention in prose:
        projects.by_paragraph[id(paragraph)] = _name_in(groups, mention)
    for paragraphs, mention in sections:
        name = _name_in(groups, mention)
        projects.by_paragraph.update({id(paragraph): name for paragraph in paragraphs})
    for table, mention in forms:
        projects.by_form[id(table.table)] = _name_in(groups, mention)
        for row in table.table.rows:
            projects.by_row[id(row)] = projects.by_form[id(table.table)]
            projects.kinds[id(row)] = "project"
    projects.records = tuple(records)
    return projects


def _group(mentions: list[Mention]) -> list[list[Mention]]:
    """Put the mentions of one project together: the same name, or the same stem and the same budget."""
    groups: list[list[Mention]] = []
    for mention in mentions:
        home = next((group for group in groups if _is_same(group, mention)), None)
        if home is None:
            groups.append([mention])
        else:
            home.append(mention)
    return groups


def _is_same(group: list[Mention], mention: Mention) -> bool:
    if any(other.budget_unit != mention.budget_unit and other.budget_unit and mention.budget_unit for other in group):
        return False
    if any(compact(other.name) == compact(mention.name) for other in group):
        return not any(
            other.row is not None
            and mention.row is not None
            and _same_table(other, mention)
            and other.function_code != mention.function_code
            for other in group
        )
    stem = project_stem(mention.name)
    return any(
        stem == project_stem(other.name)
        and not _same_table(other, mention)
        and _budget(other) is not None
        and _budget(other) == _budget(mention)
        for other in group
    )


def _same_table(one: Mention, other: Mention) -> bool:
    return (one.source.place.table, one.source.place.section) == (
        other.source.place.table,
        other.source.place.section,
    )


def project_stem(name: str) -> str:
    """Return what two spellings of a project's name share: 宣传费 and 宣传经费 are 宣传.

    >>> project_stem("宣传费") == project_stem("宣传经费"), project_stem("法律顾问服务项目经费")
    (True, '法律顾问服务')
    """
    stem = _TAIL.sub("", re.sub(rf"^{YEAR}年(?:度)?", "", compact(name)))
    return stem if len(stem) > 1 else compact(name)


def _budget(mention: Mention) -> Decimal | None:
    """Return the first amount of a mention in 元 where its unit is known."""
    amounts = (amount.value if amount.value_yuan is None else amount.value_yuan for amount in mention.amounts)
    return next((amount.normalize() for amount in amounts), None)


def _group_tree(mentions: list[Mention]) -> list[list[Mention]]:
    """Put the rows of one duty or activity together; an activity is one only under the same duty."""
    groups: dict[tuple[str, str, str | None], list[Mention]] = {}
    for mention in mentions:
        groups.setdefault((mention.kind, mention.name, mention.parent), []).append(mention)
    return list(groups.values())


def _merge(group: list[Mention], year: int | None, keyed: frozenset[str]) -> ProjectRecord:
    group = sorted(group, key=lambda mention: mention.rank)
    head = group[0]
    names = list(dict.fromkeys(mention.name for mention in group))
    goals = _distinct([item for mention in group for item in mention.goals])
    content = _distinct([item for mention in group for item in mention.content])
    return ProjectRecord(
        source=head.source,
        kind=head.kind,
        name=names[0],
        aliases=tuple(names[1:]),
        year=year,
        parent=next((m.parent for m in group if m.parent), None),
        function_code=next((m.function_code for m in group if m.function_code), None),
        key_project=any(m.key for m in group) or bool(keyed & set(names)),
        amounts=_distinct_amounts(group),
        goals=goals,
        content=content,
        change=next((m.change for m in group if m.change), None),
        problems=next((m.problems for m in group if m.problems), None),
        rectification=next((m.rectification for m in group if m.rectification), None),
        budget_unit=next((m.budget_unit for m in group if m.budget_unit), None),
    )


def _distinct_amounts(group: list[Mention]) -> tuple[ProjectAmount, ...]:
    """Return the amounts of all mentions, those once that a table repeats on its next page."""
    found: dict[tuple[object, ...], ProjectAmount] = {}
    for mention in group:
        for amount in mention.amounts:
            found.setdefault((id(mention.table), amount.meaning, amount.value, amount.year), amount)
    return tuple(found.values())


def _distinct(items: list[TextItem]) -> tuple[TextItem, ...]:
    found: dict[str, TextItem] = {}
    for item in items:
        found.setdefault(compact(item.text), item)
    return tuple(found.values())


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


def with_name(record: ProjectRecord, name: str) -> ProjectRecord:
    """Return the record under another of its names, the present one among the aliases."""
    aliases = tuple(other for other in (record.name, *record.aliases) if other != name)
    return replace(record, name=name, aliases=aliases)
