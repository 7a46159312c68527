"""The catalogue of messages: the same keys in every language, all that is said and asked for, nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from kg.messages import FIRST, open_catalogue
from tests.shared import ROOT

CATALOGUE = open_catalogue()
PLACEHOLDER = re.compile(r"{(\w+)(?::\w+)?}")
SAID = re.compile(r'"((?:audit|step|error|format|issue|notice|outcome|verify)(?:\.(?!html)[a-z_0-9]+)+)"')
ASKED = re.compile(r"""(?<![\w.])(?:t|translate)\(\s*['"]([a-z_.]+)['"]\s*[,)]""")
# Keys that are put together from a group and a code of the data, or that the catalogue itself looks up.
BY_CODE = re.compile(
    r"^(?:none|list|language|boolean|nav|home\.card|facet|trace\.step|passage|leg|severity|finding|type|legal|stage"
    r"|place|term|unit|part|money|reading|csv|findings\.(?:filter|by)|amounts\.(?:filter|type|by|sum)|compare\.group)\."
)


def sources(*suffixes: str) -> Iterator[str]:
    for layer in ("kg", "search", "web", "suyuan"):
        for path in sorted((ROOT / layer).rglob("*")):
            if path.suffix in suffixes:
                yield path.read_text("utf-8")


def said() -> set[str]:
    return {key for text in sources(".py") for key in SAID.findall(text)}


def asked() -> set[str]:
    return {key for text in sources(".py", ".html") for key in ASKED.findall(text)}


def test_chinese_comes_first_and_english_beside_it() -> None:
    assert CATALOGUE.languages[:2] == (FIRST, "en")


@pytest.mark.parametrize("language", CATALOGUE.languages)
def test_every_language_has_the_same_messages_with_the_same_arguments(language: str) -> None:
    first, texts = CATALOGUE.own_texts(FIRST), CATALOGUE.own_texts(language)
    assert set(texts) == set(first)
    assert all(text.strip() for key, text in texts.items() if not key.startswith("list."))
    for key, text in texts.items():
        assert sorted(set(PLACEHOLDER.findall(text))) == sorted(set(PLACEHOLDER.findall(first[key]))), key


def test_every_message_that_is_said_or_asked_for_is_in_the_catalogue() -> None:
    assert len(said()) > 30 and len(asked()) > 40
    assert (said() | asked()) - set(CATALOGUE.own_texts(FIRST)) == set()


def test_every_message_of_the_catalogue_is_said_or_asked_for() -> None:
    used = said() | asked()
    groups = {key.rsplit(".", depth)[0] for key in said() for depth in range(key.count("."))}
    hints = {f"{group}.hint" for group in groups}
    assert {key for key in CATALOGUE.own_texts(FIRST) if not BY_CODE.match(key)} - used - hints == set()
