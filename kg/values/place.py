"""The place where something is printed: how it is kept, stated, asked for, compared, addressed and told.

Every other part of the project goes through this module: records and answers print a Place with
kg.serialise, graphs state it with `statements`, queries select it by the directive `#place`
(kg.store.queries) and read it back with `from_row`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from kg.serialise import KNOWN, Digits

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points of the page, origin at the top left."""

PREDICATES: Mapping[str, str] = {
    "page": "bud:page",
    "line": "bud:line",
    "col": "bud:column",
    "table": "bud:tableTitle",
    "row": "bud:row",
    "section": "bud:section",
    "box": "bud:box",
}
"""Each part of a place and the property that states it; the order is that of every serialisation."""

NUMBERS = ("page", "line", "row", "col")
"""The parts that are numbers, from the widest to the narrowest: the order in which places follow one another."""

_EDGE = re.compile(r"-?\d{1,6}(\.\d+)?")
_MARKS = {"page": "p", "line": "L", "row": "r", "col": "c"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something stands in its source.

    `line` is 1-based and physical, `col` the 1-based tab field of that line (field 1 precedes
    the first tab); formats without lines have `page` (1-based), `row` and `col` (1-based column
    of the table) instead. `row` counts the printed rows of the table from 1, headers included.
    """

    page: int | None = None
    line: int | None = None
    col: int | None = None
    table: str | None = None
    row: int | None = None
    section: str | None = None
    box: Annotated[Box | None, Digits(1), KNOWN] = None

    @classmethod
    def from_row(cls, row: Mapping[str, str]) -> Place:
        """Return the place in a row of a query that selects `#place`; unbound variables are unknown parts.

        >>> Place.from_row({"text": "723", "page": "3", "box": "10.0 20.5 30.0 40.0"})
        Place(page=3, line=None, col=None, table=None, row=None, section=None, box=(10.0, 20.5, 30.0, 40.0))
        """
        numbers = {name: int(row[name]) for name in NUMBERS if name in row}
        return cls(
            **numbers, table=row.get("table"), section=row.get("section"), box=read_box(row.get("box", "").split())
        )

    @classmethod
    def from_data(cls, data: Mapping[str, object]) -> Place:
        """Return the place that kg.serialise.to_data gave; other keys are ignored.

        Raises ValueError for a value of another type.
        """
        known = {name: data[name] for name in PREDICATES if data.get(name) is not None}
        for name, value in known.items():
            wanted = int if name in NUMBERS else list | tuple if name == "box" else str
            if not isinstance(value, wanted):
                raise ValueError(f"{name} of a place can't be {value!r}")
        if "box" in known:
            known["box"] = tuple(known["box"])  # type: ignore[arg-type]
        return cls(**known)  # type: ignore[arg-type]

    def statements(self) -> Iterator[tuple[str, int | str]]:
        """Yield the property and the value of each part that is known, the box as four numbers with blanks."""
        for name, predicate in PREDICATES.items():
            value = getattr(self, name)
            if value is not None:
                yield predicate, box_text(value) if name == "box" else value

    @property
    def key(self) -> tuple[object, ...]:
        """What tells one place of a document from another. The section is left out: it is found by reading."""
        return self.page, self.line, self.col, self.table, self.row, self.box

    @property
    def position(self) -> tuple[int, ...]:
        """What places of one document are sorted by; unknown parts come first."""
        return tuple(getattr(self, name) or 0 for name in NUMBERS)

    def above(self, other: Place) -> bool:
        """Tell whether it stands in a row above `other` of the same document, or in the same row."""
        return self.position[:-1] <= other.position[:-1]

    def words(self, patterns: Mapping[str, str]) -> str:
        """Return the numbers people are told (a row only where no line is known), each in its pattern.

        `patterns` are the words of a language by name of the number, with `{n}` for the number.

        >>> chinese = {"page": "第{n}页", "line": "第{n}行", "row": "第{n}行", "col": "第{n}列"}
        >>> Place(page=3, row=7, col=2).words(chinese), Place(line=496, row=7, col=5).words(chinese)
        ('第3页 第7行 第2列', '第496行 第5列')
        """
        told = [(name, number) for name, number in self.numbers() if name != "row" or self.line is None]
        return " ".join(patterns[name].format(n=number) for name, number in told)

    def numbers(self) -> Iterator[tuple[str, int]]:
        """Yield the numbers that are known, by name, from the widest to the narrowest."""
        for name in NUMBERS:
            number = getattr(self, name)
            if number is not None:
                yield name, number

    @property
    def mark(self) -> str:
        """All its numbers in the short form of lists, without words; empty if none is known.

        >>> Place(page=3, row=7, col=2).mark, Place(line=496, col=5).mark
        ('p3r7c2', 'L496c5')
        """
        return "".join(f"{_MARKS[name]}{number}" for name, number in self.numbers())


def box_text(box: Box, between: str = " ") -> str:
    """Return the edges of a box as text, a tenth of a point exact.

    >>> box_text((10, 20.52, 30, 40))
    '10.0 20.5 30.0 40.0'
    """
    return between.join(f"{edge:.1f}" for edge in box)


def read_box(edges: Sequence[str]) -> Box | None:
    """Return the box of four printed edges, None where they are not four numbers of a page.

    >>> read_box(["10", "20.5", "30", "40"]), read_box(["x"]), read_box(["nan"] * 4)
    ((10.0, 20.5, 30.0, 40.0), None, None)
    """
    if len(edges) != 4 or not all(map(_EDGE.fullmatch, edges)):
        return None
    left, top, right, bottom = map(float, edges)
    return left, top, right, bottom
