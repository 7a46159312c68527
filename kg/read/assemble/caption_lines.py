"""The lines above a table that are its caption: how far up they reach, and titles that wrapped or look like none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.blocks import Paragraph
from kg.read.assemble.captions import Caption, CaptionPiece, is_note, names_document, names_table, read_caption_piece
from kg.read.assemble.headings import heading_level
from kg.text.folding import compact, join_wrapped
from kg.values.item_mark import strip_item_mark

_CAPTION_REACH = 8
"""Lines above a table in which title, owner and unit stand, two more than the most seen."""
_SHORT_TITLE = 4
"""Characters from which a title is whole; a shorter one (附表) goes on in the line above."""
_CHINESE = re.compile(r"[\u4e00-\u9fff]{2}")

_LONGEST_UNTITLED, _LONGEST_ALONE = 40, 30
"""Characters of a line that is taken for a title by its place: above the unit of its table, or above the table."""


def take_caption_lines(caption: Caption, above: Sequence[Paragraph]) -> int:
    """Take into a caption what the lines above its table say; return how many of them, counted from the last."""
    lines = above[: -_CAPTION_REACH - 1 : -1]
    taken = 0
    while taken < len(lines):
        line = lines[taken]
        if is_note(line.text) and not caption.title:
            break
        piece = read_caption_piece(line.text)
        if piece is None and not caption.title and not caption.number:
            piece = _untitled_caption(line.text, taken)
        if piece is None or (piece.title and _is_section_heading(line)):
            break
        if (caption.number and caption.title) or not caption.take(piece):
            break
        taken += 1
        if piece.title and taken < len(lines):
            taken += _complete_title(caption, lines[taken])
    return taken


def _complete_title(caption: Caption, above: Paragraph) -> int:
    """Put the line above before a title too short to be whole (it wrapped); return the lines taken."""
    if len(caption.title) >= _SHORT_TITLE or above.level or read_caption_piece(above.text) is not None:
        return 0
    joined = join_wrapped(strip_item_mark(above.text)) + caption.title
    if not names_table(joined) or names_table(above.text):
        return 0
    caption.title = joined
    return 1


def _untitled_caption(text: str, taken: int) -> CaptionPiece | None:
    """Return a short line right above the unit or the table as its title, None for a sentence."""
    line = text.strip().strip("#*").strip()
    if (
        len(compact(line)) > _LONGEST_UNTITLED
        or names_document(compact(line))
        or line[-1:] in "。；;：:，,"
        or heading_level(line)
        or "：" in line
        or ":" in line
    ):
        return None
    if any(mark in line for mark in "。；，,") or not _CHINESE.search(line):
        return None
    return CaptionPiece(title=line) if taken or len(compact(line)) <= _LONGEST_ALONE else None


def _is_section_heading(line: Paragraph) -> bool:
    return bool(heading_level(line.text)) and not names_table(line.text)
