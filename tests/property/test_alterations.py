"""The facts of a document don't hang on its layout, its names or the size of its figures.

Altered copies of the five source documents: every fact of the original is found again as the
alteration moves it, nothing else is, and the audit finds the same wherever the arithmetic is the same.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.property.generality import (
    ALTERATIONS,
    NAMES,
    altered_copy,
    find_documents,
    find_strays,
    source_text,
)

pytestmark = pytest.mark.slow

COMPOSED = 200

copies = st.tuples(
    st.sampled_from(find_documents()),
    st.lists(st.sampled_from(sorted(NAMES)), min_size=1, max_size=6, unique=True).map(tuple),
    st.integers(min_value=0, max_value=9999),
)


@pytest.mark.parametrize("path", find_documents(), ids=lambda path: path.stem[:3])
@pytest.mark.parametrize("name", [alteration.__name__ for alteration in ALTERATIONS])
def test_facts_follow_one_alteration(path: Path, name: str) -> None:
    assert find_strays(path, (name,), seed=1) == []


@settings(
    max_examples=COMPOSED, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
@given(copies)
def test_facts_follow_composed_alterations(copy: tuple[Path, tuple[str, ...], int]) -> None:
    path, names, seed = copy
    assert find_strays(path, names, seed) == []


@pytest.mark.parametrize("name", [alteration.__name__ for alteration in ALTERATIONS])
def test_every_alteration_changes_some_document(name: str) -> None:
    changed = [
        path
        for path in find_documents()
        for seed in range(3)
        if altered_copy(path, (name,), seed).data() != source_text(path).encode("utf-8")
    ]
    assert changed


def test_there_are_five_documents_to_alter() -> None:
    assert len(find_documents()) == 5
