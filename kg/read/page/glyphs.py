"""One printed character and the box it stands in, whoever found it: a PDF's text, OCR or a web page.

A character that a clipping path hides or cuts keeps that path's box, for it may be the overflow of
a table cell (and then belongs to it) or the part of a text that another page shows.
"""

from __future__ import annotations

from typing import NamedTuple

from kg.values.place import Box


class Glyph(NamedTuple):
    """One printed character; `base` is its baseline, `clip` what it shows in if not all of it does."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    base: float
    clip: Box | None = None

    @property
    def hidden(self) -> bool:
        """Whether its middle can't be seen."""
        if self.clip is None:
            return False
        x, y = (self.left + self.right) / 2, (self.top + self.bottom) / 2
        return not (self.clip[0] <= x <= self.clip[2] and self.clip[1] <= y <= self.clip[3])

    @property
    def size(self) -> float:
        """The height of its box, about the font's size."""
        return self.bottom - self.top
