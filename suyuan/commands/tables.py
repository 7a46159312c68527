"""Tables of plain text whose columns line up in Chinese and English alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from unicodedata import east_asian_width


def width(text: str) -> int:
    """Return how many columns of a terminal `text` takes.

    >>> width("备用金 500")
    10
    """
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def clip(text: str, limit: int) -> str:
    """Return `text` on one line, cut to `limit` columns with an ellipsis.

    >>> clip("信访稳定备用金", 9)
    '信访稳定…'
    """
    text = " ".join(text.split())
    if width(text) <= limit:
        return text
    used, kept = 1, []
    for sign in text:
        used += width(sign)
        if used > limit:
            break
        kept.append(sign)
    return "".join(kept) + "…"


def table(heads: Sequence[str], rows: Sequence[Sequence[object]], limit: int = 60) -> Iterator[str]:
    """Yield the lines of a table: heads, a rule, rows; cells beyond `limit` columns are cut.

    Columns of numbers stand to the right.
    """
    cells = [[clip("" if cell is None else str(cell), limit) for cell in row] for row in rows]
    widths = [max(width(head), *(width(row[place]) for row in cells), 0) for place, head in enumerate(heads)]
    right = [bool(cells) and all(_is_number(row[place]) for row in cells) for place in range(len(heads))]
    yield _line(heads, widths, right)
    yield "  ".join("─" * size for size in widths)
    for row in cells:
        yield _line(row, widths, right)


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    parts = []
    for cell, size, to_right in zip(cells, widths, right, strict=True):
        gap = " " * (size - width(cell))
        parts.append(gap + cell if to_right else cell + gap)
    return "  ".join(parts).rstrip()


def _is_number(cell: str) -> bool:
    return not cell or cell.replace(",", "").replace(".", "").removeprefix("-").isdigit()
