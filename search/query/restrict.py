"""Filters -> the rows that may be found, for every leg alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from kg.extract.citations.document_numbers import find_document_numbers
from kg.messages import Message, say
from search.facets.catalogue import ASKED, BOUNDS, Filters
from search.facets.facet import Facet
from search.index.opened import OpenIndex

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction:
    """`mask` marks the rows allowed (None: all); `marks` tell the lexical engine as much as they can.

    `exact_marks` is true where the marks alone say all that the mask does.
    """

    mask: NDArray[np.bool_] | None
    count: int
    marks: tuple[tuple[str, ...], ...] = ()
    exact_marks: bool = True
    notices: tuple[Message, ...] = ()

    @property
    def empty(self) -> bool:
        """True where nothing is left."""
        return self.mask is not None and self.count == 0


def restrict(
    index: OpenIndex, filters: Filters, within: frozenset[str] | None = None, excluded: Sequence[Filters] = ()
) -> Restriction:
    """Return what `filters` and `within` (IRIs of passages or of what they are about) leave of the index.

    What any of `excluded` would leave is taken out.
    """
    import numpy as np

    masks: list[NDArray[np.bool_]] = []
    marks: list[tuple[str, ...]] = []
    notices: list[Message] = []
    for facet in ASKED:
        values = [str(value) for value in filters.values(facet)]
        if not values:
            continue
        numbers = _numbers(index, facet, values, notices)
        masks.append(index.facets.mask(facet.name, numbers))
        marks.append(tuple(f"{facet.name}:{number}" for number in numbers) or (f"{facet.name}:none",))
    amounts = _amounts(index, filters)
    by_iri = _within(index, within)
    masks += [mask for mask in (amounts, by_iri) if mask is not None]
    left_out = [found.mask for each in excluded if (found := restrict(index, each)).mask is not None]
    masks += [np.logical_not(mask) for mask in left_out]
    if not masks:
        return Restriction(mask=None, count=index.size, notices=tuple(notices))
    mask = np.logical_and.reduce(masks)
    return Restriction(
        mask=mask,
        count=int(np.count_nonzero(mask)),
        marks=tuple(marks),
        exact_marks=amounts is None and by_iri is None and not left_out,
        notices=tuple(notices),
    )


def _numbers(index: OpenIndex, facet: Facet, values: list[str], notices: list[Message]) -> list[int]:
    found: set[int] = set()
    for value in values:
        numbers = index.facets.under(facet.name, [value, *_called(index, facet, value)])
        if not numbers:
            notices.append(say("notice.no_passage", name=facet.name, value=value))
        found.update(numbers)
    return sorted(found)


def _called(index: OpenIndex, facet: Facet, form: str) -> list[str]:
    """Return the values that are called `form`: by the names of the graph, a document by its file or bytes."""
    if facet.called is None:
        return []
    kind, part = facet.called
    if kind == "document":
        held = index.passages.documents
        return [each.iri for each in held if form in (each.sha256, each.file, PurePath(each.file).name)]
    named = index.names.called(canonical(form) if kind == "legal" else form, kind)
    return [getattr(name, part) or "" for name in named]


def canonical(number: str) -> str:
    """Return a document number in canonical form, other text as it is."""
    found = find_document_numbers(number)
    return str(found[0]) if len(found) == 1 else number


def _amounts(index: OpenIndex, filters: Filters) -> NDArray[np.bool_] | None:
    import numpy as np

    asked = [(bound.lower, filters.limit(bound)) for bound in BOUNDS]
    limits = [(lower, float(limit)) for lower, limit in asked if limit is not None]
    if not limits:
        return None
    amounts = index.facets.amounts
    kept = [amounts >= limit if lower else amounts <= limit for lower, limit in limits]
    return np.asarray(np.logical_and.reduce(kept), dtype=np.bool_)  # NaN is in no range


def _within(index: OpenIndex, within: frozenset[str] | None) -> NDArray[np.bool_] | None:
    import numpy as np

    if within is None:
        return None
    ordered = sorted(within)
    mask = index.facets.mask("about", index.facets.under("about", ordered))
    mask |= index.facets.mask("document", index.facets.under("document", ordered))
    mask[np.array(sorted(index.passages.rows_of(ordered).values()), dtype=np.int64)] = True
    return mask
