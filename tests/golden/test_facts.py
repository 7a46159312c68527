"""The facts of the five documents are those that were checked; a change of the extraction shows here."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.settings import Settings
from suyuan.pipeline import extract_file
from tests.golden.facts import FOLDER, facts_of
from tests.shared import DOCUMENTS

PATHS = sorted(DOCUMENTS.glob("*.txt"))


def test_every_document_has_its_facts() -> None:
    assert len(PATHS) == 5
    assert {path.stem for path in PATHS} == {path.stem for path in FOLDER.glob("*.tsv")}
    assert sum(len((FOLDER / f"{path.stem}.tsv").read_text("utf-8").splitlines()) for path in PATHS) > 2500


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem[:3])
def test_the_facts_of_a_document_are_as_checked(path: Path) -> None:
    expected = (FOLDER / f"{path.stem}.tsv").read_text("utf-8").splitlines()
    found = facts_of(extract_file(path, Settings()))
    missing, new = sorted(set(expected) - set(found)), sorted(set(found) - set(expected))
    assert not missing and not new, "after looking at each: python -m bench.golden"
