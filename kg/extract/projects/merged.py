"""One project record of the mentions that speak of it; the most formal one names it.

In: a group of Mentions. Out: a ProjectRecord.
"""

from __future__ import annotations

from kg.extract.projects.mentions import Mention
from kg.records import ProjectAmount, ProjectRecord, TextItem
from kg.text.folding import compact


def merge_mentions(group: list[Mention], year: int | None, keyed: frozenset[str]) -> ProjectRecord:
    """Return the record of the project that all mentions of `group` speak of.

    `year` is the document's, `keyed` are the names that its prose calls key projects.
    """
    group = sorted(group, key=lambda mention: mention.rank)
    head = group[0]
    names = list(dict.fromkeys(mention.name for mention in group))
    goals = _distinct([item for mention in group for item in mention.goals])
    content = _distinct([item for mention in group for item in mention.content])
    units = [*(mention.budget_unit for mention in group), *(mention.office for mention in group)]
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
        budget_unit=next((unit for unit in units if unit), None),
        problem_items=_distinct([item for mention in group for item in mention.problem_items]),
        rectification_items=_distinct([item for mention in group for item in mention.rectification_items]),
        evaluation=next((m.evaluation for m in group if m.evaluation), None),
    )


def _distinct_amounts(group: list[Mention]) -> tuple[ProjectAmount, ...]:
    """Return the amounts of all mentions, those once that a table repeats on its next page."""
    found: dict[tuple[object, ...], ProjectAmount] = {}
    for mention in group:
        for amount in mention.amounts:
            found.setdefault((mention.at[0] if mention.at else None, amount.meaning, amount.value, amount.year), amount)
    return tuple(found.values())


def _distinct(items: list[TextItem]) -> tuple[TextItem, ...]:
    found: dict[str, TextItem] = {}
    for item in items:
        found.setdefault(compact(item.text), item)
    return tuple(found.values())
