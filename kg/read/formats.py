"""The formats of files, one row each: how one is told, what reads it, what of it a page can show.

Everything that has to know a format takes it from here: the sniffer, the reader's door, the folders an
ingest searches, the version of readings, the source pages and the bench. Adding a format is a row
and its reader (CONTRIBUTING.md has the recipe).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from pathlib import PurePath
from typing import cast

from kg.blocks import Document
from kg.messages import Message, say


class View(StrEnum):
    """How a source can be shown with a cell of it marked."""

    LINES = "lines"
    PAGES = "pages"


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One format.

    `suffixes` are those a folder is searched for; a file that is named may also have one of `also`, which
    more often belong to notes and lists than to documents. Told by its content is what has `magics`
    (at the start, or within the first `reach` bytes), a member of a zip package (of the media type that
    the package states, if it states one), or a stream of an OLE file; text and web pages have none.

    `reader` is "module:function", empty for a format that is known but not read; `hint` then says what to
    do. `libraries` are the packages whose version has a say in what is read, `program` what has to be
    installed beside them.
    """

    name: str
    media_type: str
    suffixes: tuple[str, ...]
    also: tuple[str, ...] = ()
    magics: tuple[bytes, ...] = ()
    reach: int = 0
    members: tuple[str, ...] = ()
    streams: tuple[str, ...] = ()
    reader: str = ""
    libraries: tuple[str, ...] = ()
    program: str = ""
    view: View | None = None
    hint: Message | None = None

    @property
    def signed(self) -> bool:
        """Whether its content has a signature, so that a file without it is damaged."""
        return bool(self.magics or self.members or self.streams)

    def load_reader(self) -> Callable[..., Document]:
        """Return its reader: a function (data, settings, file) -> Document that raises InputRefused only."""
        module, _, function = self.reader.partition(":")
        return cast("Callable[..., Document]", getattr(import_module(module), function))


_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
_SCAN = ("rapidocr", "onnxruntime", "opencv-python-headless", "pillow")
_CONVERT = say("format.export_pdf")

FORMATS: tuple[Format, ...] = (
    Format(
        name="text", media_type="text/plain", suffixes=(".txt", ".text"), also=("", ".md", ".log"),
        reader="kg.read.plain.reader:read_plain", view=View.LINES,
    ),
    # Folders hold more lists and indexes of these kinds than documents: they are read where they are named.
    Format(
        name="csv", media_type="text/csv", suffixes=(), also=(".csv",),
        reader="kg.read.plain.delimited:read_delimited", view=View.LINES,
    ),
    Format(
        name="tsv", media_type="text/tab-separated-values", suffixes=(), also=(".tsv", ".tab"),
        reader="kg.read.plain.delimited:read_delimited", view=View.LINES,
    ),
    Format(
        name="pdf", media_type="application/pdf", suffixes=(".pdf",), magics=(b"%PDF-",), reach=1024,
        reader="kg.read.pdf.reader:read_pdf", libraries=("pypdfium2", *_SCAN), view=View.PAGES,
    ),
    Format(
        name="html", media_type="text/html", suffixes=(".html", ".htm", ".shtml"), also=(".mht",),
        reader="kg.read.html.reader:read_html", libraries=("lxml",),
    ),
    Format(
        name="docx", media_type=f"{_OOXML}wordprocessingml.document", suffixes=(".docx",),
        members=("word/document.xml",), reader="kg.read.office.docx:read_docx", libraries=("lxml",),
    ),
    Format(
        name="doc", media_type="application/msword", suffixes=(".doc",), streams=("WordDocument",),
        reader="kg.read.office.doc:read_doc", libraries=("lxml",), program="LibreOffice",
    ),
    Format(
        name="rtf", media_type="application/rtf", suffixes=(".rtf",), magics=(b"{\\rtf",),
        reader="kg.read.office.doc:read_doc", libraries=("lxml",), program="LibreOffice",
    ),
    Format(
        name="xlsx", media_type=f"{_OOXML}spreadsheetml.sheet", suffixes=(".xlsx",),
        members=("xl/workbook.xml", "xl/workbook.bin"),
        reader="kg.read.office.xlsx:read_xlsx", libraries=("lxml", "python-calamine"),
    ),
    Format(
        name="xls", media_type="application/vnd.ms-excel", suffixes=(".xls",), streams=("Workbook", "Book"),
        reader="kg.read.office.xls:read_binary_workbook", libraries=("python-calamine",),
    ),
    Format(
        name="spreadsheetml", media_type="application/vnd.ms-excel", suffixes=(), also=(".xml",),
        magics=(b"<Workbook", b"<ss:Workbook"), reach=1024,
        reader="kg.read.office.spreadsheetml:read_spreadsheetml", libraries=("lxml",),
    ),
    # A package that states none of the types below is the first row that has one of its members.
    Format(
        name="opendocument", media_type=f"{_ODF}text", suffixes=(".odt",), members=("content.xml",), hint=_CONVERT,
    ),
    Format(
        name="ods", media_type=f"{_ODF}spreadsheet", suffixes=(".ods",), members=("content.xml",),
        reader="kg.read.office.ods:read_ods", libraries=("lxml",),
    ),
    Format(
        name="png", media_type="image/png", suffixes=(".png",), magics=(b"\x89PNG\r\n\x1a\n",),
        reader="kg.read.scan.reader:read_image", libraries=_SCAN,
    ),
    Format(
        name="jpeg", media_type="image/jpeg", suffixes=(".jpg", ".jpeg"), magics=(b"\xff\xd8\xff",),
        reader="kg.read.scan.reader:read_image", libraries=_SCAN,
    ),
    Format(
        name="tiff", media_type="image/tiff", suffixes=(".tif", ".tiff"), magics=(b"II*\x00", b"MM\x00*"),
        reader="kg.read.scan.reader:read_image", libraries=_SCAN,
    ),
    Format(name="ofd", media_type="application/ofd", suffixes=(".ofd",), members=("OFD.xml",), hint=_CONVERT),
    Format(name="zip", media_type="application/zip", suffixes=(".zip",), hint=say("format.unpack")),
    Format(name="gif", media_type="image/gif", suffixes=(".gif",), magics=(b"GIF8",), hint=say("format.save_png")),
)  # fmt: skip

_NAMED = {each.name: each for each in FORMATS}
READ = tuple(each for each in FORMATS if each.reader)
SEARCHED = frozenset(suffix for each in READ for suffix in each.suffixes)
"""Suffixes that are read from a folder."""

LIBRARIES = tuple(sorted({library for each in READ for library in each.libraries}))


def find_named(name: str) -> Format:
    """Return the format of that name. Raises KeyError."""
    return _NAMED[name]


def find_by_suffix(file: str) -> Format | None:
    """Return the format that a file's name promises, None if no format has such a suffix.

    >>> found = find_by_suffix("某局2024年部门预算.XLSX")
    >>> found.name if found else None
    'xlsx'
    """
    suffix = PurePath(file).suffix.lower()
    return next((each for each in FORMATS if suffix in (*each.suffixes, *each.also)), None)


def find_by_magic(head: bytes) -> Format | None:
    """Return the format whose signature stands in the first bytes of a file, None if none does."""
    for each in FORMATS:
        for magic in each.magics:
            if 0 <= head.find(magic, 0, each.reach + len(magic)) <= each.reach:
                return each
    return None
