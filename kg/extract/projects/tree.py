"""Tell parents from leaves in a list of projects that prints sums above their parts, by arithmetic alone.

In: the amounts of consecutive rows and what they must add up to. Out: per row the index of its parent.
"""

from __future__ import annotations

from decimal import Decimal


def find_parents(amounts: list[Decimal], total: Decimal | None) -> list[int | None] | None:
    """Return the index of each row's parent, None for the top rows; no answer where nothing proves one.

    A list whose rows add up to the total is flat. Else a row is the parent of those that follow it and add
    up to it, down to single ones, if then the top rows add up to the total.

    >>> find_parents([Decimal(3), Decimal(1), Decimal(2), Decimal(4)], Decimal(7))
    [None, 0, 0, None]
    >>> find_parents([Decimal(3), Decimal(4)], Decimal(7)), find_parents([Decimal(3)], Decimal(9))
    ([None, None], None)
    """
    if total is None or not amounts:
        return None
    if sum(amounts) == total:
        return [None] * len(amounts)
    ends = _subtree_ends(amounts)
    parents: list[int | None] = [None] * len(amounts)
    for at, end in enumerate(ends):
        child = at + 1
        while child < end:
            parents[child] = at
            child = ends[child]
    top = sum((amount for amount, parent in zip(amounts, parents, strict=True) if parent is None), Decimal(0))
    return parents if top == total else None


def _subtree_ends(amounts: list[Decimal]) -> list[int]:
    """Return for each row the index behind the rows below it that add up to it, the next row if none do."""
    ends = [at + 1 for at in range(len(amounts))]
    for at in range(len(amounts) - 1, -1, -1):
        reached, below = Decimal(0), at + 1
        while below < len(amounts) and reached < amounts[at]:
            reached += amounts[below]
            below = ends[below]
        if amounts[at] and reached == amounts[at]:
            ends[at] = below
    return ends
