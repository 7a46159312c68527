"""Pictures of pages turned upright: small slants of the scanner, and pages that lay sideways.

Coordinates of what is then found are those of the straightened page, which is how a reader sees it.
"""

from __future__ import annotations

import math
from statistics import median
from typing import Any

SLIGHTEST, STEEPEST = 0.15, 6.0
"""Degrees of slant that are straightened; less doesn't matter, more is no slant of a scanner."""

FEWEST_LINES = 4
"""Lines of text from which their slope and direction are trusted."""
TALL = 1.5
"""A box of text this many times as high as wide stands sideways."""


def straightened(picture: Any) -> Any:
    """Return a picture with its slant taken out, the same one if its long lines lie level."""
    import cv2

    angle = find_slant(picture)
    if not SLIGHTEST <= abs(angle) <= STEEPEST:
        return picture
    height, width = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    white = (255, 255, 255)
    return cv2.warpAffine(
        picture, turn, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=white
    )


def find_slant(picture: Any) -> float:
    """Return the slant of the long level lines of a picture in degrees, clockwise positive; 0.0 without any."""
    import cv2

    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY) if picture.ndim == 3 else picture
    ink = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)[1]
    longest = picture.shape[1] // 4
    lines = cv2.HoughLinesP(ink, 1, math.pi / 3600, threshold=longest // 2, minLineLength=longest, maxLineGap=8)
    if lines is None:
        return 0.0
    angles = [math.degrees(math.atan2(y1 - y0, x1 - x0)) for x0, y0, x1, y1 in lines.reshape(-1, 4).tolist()]
    level = [angle for angle in angles if abs(angle) <= STEEPEST]
    return median(level) if len(level) >= FEWEST_LINES else 0.0


def lies_sideways(found: Any) -> bool:
    """Return whether most texts that OCR found are higher than wide, as on a page that lay sideways."""
    boxes = [box for box, text in zip(_list(found.boxes), found.txts or (), strict=False) if len(text) > 1]
    tall = sum(1 for box in boxes if _height(box) > TALL * _width(box))
    return len(boxes) >= FEWEST_LINES and 2 * tall > len(boxes)


def confidence(found: Any) -> float:
    """Return how much text was found, weighed by how sure its reading is."""
    pairs = zip(found.txts or (), found.scores or (), strict=False)
    return float(sum(len(text) * score**2 for text, score in pairs))


def _list(boxes: Any) -> list[Any]:
    return [] if boxes is None else list(boxes)


def _height(box: Any) -> float:
    return float(max(y for _, y in box) - min(y for _, y in box))


def _width(box: Any) -> float:
    return float(max(x for x, _ in box) - min(x for x, _ in box))
