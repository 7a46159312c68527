"""Department-years beside one another: every figure leads to its print, several values are all shown."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.prepared import prepared
from tests.served import BROWSER, Client, ingest, serve, without_model

NAMES = ("某市甲区统计局", "某市乙区审计局")


def paper(name: str, year: int, total: str, reception: str, said: str) -> str:
    return f"""{name}{year}年部门预算
第一部分 部门概况
{name}是主管部门。
第二部分 部门预算收支总体情况
{year}年部门预算支出{said}万元。
“三公”经费预算中，公务接待费{reception}万元。
表3 部门支出总表
单位：万元
科目编码\t科目名称\t合计\t基本支出\t项目支出
201\t一般公共服务支出\t{total}\t100.00\t60.00
合计\t\t{total}\t100.00\t60.00
"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    def build(folder: Path) -> None:
        folder.mkdir()
        (folder / "a.txt").write_text(paper(NAMES[0], 2022, "160.00", "3.50", "160.00"), "utf-8")
        (folder / "b.txt").write_text(paper(NAMES[1], 2022, "160.00", "0", "161.00"), "utf-8")
        ingest(folder / "home", folder / "a.txt", folder / "b.txt")

    with serve(without_model(prepared(tmp_path_factory, "two-to-compare", build) / "home")) as served:
        yield served


def lines(client: Client, **asked: object) -> list[dict[str, str]]:
    got = client.get("/compare", lang="en", format="csv", **asked)
    assert (got.status, got.media_type) == (200, "text/csv")
    return list(csv.DictReader(io.StringIO(got.body.decode("utf-8-sig"))))


def test_two_departments_are_compared_by_printed_figures(client: Client) -> None:
    shown = client.get("/compare", BROWSER, of=[f"{name} 2022" for name in NAMES], lang="zh")
    assert shown.status == 200
    assert all(f"{name} 2022" in shown.text for name in NAMES)
    assert "160 万元" in shown.text and "3.5 万元" in shown.text and "占支出总计" in shown.text


def test_different_values_of_one_thing_are_all_shown(client: Client) -> None:
    shown = client.get("/compare", BROWSER, of=f"{NAMES[1]} 2022", lang="en").text
    assert "1,600,000 yuan" in shown and "1,610,000 yuan" in shown and "2 different values are printed" in shown


def test_every_figure_leads_to_the_record_that_it_is(client: Client) -> None:
    found = lines(client, of=[f"{name} 2022" for name in NAMES])
    assert {line["department"] for line in found} == set(NAMES)
    for line in found:
        asked = urlsplit(line["evidence"])
        assert parse_qs(asked.query)["record"] == [line["record"]]
        page = client.get(f"{asked.path}?{asked.query}", BROWSER)
        assert page.status == 200 and line["printed text"] in page.text
        assert len(re.findall(r'class="cell-at"|<p [^>]*class="at"', page.text)) == 1


def test_all_departments_of_a_year_by_a_group_of_measures(client: Client) -> None:
    page = client.get("/compare", BROWSER).text
    presets = [html.unescape(link) for link in re.findall(r'href="(/compare\?group=[^"]+)"', page)]
    assert "/compare?group=three_public&year=2022" in presets
    found = lines(client, group="three_public", year=2022)
    assert [(line["department"], line["yuan"]) for line in found] == [(NAMES[1], "0"), (NAMES[0], "35000")]


def test_what_is_not_held_is_named(client: Client) -> None:
    assert "某市丙区档案局 2022" in client.get("/compare", BROWSER, of="某市丙区档案局 2022").text


def test_a_department_shows_its_figures_and_folds_the_rest(client: Client) -> None:
    address = f"/id/department/{NAMES[1]}"
    page = client.get(address, BROWSER, lang="zh").text
    assert "160 万元" in page and "161 万元" in page and "印了 2 个不同的数" in page
    assert page.count("<li>") < client.get(address, BROWSER, lang="zh", all=1).text.count("<li>")
