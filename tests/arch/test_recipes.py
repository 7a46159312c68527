"""The recipes of CONTRIBUTING.md: one for each thing that is added, and the files they name are there."""

from __future__ import annotations

import re

import pytest

from tests.arch.imports import modules
from tests.shared import ROOT

TEXT = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
RECIPES = dict(re.findall(r"^\*\*Adding an? ([^*]+)\*\*(.*?)(?=^\*\*|\Z)", TEXT, re.S | re.M))
WANTED = {"kind of table", "format", "record type", "facet", "audit check", "vector index", "language"}


SPOKEN = {"SUYUAN_MODEL", "attribute", "module"}
"""Names that are settings or stand for something."""


def files(recipe: str) -> list[str]:
    """Return the files and folders that a recipe names."""
    return [name for name in re.findall(r"`([\w./-]+)`", recipe) if "/" in name]


def test_there_is_a_recipe_for_each_thing_that_is_added() -> None:
    assert set(RECIPES) >= WANTED


@pytest.mark.parametrize("thing", RECIPES)
def test_a_recipe_names_files_that_are_there(thing: str) -> None:
    named = files(RECIPES[thing])
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_names_in_recipes_stand_in_the_code() -> None:
    called = set(re.findall(r"`([A-Za-z]\w+)`", "".join(RECIPES.values())))
    code = "\n".join(path.read_text("utf-8") for path in modules().values())
    assert {name for name in called if not re.search(rf"\b{name}\b", code)} - SPOKEN == set()


@pytest.mark.parametrize(
    ("thing", "most"), [("kind of table", 3), ("facet", 3), ("language", 1), ("audit check", 8), ("vector index", 3)]
)
def test_a_recipe_touches_few_files(thing: str, most: int) -> None:
    assert len(files(RECIPES[thing])) <= most
