"""What a kind of table means stands in kg/lexicon/table_kinds.tsv: no module asks a table for its kind by name."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from kg.extract.tables.kinds import load_kinds
from tests.arch.imports import modules
from tests.shared import ROOT

OTHER_VOCABULARIES = {
    "income": "a side, and a whole of the budget",
    "expenditure": "a side",
    "government_economic": "a scheme of codes",
    "procurement": "a record type, a measure and a kind of passage",
    "basic_expenditure": "a topic",
}
"""Words that name a kind of table and something else too: a literal of them proves nothing by itself."""


def literals(tree: ast.Module) -> Iterator[str]:
    """Yield the strings of a module that are no docstrings."""
    for node in ast.walk(tree):
        for child in ast.iter_child_nodes(node):
            is_text = isinstance(child, ast.Constant) and isinstance(child.value, str)
            if is_text and not isinstance(node, ast.Expr):
                yield child.value


def named_kinds(path: Path) -> set[str]:
    kinds = load_kinds().keys() - OTHER_VOCABULARIES.keys()
    return {text for text in literals(ast.parse(path.read_text("utf-8"))) if text in kinds}


def test_no_module_but_the_reader_of_the_lexicon_names_a_kind_of_table() -> None:
    assert load_kinds().keys() > OTHER_VOCABULARIES.keys()
    named = {path.relative_to(ROOT).as_posix(): found for path in modules().values() if (found := named_kinds(path))}
    del named["kg/values/vocabularies.py"]  # measures: two of them are called as a kind of table is
    assert named == {"kg/extract/tables/kinds.py": {"unknown"}}


def test_one_module_reads_the_lexicon_of_kinds() -> None:
    readers = [
        path.name for path in modules().values() if "table_kinds" in set(literals(ast.parse(path.read_text("utf-8"))))
    ]
    assert readers == ["kinds.py"]


def test_a_kind_is_compared_with_no_word_of_another_vocabulary() -> None:
    """Where a module compares `kind.name` or `table_kind` it asks what a column of the lexicon should say."""
    compared = {
        path.relative_to(ROOT).as_posix()
        for path in modules().values()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Compare)
        and any(
            ast.unparse(side).endswith(("table_kind", "table.kind", "sheet.kind", "kind.name"))
            for side in operands(node)
        )
    }
    assert compared <= {"kg/audit/compared/prose_tables.py"}  # against the kinds that a row of the lexicon names


def operands(node: ast.Compare) -> list[ast.expr]:
    return [node.left, *node.comparators]
