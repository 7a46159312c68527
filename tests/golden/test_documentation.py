"""Every query that the documentation of the vocabulary shows runs and answers."""

from __future__ import annotations

import re

import pytest

import ontology
from tests.graphs import sample_store

BLOCKS = re.findall(r"```sparql\n(.*?)```", ontology.documentation_path().read_text("utf-8"), re.DOTALL)
PREFIXES = BLOCKS[0]
EXAMPLES = BLOCKS[1:]


def test_the_documentation_shows_examples() -> None:
    assert len(EXAMPLES) >= 15


@pytest.mark.parametrize("example", EXAMPLES, ids=[str(number) for number in range(len(EXAMPLES))])
def test_an_example_of_the_documentation_answers(example: str) -> None:
    assert sample_store().select(PREFIXES + example).rows


def test_every_term_the_documentation_names_is_declared() -> None:
    text = ontology.documentation_path().read_text("utf-8")
    declared = {str(term).rsplit("#", 1)[-1] for term in ontology.load_vocabulary().subjects() if "#" in term}
    named = set(re.findall(r"`?bud:([A-Za-z0-9]+)", text))
    assert named <= declared
