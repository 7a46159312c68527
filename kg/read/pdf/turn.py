"""Turning a PDF page upright: from its own coordinates to those a reader sees."""

from __future__ import annotations

from kg.values.place import Box


class Turn:
    """Maps the page's own coordinates (origin bottom left) to upright ones (origin top left)."""

    def __init__(self, box: Box, quarter: int) -> None:
        self.left, self.bottom, self.right, self.top = box
        self.quarter = quarter % 4

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point stands on the upright page."""
        if self.quarter == 0:
            return x - self.left, self.top - y
        if self.quarter == 1:
            return y - self.bottom, x - self.left
        if self.quarter == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Return an upright box of two opposite corners."""
        x0, y0 = self.point(left, bottom)
        x1, y1 = self.point(right, top)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the upright page."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.quarter % 2 else (width, height)
