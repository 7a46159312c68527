"""The source itself, with the printed cell marked: text line by line, PDF as an image of the page."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from threading import Lock

from flask import Blueprint, Response, render_template, request, send_file, url_for

from kg.errors import InputRefused, NotFound
from kg.messages import say
from kg.process.runners import open_runner
from kg.rdf import Literal
from kg.read.formats import Format, View
from kg.read.pdf.image import PageImage, render_page
from kg.read.plain.markup import strip_markup
from kg.read.plain.reader import decode
from kg.read.sniff import find_format
from kg.store.generations import Home
from kg.store.manifest import DocumentEntry
from kg.store.terms import is_iri
from kg.trace.reading import read_evidence
from kg.triples.terms import integer
from kg.values.place import NUMBERS, Box, Place, box_text, read_box
from web.queries import rows
from web.services import services

views = Blueprint("source", __name__, template_folder="templates")

CACHED_PAGES = 32  # rendered pages kept in memory, about a megabyte each


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One page to draw; `file` is named when it can't be."""

    path: Path
    file: str
    page: int
    box: Box | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A tab field of a line; `at` where it is the one asked for."""

    text: str
    at: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A physical line, counted from 1; `at` where it is the one asked for."""

    number: int
    at: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Lines as they are printed: a table of some width, or prose."""

    table: bool
    lines: tuple[Line, ...]
    width: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePage:
    """A document: its lines in `blocks`, or one page as an `image`; neither for formats that are downloaded only."""

    entry: DocumentEntry
    raw: str
    blocks: tuple[Block, ...] = ()
    image: str | None = None
    number: int | None = None
    pages: int | None = None


class PageCache:
    """The last pages drawn. Each is drawn in a child process, since a published PDF may be hostile."""

    def __init__(self) -> None:
        self._pages: OrderedDict[Job, PageImage] = OrderedDict()
        self._lock = Lock()

    def get(self, job: Job) -> PageImage:
        """Return the page as PNG. Raises what kg.read.pdf.image raises, or LimitExceeded."""
        with self._lock:
            if job in self._pages:
                self._pages.move_to_end(job)
                return self._pages[job]
        drawn = draw(job)
        with self._lock:
            self._pages[job] = drawn
            while len(self._pages) > CACHED_PAGES:
                self._pages.popitem(last=False)
        return drawn


cache = PageCache()


def draw(job: Job) -> PageImage:
    """Draw one page in a child process under the settings' limits."""
    runner = open_runner(services().settings)
    try:
        [(_, outcome)] = runner.map(draw_here, [job])
    finally:
        runner.close()
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


def draw_here(job: Job) -> PageImage:
    """Draw one page in this process (the child's work)."""
    return render_page(job.path.read_bytes(), file=job.file, page=job.page, box=job.box)


def find_source(sha256: str) -> tuple[DocumentEntry, Path]:
    """Return a document of the current generation and the copy of its bytes. Raises NotFound."""
    with services().opened() as opened:
        entry = opened.generation.manifest.document(sha256)
    if entry is None:
        raise NotFound(say("error.document.sha256", sha256=sha256[:64]))
    return entry, Home(services().settings.home).sources / entry.sha256


def format_of(entry: DocumentEntry, path: Path) -> Format | None:
    """Return the format of a source, None for one that is no longer read (its generation may be older)."""
    try:
        return find_format(path.read_bytes(), entry.file)
    except InputRefused:
        return None


@views.get("/source/<sha256>")
def source(sha256: str) -> str:
    """Show a document with the place of `record`, or of `page`, `line`, `row`, `col` and `box`, marked."""
    entry, path = find_source(sha256)
    place = find_place(sha256)
    page = SourcePage(entry=entry, raw=url_for("source.raw", sha256=sha256))
    known = format_of(entry, path)
    view = known.view if known else None
    if view is View.PAGES:
        number = max(1, place.page or 1)
        box = place.box or find_box(sha256, place)
        framed = None if box is None else box_text(box, ",")
        image = url_for("source.page_image", sha256=sha256, page=number, box=framed)
        page = replace(page, image=image, number=number, pages=entry.pages or number)
    elif view is View.LINES:
        text, _ = decode(path.read_bytes(), file=entry.file)
        page = replace(page, blocks=block_lines(mark_lines(text, place.line, place.col)))
    return render_template("source.html", page=page)


def find_place(sha256: str) -> Place:
    """Return the place of the record asked for in this source, else the one that the address spells out."""
    record = request.args.get("record", "")
    if is_iri(record):
        with services().graph() as graph:
            for evidence in read_evidence(graph, record):
                if evidence.document.sha256 == sha256:
                    return evidence.source
    spelled = {name: request.args.get(name, type=int) for name in NUMBERS}
    return Place.from_data({**spelled, "box": read_box(request.args.get("box", "").split(","))})


def find_box(sha256: str, place: Place) -> Box | None:
    """Return the box of the cell in the row and column of a page as the graph knows it, None if it doesn't."""
    if place.page is None or place.row is None or place.col is None:
        return None
    numbers = {name: integer(number) for name, number in place.numbers() if name != "line"}
    found = rows("evidence/box", {"sha256": Literal(sha256), **numbers})
    return read_box(found[0]["box"].split()) if found else None


def mark_lines(text: str, line: int | None, col: int | None) -> tuple[Line, ...]:
    """Return the physical lines with their tab fields; the wanted line and field have `at` set."""
    marked = []
    for number, content in enumerate(text.split("\n"), start=1):
        at = number == line
        cells = tuple(
            Cell(text=strip_markup(cell), at=at and index == col)
            for index, cell in enumerate(content.split("\t"), start=1)
        )
        marked.append(Line(number=number, at=at, cells=cells))
    return tuple(marked)


def block_lines(lines: Iterable[Line]) -> tuple[Block, ...]:
    """Return the lines grouped as printed: runs with tabs are tables of some width, the others prose."""
    blocks = []
    for is_table, run in groupby(lines, key=lambda line: len(line.cells) > 1):
        group = tuple(run)
        blocks.append(Block(table=is_table, lines=group, width=max(len(line.cells) for line in group)))
    return tuple(blocks)


@views.get("/source/<sha256>/page.png")
def page_image(sha256: str) -> Response:
    """Return one page of a PDF as PNG, the cell in `box` (left,top,right,bottom in points) framed."""
    entry, path = find_source(sha256)
    box = read_box(request.args.get("box", "").split(","))
    page = max(1, request.args.get("page", 1, type=int))
    image = cache.get(Job(path=path, file=entry.file, page=page, box=box))
    response = Response(image.png, mimetype="image/png")
    response.headers["Cache-Control"] = "public, max-age=86400, immutable"
    return response


@views.get("/source/<sha256>/raw")
def raw(sha256: str) -> Response:
    """Send the file as it was ingested, always as a download: it is untrusted."""
    entry, path = find_source(sha256)
    known = format_of(entry, path)
    kind = known.media_type if known else "application/octet-stream"
    return send_file(path, mimetype=kind, as_attachment=True, download_name=entry.file)
