"""All amounts as a table: found by what is printed, counted truly, added up only where they can be."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.prepared import prepared
from tests.served import BROWSER, Client, ingest, serve, without_model

PAPER = """某市丙区水务局2021年部门预算
第一部分 部门概况
某市丙区水务局是主管部门。
第二部分 部门预算收支总体情况
2021年部门预算支出90.75万元。
表3 部门支出总表
单位：万元
科目编码\t科目名称\t合计\t基本支出\t项目支出
201\t一般公共服务支出\t30.25\t20.00\t10.25
213\t农林水支出\t60.50\t30.00\t30.50
21303\t水利\t40.50\t20.00\t20.50
21305\t巩固衔接\t20.00\t10.00\t10.00
合计\t\t90.75\t50.00\t40.75
"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    def build(folder: Path) -> None:
        folder.mkdir()
        (folder / "a.txt").write_text(PAPER, "utf-8")
        ingest(folder / "home", folder / "a.txt")

    with serve(without_model(prepared(tmp_path_factory, "amounts-of-one", build) / "home")) as served:
        yield served


def rows(client: Client, **asked: object) -> list[tuple[str, str]]:
    got = client.get("/amounts", lang="en", format="csv", **asked)
    assert (got.status, got.media_type) == (200, "text/csv")
    return [(line["row"], line["yuan"]) for line in csv.DictReader(io.StringIO(got.body.decode("utf-8-sig")))]


@pytest.mark.parametrize("figure", ["90.75", "907500", "907,500", "90.75万元", "907500 元"])
def test_a_figure_is_found_as_printed_and_in_yuan(client: Client, figure: str) -> None:
    found = rows(client, figure=figure)
    assert len(found) >= 2 and {yuan for _, yuan in found} == {"907500"}


def test_a_code_stands_for_those_below_it(client: Client) -> None:
    assert {name for name, _ in rows(client, code="213")} == {"农林水支出", "水利", "巩固衔接"}


def test_the_count_is_true_and_every_page_has_its_part(client: Client) -> None:
    whole = client.get("/amounts", format="json").data()
    held = client.rows(
        "PREFIX bud: <https://w3id.org/suyuan/ontology#> SELECT DISTINCT ?a { ?a bud:amount ?b ; a ?t "
        "VALUES ?t { bud:Observation bud:Statement bud:ProcurementItem } }"
    )
    assert whole["total"] == len(held) == len(whole["amounts"])
    sizes = [float(each["amount"]) for each in whole["amounts"]]
    assert sizes == sorted(sizes, reverse=True)


def test_rows_of_one_column_and_level_are_added_and_no_others(client: Client) -> None:
    def told(**asked: object) -> str:
        return client.get("/amounts", BROWSER, lang="en", type="cell", **asked).text

    assert "sum 305,000 yuan" in told(code="2130", text="项目支出")
    assert "No sum: totals or codes of different levels" in told(code="213", text="项目支出")
    assert "No sum: they belong to different columns" in told(code="201")


def test_what_is_printed_in_prose_and_tables_is_not_added(client: Client) -> None:
    assert "No sum: some are printed in prose" in client.get("/amounts", BROWSER, lang="en", figure="90.75").text


def test_a_range_that_is_no_number_is_refused(client: Client) -> None:
    got = client.get("/amounts", BROWSER, lang="en", low="many")
    assert got.status == 400 and "“many” is no number" in got.text
