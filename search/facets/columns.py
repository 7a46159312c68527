"""The columns of the facets: which passages have which value of each.

Per facet value the rows that have it (inverted lists), so a filter is a union of lists and a
count an intersection. A row has its codes' and regions' parents too: 2010308 counts under 20103 and 201.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import IndexDamaged
from kg.messages import say
from search.facets.catalogue import BY_NAME, FACETS, SHOWN
from search.facets.facet import FacetValue, Label, Operator

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LONG = 4_000
"""Passages from which counting by an array beats counting one by one."""


def write_facets(
    folder: Path,
    size: int,
    values: dict[str, list[tuple[int, Label]]],
    amounts: NDArray[np.float64],
    twins: Sequence[int],
) -> dict[str, dict[str, int]]:
    """Write the facets: per facet (row, value) pairs, the amounts by row, the first near-copy of each row.

    Returns value -> number per facet, the marks of the lexical index.
    """
    import numpy as np

    arrays: dict[str, NDArray[np.generic]] = {"amount": amounts, "twins": np.asarray(twins, dtype=np.int32)}
    labels: dict[str, list[list[str | None]]] = {}
    numbers: dict[str, dict[str, int]] = {}
    for facet in FACETS:
        name = facet.name
        grouped: dict[str, list[int]] = defaultdict(list)
        known: dict[str, Label] = {}
        for row, label in values.get(name, ()):
            known.setdefault(label.value, label)
            if not grouped[label.value] or grouped[label.value][-1] != row:
                grouped[label.value].append(row)
        ordered = sorted(known)
        numbers[name] = {value: number for number, value in enumerate(ordered)}
        labels[name] = [[known[value].value, known[value].label, known[value].parent] for value in ordered]
        lengths = [len(grouped[value]) for value in ordered]
        if sum(lengths) == len(set().union(*grouped.values())):  # one value a row at most: counted by row
            of = np.full(size, -1, dtype=np.int32)
            for number, value in enumerate(ordered):
                of[grouped[value]] = number
            arrays[f"{name}-of"] = of
        arrays[f"{name}-offsets"] = np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)]).astype(np.int64)
        arrays[f"{name}-rows"] = np.array(
            [row for value in ordered for row in sorted(set(grouped[value]))], dtype=np.int32
        )
    (folder / "facets.json").write_text(json.dumps({"size": size, "labels": labels}, ensure_ascii=False), "utf-8")
    for name, array in arrays.items():
        np.save(folder / f"facet-{name}.npy", array)
    return numbers


class Facets:
    """The opened facets."""

    def __init__(self, folder: Path, size: int, labels: dict[str, list[Label]]) -> None:
        self._folder = folder
        self._labels = labels
        self._numbers = {name: {label.value: n for n, label in enumerate(known)} for name, known in labels.items()}
        self._arrays: dict[str, NDArray[np.generic]] = {}
        self.size = size

    @classmethod
    def open(cls, folder: Path) -> Facets:
        """Return the facets in `folder`. Raises IndexDamaged."""
        import numpy as np

        try:
            data = json.loads((folder / "facets.json").read_text("utf-8"))
            labels = {
                name: [Label(value=value, label=label, parent=parent) for value, label, parent in known]
                for name, known in data["labels"].items()
            }
            found = cls(folder, int(data["size"]), labels)
            for path in sorted(folder.glob("facet-*.npy")):
                found._arrays[path.stem.removeprefix("facet-")] = np.asarray(np.load(path, mmap_mode="r"))
            if len(found._arrays["twins"]) != found.size:
                raise IndexDamaged(say("error.index.facets_size"))
        except (OSError, ValueError, KeyError, EOFError) as error:
            raise IndexDamaged(say("error.index.unreadable", part="facets", reason=str(error))) from error
        return found

    @property
    def amounts(self) -> NDArray[np.float64]:
        """Amount in 元 by row, NaN where there is none."""
        return self._arrays["amount"]  # type: ignore[return-value]

    @property
    def twins(self) -> NDArray[np.int32]:
        """First near-copy of each row within its document."""
        return self._arrays["twins"]  # type: ignore[return-value]

    def labels(self, name: str) -> list[Label]:
        """Return the values of a facet in order of their numbers."""
        return self._labels.get(name, [])

    def under(self, name: str, values: Iterable[str]) -> list[int]:
        """Return the numbers of `values`; a code that no row has stands for those that begin with it."""
        known = self._numbers.get(name, {})
        wanted: set[int] = set()
        for value in values:
            if value in known:
                wanted.add(known[value])
            elif BY_NAME[name].operator is Operator.PREFIX:
                wanted.update(number for code, number in known.items() if code.startswith(value))
        return sorted(wanted)

    def rows(self, name: str, number: int) -> NDArray[np.int32]:
        """Return the rows that have one value of a facet, ascending."""
        offsets = self._arrays[f"{name}-offsets"]
        return self._arrays[f"{name}-rows"][int(offsets[number]) : int(offsets[number + 1])]  # type: ignore[return-value]

    def mask(self, name: str, numbers: Iterable[int]) -> NDArray[np.bool_]:
        """Return which rows have any of the values."""
        import numpy as np

        marked = np.zeros(self.size, dtype=np.bool_)
        for number in numbers:
            marked[self.rows(name, number)] = True
        return marked

    def counts(self, rows: Sequence[int] | NDArray[np.int64]) -> dict[str, tuple[FacetValue, ...]]:
        """Return the facets shown to readers with how many of `rows` have each value, most first.

        Near-copies that have the value count once, as a search narrowed to it shows them.
        """
        import numpy as np

        chosen = np.zeros(self.size, dtype=np.bool_)
        ordered = np.sort(np.asarray(rows, dtype=np.int64))
        chosen[ordered] = True
        copies = self._copies(ordered)
        found: dict[str, tuple[FacetValue, ...]] = {}
        for name in (facet.name for facet in SHOWN):
            counted = []
            single = self._arrays.get(f"{name}-of")
            held = [] if single is None else np.bincount(single[ordered] + 1, minlength=1)[1:].tolist()
            for number, label in enumerate(self._labels.get(name, [])):
                if single is None:
                    count = _count(self.rows(name, number), ordered, chosen)
                else:
                    count = held[number] if number < len(held) else 0
                if count:
                    count -= _folded(self.rows(name, number), copies)
                    counted.append(FacetValue(value=label.value, label=label.label, count=count, parent=label.parent))
            found[name] = tuple(sorted(counted, key=lambda value: (-value.count, value.value)))
        return found

    def _copies(self, ordered: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """Return those of `ordered` that have near-copies among them, and the first copy of each."""
        import numpy as np

        first = self.twins[ordered]
        _, group, sizes = np.unique(first, return_inverse=True, return_counts=True)
        several = sizes[group] > 1 if len(group) else np.zeros(0, dtype=np.bool_)
        return ordered[several], first[several]


def _folded(held: NDArray[np.int32], copies: tuple[NDArray[np.int64], NDArray[np.int32]]) -> int:
    """Return how many rows of `copies` that are `held` are shown below another one of them."""
    import numpy as np

    rows, first = copies
    if not len(rows) or not len(held):
        return 0
    places = np.minimum(np.searchsorted(held, rows), len(held) - 1)
    among = first[held[places] == rows]
    return len(among) - len(np.unique(among))


def _count(held: NDArray[np.int32], ordered: NDArray[np.int64], chosen: NDArray[np.bool_]) -> int:
    """Return how many of the rows `ordered` (marked in `chosen`) are among `held`, both ascending."""
    import numpy as np

    if len(held) < LONG:
        return int(np.count_nonzero(chosen[held]))
    places = np.searchsorted(held, ordered)
    places[places == len(held)] = 0
    return int(np.count_nonzero(held[places] == ordered))
