"""What a document says of itself, and so what its prose leaves unsaid: its year, its unit, its names.

In: the identity of the document. Out: the Setting that prose is read in.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.context import Identity
from kg.values.vocabularies import FINAL_ACCOUNTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a document says of itself: fiscal year, money unit, names of its department, projects and budget units.

    `final` says that it is final accounts, whose figures are what was spent unless called a budget.
    """

    year: int | None
    unit: str | None = "万元"
    names: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    final: bool = False


def setting_of(identity: Identity, projects: tuple[str, ...] = ()) -> Setting:
    """Return what the document says of itself, longest names first, for reading its prose."""
    names = {identity.department or "", *identity.aliases, *identity.units} - {""}
    return Setting(
        year=identity.fiscal_year,
        unit=identity.amount_unit or "万元",
        names=tuple(sorted(names, key=len, reverse=True)),
        projects=projects,
        units=tuple(sorted({*identity.units} - {identity.department, *identity.aliases}, key=len, reverse=True)),
        final=identity.kind in FINAL_ACCOUNTS,
    )
