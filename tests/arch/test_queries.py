"""Our queries, `.rq` files all over the project: what stands in them is used."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.store.queries import fill_places
from tests.shared import ROOT

PREFIX = re.compile(r"^PREFIX\s+([\w-]*):\s*<[^>]*>\s*$", re.MULTILINE)
NOT_NAMES = re.compile(r"#.*$|<[^>\s]*>|\"[^\"]*\"|'[^']*'", re.MULTILINE)
PACKAGES = ("ontology", "kg", "search", "web", "suyuan", "bench", "data", "tests")
QUERIES = sorted(path.relative_to(ROOT) for package in PACKAGES for path in (ROOT / package).rglob("*.rq"))


def unused(sparql: str) -> set[str]:
    """Return the prefixes that a query declares and doesn't use."""
    body = NOT_NAMES.sub(" ", PREFIX.sub("", fill_places(sparql)))
    return set(PREFIX.findall(sparql)) - set(re.findall(r"(?<![\w?$-])([\w-]*):", body))


def test_an_unused_prefix_would_be_seen() -> None:
    head = "PREFIX bud: <https://example.org/#>\nPREFIX eli: <https://example.org/eli#>\n"
    assert unused(head + 'SELECT ?a WHERE { ?a bud:text "eli:nothing" } # eli:') == {"eli"}
    assert unused(head + "SELECT * WHERE {\n  ?a a eli:LegalResource .\n  #place ?a\n}") == set()


@pytest.mark.parametrize("path", QUERIES, ids=str)
def test_a_query_declares_only_prefixes_it_uses(path: Path) -> None:
    assert unused((ROOT / path).read_text("utf-8")) == set()
