"""The list of findings: whole, counted truly, narrowed, sorted by gap, each figure with its unit."""

from __future__ import annotations

import csv
import html
import io
import re

from tests.served import BROWSER, Client


def lines(client: Client, **asked: object) -> list[dict[str, str]]:
    got = client.get("/findings", lang="en", format="csv", **asked)
    assert (got.status, got.media_type) == (200, "text/csv")
    return list(csv.DictReader(io.StringIO(got.body.decode("utf-8-sig"))))


def test_all_findings_are_on_some_page(client: Client) -> None:
    held = {each["iri"].rsplit("/", 1)[-1] for each in client.get("/api/findings", limit=1000).data()["findings"]}
    shown: set[str] = set()
    address: str | None = "/findings?lang=en"
    while address:
        page = client.get(address, BROWSER).text
        shown |= set(re.findall(r'<article class="hit" id="(\w+)"', page))
        after = re.search(r'<a href="([^"]+)" rel="next"', page)
        address = html.unescape(after[1]) if after else None
    assert shown == held and len(held) > 50


def test_every_choice_tells_how_many_it_leads_to(client: Client) -> None:
    page = client.get("/findings", BROWSER, lang="en", severity="error").text
    chips = re.findall(r'<a class="chip" href="([^"]+)"><span[^>]*>([^<]+)</span> ([\d,]+)</a>', page)
    assert len(chips) > 5
    for address, _, count in chips:
        told = re.search(
            r"<strong>([\d,]+) findings</strong>", client.get(html.unescape(address) + "&lang=en", BROWSER).text
        )
        assert told and told[1] == count


def test_the_widest_gap_comes_first(client: Client) -> None:
    gaps = [
        abs(float(line["gap"])) for line in lines(client, sort="gap") if line["printed unit"] == "万元" and line["gap"]
    ]
    assert gaps == sorted(gaps, reverse=True) and gaps[0] > gaps[-1]


def test_a_gap_is_told_only_of_figures_in_one_unit(client: Client) -> None:
    found = lines(client)
    assert len(found) == client.get("/api/findings").data()["total"]
    for line in found:
        if line["gap"]:
            assert float(line["gap"]) == round(float(line["printed"]) - float(line["expected"]), 6)
            assert line["printed unit"] or line["kind"] != "sum", line
