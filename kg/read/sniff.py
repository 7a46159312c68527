"""What kind of file some bytes are: from the content first, the suffix only to settle doubt.

A publisher's "表.xls" is often a web page and a "说明.doc" often a DOCX, so a wrong suffix is
tolerated wherever the content is clear. Text is the one kind without a signature of its own;
a file whose suffix promises a signature it lacks is damaged, not text.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import PurePath

from kg.errors import UnreadableInput, UnsupportedFormat
from kg.messages import Message, say
from kg.read.formats import FORMATS, Format, find_by_magic, find_by_suffix, find_named

HEAD = 4096
"""Bytes looked at: marks of formats stand in the first few, declarations of web pages before this."""
MARKUP = re.compile(rb"<\s*(html|head|body|meta|table|div|title|style|p|span)\b", re.IGNORECASE)
CLEAR_MARKUP = re.compile(rb"<\s*(!doctype\s+html|html)\b", re.IGNORECASE)
ZIP = b"PK"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
SHADOWS = "__MACOSX/"
NAMED = 5
"""Files of an archive that its refusal names."""
LONGEST_TYPE = 200
"""Bytes of the member in which a package states its media type."""


def find_format(data: bytes, file: str) -> Format:
    """Return the format of `data`, one that is read.

    Raises UnreadableInput for empty, damaged or encrypted bytes and for a suffix the content
    belies without being clear itself, UnsupportedFormat for kinds no reader is made for.
    """
    if not data.strip(b"\x00 \r\n\t"):
        raise UnreadableInput(file, say("error.input.empty" if not data else "error.input.blank"))
    head = data[:HEAD]
    if head.startswith(ZIP):  # before the signatures that may stand further in: those of a file it holds
        found = _package(data, file)
    elif head.startswith(OLE):
        found = _compound(data, file)
    else:
        plain = head.replace(b"\x00", b"") if head.startswith(UTF_16) else head
        found = find_by_magic(plain) or _textual(data, file)
    if not found.reader:
        raise UnsupportedFormat(file, say("error.input.no_reader", format=found.name), hint=found.hint)
    return found


def _package(data: bytes, file: str) -> Format:
    """Return the format of a zip package by the media type it states, else by the members it has."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = {name.replace("\\", "/") for name in package.namelist()}
            stated = _stated_type(package) if "mimetype" in names else ""
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnreadableInput(file, say("error.input.damaged", reason=str(error))) from error
    found = [each for each in FORMATS if names.intersection(each.members)]
    if not found:
        raise UnsupportedFormat(file, _archive(names))
    return next((each for each in found if each.media_type == stated), found[0])


def _archive(names: set[str]) -> Message:
    """Return what is said of a zip of files: how many and which."""
    held = sorted(name for name in names if not name.endswith("/") and not name.startswith(SHADOWS))
    named = tuple(held[:NAMED]) + (("…",) if len(held) > NAMED else ())
    return say("error.input.archive", count=len(held), names=named) if held else say("error.input.archive.empty")


def _stated_type(package: zipfile.ZipFile) -> str:
    """Return the media type that a package states in a member of its own, as OpenDocument does."""
    try:
        with package.open("mimetype") as member:
            return member.read(LONGEST_TYPE).decode("ascii", "replace").strip()
    except (zlib.error, RuntimeError, EOFError):
        return ""


def _compound(data: bytes, file: str) -> Format:
    """Return the format of an OLE compound file by the streams its directory names."""
    for stream in ("EncryptedPackage", "EncryptionInfo"):
        if _names_stream(data, stream):
            raise UnreadableInput(file, say("error.input.encrypted"))
    for each in FORMATS:
        if any(_names_stream(data, stream) for stream in each.streams):
            return each
    raise UnsupportedFormat(file, say("error.input.ole"))


def _names_stream(data: bytes, stream: str) -> bool:
    # A directory entry is 128 bytes, the name in UTF-16LE with its end mark at a multiple of 128.
    name = stream.encode("utf-16-le") + b"\x00\x00"
    start = data.find(name)
    while start >= 0:
        if start % 128 == 0:
            return True
        start = data.find(name, start + 1)
    return False


def _textual(data: bytes, file: str) -> Format:
    """Return html or text for bytes without a signature."""
    promised = find_by_suffix(file)
    head = data[:HEAD]
    if head.startswith(UTF_16):
        head = head.replace(b"\x00", b"")
    elif _is_binary(head):
        raise UnsupportedFormat(file, say("error.input.unknown_binary"))
    # Web pages are often named as the old Office files that their publisher's programs open them with.
    may_be_page = promised is not None and (promised.name == "html" or promised.streams)
    if CLEAR_MARKUP.search(head) or (may_be_page and MARKUP.search(data[: 16 * HEAD])):
        return find_named("html")
    if promised is None:
        raise UnsupportedFormat(file, say("error.input.suffix", suffix=PurePath(file).suffix.lower()))
    if promised.name == "html":
        raise UnreadableInput(file, say("error.input.no_markup"))
    if promised.name in ("xls", "xlsx") and (delimited := _delimited(head)) is not None:
        return delimited  # what systems export "for Excel"
    if promised.signed:
        raise UnreadableInput(file, say("error.input.promised", format=promised.name))
    return promised


def _delimited(head: bytes) -> Format | None:
    """Return tsv or csv for text whose lines are most of them parted by tabs or commas, None for other text."""
    lines = [line for line in head.splitlines() if line.strip()]
    for name, mark in (("tsv", b"\t"), ("csv", b","), ("csv", b";")):
        parted = sum(1 for line in lines if mark in line)
        if parted > 1 and 2 * parted > len(lines):
            return find_named(name)
    return None


def _is_binary(head: bytes) -> bool:
    """Return whether more than a few bytes are controls that no text encoding of Chinese uses."""
    controls = sum(1 for byte in head if byte < 32 and byte not in (9, 10, 11, 12, 13, 26, 27))
    return controls * 20 > len(head) or head.count(0) * 100 > len(head)
