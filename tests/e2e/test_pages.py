"""A reader's way through the pages in a real browser: search, project, evidence, trace, in both languages."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator

import pytest

playwright = pytest.importorskip("playwright.sync_api")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PAGES = ("/", "/search?q=方便群众反映诉求的项目", "/trace", "/documents", "/findings", "/query")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium (Debian: chromium fonts-noto-cjk)"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture(params=[1280, 390], ids=["wide", "narrow"])
def page(browser, request) -> Iterator[object]:  # type: ignore[no-untyped-def]
    context = browser.new_context(viewport={"width": request.param, "height": 900}, locale="zh-CN")
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    yield page
    context.close()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_reader_walks_from_a_search_to_the_printed_cell_and_the_trace(page, address, language) -> None:  # type: ignore[no-untyped-def]
    page.goto(f"{address}/?lang={language}")
    page.fill("input[name=q]", "信访稳定备用金")
    page.click("form[role=search] button")
    first = page.locator("article.hit").first
    first.wait_for()
    assert "信访稳定备用金" in page.locator("article.hit").all_inner_texts()[0]

    first.locator(".evidence-link a").first.click()
    marked = page.locator(".cell-at, p.at")
    marked.first.wait_for()
    assert marked.count() == 1
    assert marked.inner_text().strip()

    page.go_back()
    page.locator("a.trace").first.click()
    page.locator(".chain .step").first.wait_for()
    steps = page.locator(".chain .step").all_inner_texts()
    wanted = ("部门", "金额", "申报依据") if language == "zh" else ("Department", "Amount", "Legal basis")
    assert set(wanted) <= set(steps)
    assert page.locator("blockquote.evidence").count() > 3
    assert page.locator("html").get_attribute("lang") == ("zh-CN" if language == "zh" else "en")
    assert page.complaints == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_its_window_and_loads_nothing_from_elsewhere(page, address, path) -> None:  # type: ignore[no-untyped-def]
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    answer = page.goto(address + path)
    assert answer.status == 200
    assert all(url.startswith(address) for url in asked)
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0
    assert page.complaints == []


def test_the_language_switch_keeps_the_page_and_is_remembered(page, address) -> None:  # type: ignore[no-untyped-def]
    page.goto(f"{address}/search?q=2010308")
    page.click("#switch")
    page.wait_for_url(re.compile("lang=en"))
    assert re.search(r"q=2010308", page.url)
    assert page.locator("html").get_attribute("lang") == "en"
    page.goto(f"{address}/documents")
    assert page.locator("html").get_attribute("lang") == "en"


def test_what_a_search_was_understood_as_can_be_undone(page, address) -> None:  # type: ignore[no-untyped-def]
    page.goto(f"{address}/search?q=2020年 培训")
    chips = page.locator("a.chip.on")
    before = chips.count()
    assert before >= 1
    chips.first.click()
    page.wait_for_url(re.compile("ignore="))
    page.locator("article.hit").first.wait_for()
    assert page.locator("a.chip.on").count() == before - 1


def test_an_unknown_project_is_answered_with_near_matches(page, address) -> None:  # type: ignore[no-untyped-def]
    answer = page.goto(f"{address}/trace?name=信访稳定备用")
    assert answer.status in (200, 404)
    assert "信访稳定备用金" in page.content()
