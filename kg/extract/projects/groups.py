"""Which mentions speak of one project: those of one name, or of one stem and one budget.

In: Mentions in reading order. Out: groups of them, in the order of their first.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from kg.extract.identity.units import is_same_unit
from kg.extract.projects.mentions import Mention
from kg.text.folding import compact
from kg.values.year import YEAR

_TAIL = re.compile(r"(?:专项)?(?:工作)?(?:项目)?(?:经费|费用|资金|费|专项|项目)?$")


def group_mentions(mentions: list[Mention]) -> list[list[Mention]]:
    """Put the mentions of one project together: the same name, or the same stem and the same budget."""
    groups: list[list[Mention]] = []
    for mention in mentions:
        home = next((group for group in groups if _is_same(group, mention)), None)
        if home is None:
            groups.append([mention])
        else:
            home.append(mention)
    return groups


def join_mentions(groups: list[list[Mention]], tasks: list[Mention]) -> list[Mention]:
    """Add each task to the group of the project that it is, named so elsewhere; return the tasks that are none."""
    rest = []
    for task in tasks:
        home = next((group for group in groups if _is_same(group, task)), None)
        if home is None:
            rest.append(task)
        else:
            home.append(replace(task, kind="project"))
    return rest


def group_tree(mentions: list[Mention]) -> list[list[Mention]]:
    """Put the rows of one duty or activity together; an activity is one only under the same duty."""
    groups: dict[tuple[str, str, str | None], list[Mention]] = {}
    for mention in mentions:
        groups.setdefault((mention.kind, mention.name, mention.parent), []).append(mention)
    return list(groups.values())


def project_stem(name: str) -> str:
    """Return what two spellings of a project's name share: 宣传费 and 宣传经费 are 宣传.

    >>> project_stem("宣传费") == project_stem("宣传经费"), project_stem("法律顾问服务项目经费")
    (True, '法律顾问服务')
    """
    stem = _TAIL.sub("", re.sub(rf"^{YEAR}年(?:度)?", "", compact(name)))
    return stem if len(stem) > 1 else compact(name)


def _is_same(group: list[Mention], mention: Mention) -> bool:
    if any(
        other.budget_unit and mention.budget_unit and not is_same_unit(other.budget_unit, mention.budget_unit)
        for other in group
    ):
        return False
    if any(compact(other.name) == compact(mention.name) for other in group):
        return not any(
            other.at is not None
            and mention.at is not None
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


def _budget(mention: Mention) -> Decimal | None:
    """Return the first amount of a mention in 元 where its unit is known."""
    amounts = (amount.value if amount.value_yuan is None else amount.value_yuan for amount in mention.amounts)
    return next((amount.normalize() for amount in amounts), None)
