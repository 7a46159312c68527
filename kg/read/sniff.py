"""What kind of file some bytes are: from the content first, the suffix only to settle doubt.

A publisher's "表.xls" is often a web page and a "说明.doc" often a DOCX, so a wrong suffix is
tolerated wherever the content is clear. Text is the one kind without a signature of its own;
a file whose suffix promises a signature it lacks is damaged, not text.
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath

from kg.errors import UnreadableInput, UnsupportedFormat

HEAD = 4096

SUFFIX_OF_TEXT = frozenset({"", ".txt", ".text", ".md", ".csv", ".tsv", ".log"})
MARKUP = re.compile(rb"<\s*(html|head|body|meta|table|div|title|style|p|span)\b", re.IGNORECASE)
CLEAR_MARKUP = re.compile(rb"<\s*(!doctype\s+html|html)\b", re.IGNORECASE)
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
PACKAGES = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xlsx"),
    ("content.xml", "opendocument"),
    ("OFD.xml", "ofd"),
)
STREAMS = (("WordDocument", "doc"), ("Workbook", "xls"), ("Book", "xls"))
IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
SIGNED = frozenset({"pdf", "docx", "xlsx", "doc", "xls", "rtf", "png", "jpg", "jpeg", "tif", "tiff"})


def find_format(data: bytes, file: str) -> str:
    """Return the format of `data`: pdf, docx, xlsx, xls, doc, rtf, html, image or text.

    Raises UnreadableInput for empty, damaged or encrypted bytes and for a suffix the content
    belies without being clear itself, UnsupportedFormat for kinds no reader is made for.
    """
    if not data.strip(b"\x00 \r\n\t"):
        raise UnreadableInput(file, "the file is empty" if not data else "the file holds nothing but blanks")
    head = data[:HEAD]
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK"):
        return _package(data, file)
    if head.startswith(OLE):
        return _compound(data, file)
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith(IMAGES):
        return "image"
    return _textual(data, file)


def _package(data: bytes, file: str) -> str:
    """Return the format of a zip package by the members it has."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnreadableInput(file, f"a zip package that is truncated or damaged: {error}") from error
    for member, kind in PACKAGES:
        if member in names:
            if kind in {"ofd", "opendocument"}:
                raise UnsupportedFormat(file, f"no reader for {kind} packages", hint="export it as PDF")
            return kind
    raise UnsupportedFormat(file, "a zip archive, not a document", hint="unpack it and give the files inside")


def _compound(data: bytes, file: str) -> str:
    """Return the format of an OLE compound file by the streams its directory names."""
    for stream in ("EncryptedPackage", "EncryptionInfo"):
        if _names_stream(data, stream):
            raise UnreadableInput(file, "the file is encrypted", hint="save it without a password")
    for stream, kind in STREAMS:
        if _names_stream(data, stream):
            return kind
    raise UnsupportedFormat(file, "an OLE file that is neither Word nor Excel, or a truncated one")


def _names_stream(data: bytes, stream: str) -> bool:
    # A directory entry is 128 bytes, the name in UTF-16LE with its end mark at a multiple of 128.
    name = stream.encode("utf-16-le") + b"\x00\x00"
    start = data.find(name)
    while start >= 0:
        if start % 128 == 0:
            return True
        start = data.find(name, start + 1)
    return False


def _textual(data: bytes, file: str) -> str:
    """Return html or text for bytes without a signature."""
    suffix = PurePath(file).suffix.lower()
    head = data[:HEAD]
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if wide:
        head = head.replace(b"\x00", b"")
    elif _is_binary(head):
        raise UnsupportedFormat(file, "binary content of an unknown kind")
    promised = suffix in {".html", ".htm", ".shtml", ".mht", ".doc", ".xls"}
    if CLEAR_MARKUP.search(head) or (promised and MARKUP.search(data[: 16 * HEAD])):
        return "html"
    if suffix in SUFFIX_OF_TEXT:
        return "text"
    if suffix in {".html", ".htm", ".shtml"}:
        raise UnreadableInput(file, "its suffix says web page, but there is no markup in it")
    if suffix[1:] in SIGNED:
        raise UnreadableInput(file, f"its suffix says {suffix[1:]}, but its content doesn't (cut off?)")
    raise UnsupportedFormat(file, f"no reader for files of kind {suffix!r}")


def _is_binary(head: bytes) -> bool:
    """Return whether more than a few bytes are controls that no text encoding of Chinese uses."""
    controls = sum(1 for byte in head if byte < 32 and byte not in (9, 10, 11, 12, 13, 26, 27))
    return controls * 20 > len(head) or head.count(0) * 100 > len(head)
