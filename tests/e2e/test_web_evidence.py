"""Prose of a PDF is framed on the page of its source: statements, passages and citations by their own IRI."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from tests.papers import BODY, HEADER, LANDSCAPE, Paper
from tests.prepared import prepared
from tests.served import BROWSER, Client, ingest, serve, without_model

DUTY = "贯彻执行国家审计工作的方针政策，负责对本区财政收支的真实、合法和效益进行审计监督。"
TOTAL = "2024年部门预算支出1,234.50万元，比2023年增加34.50万元，增长2.9%。"
BASIS = "依据《中华人民共和国审计法》和《某市某区审计办法》（某府〔2019〕12号）开展审计工作。"
PREFIX = "PREFIX bud: <https://w3id.org/suyuan/ontology#> "


def paper() -> bytes:
    made = Paper(size=LANDSCAPE).text("某市某区审计局2024年部门预算", x=280, size=16).page()
    made.text("一、部门主要职责", size=14).text(DUTY).text("二、部门预算收支总体情况", size=14).text(TOTAL)
    made.text("三、项目依据", size=14).text(BASIS).page()
    made.text("部门支出总表", x=340, size=14).text("单位：万元", x=680)
    return made.table((*HEADER, *BODY), (120, 240, 100, 100, 100)).bytes()


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    def build(folder: Path) -> None:
        folder.mkdir()
        (folder / "审计局.pdf").write_bytes(paper())
        ingest(folder / "home", folder / "审计局.pdf")

    with serve(without_model(prepared(tmp_path_factory, "prose-of-a-pdf", build) / "home")) as served:
        yield served


def framed(client: Client, address: str) -> tuple[str, str]:
    """Return page and box of the image that a source page shows."""
    shown = client.get(address, BROWSER)
    assert shown.status == 200, address
    (image,) = re.findall(r'src="([^"]*page\.png[^"]*)"', shown.text)
    wanted = parse_qs(urlsplit(html.unescape(image)).query)
    assert "box" in wanted, address
    drawn = client.get(html.unescape(image))
    assert (drawn.status, drawn.media_type) == (200, "image/png")
    return wanted["page"][0], wanted["box"][0]


@pytest.mark.parametrize("kind", ["Statement", "Passage", "Citation"])
def test_what_prose_says_is_framed_where_it_is_printed(client: Client, kind: str) -> None:
    asked = f"{PREFIX} SELECT ?n ?s ?b {{ ?n a bud:{kind} ; bud:inDocument/bud:sha256 ?s ; bud:page 2 "
    found = client.rows(asked + "OPTIONAL { ?n bud:box ?b } } ORDER BY ?n")
    assert found
    for node, sha256, box in found:
        assert box, node
        page, frame = framed(client, f"/source/{sha256}?record={quote(node, safe='')}")
        assert (page, frame) == ("2", box.replace(" ", ","))


def test_a_hit_in_prose_leads_to_its_frame(client: Client) -> None:
    page = client.get("/search", BROWSER, q="审计监督", kind="duty")
    links = [html.unescape(link) for link in re.findall(r'href="(/source/[^"]+)"', page.text)]
    assert links
    assert {framed(client, link)[0] for link in links} == {"2"}


def test_two_sentences_of_a_page_have_two_frames(client: Client) -> None:
    rows = client.rows(PREFIX + "SELECT ?b { ?n a bud:Passage ; bud:page 2 ; bud:box ?b }")
    assert len(set(rows)) > 1


def test_an_address_without_a_record_still_frames_its_cell(client: Client) -> None:
    found = client.rows(
        PREFIX + "SELECT ?s ?r ?c ?b { ?n a bud:Observation ; bud:inDocument/bud:sha256 ?s ; "
        "bud:page 3 ; bud:row ?r ; bud:column ?c ; bud:box ?b }"
    )
    assert found
    sha256, row, column, box = found[0]
    assert framed(client, f"/source/{sha256}?page=3&row={row}&col={column}") == ("3", box.replace(" ", ","))


def test_a_record_of_another_generation_leaves_the_place_that_the_address_spells(client: Client) -> None:
    (sha256,) = client.rows(PREFIX + "SELECT ?s { ?d bud:sha256 ?s }")[0]
    gone = quote("https://w3id.org/suyuan/id/passage/0000000000000000", safe="")
    assert framed(client, f"/source/{sha256}?record={gone}&page=3&box=10.0,20.0,30.0,40.0") == (
        "3",
        "10.0,20.0,30.0,40.0",
    )
