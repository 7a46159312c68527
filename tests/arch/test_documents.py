"""What the documents call by name is there: modules, functions and settings in backticks."""

from __future__ import annotations

import re

import pytest

from tests.arch.imports import modules
from tests.shared import ROOT

DOCUMENTS = ("README.md", "README.zh.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/decisions.md", "docs/python.md")
CODE = ("*.py", "*.tsv", "*.ttl", "*.rq", "*.html", "*.toml", "*.json")
PACKAGES = ("suyuan", "kg", "search", "web", "ontology", "bench", "tests")


@pytest.fixture(scope="module")
def words() -> set[str]:
    """Every name that stands somewhere in the sources."""
    files = [path for package in PACKAGES for kind in CODE for path in (ROOT / package).rglob(kind)]
    texts = [path.read_text("utf-8") for path in (*files, ROOT / "pyproject.toml")]
    return {word for text in texts for word in re.findall(r"[A-Za-z_]\w*", text)}


def quoted(document: str) -> set[str]:
    return set(re.findall(r"`([^`\n]+)`", (ROOT / document).read_text("utf-8")))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_functions_and_settings_are_there(document: str, words: set[str]) -> None:
    names = {each for each in quoted(document) if re.fullmatch(r"[A-Za-z]\w*_\w+", each)}
    settings = {each.removeprefix("SUYUAN_").lower() for each in names if each.startswith("SUYUAN_")}
    assert {each for each in names if not each.startswith("SUYUAN_")} - words == set()
    assert settings - words == set()


@pytest.mark.parametrize("document", DOCUMENTS)
def test_modules_and_what_they_hold_are_there(document: str, words: set[str]) -> None:
    known = set(modules()) | {path.parent.name for path in ROOT.glob("*/__init__.py")}
    known |= {f"bench.{path.stem}" for path in (ROOT / "bench").glob("*.py")}
    dotted = {each for each in quoted(document) if re.fullmatch(rf"(?:{'|'.join(PACKAGES)})(?:\.\w+)+", each)}
    lost = {
        each
        for each in dotted
        if each not in known and not (each.rpartition(".")[0] in known and each.rpartition(".")[2] in words)
    }
    assert lost == set()
