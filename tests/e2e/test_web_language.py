"""The language of a page: the one chosen, else the one the browser prefers; Chinese names are marked as such."""

from __future__ import annotations

import re

import pytest

from tests.served import BROWSER, Client


@pytest.mark.parametrize(
    ("liked", "cookie", "tag"),
    [
        ("en-GB,en;q=0.9,zh;q=0.5", "", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "", "zh-CN"),
        ("fr", "", "zh-CN"),
        ("en", "lang=zh", "zh-CN"),
    ],
)
def test_a_page_speaks_what_was_chosen_else_what_the_browser_prefers(
    client: Client, liked: str, cookie: str, tag: str
) -> None:
    got = client.send("GET", "/documents", headers={"Accept": BROWSER, "Accept-Language": liked, "Cookie": cookie})
    assert re.search(r'<html lang="([^"]+)"', got.text)[1] == tag  # type: ignore[index]


def test_names_of_a_chinese_source_say_so_on_english_pages(client: Client) -> None:
    page = client.get("/amounts", BROWSER, lang="en").text
    assert '<th scope="row" lang="zh-CN">' in page
    assert '<th scope="row" lang=' not in client.get("/amounts", BROWSER, lang="zh").text
