"""Filters -> the rows that may be found, for every leg alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.citations.document_numbers import find_document_numbers
from search.index.opened import OpenIndex
from search.request import Filters

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_FACETS = ("department", "region", "year", "kind", "function_code", "economic_code", "legal", "document")


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction:
    """`mask` marks the rows allowed (None: all); `marks` tell the lexical engine as much as they can.

    `exact_marks` is true where the marks alone say all that the mask does.
    """

    mask: NDArray[np.bool_] | None
    count: int
    marks: tuple[tuple[str, ...], ...] = ()
    exact_marks: bool = True
    notices: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """True where nothing is left."""
        return self.mask is not None and self.count == 0


def restrict(index: OpenIndex, filters: Filters, within: frozenset[str] | None = None) -> Restriction:
    """Return what `filters` and `within` (IRIs of passages or of what they are about) leave of the index."""
    import numpy as np

    masks: list[NDArray[np.bool_]] = []
    marks: list[tuple[str, ...]] = []
    notices: list[str] = []
    for name in _FACETS:
        values = [str(value) for value in getattr(filters, name)]
        if not values:
            continue
        numbers = _numbers(index, name, values, notices)
        masks.append(index.facets.mask(name, numbers))
        marks.append(tuple(f"{name}:{number}" for number in numbers) or (f"{name}:none",))
    amounts = _amounts(index, filters)
    by_iri = _within(index, within)
    masks += [mask for mask in (amounts, by_iri) if mask is not None]
    if not masks:
        return Restriction(mask=None, count=index.size, notices=tuple(notices))
    mask = np.logical_and.reduce(masks)
    return Restriction(
        mask=mask,
        count=int(np.count_nonzero(mask)),
        marks=tuple(marks),
        exact_marks=amounts is None and by_iri is None,
        notices=tuple(notices),
    )


def _numbers(index: OpenIndex, name: str, values: list[str], notices: list[str]) -> list[int]:
    kinds = {"department": "department", "region": "region", "legal": "legal"}
    found: set[int] = set()
    for value in values:
        forms = [value]
        if name in kinds:
            named = index.names.called(canonical(value) if name == "legal" else value, kinds[name])
            forms += [{"department": one.label, "region": one.code or "", "legal": one.iri}[name] for one in named]
        numbers = index.facets.under(name, forms)
        if not numbers:
            notices.append(f"no passage has {name}={value}")
        found.update(numbers)
    return sorted(found)


def canonical(number: str) -> str:
    """Return a document number in canonical form, other text as it is."""
    found = find_document_numbers(number)
    return str(found[0]) if len(found) == 1 else number


def _amounts(index: OpenIndex, filters: Filters) -> NDArray[np.bool_] | None:
    import numpy as np

    if filters.min_amount is None and filters.max_amount is None:
        return None
    amounts = index.facets.amounts
    low = -np.inf if filters.min_amount is None else float(filters.min_amount)
    high = np.inf if filters.max_amount is None else float(filters.max_amount)
    return np.asarray((amounts >= low) & (amounts <= high), dtype=np.bool_)  # NaN is in no range


def _within(index: OpenIndex, within: frozenset[str] | None) -> NDArray[np.bool_] | None:
    import numpy as np

    if within is None:
        return None
    ordered = sorted(within)
    mask = index.facets.mask("about", index.facets.under("about", ordered))
    mask |= index.facets.mask("document", index.facets.under("document", ordered))
    mask[np.array(sorted(index.passages.rows_of(ordered).values()), dtype=np.int64)] = True
    return mask
