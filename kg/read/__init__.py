"""Bytes to blocks: `read_document` finds out what a file is and hands it to its reader.

    sniff.py    the format, from the content
    text.py     plain text            pdf.py   PDF, with ocr.py for pages that are pictures
    html.py     web pages             docx.py  Word (doc.py: the old one, by LibreOffice)
    xlsx.py     Excel, old and new    grid.py  raw grids and lines -> Paragraph and Table

A reader is a function (data, settings, file name) -> Document. It raises InputRefused and
nothing else; what it could not read with certainty it notes in `Document.issues`.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from kg.blocks import Document
from kg.errors import InputRefused, LimitExceeded, UnreadableInput
from kg.read.sniff import find_format
from kg.settings import Settings

READERS = {
    "pdf": "kg.read.pdf.reader:read_pdf",
    "html": "kg.read.html.reader:read_html",
    "docx": "kg.read.office.docx:read_docx",
    "xlsx": "kg.read.office.xlsx:read_workbook",
    "xls": "kg.read.office.xlsx:read_workbook",
    "doc": "kg.read.office.doc:read_doc",
    "rtf": "kg.read.office.doc:read_doc",
    "image": "kg.read.scan.reader:read_image",
}

MEBIBYTE = 1024 * 1024


def read_document(path: Path, settings: Settings) -> Document:
    """Return the blocks of the file at `path`, whatever format its content is.

    Raises UnreadableInput (missing, empty, truncated, encrypted, not what its suffix says),
    UnsupportedFormat and LimitExceeded, each with the file's name and the reason.
    """
    file = path.name
    data = read_bytes(path, settings)
    kind = find_format(data, file)
    if kind == "text":
        from kg.read.plain.reader import read_text

        return read_text(data, file=file)
    module, _, name = READERS[kind].partition(":")
    reader = getattr(import_module(module), name)
    try:
        document = reader(data, settings=settings, file=file)
    except InputRefused:
        raise
    except MemoryError as error:
        raise LimitExceeded(file, "it needs more memory than a file may use") from error
    except RecursionError as error:
        raise LimitExceeded(file, "it is nested too deeply") from error
    assert isinstance(document, Document)
    return document


def read_bytes(path: Path, settings: Settings) -> bytes:
    """Return the bytes of a file no larger than `settings.read_max_bytes` MiB.

    Raises UnreadableInput if it can't be opened, LimitExceeded if it is larger.
    """
    try:
        if not path.is_file():
            raise UnreadableInput(path.name, "no such file" if not path.exists() else "not a file")
        size = path.stat().st_size
        if size > settings.read_max_bytes * MEBIBYTE:
            allowed = f"more than the {settings.read_max_bytes} allowed"
            raise LimitExceeded(path.name, f"{size / MEBIBYTE:.0f} MiB, {allowed}")
        return path.read_bytes()
    except OSError as error:
        raise UnreadableInput(path.name, f"it can't be opened: {error.strerror}") from error
