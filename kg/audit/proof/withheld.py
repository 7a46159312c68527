"""Lines that a document says it does not publish: 部分涉密事项在公开时予以剔除."""

from __future__ import annotations

import re
from functools import cache

from kg.audit.base import quoted
from kg.blocks import Document
from kg.lexicon import load_words
from kg.text.folding import compact


def find_withheld(document: Document) -> str | None:
    """Return the words by which a document withholds lines of its tables, None if it says nothing of the kind."""
    notes = (note for table in document.tables for note in table.notes)
    for paragraph in (*notes, *document.paragraphs):
        for sentence in compact(paragraph.text).split("。"):
            if _pattern().search(sentence):
                return sentence[: quoted.SENTENCE]
    for table in document.tables:
        for row in table.rows:
            filled = [cell for cell in row.cells if cell.text]
            if len(filled) == 1 and _pattern().search(compact(filled[0].text)):
                return compact(filled[0].text)[: quoted.SENTENCE]
    return None


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(load_words("withheld")))
