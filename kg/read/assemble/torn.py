"""What a page break leaves between two parts of a table: page numbers, and headers torn in two."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.blocks import Paragraph
from kg.read.assemble.matrix import RawGrid, RawPart
from kg.read.assemble.parts import read_part

_PAGE_NUMBER = re.compile(r"^[-—－\s]*(?:第\s*)?\d{1,4}\s*页?[-—－\s]*$")


def mend_torn_headers(parts: Iterable[RawPart]) -> Iterator[RawPart]:
    """Yield the parts, the two halves of a header that a page break has torn put back into one grid.

    The rows above such a break don't tell the columns, nor do those below. Only where the format
    prints no merged cells: elsewhere a reader knows what belongs together.
    """
    held: RawGrid | None = None
    for part in parts:
        if held is not None:
            if _is_page_break(part):
                continue
            whole = _whole_header(held, part) if isinstance(part, RawGrid) else None
            if whole is None:
                yield held
            else:
                part = whole
            held = None
        if isinstance(part, RawGrid) and _is_header_only(part):
            held = part
        else:
            yield part
    if held is not None:
        yield held


def is_page_number(text: str) -> bool:
    """Return whether a line is a page number and nothing else.

    >>> is_page_number("- 12 -"), is_page_number("第 3 页"), is_page_number("2024 年")
    (True, True, False)
    """
    return bool(_PAGE_NUMBER.match(text))


def _is_page_break(part: RawPart) -> bool:
    return isinstance(part, Paragraph) and (not part.text.strip() or is_page_number(part.text))


def _is_header_only(grid: RawGrid) -> bool:
    if grid.spans_known or grid.header_rows is not None:
        return False
    part = read_part(grid)
    return bool(part.header) and not part.body


def _whole_header(above: RawGrid, below: RawGrid) -> RawGrid | None:
    """Return two grids as one if `below` goes on with the header of `above` instead of repeating it."""
    if below.spans_known or below.header_rows is not None:
        return None
    upper, lower = read_part(above), read_part(below)
    repeats = bool(lower.header) and lower.header[0].words() == upper.header[0].words()
    if repeats or lower.caption.title or lower.caption.number:
        return None
    whole = replace(above, rows=(*above.rows, *below.rows))
    read = read_part(whole)
    deeper = len(read.header) >= len(upper.header) and len(read.body) <= len(lower.body)
    return whole if read.body and deeper else None
