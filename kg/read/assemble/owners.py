"""Which header cell heads each column in each row of a header.

Where a format prints no merged cells they are inferred: a blank belongs to the cell at its left if both
stand under the same parent, else to the cell above. A cell below which nothing is told apart heads no column
beside it that tells more: 项目 over two blanks does not head the 合计 below the blank at its right.
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
                owner = _owner_of_blank(row, column, current, above)
                parted = owner is not None and owner[0] == row and _is_parted(lines[row:], owner[1], column)
                current.append(parent if parted else owner)
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


def _is_parted(lines: list[Line], left: int, column: int) -> bool:
    """Return whether the header goes on below a blank, but surely not below the cell at its left.

    Sure is that of a cell that spans down, and of the first: elsewhere the cells below may have slipped.
    """
    first, *below = lines
    spans_down = bool(below) and left < len(below[0].slots) and below[0].slots[left].cell is first.slots[left].cell
    if left and not spans_down:
        return False
    return any(_begins(line, column) for line in below) and not any(_begins(line, left) for line in below)


def _begins(line: Line, column: int) -> bool:
    return column < len(line.slots) and line.slots[column].origin and bool(line.slots[column].key)
