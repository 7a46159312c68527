"""Hostile and broken files: each is refused or read within limits, in a child that can die alone."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import openpyxl
import pytest

from kg.blocks import Document
from kg.errors import InputRefused, LimitExceeded, UnreadableInput, UnsupportedFormat
from kg.process.processes import open_runner
from kg.process.runner import Runner
from kg.read import read_document
from kg.read.formats import READ, find_by_suffix
from kg.read.sniff import OLE
from kg.settings import Settings
from tests.papers import BODY, HEADER, Paper, html_page, ods_cell, ods_file, ods_sheet

pytestmark = pytest.mark.slow

LIMITS = Settings(
    workers=1, read_timeout=60, read_memory=1024, read_max_bytes=32, read_max_pages=500, read_max_unpacked=64
)


class Reading:
    """Reads one file in a child process under the limits."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def __call__(self, path: Path) -> Document:
        return read_document(path, self.settings)


Outcome = Callable[[str, bytes], "Document | Exception"]


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    runner = open_runner(LIMITS)
    yield runner
    runner.close()


@pytest.fixture
def outcome(runner: Runner, tmp_path: Path) -> Outcome:
    def read(name: str, data: bytes) -> Document | Exception:
        path = tmp_path / name
        path.write_bytes(data)
        ((_, result),) = runner.map(Reading(LIMITS), [path])
        return result

    return read


def paper() -> bytes:
    return Paper().text("支出总表", x=250).table((*HEADER, *BODY), (70, 150, 70, 70, 70)).bytes()


def word() -> bytes:
    document = docx.Document()
    document.add_paragraph("一、主要职责")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["项目", "金额"])
    book.active.append(["合计", 12.5])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def spreadsheet(**repeated: object) -> bytes:
    return ods_file(ods_sheet([ods_cell("项目", **repeated) + ods_cell("12.50")]))


def repeated_rows(count: int) -> bytes:
    """Return a spreadsheet that claims so many equal rows before its last one."""
    row = ods_cell("项目") + ods_cell("12.50")
    return ods_file(ods_sheet([f'<table:table-row table:number-rows-repeated="{count}">{row}</table:table-row>', row]))


def repacked(package: bytes, member: str, data: bytes) -> bytes:
    """Return a zip package with one member replaced or added."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for item in source.infolist():
            if item.filename != member:
                target.writestr(item, source.read(item))
        target.writestr(member, data)
    return buffer.getvalue()


def compound(stream: str) -> bytes:
    """Return an OLE file that names one stream and ends there."""
    return OLE.ljust(512, b"\x00") + (stream.encode("utf-16-le") + b"\x00\x00").ljust(128, b"\x00")


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, data in members.items():
            package.writestr(name, data)
    return buffer.getvalue()


def nested_tables(depth: int) -> bytes:
    """Return a Word file with tables within tables."""
    opening, closing = b"<w:tbl><w:tr><w:tc>", b"<w:p/></w:tc></w:tr></w:tbl>"
    space = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = opening * depth + closing * depth
    return repacked(word(), "word/document.xml", b"<w:document %s><w:body>%s</w:body></w:document>" % (space, body))


def raw_pdf(page: bytes, content: bytes, *, pages: int = 1) -> bytes:
    """Return a PDF of equal pages, written object by object."""
    kids = b" ".join(b"%d 0 R" % (5 + number) for number in range(pages))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, kids),
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/TrueType/BaseFont/NoSuchFont/FontDescriptor 999 0 R/Encoding/Nonsense>>",
        *[b"<</Type/Page/Parent 2 0 R/Contents 3 0 R/Resources<</Font<</F1 4 0 R>>>>%s>>" % page] * pages,
    ]
    written, offsets = b"%PDF-1.4\n", []
    parts = [written]
    position = len(written)
    for number, item in enumerate(objects, 1):
        offsets.append(position)
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, item))
        position += len(parts[-1])
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    parts.append(b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table))
    parts.append(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, position))
    return b"".join(parts)


A4 = b"/MediaBox[0 0 595 842]"
WORDS = b"BT /F1 12 Tf 60 700 Td (2024 budget 12.50) Tj ET"
LINE = b"10 10 m 20 20 l S\n"
ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a0 "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12))
    + b"]><a>&a11;</a>"
)
BOMB = b"<a>" + b" " * (80 << 20) + b"</a>"

REFUSED = [
    ("空.pdf", lambda: b"", UnreadableInput, "empty"),
    ("空.txt", lambda: b"", UnreadableInput, "empty"),
    ("零.docx", lambda: b"\x00" * 4096, UnreadableInput, "blanks"),
    ("截断.pdf", lambda: paper()[:600], UnreadableInput, "truncated or damaged"),
    ("只有开头.pdf", lambda: b"%PDF-1.7\n", UnreadableInput, "truncated or damaged"),
    ("截断.docx", lambda: word()[:-400], UnreadableInput, "truncated or damaged"),
    ("截断.xlsx", lambda: workbook()[:-400], UnreadableInput, "truncated or damaged"),
    ("加密.pdf", lambda: Paper(password="secret").text("机密").bytes(), UnreadableInput, "encrypted"),
    ("不是.pdf", lambda: "这是一段文字，不是 PDF。".encode() * 20, UnreadableInput, "suffix says pdf"),
    ("不是.xlsx", lambda: b"plain words", UnreadableInput, "suffix says xlsx"),
    ("程序.pdf", lambda: b"\x7fELF\x02\x01\x01\x00" + b"\x00\x01" * 400, UnsupportedFormat, "binary content"),
    ("文件.docx", lambda: zipped({"a.txt": b"a"}), UnsupportedFormat, "a zip archive"),
    ("空.csv", lambda: b"", UnreadableInput, "empty"),
    ("截断.tsv", lambda: "项目\t金额\n合计\t十二".encode()[:-1], UnreadableInput, "ends inside"),
    ("截断.xml", lambda: b"<?xml version='1.0'?><Workbook xmlns='urn:x'><Worksheet>", UnreadableInput, "XML"),
    ("炸弹.docx", lambda: repacked(word(), "word/document.xml", BOMB), LimitExceeded, "zip bomb"),
    ("炸弹.xlsx", lambda: repacked(workbook(), "xl/worksheets/sheet1.xml", BOMB), LimitExceeded, "zip bomb"),
    ("实体.docx", lambda: repacked(word(), "word/document.xml", ENTITIES), UnreadableInput, "document type"),
    ("实体.xlsx", lambda: repacked(workbook(), "xl/workbook.xml", ENTITIES), UnreadableInput, "document type"),
    ("截断.ods", lambda: spreadsheet()[:-400], UnreadableInput, "truncated or damaged"),
    ("不是.ods", lambda: b"plain words", UnreadableInput, "suffix says ods"),
    (
        "文本.ods",
        lambda: ods_file(media_type="application/vnd.oasis.opendocument.text"),
        UnsupportedFormat,
        "no reader",
    ),
    ("炸弹.ods", lambda: repacked(spreadsheet(), "content.xml", BOMB), LimitExceeded, "zip bomb"),
    ("实体.ods", lambda: repacked(spreadsheet(), "content.xml", ENTITIES), UnreadableInput, "document type"),
    ("宽.ods", lambda: spreadsheet(number_columns_repeated=1 << 20), LimitExceeded, "1 × 1048577 cells"),
    ("高.ods", lambda: repeated_rows(1 << 30), LimitExceeded, "1073741825 × 2 cells"),
    (
        "深.ods",
        lambda: ods_file("<table:table>" + "<table:table-row-group>" * 3000),
        LimitExceeded,
        "nested too deeply",
    ),
    ("深表.docx", lambda: nested_tables(3000), LimitExceeded, "nested too deeply"),
    ("空页.pdf", lambda: raw_pdf(A4, b""), UnreadableInput, "no text"),
    ("巨页.pdf", lambda: raw_pdf(b"/MediaBox[0 0 900000 900000]", WORDS), LimitExceeded, "no paper is that large"),
    ("多页.pdf", lambda: raw_pdf(A4, WORDS, pages=5000), LimitExceeded, "5000 pages, more than the 500 allowed"),
    ("过大.txt", lambda: "字".encode() * (12 << 20), LimitExceeded, "more than the 32 allowed"),
    ("截断.xls", lambda: compound("Workbook"), UnreadableInput, "truncated or damaged"),
    ("加密.doc", lambda: compound("EncryptedPackage"), UnreadableInput, "encrypted"),
    ("不是.rtf", lambda: b"plain words", UnreadableInput, "suffix says rtf"),
    ("空.html", lambda: b"<html><body></body></html>", UnreadableInput, "no text on the web page"),
    ("损坏.jpg", lambda: b"\xff\xd8\xff" + b"\x01" * 500, UnreadableInput, "truncated or damaged"),
    ("损坏.tif", lambda: b"II*\x00" + b"\x01" * 500, UnreadableInput, "truncated or damaged"),
    ("损坏.png", lambda: b"\x89PNG\r\n\x1a\n" + b"\x01" * 500, UnreadableInput, "truncated or damaged"),
]


@pytest.mark.parametrize(("name", "make", "error", "reason"), REFUSED, ids=[case[0] for case in REFUSED])
def test_a_file_that_cannot_be_read_is_refused_with_its_name_and_the_reason(
    outcome: Outcome, name: str, make: Callable[[], bytes], error: type[InputRefused], reason: str
) -> None:
    refusal = outcome(name, make())
    assert type(refusal) is error
    assert refusal.file == name
    assert str(refusal).startswith(name)
    assert reason in str(refusal)


def test_the_cases_are_all_there() -> None:
    assert len(REFUSED) >= 36


def test_every_format_that_is_read_has_a_hostile_file() -> None:
    hostile = {known.name for name, *_ in REFUSED if (known := find_by_suffix(name)) is not None}
    assert {known.name for known in READ} - hostile == set()


def test_a_missing_file_and_a_folder_are_refused(runner: Runner, tmp_path: Path) -> None:
    folder = tmp_path / "夹.pdf"
    folder.mkdir()
    refused = dict(runner.map(Reading(LIMITS), [tmp_path / "无.pdf", folder]))
    assert [str(refused[path]) for path in (tmp_path / "无.pdf", folder)] == [
        "无.pdf: no such file",
        "夹.pdf: not a file",
    ]


@pytest.mark.parametrize("suffix", [".txt", ".doc", ".html", ""])
def test_a_wrong_suffix_is_tolerated_where_the_content_is_clear(outcome: Outcome, suffix: str) -> None:
    document = outcome("预算" + suffix, paper())
    assert isinstance(document, Document)
    assert (document.media_type, len(document.tables)) == ("application/pdf", 1)


def test_a_web_page_named_as_a_workbook_is_read_as_what_it_is(outcome: Outcome) -> None:
    rows = [f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in (*HEADER, *BODY)]
    document = outcome("预算.xls", html_page(rows))
    assert isinstance(document, Document)
    assert (document.media_type, len(document.tables)) == ("text/html", 1)


def test_a_pdf_of_a_million_objects_is_read_within_limits(outcome: Outcome) -> None:
    document = outcome("很多.pdf", raw_pdf(A4, WORDS + b"\n" + LINE * 1_000_000))
    assert isinstance(document, Document | LimitExceeded)
    if isinstance(document, Document):
        assert [issue.code for issue in document.issues] == ["crowded_page"]
        assert "12.50" in document.paragraphs[0].text


def test_a_font_that_is_not_there_does_not_stop_the_reader(outcome: Outcome) -> None:
    document = outcome("字体.pdf", raw_pdf(A4, WORDS))
    assert isinstance(document, Document)
    assert document.paragraphs[0].text == "2024 budget 12.50"


def test_control_characters_are_left_out(outcome: Outcome) -> None:
    page = "<p>一、主要职责\x01\x0b\x1b</p><p>负责\x00信访\ufffe工作。</p>"
    document = outcome("控制.html", html_page((), before=page))
    assert isinstance(document, Document)
    printed = "".join(paragraph.text for paragraph in document.paragraphs)
    assert "主要职责" in printed
    assert "负责信访" in printed
    assert not any(ord(character) < 32 for character in printed)


def test_tables_nested_in_a_web_page_are_bounded(outcome: Outcome) -> None:
    depth = 2000
    page = "<table><tr><td>" * depth + "合计" + "</td></tr></table>" * depth
    document = outcome("深.html", html_page((), before=f"<p>一、主要职责</p>{page}"))
    assert isinstance(document, Document | InputRefused)


def test_a_cell_that_claims_to_span_millions_of_columns_does_not(outcome: Outcome) -> None:
    rows = ("<tr><td colspan='99999999' rowspan='65535'>项目</td></tr>", "<tr><td>合计</td><td>12.50</td></tr>")
    document = outcome("宽.html", html_page(rows))
    assert isinstance(document, Document)
    assert all(len(row.cells) <= 300 for table in document.tables for row in table.rows)


def test_cells_of_a_spreadsheet_that_claim_to_span_millions_do_not(outcome: Outcome) -> None:
    wide = ods_cell("项目", number_columns_spanned=99_999_999, number_rows_spanned=99_999_999)
    rows = [wide + ods_cell("金额"), wide * 300, ods_cell("合计") + ods_cell("12.50")]
    document = outcome("跨.ods", ods_file(ods_sheet(rows)))
    assert isinstance(document, Document)
    assert all(len(row.cells) <= 300 for table in document.tables for row in table.rows)


def test_a_reader_that_takes_too_long_is_ended_and_the_batch_goes_on(tmp_path: Path) -> None:
    slow, good = tmp_path / "慢.pdf", tmp_path / "好.pdf"
    slow.write_bytes(raw_pdf(A4, WORDS, pages=60_000))
    good.write_bytes(paper())
    settings = Settings(workers=1, read_timeout=10, read_max_pages=100_000)
    runner = open_runner(settings)
    try:
        results = dict(runner.map(Reading(settings), [slow, good]))
    finally:
        runner.close()
    assert isinstance(results[slow], LimitExceeded)
    assert "took longer than 10 s" in str(results[slow])
    assert isinstance(results[good], Document)


def test_a_reader_that_runs_out_of_memory_dies_alone(tmp_path: Path) -> None:
    large, good = tmp_path / "大.docx", tmp_path / "好.pdf"
    many = b"<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 2_000_000
    space = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    xml = b"<w:document %s><w:body>%s</w:body></w:document>" % (space, many)
    large.write_bytes(repacked(word(), "word/document.xml", xml))
    good.write_bytes(paper())
    settings = Settings(workers=1, read_timeout=120, read_memory=700)
    runner = open_runner(settings)
    try:
        results = dict(runner.map(Reading(settings), [large, good]))
    finally:
        runner.close()
    assert isinstance(results[large], InputRefused)
    assert isinstance(results[good], Document)
