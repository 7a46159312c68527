"""Pages of documents that are no text: a PDF, a Word file and a workbook, ingested and served."""

from __future__ import annotations

import hashlib
import html
import io
import re
from collections.abc import Iterator
from pathlib import Path

import docx
import openpyxl
import pytest

from tests.papers import BODY, HEADER, LANDSCAPE, Paper
from tests.prepared import prepared
from tests.served import BROWSER, Client, ingest, serve, without_model

HEADING = "某市某区{office}2024年部门预算"
TITLE = "部门支出总表"
OFFICES = {"pdf": "审计局", "docx": "水务局", "xlsx": "档案局"}
GOAL = "建立完善的{office}业务档案，全年归档材料不少于五千份，保障查阅利用。"
PROJECTS = (("项目名称", "项目金额", "绩效目标"), ("业务档案整理", "234.50"))


def texts(office: str) -> tuple[str, str]:
    return HEADING.format(office=office), GOAL.format(office=office)


def as_pdf(office: str) -> bytes:
    heading, goal = texts(office)
    paper = Paper(size=LANDSCAPE).text(heading, x=280, size=16).text(TITLE, x=340, size=14).text("单位：万元", x=680)
    paper.table((*HEADER, *BODY), (120, 240, 100, 100, 100))
    paper.page().text("项目支出绩效目标表", x=320, size=14).text("单位：万元", x=680)
    return paper.table((PROJECTS[0], (*PROJECTS[1], goal)), (140, 90, 420)).bytes()


def as_docx(office: str) -> bytes:
    heading, goal = texts(office)
    document = docx.Document()
    for rows, before in (
        ((*HEADER, *BODY), (heading, TITLE)),
        ((PROJECTS[0], (*PROJECTS[1], goal)), ("项目支出绩效目标表",)),
    ):
        for line in (*before, "单位：万元"):
            document.add_paragraph(line)
        table = document.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def as_xlsx(office: str) -> bytes:
    heading, goal = texts(office)
    book = openpyxl.Workbook()
    book.active.title = "支出总表"
    for row in ((heading,), (TITLE,), ("单位：万元",), *HEADER, *BODY):
        book.active.append([text or None for text in row])
    second = book.create_sheet("绩效目标")
    for row in (("项目支出绩效目标表",), ("单位：万元",), PROJECTS[0], (*PROJECTS[1], goal)):
        second.append(list(row))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


MAKERS = {"pdf": as_pdf, "docx": as_docx, "xlsx": as_xlsx}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    def build(folder: Path) -> None:
        folder.mkdir()
        for kind, make in MAKERS.items():
            (folder / f"{OFFICES[kind]}.{kind}").write_bytes(make(OFFICES[kind]))
        ingest(folder / "home", *sorted(folder.glob("*.*")))

    home = prepared(tmp_path_factory, "three-formats", build) / "home"
    with serve(without_model(home)) as served:
        yield served


def document(client: Client, kind: str) -> dict[str, object]:
    """What the API says of the document of a kind."""
    documents = client.get("/api/documents").data()["documents"]
    (found,) = [each for each in documents if each["file"].endswith(f".{kind}")]
    return dict(found)


@pytest.mark.parametrize("kind", MAKERS)
def test_a_document_is_listed_with_its_department_and_year(client: Client, kind: str) -> None:
    found = document(client, kind)
    department = found["department"]
    assert isinstance(department, dict)
    assert (department["label"], found["year"]) == (f"某市某区{OFFICES[kind]}", 2024)
    page = client.get("/documents", BROWSER)
    assert page.status == 200
    assert f"某市某区{OFFICES[kind]}" in page.text


@pytest.mark.parametrize("kind", MAKERS)
def test_its_goal_is_found_and_says_where_it_is_printed(client: Client, kind: str) -> None:
    hits = client.get("/api/search", q=f"{OFFICES[kind]}业务档案归档", kind="goal").data()["hits"]
    (hit,) = [each for each in hits if each["document"]["file"].endswith(f".{kind}")]
    assert hit["text"].startswith("建立完善的")
    assert hit["about"]["label"] == "业务档案整理"
    assert hit["source"]["table"] == "项目支出绩效目标表"
    assert hit["source"]["row"] == 2


@pytest.mark.parametrize("kind", MAKERS)
def test_every_evidence_link_of_its_search_page_answers(client: Client, kind: str) -> None:
    page = client.get("/search", BROWSER, q=f"{OFFICES[kind]}业务档案归档", kind="goal")
    links = set(re.findall(r'href="(/source/[^"]+)"', page.text))
    assert page.status == 200
    assert links
    for link in links:
        assert client.get(html.unescape(link), BROWSER).status == 200


@pytest.mark.parametrize("kind", MAKERS)
def test_its_source_can_be_taken_away_as_it_came(client: Client, kind: str) -> None:
    sha256 = document(client, kind)["sha256"]
    raw = client.get(f"/source/{sha256}/raw")
    assert raw.status == 200
    assert hashlib.sha256(raw.body).hexdigest() == sha256
    assert raw.headers["Content-Disposition"].startswith("attachment")


def test_a_page_of_a_pdf_is_a_picture_with_the_cell_framed(client: Client) -> None:
    sha256 = document(client, "pdf")["sha256"]
    page = client.get(f"/source/{sha256}?page=2&row=2&col=3", BROWSER)
    (image,) = re.findall(r'src="([^"]*page\.png[^"]*)"', page.text)
    framed = client.get(html.unescape(image))
    plain = client.get(f"/source/{sha256}/page.png?page=2")
    assert (framed.status, framed.media_type) == (200, "image/png")
    assert framed.body.startswith(b"\x89PNG")
    assert framed.body != plain.body


@pytest.mark.parametrize("kind", MAKERS)
def test_the_trace_of_its_project_gives_the_amount_with_unit_and_place(client: Client, kind: str) -> None:
    found = client.get("/api/trace", project="业务档案整理", department=f"某市某区{OFFICES[kind]}", year=2024)
    assert found.status == 200, found.text
    assert "2345000" in found.text.replace(".00", "").replace(".0", "")
