"""Places of a query that belong together: 深圳市龙岗区 is one place, 广州和深圳信访局 are two departments."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from search.facets.catalogue import Filters
from search.index.names import Names
from search.response import Understood

_JOINT = re.compile(r"\s*(?:[和与及、,，]|以及)\s*")
_GAP = re.compile(r"\s*的?\s*")
_ZEROS = re.compile(r"(?:00){1,2}$")


def join_places(
    text: str, parts: Sequence[Understood], names: Names, used: Callable[[str, str], bool]
) -> list[Understood]:
    """Return the parts in order, with a place and one inside it made one, and the name of a department shared."""
    nested = _nest(text, parts)
    return _share(text, nested, names, used)


def _nest(text: str, parts: Sequence[Understood]) -> list[Understood]:
    """Return the parts with a place and one of it that follows (上海市普陀区) as the inner one.

    The outer place tells which of several of one name is meant.
    """
    found: list[Understood] = []
    for part in parts:
        outer = found[-1] if found else None
        if (
            outer is not None
            and outer.kind == part.kind == "region"
            and _GAP.fullmatch(text, outer.end, part.start)
            and (inner := tuple(code for code in part.filters.region if _is_within(code, outer.filters.region)))
        ):
            words = text[outer.start : part.end]
            found[-1] = replace(
                part, id=f"region:{words}", text=words, start=outer.start, label=words, filters=Filters(region=inner)
            )
            continue
        found.append(part)
    return found


def _is_within(code: str, outer: Sequence[str]) -> bool:
    """Return whether a division lies in one of others, by the codes of GB/T 2260."""
    return any(code != other and code.startswith(_ZEROS.sub("", other)) for other in outer)


def _share(text: str, parts: Sequence[Understood], names: Names, used: Callable[[str, str], bool]) -> list[Understood]:
    """Return the parts with places joined to a department (广州、佛山和深圳信访局) as departments of that kind.

    Only where one is held for each place; else both stay as they were understood.
    """
    found = list(parts)
    for place in range(len(found) - 1, 0, -1):
        region, department = found[place - 1], found[place]
        if department.kind != "department" or region.kind != "region" or region.effect != "filter":
            continue
        if _JOINT.fullmatch(text, region.end, department.start) is None:
            continue
        labels = _namesakes(region, department, names, used)
        if labels:
            found[place - 1] = replace(
                region, kind="department", id=f"department:{region.text}", label=labels[0], iri=None,
                filters=Filters(department=labels),
            )  # fmt: skip
    return found


def _namesakes(
    region: Understood, department: Understood, names: Names, used: Callable[[str, str], bool]
) -> tuple[str, ...]:
    """Return the departments held that are to the place what the department named is to its own."""
    tails = {
        words[at:] for words in (department.text, *department.filters.department) for at in range(2, len(words) - 1)
    }
    held = [
        name.label
        for tail in sorted(tails, key=len, reverse=True)
        for name in names.called(region.text + tail, "department")
        if used("department", name.label)
    ]
    return tuple(dict.fromkeys(held))[:1]
