"""The five documents printed as PDF, DOCX, XLSX, ODS and HTML: what is read back is what stood there."""

from __future__ import annotations

import html
import io
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import docx
import openpyxl
import pytest

from kg.blocks import Document, Table
from kg.read import read_document
from kg.read.html.reader import read_html
from kg.read.office.docx import read_docx
from kg.read.office.ods import read_ods
from kg.read.office.xlsx import read_xlsx
from kg.read.pdf.reader import read_pdf
from kg.settings import Settings
from tests.papers import LANDSCAPE, Paper, html_page, ods_cell, ods_file, ods_sheet
from tests.shared import DOCUMENTS

SETTINGS = Settings()
MOST_TABLES = 6
"""Tables of each document that are printed: enough kinds, without taking minutes."""

HEADING = "某局2024年部门预算"

Rows = tuple[tuple[str, ...], ...]
Case = tuple[str, Rows, Rows]


@cache
def cases() -> tuple[Case, ...]:
    """Return (title, header rows, body) of tables of the five documents that are plain grids."""
    found: list[Case] = []
    for path in sorted(DOCUMENTS.glob("*.txt")):
        chosen = 0
        for table in read_document(path, SETTINGS).tables:
            case = plain(table)
            if case is not None and chosen < MOST_TABLES:
                found.append(case)
                chosen += 1
    return tuple(found)


def plain(table: Table) -> Case | None:
    """Return a table as strings, None if it has no title, no flat header or is too large for one page."""
    header = tuple(path[-1] if path else "" for path in table.header)
    width = len(header)
    body = tuple(tuple(row.text(column) for column in range(width)) for row in table.rows)
    long = any(len(text) > 24 for row in (header, *body) for text in row)
    if not table.title or not all(header) or width > 8 or not 2 <= len(body) <= 20 or long:
        return None
    return table.title, (header,), body


def as_pdf(case: Case) -> bytes:
    title, header, body = case
    paper = Paper(size=LANDSCAPE).text(HEADING, x=300, size=16).text(title, x=300, size=14)
    return paper.table((*header, *body), (740 / len(header[0]),) * len(header[0]), x=50, size=6).bytes()


def as_docx(case: Case) -> bytes:
    title, header, body = case
    document = docx.Document()
    document.add_paragraph(HEADING)
    document.add_paragraph(title)
    table = document.add_table(rows=0, cols=len(header[0]))
    for row in (*header, *body):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    return saved(document)


def as_xlsx(case: Case) -> bytes:
    title, header, body = case
    book = openpyxl.Workbook()
    book.active.append([HEADING])
    book.active.append([title])
    for row in (*header, *body):
        book.active.append([text or None for text in row])
    return saved(book)


def as_ods(case: Case) -> bytes:
    title, header, body = case
    rows = ["".join(map(ods_cell, row)) for row in ((HEADING,), (title,), *header, *body)]
    return ods_file(ods_sheet(rows))


def as_html(case: Case) -> bytes:
    title, header, body = case
    rows = (f"<tr>{''.join(f'<td>{html.escape(text)}</td>' for text in row)}</tr>" for row in (*header, *body))
    return html_page(rows, before=f"<p>{HEADING}</p><p>{html.escape(title)}</p>")


def saved(file: docx.document.Document | openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


FORMATS: dict[str, tuple[Callable[[Case], bytes], Callable[..., Document]]] = {
    "pdf": (as_pdf, read_pdf),
    "docx": (as_docx, read_docx),
    "xlsx": (as_xlsx, read_xlsx),
    "ods": (as_ods, read_ods),
    "html": (as_html, read_html),
}


def printed(table: Table) -> Iterator[tuple[str, ...]]:
    """Yield the body's rows without the blanks that formats set differently."""
    for row in table.rows:
        yield tuple("".join(cell.text.split()) for cell in row.cells)


@pytest.mark.parametrize("kind", FORMATS)
def test_tables_of_the_documents_are_read_alike_in_every_format(kind: str) -> None:
    make, read = FORMATS[kind]
    assert len(cases()) >= 10
    for case in cases():
        title, header, body = case
        document = read(make(case), settings=SETTINGS, file=f"表.{kind}")
        assert len(document.tables) == 1, title
        (table,) = document.tables
        wanted = [tuple("".join(text.split()) for text in row) for row in body]
        assert list(printed(table)) == wanted, title
        heads = ["".join(path[-1].split()) for path in table.header]
        assert heads == ["".join(text.split()) for text in header[0]], title


def test_amounts_of_a_printed_table_are_the_same_records_in_every_format(tmp_path: Path) -> None:
    from kg.extract.run import extract_records
    from kg.records import AmountRecord

    values: dict[str, list[list[str]]] = {}
    for kind, (make, _) in FORMATS.items():
        for number, case in enumerate(cases()[:6]):
            path = tmp_path / f"{number}.{kind}"
            path.write_bytes(make(case))
            records = extract_records(read_document(path, SETTINGS)).records
            amounts = [str(record.value) for record in records if isinstance(record, AmountRecord)]
            values.setdefault(kind, []).append(amounts)
    assert any(values["pdf"])
    assert all(found == values["pdf"] for found in values.values())
