"""No document states one thing with two values, but for what it prints so: the test that shows most misnamings."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.statements import count_values, read_statements
from kg.extract.prose.distinct import find_contradictions
from tests.shared import DOCUMENTS, SHARED, needs_shared

PRINTED = Path(__file__).parent / "contradictions.tsv"
CORPUS = SHARED / "corpus" / "documents"


def contradictions(path: Path) -> list[str]:
    """Return file, metric and subject of what a document states with several values."""
    return sorted(
        "\t".join((path.name, group[0].metric, group[0].subject or "-", str(count_values(group))))
        for group in find_contradictions(read_statements(path))
    )


def printed(path: Path) -> list[str]:
    return sorted(line for line in PRINTED.read_text("utf-8").splitlines() if line.startswith(f"{path.name}\t"))


@pytest.mark.parametrize("path", sorted(DOCUMENTS.glob("*.txt")), ids=lambda path: path.stem[:3])
def test_the_five_documents_contradict_themselves_only_where_they_do(path: Path) -> None:
    assert contradictions(path) == printed(path)


@needs_shared
@pytest.mark.shared
@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.*")) if CORPUS.is_dir() else [], ids=lambda path: path.stem)
def test_the_corpus_contradicts_itself_only_where_it_does(path: Path) -> None:
    assert contradictions(path) == printed(path)
