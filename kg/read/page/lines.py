"""From glyphs to runs and lines of text, with the blanks that are printed and no others.

A Run is glyphs printed one after another without a wide gap; it is what a cell or a line is
made of. Runs follow the order of the content stream, so two texts that overlap on the page
(a long name running into the next cell) stay apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.read.page.glyphs import Glyph
from kg.values.place import Box

WIDE = 1.0
"""A gap of this many ems ends a run."""

LOW = frozenset(".,-_、，。")
"""Characters whose box may be as low as their shape: a clip that hides it need not hide their line."""

BLANK = 0.3
"""A gap of this many ems between Latin letters or digits is a blank."""
# All of what follows is in ems of the larger of the two fonts compared.
RAISED = 0.25
"""Baselines further apart are those of two lines, or of a raised note mark."""
OVERPRINT, TOUCHING = 0.5, 0.3
"""How far letters of one run, or runs of one word, may overlap: kerning and bold by double printing do."""
UNSPACED = 0.7
"""Of WIDE: a gap without a blank glyph parts columns sooner than one with a blank."""
NO_WIDTH, IDEOGRAPH_BLANK = 0.1, 0.5
"""A narrower printed blank is an artefact of the typesetter; between ideographs only half an em is a blank."""
ONE_LINE = 0.45
"""Baselines nearer than this are one line of mixed sizes; the next line is an em away at least."""
MIDDLE = 0.35
"""Where the middle of letters lies above the baseline: half the height of capitals and ideographs."""


@dataclass(frozen=True, slots=True)
class Run:
    """Glyphs of one line without wide gaps; `text` has a blank where one is printed."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    base: float
    glyphs: tuple[Glyph, ...]

    @property
    def size(self) -> float:
        """The font's size, about."""
        return self.bottom - self.top

    @property
    def clip(self) -> Box | None:
        """The box it shows in, if that hides or cuts it."""
        return self.glyphs[0].clip

    @property
    def hidden(self) -> bool:
        """Whether it can't be seen."""
        return self.glyphs[0].hidden

    @property
    def middle(self) -> float:
        """The height of the middle of its letters."""
        return self.base - MIDDLE * self.size


@dataclass(frozen=True, slots=True)
class Line:
    """Runs on one baseline, left to right."""

    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """The whole line; a gap between runs is one blank."""
        return " ".join(run.text for run in self.runs)

    @property
    def box(self) -> Box:
        """The box around the runs."""
        return (
            self.runs[0].left,
            min(run.top for run in self.runs),
            max(run.right for run in self.runs),
            max(run.bottom for run in self.runs),
        )

    @property
    def size(self) -> float:
        """The size of its largest font."""
        return max(run.size for run in self.runs)

    @property
    def base(self) -> float:
        """The baseline of its first run."""
        return self.runs[0].base


def find_runs(glyphs: Iterable[Glyph]) -> list[Run]:
    """Return the runs of glyphs that follow each other on a line, in the order given."""
    runs: list[list[Glyph]] = []
    blank_before: list[bool] = []
    spaced = False
    for glyph in glyphs:
        if glyph.text.isspace():
            spaced = True
            continue
        if not runs or not _follows(runs[-1][-1], glyph, spaced):
            runs.append([])
        runs[-1].append(glyph)
        blank_before.append(spaced)
        spaced = False
    finished, start = [], 0
    for run in runs:
        finished.append(make_run(run, blank_before[start : start + len(run)]))
        start += len(run)
    return finished


def _follows(before: Glyph, glyph: Glyph, spaced: bool) -> bool:
    """Return whether `glyph` goes on with the run that `before` ends."""
    size = max(before.size, glyph.size, 1.0)
    if before.hidden != glyph.hidden and not {before.text, glyph.text} & LOW:
        return False
    if abs(before.base - glyph.base) > RAISED * size:
        return False
    gap = glyph.left - before.right
    return -OVERPRINT * size < gap < (WIDE if spaced else UNSPACED * WIDE) * size


def make_run(glyphs: Sequence[Glyph], blanks: Sequence[bool] | None = None) -> Run:
    """Return the run of some glyphs; `blanks` says before which a blank was printed."""
    parts = [glyphs[0].text]
    for index, (before, glyph) in enumerate(pairwise(glyphs), 1):
        if _blank_between(before, glyph, blanks is not None and blanks[index]):
            parts.append(" ")
        parts.append(glyph.text)
    return Run(
        "".join(parts),
        glyphs[0].left,
        min(glyph.top for glyph in glyphs),
        max(glyph.right for glyph in glyphs),
        max(glyph.bottom for glyph in glyphs),
        glyphs[0].base,
        tuple(glyphs),
    )


def _blank_between(before: Glyph, glyph: Glyph, spaced: bool) -> bool:
    gap = (glyph.left - before.right) / max(before.size, glyph.size, 1.0)
    if spaced:
        # A blank glyph of no width is an artefact of the typesetter.
        return gap > NO_WIDTH
    return gap > (BLANK if before.text.isascii() and glyph.text.isascii() else IDEOGRAPH_BLANK)


def find_lines(runs: Iterable[Run]) -> list[Line]:
    """Return the lines that runs make, top to bottom."""
    groups: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: (run.base, run.left)):
        if groups and run.base - groups[-1][0].base <= ONE_LINE * max(run.size, groups[-1][0].size):
            groups[-1].append(run)
        else:
            groups.append([run])
    return [Line(tuple(_joined(sorted(group, key=lambda run: run.left)))) for group in groups]


def _joined(runs: Sequence[Run]) -> list[Run]:
    """Return runs of one line with those that touch made one, whatever order they were printed in."""
    joined = [runs[0]]
    for run in runs[1:]:
        last = joined[-1]
        gap = (run.left - last.right) / max(run.size, last.size, 1.0)
        if -TOUCHING < gap < BLANK:
            merged = make_run((*last.glyphs, *run.glyphs))
            joined[-1] = Run(
                last.text + run.text,
                merged.left,
                merged.top,
                merged.right,
                merged.bottom,
                last.base,
                merged.glyphs,
            )
        else:
            joined.append(run)
    return joined


def is_printed_number(text: str) -> bool:
    """Return whether a text is one printed number, with or without separators and a percent sign.

    >>> [is_printed_number(text) for text in ("1,234.50", "-3.2%", "２０", "2010308", "五", "1.", "")]
    [True, True, True, True, False, False, False]
    """
    return bool(NUMBER.fullmatch(unicodedata.normalize("NFKC", text).replace(" ", "")))


NUMBER = re.compile(r"[-+(]?\d[\d,]*(?:\.\d+)?[)%]?")
