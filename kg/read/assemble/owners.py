"""Which header cell heads each column in each row of a header.

Where a format prints no merged cells they are inferred: a blank belongs to the cell at its left if both
stand under the same parent, else to the cell above.
"""

from __future__ import annotations

from kg.read.assemble.matrix import Line

Owner = tuple[int, int]
"""Line and column in which a header cell begins."""


def infer_owners(lines: list[Line]) -> list[list[Owner | None]]:
    """Return for each header line and column the cell that heads it there, None where nothing does."""
    owners: list[list[Owner | None]] = []
    width = max((len(line.slots) for line in lines), default=0)
    for row, line in enumerate(lines):
        above = owners[-1] if owners else None
        current: list[Owner | None] = []
        for column, slot in enumerate(line.slots):
            parent = above[column] if above is not None else None
            if slot.key and slot.origin:
                current.append((row, column))
            elif not slot.origin:
                from_left = slot.key and column and line.slots[column - 1].cell is slot.cell
                current.append(current[-1] if from_left else parent)
            else:
                current.append(_owner_of_blank(row, column, current, above))
        owners.append(current + [None] * (width - len(current)))
    return owners


def _owner_of_blank(
    row: int, column: int, current: list[Owner | None], above: list[Owner | None] | None
) -> Owner | None:
    left = current[column - 1] if column else None
    if above is None:
        return left
    parent = above[column]
    inside = left is not None and left[0] == row and above[column - 1] == parent
    return left if inside else parent
