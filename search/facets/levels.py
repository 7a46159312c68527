"""Codes with the codes above them: a passage has its codes' and its region's parents too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.values.code import parent_code, with_parents
from search.facets.facet import Facts, Label

REGION_LEVELS = (2, 4, 6)  # digits of a code of GB/T 2260 that name a province, a city, a district


def read_codes(facts: Facts, codes: Iterable[str]) -> Iterator[Label]:
    """Yield the codes and those above them: 2010308 counts under 20103 and 201."""
    for code in sorted({part for own in codes for part in with_parents(own)}):
        yield _named(facts, code, parent_code(code))


def read_region(facts: Facts) -> Iterator[Label]:
    """Yield the region of the document and those around it, by their GB/T 2260 codes."""
    bare = facts.region
    while len(bare) > 2 and bare.endswith("00") and len(facts.region) == 6:
        bare = bare[:-2]
    for level in REGION_LEVELS:
        if bare and level <= len(bare):
            parent = bare[: level - 2].ljust(6, "0") if level > 2 else None
            yield _named(facts, bare[:level].ljust(6, "0"), parent)


def _named(facts: Facts, code: str, parent: str | None) -> Label:
    return Label(value=code, label=facts.names.get(code, code), parent=parent)
