"""Put slipped header cells back over their columns.

Converters of printed tables often set the lower header cells one or two columns too far right. The
order of the cells survives, and so does their number: if two columns share one header cell and
another header cell hangs over nothing, the header is read as a tree instead, whose leaves in
order are the columns.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from kg.lexicon import load_rows
from kg.read.assemble.header import is_column_numbers
from kg.read.assemble.matrix import Line
from kg.read.assemble.owners import Owner, infer_owners
from kg.text.folding import join_wrapped


@dataclass(slots=True)
class _Node:
    text: str
    row: int
    column: int
    parent: _Node | None = None
    children: list[_Node] = field(default_factory=list)

    def leaves(self) -> list[_Node]:
        """Return the cells below this one that head a column, left to right."""
        return [leaf for child in self.children for leaf in child.leaves()] if self.children else [self]

    def path(self) -> tuple[str, ...]:
        """Return the texts from the outermost cell to this one."""
        return (*(self.parent.path() if self.parent else ()), self.text)


def realigned_paths(lines: list[Line], valued: list[int]) -> tuple[tuple[str, ...], ...] | None:
    """Return a header path for each column of `valued`, None unless a slipped header explains them.

    `valued` are the columns, ascending, in which the body prints anything. None also where the
    header is not slipped: each of those columns has a header cell of its own.
    """
    rows = [line for line in lines if not is_column_numbers(line)]
    owners = infer_owners(rows)
    if not _is_slipped(owners, valued):
        return None
    roots = _read_tree(rows, owners)
    leaves = [leaf for root in roots for leaf in root.leaves()]
    if len(leaves) != len(valued) or len(leaves) != valued[-1] - valued[0] + 1:
        return None
    return tuple(leaf.path() for leaf in leaves)


def _is_slipped(owners: list[list[Owner | None]], valued: list[int]) -> bool:
    if len(owners) < 2 or len(valued) < 3:
        return False
    leaf = [owners[-1][column] for column in valued if column < len(owners[-1])]
    shared = len(leaf) - len(set(leaf))
    beyond = any(
        owner is not None and column > valued[-1] and owner[1] == column for column, owner in enumerate(owners[-1])
    )
    return shared > 0 and (beyond or None not in leaf)


def _read_tree(rows: list[Line], owners: list[list[Owner | None]]) -> list[_Node]:
    nodes: dict[Owner, _Node] = {}
    roots: list[_Node] = []
    for number, line in enumerate(rows):
        level: list[_Node] = []
        for column in line.filled():
            node = _Node(join_wrapped(line.slots[column].cell.text), number, column)
            nodes[number, column] = node
            above = owners[number - 1][column] if number else None
            node.parent = nodes.get(above) if above is not None else None
            level.append(node)
        _rejoin_lone_children(level)
        for node in level:
            (node.parent.children if node.parent else roots).append(node)
    _lift_misplaced(roots)
    return roots


def _rejoin_lone_children(level: list[_Node]) -> None:
    """Give a cell that alone stands under its parent to the group at its left: a group of one is none."""
    for index, node in enumerate(level):
        siblings = [other for other in level if other.parent is node.parent]
        if node.parent is not None and len(siblings) == 1 and index:
            before = level[index - 1].parent
            if before is not None and before.row <= node.parent.row:
                node.parent = before


@cache
def _never_under() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    return tuple((re.compile(child), re.compile(parent)) for child, parent in load_rows("header_not_under"))


def _lift_misplaced(nodes: list[_Node]) -> None:
    """Move a last child that by its meaning is no part of its parent up beside it."""
    for node in list(nodes):
        _lift_misplaced(node.children)
        while len(node.children) > 1 and any(
            child.search(node.children[-1].text) and parent.search(node.text) for child, parent in _never_under()
        ):
            lifted = node.children.pop()
            lifted.parent = node.parent
            nodes.insert(nodes.index(node) + 1, lifted)
