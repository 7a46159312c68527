"""Departments of real places, thrown at random, are named and placed rightly from every layout of a cover."""

from __future__ import annotations

from random import Random

import pytest

from kg.extract.identity.document import find_identity
from kg.read.plain.reader import read_text
from tests.property.names import KINDS, LAYOUTS, document, throw_name

NAMES_A_LAYOUT = 20


@pytest.mark.parametrize("layout", range(LAYOUTS))
def test_a_cover_says_whose_document_it_is(layout: int) -> None:
    dice = Random(layout)
    for _ in range(NAMES_A_LAYOUT):
        named, year, kind = throw_name(dice), dice.randint(2015, 2028), dice.choice(KINDS)
        found = find_identity(read_text(document(named, year, kind, layout, dice).encode(), file="cover.txt"))
        assert (found.department, found.region.code) == (named.department, named.region), found.title
        assert (found.fiscal_year, found.kind) == (year, kind), found.title
