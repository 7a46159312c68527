"""The catalogues of messages: the same keys in both languages, all that the pages ask for, nothing else."""

from __future__ import annotations

import re

import pytest

from tests.shared import ROOT
from web.language import LANGUAGES, load_catalogue

USED = re.compile(r"""(?<![\w.])(?:t|translate)\(\s*['"]([a-z_.]+)['"]\s*[,)]""")


def sources() -> str:
    paths = [*(ROOT / "web").rglob("*.html"), *(ROOT / "web").rglob("*.py")]
    return "\n".join(path.read_text("utf-8") for path in paths)


def test_both_languages_have_the_same_messages() -> None:
    assert len(LANGUAGES) == 2
    zh, en = (load_catalogue(language) for language in LANGUAGES)
    assert set(zh) == set(en)
    assert all(text.strip() for text in (*zh.values(), *en.values()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_a_page_asks_for_is_there(language: str) -> None:
    asked = set(USED.findall(sources()))
    assert len(asked) > 40
    assert asked <= set(load_catalogue(language))


def test_placeholders_are_the_same_in_both_languages() -> None:
    zh, en = (load_catalogue(language) for language in LANGUAGES)
    for key in zh:
        assert sorted(re.findall(r"{(\w+)}", zh[key])) == sorted(re.findall(r"{(\w+)}", en[key])), key
