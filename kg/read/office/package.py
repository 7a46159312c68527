"""Zip packages (OOXML, OpenDocument) opened under limits, and their XML parsed without entities.

A package may unpack to no more than `settings.read_max_unpacked` MiB, whatever its directory
claims; a document type declaration, which OOXML forbids (ECMA-376 part 2) and no writer of OpenDocument
makes, is refused before parsing.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any

from kg.errors import LimitExceeded, UnreadableInput
from kg.messages import say
from kg.settings import MEBIBYTE, Settings

CHUNK = 1024 * 1024  # bytes unpacked between two looks at the limit
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)

MAX_MEMBERS = 20_000
"""Members of one package; an office document has dozens."""


class Package:
    """The members of a zip package. Raises UnreadableInput and LimitExceeded naming file and member."""

    def __init__(self, data: bytes, *, settings: Settings, file: str) -> None:
        self.file = file
        self.allowed = settings.read_max_unpacked * MEBIBYTE
        self.unpacked = 0
        try:
            self.archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise UnreadableInput(file, say("error.input.damaged", reason=str(error))) from error
        members = self.archive.infolist()
        if len(members) > MAX_MEMBERS:
            raise LimitExceeded(file, say("error.input.members", count=len(members), allowed=MAX_MEMBERS))
        if any(member.flag_bits & 1 for member in members):
            raise UnreadableInput(file, say("error.input.encrypted"))
        if sum(member.file_size for member in members) > self.allowed:
            raise self._too_large("")
        # Some writers part folders by backslashes, which the standard forbids and every program takes.
        self._members = {member.filename.replace("\\", "/"): member for member in members}
        self.names = frozenset(self._members)

    def read(self, name: str) -> bytes:
        """Return a member's bytes; counts them, for the directory may lie about sizes."""
        parts: list[bytes] = []
        try:
            with self.archive.open(self._members[name]) as member:
                while chunk := member.read(CHUNK):
                    self.unpacked += len(chunk)
                    if self.unpacked > self.allowed:
                        raise self._too_large(name)
                    parts.append(chunk)
        except KeyError as error:
            raise UnreadableInput(self.file, say("error.input.part_missing"), place=name) from error
        except DAMAGE as error:
            raise UnreadableInput(self.file, say("error.input.damaged", reason=str(error)), place=name) from error
        return b"".join(parts)

    def check(self) -> None:
        """Unpack every member once, so that another library may open the package without surprises."""
        for name in self.names:
            if self._members[name].file_size or name.endswith((".xml", ".rels")):
                data = self.read(name)
                if name.endswith((".xml", ".rels")):
                    refuse_declarations(data, file=self.file, place=name)

    def parse(self, name: str) -> Any:
        """Return the root element of an XML member."""
        return parse_xml(self.read(name), file=self.file, place=name)

    def _too_large(self, name: str) -> LimitExceeded:
        said = say("error.input.unpacked", allowed=self.allowed // MEBIBYTE)
        return LimitExceeded(self.file, said, place=name)


def parse_xml(data: bytes, *, file: str, place: str = "") -> Any:
    """Return the root element of an XML part, or of a file that is one. Raises UnreadableInput, LimitExceeded."""
    import lxml.etree

    refuse_declarations(data, file=file, place=place)
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        return lxml.etree.fromstring(data, parser=parser)
    except lxml.etree.XMLSyntaxError as error:
        if "depth" in str(error).lower():
            raise LimitExceeded(file, say("error.input.deep"), place=place) from error
        raise UnreadableInput(file, say("error.input.xml", reason=str(error)), place=place) from error


def refuse_declarations(data: bytes, *, file: str, place: str = "") -> None:
    """Raise UnreadableInput if an XML part declares a document type (and could declare entities)."""
    head = data[:CHUNK].replace(b"\x00", b"").lower()
    if b"<!doctype" in head or b"<!entity" in head:
        raise UnreadableInput(file, say("error.input.declares"), place=place)
