"""Bytes to blocks: `read_document` finds out what a file is and hands it to its reader.

    formats.py  what is known of each format, one row each
    sniff.py    the format of a file, from its content
    plain, html, office, pdf, scan    the readers, each ending in
    assemble    raw grids and lines -> Paragraph and Table; where text has coordinates by way of
    page        glyphs and ruling lines -> raw grids and lines

A reader is a function (data, settings, file name) -> Document. It raises InputRefused and
nothing else; what it could not read with certainty it notes in `Document.issues`.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from kg.blocks import Document
from kg.errors import InputRefused, LimitExceeded, UnreadableInput
from kg.messages import say
from kg.read.sniff import find_format
from kg.settings import MEBIBYTE, Settings


def read_document(path: Path, settings: Settings) -> Document:
    """Return the blocks of the file at `path`, whatever format its content is.

    Raises UnreadableInput (missing, empty, truncated, encrypted, not what its suffix says),
    UnsupportedFormat and LimitExceeded, each with the file's name and the reason.
    """
    file = path.name
    data = read_bytes(path, settings)
    found = find_format(data, file)
    reader = found.load_reader()
    try:
        document = reader(data, settings=settings, file=file)
    except InputRefused:
        raise
    except MemoryError as error:
        raise LimitExceeded(file, say("error.input.memory")) from error
    except RecursionError as error:
        raise LimitExceeded(file, say("error.input.deep")) from error
    return replace(document, sha256=hashlib.sha256(data).hexdigest(), media_type=found.media_type)


def read_bytes(path: Path, settings: Settings) -> bytes:
    """Return the bytes of a file no larger than `settings.read_max_bytes` MiB.

    Raises UnreadableInput if it can't be opened, LimitExceeded if it is larger.
    """
    try:
        if not path.is_file():
            raise UnreadableInput(path.name, say("error.input.missing" if not path.exists() else "error.input.no_file"))
        size = path.stat().st_size
        if size > settings.read_max_bytes * MEBIBYTE:
            said = say("error.input.large", size=f"{size / MEBIBYTE:.0f}", allowed=str(settings.read_max_bytes))
            raise LimitExceeded(path.name, said)
        return path.read_bytes()
    except OSError as error:
        raise UnreadableInput(path.name, say("error.input.unopened", reason=error.strerror)) from error
